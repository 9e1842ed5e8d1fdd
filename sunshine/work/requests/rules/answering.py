"""The reply: drafted with its class, approved by a second person, sent out by a way and on a day."""

from __future__ import annotations

from sunshine.core.people import rules as people
from sunshine.kernel import procedure
from sunshine.kernel.procedure import Act, act
from sunshine.kernel.words import gettext_noop as _
from sunshine.work.requests.rules import checks, overruling, reply_checks
from sunshine.work.requests.rules.periods import Text
from sunshine.work.requests.rules.stages import ANSWERED, APPROVED, DRAFTED, HANDLERS, HANDLING, OFFICE


def acts(text: Text) -> tuple[Act, ...]:
    """Return the acts from the draft of a reply to its going out."""
    sound = (reply_checks.outcome_is_sound, reply_checks.public_subject_is_given)
    return (
        act(
            "draft_reply",
            HANDLING,
            DRAFTED,
            by=HANDLERS,
            basis=text.answer,
            wording=_("%(actor)s drafted the reply."),
            label=_("Draft the reply"),
            needs=("outcome", "finding", "public_subject"),
            checks=sound,
            likely=True,
        ),
        act(
            "agree_to_refusal",
            DRAFTED,
            by=people.LEADER,
            basis="FOI 2019 art. 14; own rule",
            wording=_("%(actor)s agreed to the refusal."),
            label=_("Agree to the refusal"),
            never_by_who_did=("draft_reply",),
            four_eyes_since="draft_reply",
        ),
        act(
            "return_draft",
            (DRAFTED, APPROVED),
            HANDLING,
            by=(*OFFICE, people.LEADER),
            basis=text.answer,
            wording=_("%(actor)s sent the draft back."),
            label=_("Send the draft back"),
            needs=("reason",),
        ),
        act(
            "approve",
            DRAFTED,
            APPROVED,
            by=people.OFFICE_HEAD,
            basis=text.answer,
            wording=_("%(actor)s approved the reply."),
            label=_("Approve the reply"),
            checks=(*sound, reply_checks.leader_has_agreed, reply_checks.letter_is_whole),
            never_by_who_did=("draft_reply",),
            four_eyes_since="draft_reply",
            likely=True,
        ),
        act(
            "reply",
            APPROVED,
            ANSWERED,
            by=OFFICE,
            basis=f"FOI-20WD, FOI-SERVE-DAY: {text.time}",
            wording=_("The reply went out."),
            label=_("Enter that the reply went out"),
            needs=("service", "served_on"),
            checks=(
                reply_checks.service_is_sound,
                reply_checks.remedy_is_of_that_day,
                overruling.overruled_are_told,
                checks.not_after_today("served_on"),
                reply_checks.letter_is_whole,
            ),
            clocks=(procedure.stops("reply", moment_fact="served_on"),),
            public=True,
            likely=True,
        ),
    )
