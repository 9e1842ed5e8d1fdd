"""What runs beside a proposal on a clock of its own: a joint opinion, and the publication of a reply."""

from __future__ import annotations

from datetime import date

from sunshine.core.people import rules as people
from sunshine.kernel import procedure
from sunshine.kernel.procedure import CLOCK, Act, Procedure, act
from sunshine.kernel.words import gettext_noop as _
from sunshine.work.proposals.rules import checks, periods
from sunshine.work.proposals.rules import stages as at

SINCE = date(2015, 8, 29)
PUB = f"PRP-PUB-20WD: {periods.PUBLISH.basis}"


def _asked() -> tuple[Act, ...]:
    return (
        act(
            "take_in",
            at.LISTED,
            at.ASKED,
            by=at.OFFICE,
            basis=checks.JOINT,
            wording=_("%(actor)s entered that the bureau’s opinion is asked."),
            label=_("Take in"),
            needs=("assigned_on",),
            checks=(checks.not_after_today("assigned_on"), checks.is_the_bureaus_own),
            clocks=(procedure.starts("opinion", moment_fact="assigned_on"),),
            public=True,
            likely=True,
        ),
        act(
            "ask",
            at.LISTED,
            at.GIVING,
            by=CLOCK,
            basis=checks.JOINT,
            wording=_("The department that leads asked for an opinion."),
            clocks=(procedure.starts("opinion"),),
        ),
        act(
            "assign",
            at.ASKED,
            at.GIVING,
            by=at.OFFICE,
            basis=checks.JOINT,
            wording=_("%(actor)s gave it to a department."),
            label=_("Give to a department"),
            needs=("department",),
            likely=True,
        ),
        act(
            "hand_back",
            at.ASKED,
            at.BACK,
            by=at.OFFICE,
            basis=checks.OBJECT,
            wording=_("%(actor)s handed it back to the assigner."),
            label=_("Hand back: not ours"),
            needs=("reason",),
            checks=(checks.objection_is_in_time,),
        ),
        act(
            "assigner_agrees",
            at.BACK,
            at.RETURNED,
            by=at.OFFICE,
            basis=checks.OBJECT,
            wording=_("The assigner took it back."),
            label=_("The assigner takes it back"),
            public=True,
        ),
        act(
            "assigner_insists",
            at.BACK,
            at.ASKED,
            by=at.OFFICE,
            basis=checks.OBJECT,
            wording=_("The assigner insists: it stays with the bureau."),
            label=_("The assigner insists"),
            needs=("reason",),
            likely=True,
        ),
    )


def _given() -> tuple[Act, ...]:
    return (
        act(
            "draft_opinion",
            at.GIVING,
            at.OPINION_DRAFTED,
            by=at.HANDLERS,
            basis=checks.JOINT,
            wording=_("%(actor)s drafted the opinion."),
            label=_("Draft the opinion"),
            needs=("opinion",),
            checks=(checks.is_ours_to_write,),
            likely=True,
        ),
        act(
            "return_opinion",
            at.OPINION_DRAFTED,
            at.GIVING,
            by=at.HEADS,
            basis=checks.OWN,
            wording=_("%(actor)s sent the opinion back."),
            label=_("Send the opinion back"),
            needs=("reason",),
        ),
        act(
            "hand_in_opinion",
            at.OPINION_DRAFTED,
            at.GIVEN,
            by=people.DEPARTMENT_HEAD,
            basis=checks.JOINT,
            wording=_("%(actor)s handed the opinion to the department that leads."),
            label=_("Hand the opinion in"),
            checks=(checks.is_in_house,),
            clocks=(procedure.stops("opinion"),),
            never_by_who_did=("draft_opinion",),
            four_eyes_since="draft_opinion",
            likely=True,
        ),
    )


def _ended() -> tuple[Act, ...]:
    return (
        act(
            "send_opinion",
            at.OPINION_DRAFTED,
            at.GIVEN,
            by=people.OFFICE_HEAD,
            basis=checks.JOINT,
            wording=_("The bureau’s opinion went to the body that leads."),
            label=_("Enter that the opinion went out"),
            needs=("sent_on",),
            checks=(checks.is_the_bureaus_own, checks.not_after_today("sent_on")),
            clocks=(procedure.stops("opinion", moment_fact="sent_on"),),
            never_by_who_did=("draft_opinion",),
            four_eyes_since="draft_opinion",
            public=True,
            likely=True,
        ),
        act(
            "record_opinion",
            at.GIVING,
            at.GIVEN,
            by=at.HANDLERS,
            basis=checks.JOINT,
            wording=_("%(actor)s recorded another body’s opinion."),
            label=_("Record the opinion that came"),
            needs=("opinion", "sent_on"),
            checks=(checks.is_outside, checks.not_after_today("sent_on")),
            clocks=(procedure.stops("opinion", moment_fact="sent_on"),),
        ),
        act(
            "urge",
            (at.GIVING, at.OPINION_DRAFTED),
            by=at.OFFICE,
            basis=checks.OWN,
            wording=_("%(actor)s urged the opinion."),
            label=_("Urge"),
            needs=("note",),
        ),
        act(
            "call_off",
            (at.GIVING, at.OPINION_DRAFTED),
            at.CALLED_OFF,
            by=(CLOCK, *at.OFFICE),
            basis=checks.OWN,
            wording=_("The opinion is no longer asked."),
            label=_("Call the opinion off"),
            needs=("reason",),
            public=True,
        ),
    )


JOINT_OPINION = Procedure(
    kind=at.OPINION,
    version="2015",
    effective_from=SINCE,
    effective_to=None,
    initial=at.LISTED,
    final=at.OPINION_FINAL,
    acts=(*_asked(), *_given(), *_ended()),
    clocks={"opinion": periods.OPINION},
)

REPLY_PUBLICATION = Procedure(
    kind=at.PUBLICATION,
    version="2015",
    effective_from=SINCE,
    effective_to=None,
    initial=at.LISTED,
    final=at.PUBLICATION_FINAL,
    acts=(
        act(
            "fall_due",
            at.LISTED,
            at.DUE,
            by=CLOCK,
            basis=PUB,
            wording=_("The reply went out: it is to be published."),
            needs=("replied_on",),
            clocks=(procedure.starts("publish", moment_fact="replied_on"),),
        ),
        act(
            "begin_document",
            (at.DUE, at.BEGUN),
            at.BEGUN,
            by=(people.DRAFTER, people.DEPARTMENT_HEAD, *at.OFFICE),
            basis=PUB,
            wording=_("%(actor)s began the document that makes the reply public."),
            label=_("Begin the document"),
            needs=("document",),
            checks=(checks.earlier_document_is_gone,),
            likely=True,
        ),
        act(
            "became_public",
            (at.DUE, at.BEGUN),
            at.PUBLIC,
            by=CLOCK,
            basis=PUB,
            wording=_("The reply became public."),
            needs=("published_at",),
            clocks=(procedure.stops("publish", moment_fact="published_at"),),
            public=True,
        ),
        act(
            "withhold",
            (at.DUE, at.BEGUN),
            at.WITHHELD,
            by=people.LEADER,
            basis="PRP-MARK: local rule",
            wording=_("%(actor)s decided that the reply is not published."),
            label=_("Decide not to publish"),
            needs=("reason",),
            clocks=(procedure.stops("publish"),),
            public=True,
        ),
    ),
    clocks={"publish": periods.PUBLISH},
)
