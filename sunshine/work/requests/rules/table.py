"""The procedure of information requests, for both texts of the regulation, from one table."""

from __future__ import annotations

from sunshine.core.people import rules as people
from sunshine.kernel import procedure
from sunshine.kernel.procedure import APPLICANT, CLOCK, Act, Procedure, Stage, act
from sunshine.kernel.words import gettext_noop as _
from sunshine.work.requests.rules import (
    abnormal,
    after,
    answering,
    asking,
    checks,
    codes,
    days,
    overruling,
    periods,
)
from sunshine.work.requests.rules.periods import Text
from sunshine.work.requests.rules.stages import (
    APPROVED,
    ARRIVED,
    ASKING,
    AWAITING_CONSENT,
    AWAITING_PAYMENT,
    CONSULTING,
    DEFERRED,
    DRAFTED,
    FINAL,
    HANDLERS,
    HANDLING,
    INCOMPLETE,
    KIND,
    LAPSED,
    MERGED,
    OFFICE,
    RECEIVED,
    UNFINISHED,
    UNFINISHED_2019,
    UNPAID,
    WITHDRAWN,
)

MAY_BE_LONGER = (HANDLING, CONSULTING, AWAITING_CONSENT, ASKING, DRAFTED, APPROVED)
"""Where a request is at work and its period may be extended."""


def request_procedure(text: Text) -> Procedure:
    """Return the procedure of requests under one text of the regulation."""
    is_new = text.version == "2019"
    clocks = {"reply": text.reply, "completion": text.completion}
    if is_new:
        clocks |= {
            "tell": periods.TELL,
            "consent": periods.CONSENT,
            "bodies": periods.BODIES,
            "pay": periods.PAY,
        }
    return Procedure(
        kind=KIND,
        version=text.version,
        effective_from=text.effective_from,
        effective_to=text.effective_to,
        initial=ARRIVED,
        final=FINAL if is_new else FINAL - {UNPAID},
        acts=(
            *_at_the_office(text),
            *_asking_to_complete(text),
            *_after_asking(text),
            *_at_work(text),
            *asking.acts(text),
            *(abnormal.acts() if is_new else ()),
            *overruling.acts(text),
            *answering.acts(text),
            *after.acts(text),
            *codes.acts(*_every_stage(text)),
        ),
        clocks=clocks,
    )


def _every_stage(text: Text) -> tuple[Stage, ...]:
    if text.version == "2019":
        return (*UNFINISHED_2019, *sorted(FINAL, key=str))
    return (*UNFINISHED, *sorted(FINAL - {UNPAID}, key=str))


def _at_the_office(text: Text) -> tuple[Act, ...]:
    tell = (procedure.starts("tell", moment_fact="received_on"),) if text.version == "2019" else ()
    examined = (procedure.stops("tell"),) if text.version == "2019" else ()
    return (
        act(
            "try_to_reach",
            ARRIVED,
            by=OFFICE,
            basis=f"FOI-RCV-PLAIN: {text.receipt}",
            wording=_("%(actor)s tried to reach the applicant to confirm the receipt."),
            label=_("Record an attempt to reach the applicant"),
            needs=("note",),
        ),
        act(
            "receive",
            ARRIVED,
            RECEIVED,
            by=(*OFFICE, APPLICANT),
            basis=f"FOI-REG: {text.receipt}",
            wording=_("The request was received; its day is fixed."),
            label=_("Fix the day of receipt"),
            needs=("received_on",),
            checks=(checks.receipt_day_is_sound, checks.not_after_today("received_on")),
            clocks=(procedure.starts("reply", moment_fact="received_on"), *tell),
            public=True,
            likely=True,
        ),
        act(
            "assign",
            RECEIVED,
            HANDLING,
            by=OFFICE,
            basis="FOI-REG: FOI 2019 art. 45",
            wording=_("%(actor)s gave the request to a department."),
            label=_("Give to a department"),
            needs=("department",),
            clocks=examined,
            likely=True,
        ),
        act(
            "split",
            (RECEIVED, HANDLING),
            by=OFFICE,
            basis="FOI-REG: 一事一申请",
            wording=_("%(actor)s split the request; each part is a request of its own."),
            label=_("Split: one subject, one request"),
            needs=("parts",),
        ),
        act(
            "merge",
            (RECEIVED, HANDLING),
            MERGED,
            by=OFFICE,
            basis="FOI-REG: own rule",
            wording=_("%(actor)s merged the request into another of the same applicant."),
            label=_("Merge into another request"),
            needs=("other", "note"),
            public=True,
        ),
    )


def _asking_to_complete(text: Text) -> tuple[Act, ...]:
    once = checks.not_asked_to_complete_before
    past = (checks.not_after_today("notified_on"), days.not_before("notified_on", "received_on"))
    is_new = text.version == "2019"
    in_time = (checks.within_seven_days,) if is_new else ()
    waits = (
        procedure.pauses("reply", moment_fact="notified_on"),
        procedure.restarts("completion", moment_fact="notified_on"),
    )
    basis = f"FOI-COMPLETE-7WD: {text.complete}" if is_new else f"FOI-UNCLEAR: {text.complete}"
    wording = _("%(actor)s asked the applicant to complete the request.")
    label = _("Ask the applicant to complete")
    told = {"needs": ("what", "notified_on"), "public": True}
    late = (
        act(
            "ask_too_late",
            HANDLING,
            by=HANDLERS,
            basis=basis,
            wording=_("%(actor)s asked the applicant to complete, too late: the period runs on."),
            label=_("Ask late, while the period runs on"),
            needs=("what", "notified_on"),
            checks=(once, *past, checks.seven_days_have_passed),
        ),
        act(
            "complete_late",
            (*MAY_BE_LONGER, DEFERRED, AWAITING_PAYMENT),
            by=(APPLICANT, *OFFICE),
            basis=basis,
            wording=_("The applicant completed what was asked too late; the period runs on."),
            label=_("Enter what the applicant completed"),
            needs=("text", "completed_on"),
            checks=(
                checks.late_notice_waits,
                checks.not_after_today("completed_on"),
                days.not_before("completed_on", "asked_on"),
            ),
        ),
    )
    return (
        act(
            "ask_to_complete",
            RECEIVED,
            INCOMPLETE,
            by=OFFICE,
            basis=basis,
            wording=wording,
            label=label,
            checks=(once, *past, *in_time),
            clocks=(*((procedure.stops("tell", moment_fact="notified_on"),) if is_new else ()), *waits),
            **told,  # type: ignore[arg-type]  # options that both acts share
        ),
        act(
            "ask_while_handling",
            HANDLING,
            INCOMPLETE,
            by=HANDLERS,
            basis=basis,
            wording=wording,
            label=label,
            checks=(once, *past, *in_time),
            clocks=waits,
            **told,  # type: ignore[arg-type]  # options that both acts share
        ),
        *(late if is_new else ()),
    )


def _after_asking(text: Text) -> tuple[Act, ...]:
    return (
        act(
            "complete",
            INCOMPLETE,
            HANDLING,
            by=(APPLICANT, *OFFICE),
            basis=f"FOI-COMPLETE-RESET: {text.complete}",
            wording=_("The applicant completed the request; the period starts anew."),
            label=_("Enter what the applicant completed"),
            needs=("text", "completed_on"),
            checks=(checks.not_after_today("completed_on"), days.not_before("completed_on", "asked_on")),
            clocks=(
                procedure.restarts("reply", moment_fact="completed_on"),
                procedure.stops("completion", moment_fact="completed_on"),
            ),
            public=True,
        ),
        act(
            "lapse",
            INCOMPLETE,
            LAPSED,
            by=(CLOCK, *OFFICE),
            basis=f"FOI-COMPLETE-TIME: {text.complete}",
            wording=_("The request was not completed in time and is not handled further."),
            label=_("Close: not completed in time"),
            checks=(checks.completion_has_lapsed(text.completion),),
            public=True,
        ),
        act(
            "admit_excuse",
            LAPSED,
            HANDLING,
            by=people.OFFICE_HEAD,
            basis=f"FOI-COMPLETE-TIME: {text.complete}",
            wording=_("%(actor)s admitted the applicant’s excuse; the request is handled after all."),
            label=_("Admit an excuse for the delay"),
            needs=("reason", "completed_on"),
            checks=(checks.not_after_today("completed_on"), days.not_before("completed_on", "asked_on")),
            clocks=(procedure.restarts("reply", moment_fact="completed_on"),),
            public=True,
            reopening=True,
        ),
    )


def _at_work(text: Text) -> tuple[Act, ...]:
    return (
        act(
            "reassign",
            HANDLING,
            by=(*OFFICE, people.DEPARTMENT_HEAD),
            basis="FOI-REG: FOI 2019 art. 45",
            wording=_("%(actor)s gave the request to another department or officer."),
            label=_("Give to somebody else"),
            needs=("department",),
        ),
        act(
            "search",
            HANDLING,
            by=HANDLERS,
            basis="FOI 2019 art. 36(4); 法释〔2025〕8号",
            wording=_("%(actor)s searched the holdings."),
            label=_("Record a search"),
            needs=("systems", "words", "found"),
        ),
        act(
            "enclose",
            HANDLING,
            by=HANDLERS,
            basis="FOI-PARTIAL: FOI 2019 art. 37",
            wording=_("%(actor)s laid a file with the answer."),
            label=_("Lay a file with the answer"),
            needs=("file",),
        ),
        act(
            "take_out",
            HANDLING,
            by=HANDLERS,
            basis="FOI-PARTIAL: FOI 2019 art. 37",
            wording=_("%(actor)s took a file out of the answer."),
            label=_("Take a file out of the answer"),
            needs=("enclosure",),
        ),
        act(
            "propose_extension",
            MAY_BE_LONGER,
            by=HANDLERS,
            basis=f"FOI-EXT-20WD: {text.time}",
            wording=_("%(actor)s proposed to extend the period."),
            label=_("Propose an extension"),
            needs=("reason",),
            checks=(checks.not_yet_extended, checks.first_period_runs),
        ),
        act(
            "extend",
            MAY_BE_LONGER,
            by=people.OFFICE_HEAD,
            basis=f"FOI-EXT-20WD: {text.time}",
            wording=_("%(actor)s extended the period once; the applicant is told."),
            label=_("Extend the period"),
            needs=("reason",),
            checks=(checks.was_proposed, checks.not_yet_extended, checks.first_period_runs),
            clocks=(procedure.extends("reply", text.longer),),
            never_by_who_did=("propose_extension",),
            four_eyes_since="propose_extension",
            public=True,
        ),
        act(
            "withdraw",
            UNFINISHED_2019 if text.version == "2019" else UNFINISHED,
            WITHDRAWN,
            by=(APPLICANT, *OFFICE),
            basis="FOI-REG: own rule",
            wording=_("The applicant withdrew the request."),
            label=_("Enter that the applicant withdrew"),
            needs=("note",),
            public=True,
        ),
    )


PROCEDURES = (request_procedure(periods.FOI_2008), request_procedure(periods.FOI_2019))
REQUEST_2008, REQUEST_2019 = PROCEDURES
