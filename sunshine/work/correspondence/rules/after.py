"""After the reply: proof of delivery, rating, contest to another person, promises followed, answers shown."""

from __future__ import annotations

from sunshine.core.people import rules as people
from sunshine.kernel import procedure
from sunshine.kernel.procedure import APPLICANT, Act, act
from sunshine.kernel.words import gettext_noop as _
from sunshine.work.correspondence.rules import checks, terms
from sunshine.work.correspondence.rules.stages import CONTESTED, HANDLERS, HANDLING, OFFICE, REPLIED


def acts() -> tuple[Act, ...]:
    """Return the acts on a replied case that cases and petitions share."""
    return (
        act(
            "record_delivery",
            REPLIED,
            by=(*OFFICE, *HANDLERS),
            basis="CH-REPLY: own rule",
            wording=_("%(actor)s entered how a reporter was told."),
            label=_("Enter how a reporter was told"),
            needs=("notice", "told_by", "note"),
            checks=(checks.one_of("told_by", terms.WAYS_TOLD, "CH-REPLY: own rule"),),
        ),
        act(
            "rate_case",
            REPLIED,
            by=(APPLICANT, *OFFICE),
            basis="CH-RATE: own rule",
            wording=_("A reporter rated the reply."),
            label=_("Enter a reporter’s rating"),
            needs=("reporter", "rating"),
            checks=(checks.rating_is_known,),
        ),
        act(
            "keep_promise",
            REPLIED,
            by=(*OFFICE, *HANDLERS),
            basis="CH-PROMISE: own rule",
            wording=_("What was promised is done."),
            label=_("Enter that the promise is kept"),
            needs=("note", "kept_on"),
            checks=(checks.a_promise_is_open,),
            public=True,
        ),
        act(
            "move_promise",
            REPLIED,
            by=(people.DEPARTMENT_HEAD, people.OFFICE_HEAD),
            basis="CH-PROMISE: own rule",
            wording=_("The promised day was moved; the first day stays visible."),
            label=_("Move the promised day"),
            needs=("promised_on", "reason"),
            checks=(checks.a_promise_is_open, checks.new_day_lies_ahead),
            public=True,
        ),
        act(
            "show_answer",
            REPLIED,
            by=(*OFFICE, people.DRAFTER),
            basis="CH-SHOW: 国办秘函〔2019〕19号",
            wording=_("%(actor)s began a document from message and answer, to be public for everybody."),
            label=_("Show message and answer to everybody"),
            checks=(checks.consent_was_given, checks.reply_was_not_shown),
        ),
    )


def of_cases() -> tuple[Act, ...]:
    """Return contest and what follows: once, within ten days, to a different person."""
    return (
        act(
            "contest",
            REPLIED,
            CONTESTED,
            by=(APPLICANT, *OFFICE),
            basis="CH-CONTEST: own rule",
            wording=_("The reply was contested; it goes to a different person and counts anew."),
            label=_("Enter that the reply is contested"),
            needs=("reason",),
            checks=(checks.not_contested_before, checks.contest_is_in_time),
            clocks=(procedure.restarts("answer"),),
            public=True,
            reopening=True,
        ),
        act(
            "hand_to_another",
            CONTESTED,
            HANDLING,
            by=OFFICE,
            basis="CH-CONTEST: own rule",
            wording=_("%(actor)s gave the contested case to a different person."),
            label=_("Give to a different person"),
            needs=("department", "officer"),
            checks=(checks.not_by_who_replied_before,),
            likely=True,
        ),
    )


def of_petitions() -> tuple[Act, ...]:
    """Return what a petitioner can do against a written opinion: a review by the body above."""
    return (
        act(
            "ask_review",
            REPLIED,
            by=(APPLICANT, *OFFICE),
            basis="XF-REVIEW: 信访工作条例 art. 35",
            wording=_("The petitioner asked the body above for a review."),
            label=_("Enter that a review was asked for"),
            needs=("note",),
            checks=(checks.review_is_in_time,),
            public=True,
        ),
    )
