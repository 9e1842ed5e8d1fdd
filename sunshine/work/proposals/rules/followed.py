"""After the reply: what the deputy says, and what was promised, until it is kept."""

from __future__ import annotations

from sunshine.kernel import procedure
from sunshine.kernel.procedure import CLOCK, Act, act
from sunshine.kernel.words import gettext_noop as _
from sunshine.work.proposals.rules import checks, terms
from sunshine.work.proposals.rules import stages as at

SAT = "PRP-SAT: local rule"


def acts() -> tuple[Act, ...]:
    """Return the acts after a reply."""
    return (*_asking(), *_keeping())


def _asking() -> tuple[Act, ...]:
    answered = (checks.not_after_today("rated_on"), checks.not_rated_before_the_reply)
    return (
        act(
            "chase",
            at.REPLIED,
            by=at.HANDLERS,
            basis=SAT,
            wording=_("%(actor)s asked the deputy once more for an answer."),
            label=_("Ask the deputy once more"),
            needs=("note",),
            clocks=(procedure.restarts("rating"),),
        ),
        act(
            "rate",
            at.REPLIED,
            at.FOLLOWED,
            by=at.HANDLERS,
            basis=SAT,
            wording=_("The deputy is satisfied, or basically so."),
            label=_("Enter what the deputy says"),
            needs=("rating", "rated_on"),
            checks=(checks.rating_is_one_of(terms.SATISFIED, terms.BASICALLY), *answered),
            clocks=(procedure.stops("rating"),),
            public=True,
            likely=True,
        ),
        act(
            "rate_dissatisfied",
            at.REPLIED,
            at.HANDLING_AGAIN,
            by=at.HANDLERS,
            basis=SAT,
            wording=_("The deputy is not satisfied: it is handled again, and a second reply is due."),
            label=_("Enter that the deputy is not satisfied"),
            needs=("rating", "rated_on"),
            checks=(checks.rating_is_one_of(terms.DISSATISFIED), *answered),
            clocks=(procedure.stops("rating"), procedure.restarts("again", moment_fact="rated_on")),
            public=True,
        ),
        act(
            "dissatisfied_later",
            (at.FOLLOWED, at.CLOSED),
            at.HANDLING_AGAIN,
            by=at.OFFICE,
            basis=SAT,
            wording=_("The deputy came back, not satisfied: it is handled again."),
            label=_("The deputy comes back, not satisfied"),
            needs=("reason", "rated_on"),
            checks=answered,
            clocks=(procedure.restarts("again", moment_fact="rated_on"),),
            reopening=True,
            public=True,
        ),
        act(
            "go_without_rating",
            at.REPLIED,
            at.FOLLOWED,
            by=at.OFFICE,
            basis=SAT,
            wording=_("The deputy gave no answer; silence is no satisfaction."),
            label=_("Go on without an answer"),
            needs=("reason",),
            checks=(checks.was_chased,),
            clocks=(procedure.stops("rating"),),
        ),
    )


def _keeping() -> tuple[Act, ...]:
    followed = (checks.some_commitment_is_open, checks.commitment_is_open, checks.proof_is_fit_to_read)
    return (
        act(
            "keep_commitment",
            at.AFTER_REPLY,
            by=(*at.HEADS, at.OFFICE[0]),
            basis=checks.FOLLOW,
            wording=_("A commitment was kept."),
            label=_("Enter that a commitment was kept"),
            needs=("commitment", "kept_on", "proof"),
            checks=(*followed, checks.not_after_today("kept_on", "told_on")),
            public=True,
        ),
        act(
            "put_off_commitment",
            at.AFTER_REPLY,
            by=at.HEADS,
            basis=checks.FOLLOW,
            wording=_("A commitment was put off."),
            label=_("Put a commitment off"),
            needs=("commitment", "due_on", "reason"),
            checks=(*followed, checks.new_day_lies_ahead),
            public=True,
        ),
        act(
            "close",
            at.FOLLOWED,
            at.CLOSED,
            by=(CLOCK, *at.OFFICE),
            basis=checks.FOLLOW,
            wording=_("Nothing that was promised is open: closed."),
            label=_("Close"),
            checks=(checks.all_is_kept,),
        ),
    )
