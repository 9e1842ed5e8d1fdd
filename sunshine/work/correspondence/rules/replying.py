"""From the case in hand to the reply: who handles it, others asked, more time, draft, approval, sending."""

from __future__ import annotations

from typing import Final

from sunshine.core.people import rules as people
from sunshine.kernel import procedure
from sunshine.kernel.period import Period
from sunshine.kernel.procedure import Act, Stage, act
from sunshine.kernel.words import gettext_noop as _
from sunshine.work.correspondence.rules import checks, terms
from sunshine.work.correspondence.rules.stages import (
    APPROVED,
    DRAFTED,
    HANDLERS,
    HANDLING,
    OFFICE,
    REPLIED,
)

REPLY: Final = "CH-REPLY: 国办发〔2020〕53号"
EXTENDABLE: Final = (HANDLING, DRAFTED, APPROVED)


def acts(longer: Period, basis: str) -> tuple[Act, ...]:
    """Return the acts of handling and replying; `longer` is by how much it may take once."""
    return (*_handling(longer, basis), *_replying())


def _handling(longer: Period, basis: str) -> tuple[Act, ...]:
    return (
        act(
            "name_officer",
            HANDLING,
            by=people.DEPARTMENT_HEAD,
            basis="CH-DISPATCH: own rule",
            wording=_("%(actor)s named who handles the case."),
            label=_("Name who handles it"),
            needs=("officer",),
            checks=(checks.not_by_who_replied_before,),
        ),
        act(
            "ask_department",
            HANDLING,
            by=HANDLERS,
            basis="CH-TASK: own rule",
            wording=_("%(actor)s asked another department."),
            label=_("Ask another department"),
            needs=("asked", "question"),
            checks=(checks.not_to_the_accused,),
        ),
        act(
            "ask_for_extension",
            EXTENDABLE,
            by=HANDLERS,
            basis=basis,
            wording=_("%(actor)s proposed to take longer."),
            label=_("Propose to take longer"),
            needs=("reason",),
            checks=(checks.not_yet_extended, checks.period_runs),
        ),
        act(
            "extend_case",
            EXTENDABLE,
            by=people.OFFICE_HEAD,
            basis=basis,
            wording=_("The period was extended once; the reporters were told why."),
            label=_("Extend the period"),
            needs=("reason",),
            checks=(checks.extension_was_proposed, checks.not_yet_extended, checks.period_runs),
            clocks=(procedure.extends("answer", longer),),
            never_by_who_did=("ask_for_extension",),
            four_eyes_since="ask_for_extension",
            public=True,
        ),
    )


def withdrawing(where: tuple[Stage, ...]) -> Act:
    """Return how a question to another department is withdrawn, as long as its case goes on."""
    return act(
        "withdraw_question",
        where,
        by=(*HANDLERS, *OFFICE),
        basis="CH-TASK: own rule",
        wording=_("%(actor)s withdrew what another department was asked."),
        label=_("Withdraw a question"),
        needs=("task", "reason"),
        checks=(checks.question_is_open,),
    )


def _replying() -> tuple[Act, ...]:
    sound = (checks.reply_says_something, checks.reply_names_nobody, checks.promise_has_its_day)
    return (
        act(
            "draft_case_reply",
            HANDLING,
            DRAFTED,
            by=HANDLERS,
            basis=REPLY,
            wording=_("%(actor)s drafted the reply."),
            label=_("Draft the reply"),
            needs=("outcome", "text"),
            checks=(
                checks.one_of("outcome", (*terms.CASE_OUTCOMES, *terms.PETITION_OUTCOMES), REPLY),
                *sound,
                checks.tasks_are_answered,
                checks.not_by_who_replied_before,
            ),
            likely=True,
        ),
        act(
            "return_case_reply",
            (DRAFTED, APPROVED),
            HANDLING,
            by=(people.DEPARTMENT_HEAD, *OFFICE),
            basis=REPLY,
            wording=_("%(actor)s sent the draft back."),
            label=_("Send the draft back"),
            needs=("reason",),
        ),
        act(
            "approve_case_reply",
            DRAFTED,
            APPROVED,
            by=(people.DEPARTMENT_HEAD, people.OFFICE_HEAD),
            basis=REPLY,
            wording=_("%(actor)s approved the reply."),
            label=_("Approve the reply"),
            checks=sound,
            never_by_who_did=("draft_case_reply",),
            four_eyes_since="draft_case_reply",
            likely=True,
        ),
        act(
            "send_reply",
            APPROVED,
            REPLIED,
            by=(*OFFICE, *HANDLERS),
            basis=REPLY,
            wording=_("The reply went to everybody who reported the case."),
            label=_("Send the reply"),
            needs=("told_by",),
            checks=(checks.one_of("told_by", terms.WAYS_TOLD, REPLY), *sound),
            public=True,
            likely=True,
        ),
    )
