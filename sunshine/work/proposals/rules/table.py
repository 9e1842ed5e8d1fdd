"""The procedure of suggestions and proposals that the bureau answers, for each text, from one table."""

from __future__ import annotations

from sunshine.kernel import procedure
from sunshine.kernel.procedure import CLOCK, Act, Procedure, act
from sunshine.kernel.words import gettext_noop as _
from sunshine.work.proposals.rules import checks, followed, periods, rounds
from sunshine.work.proposals.rules import stages as at
from sunshine.work.proposals.rules.periods import Text


def led(text: Text) -> Procedure:
    """Return the procedure of what the bureau answers, under one text."""
    return Procedure(
        kind=text.kind,
        version=text.version,
        effective_from=text.effective_from,
        effective_to=text.effective_to,
        initial=at.LISTED,
        final=at.LED_FINAL,
        acts=(
            *_taking_in(text),
            *_at_work(),
            *_extending(text),
            *rounds.acts(rounds.FIRST, text.basis),
            *rounds.acts(rounds.SECOND, text.basis),
            *followed.acts(),
        ),
        clocks={
            "reply": text.reply,
            "object": periods.OBJECT,
            "again": periods.AGAIN,
            "rating": periods.RATING,
        },
    )


def _taking_in(text: Text) -> tuple[Act, ...]:
    return (
        act(
            "take_in",
            at.LISTED,
            at.ASSIGNED,
            by=at.OFFICE,
            basis=text.basis,
            wording=_("%(actor)s entered what was assigned to the bureau."),
            label=_("Take in"),
            needs=("assigned_on",),
            checks=(checks.not_after_today("assigned_on"),),
            clocks=(
                procedure.starts("reply", moment_fact="assigned_on"),
                procedure.starts("object", moment_fact="assigned_on"),
            ),
            public=True,
            likely=True,
        ),
        act(
            "accept",
            at.ASSIGNED,
            at.ACCEPTED,
            by=at.OFFICE,
            basis=checks.OBJECT,
            wording=_("%(actor)s accepted it for the bureau."),
            label=_("Accept for the bureau"),
            clocks=(procedure.stops("object"),),
            likely=True,
        ),
        act(
            "accept_by_silence",
            at.ASSIGNED,
            at.ACCEPTED,
            by=CLOCK,
            basis=checks.OBJECT,
            wording=_("The days for handing back passed: it counts as accepted."),
            checks=(checks.objection_is_over,),
            clocks=(procedure.stops("object"),),
        ),
        act(
            "hand_back",
            at.ASSIGNED,
            at.HANDED_BACK,
            by=at.OFFICE,
            basis=checks.OBJECT,
            wording=_("%(actor)s handed it back to the assigner."),
            label=_("Hand back: not ours"),
            needs=("reason",),
            checks=(checks.objection_is_in_time,),
            clocks=(procedure.stops("object"),),
        ),
        act(
            "assigner_agrees",
            at.HANDED_BACK,
            at.RETURNED,
            by=at.OFFICE,
            basis=checks.OBJECT,
            wording=_("The assigner took it back."),
            label=_("The assigner takes it back"),
            public=True,
        ),
        act(
            "assigner_insists",
            at.HANDED_BACK,
            at.ACCEPTED,
            by=at.OFFICE,
            basis=checks.OBJECT,
            wording=_("The assigner insists: it stays with the bureau."),
            label=_("The assigner insists"),
            needs=("reason",),
            likely=True,
        ),
    )


def _at_work() -> tuple[Act, ...]:
    return (
        act(
            "assign",
            at.ACCEPTED,
            at.HANDLING,
            by=at.OFFICE,
            basis=checks.JOINT,
            wording=_("%(actor)s gave it to a department that leads."),
            label=_("Give to the department that leads"),
            needs=("department",),
            likely=True,
        ),
        act(
            "reassign",
            at.AT_WORK,
            by=at.OFFICE,
            basis=checks.JOINT,
            wording=_("%(actor)s gave it to another department."),
            label=_("Give to another department"),
            needs=("department", "reason"),
        ),
        act(
            "hand_over",
            at.AT_WORK,
            by=at.HEADS,
            basis=checks.OWN,
            wording=_("%(actor)s handed the matter over."),
            label=_("Hand over"),
            needs=("officer",),
        ),
        act(
            "ask_opinions",
            (at.HANDLING, at.DRAFTED),
            by=at.HANDLERS,
            basis=checks.JOINT,
            wording=_("%(actor)s asked for joint opinions."),
            label=_("Ask for joint opinions"),
            needs=("question",),
            checks=(checks.somebody_is_asked, checks.opinions_come_before_the_reply),
        ),
        act(
            "record_contact",
            at.AT_WORK,
            by=at.HANDLERS,
            basis=checks.TALK,
            wording=_("%(actor)s talked with the deputy."),
            label=_("Record a contact with the deputy"),
            needs=("contacted_on", "way", "said"),
            checks=(checks.not_after_today("contacted_on"),),
        ),
    )


def _extending(text: Text) -> tuple[Act, ...]:
    checked = (checks.not_yet_extended, checks.not_overdue)
    consent = ("consented_on",) if text.needs_consent else ()
    basis = f"PRP-6M: {text.longer.basis}"
    return (
        act(
            "propose_extension",
            (at.HANDLING, at.DRAFTED),
            by=at.HANDLERS,
            basis=basis,
            wording=_("%(actor)s proposed six months in place of three."),
            label=_("Propose six months"),
            needs=("reason",),
            checks=checked,
        ),
        act(
            "extend",
            (at.HANDLING, at.DRAFTED),
            by=at.OFFICE,
            basis=basis,
            wording=_("The deputy was told that it takes six months from assignment."),
            label=_("Extend to six months, the deputy is told"),
            needs=("reason", "told_on", *consent),
            checks=(*checked, checks.not_after_today("told_on", *consent)),
            clocks=(procedure.extends("reply", text.longer),),
            never_by_who_did=("propose_extension",),
            four_eyes_since="propose_extension",
            public=True,
        ),
    )


LED = tuple(map(led, periods.TEXTS))
