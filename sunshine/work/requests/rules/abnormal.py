"""Abnormal numbers of requests, their reasons and their fee: only the text of 2019 knows them."""

from __future__ import annotations

from sunshine.core.people import rules as people
from sunshine.kernel import procedure
from sunshine.kernel.procedure import APPLICANT, CLOCK, Act, act
from sunshine.kernel.words import gettext_noop as _
from sunshine.work.requests.rules import checks, days, fees
from sunshine.work.requests.rules.stages import (
    AWAITING_PAYMENT,
    DEFERRED,
    EXPLAINING,
    HANDLERS,
    HANDLING,
    OFFICE,
    UNPAID,
)


def acts() -> tuple[Act, ...]:
    """Return what only the text of 2019 knows."""
    return (*_reasons(), *_fee())


def _reasons() -> tuple[Act, ...]:
    frequent = "FOI-FREQ: FOI 2019 art. 35"
    return (
        act(
            "demand_reasons",
            HANDLING,
            EXPLAINING,
            by=OFFICE,
            basis=frequent,
            wording=_("%(actor)s asked the applicant for reasons: the number is beyond what is reasonable."),
            label=_("Ask for reasons: abnormal number"),
            needs=("reason", "until"),
            checks=(checks.lies_ahead("until", frequent),),
            clocks=(procedure.pauses("reply"),),
            public=True,
        ),
        act(
            "give_reasons",
            EXPLAINING,
            HANDLING,
            by=(APPLICANT, *OFFICE),
            basis=frequent,
            wording=_("The applicant gave reasons."),
            label=_("Enter the applicant’s reasons"),
            needs=("text",),
            clocks=(procedure.resumes("reply"),),
        ),
        act(
            "go_on_without_reasons",
            EXPLAINING,
            HANDLING,
            by=(CLOCK, *OFFICE),
            basis=frequent,
            wording=_("The applicant gave no reasons in time."),
            label=_("Go on: no reasons were given"),
            checks=(checks.reasons_are_overdue,),
            clocks=(procedure.resumes("reply"),),
        ),
        act(
            "defer",
            HANDLING,
            DEFERRED,
            by=people.OFFICE_HEAD,
            basis=frequent,
            wording=_("%(actor)s fixed a later day for the reply and told the applicant."),
            label=_("Fix a later day for the reply"),
            needs=("until", "reason"),
            checks=(checks.lies_ahead("until", frequent), checks.a_later_day_for_the_reply),
            clocks=(procedure.restarts("reply", period_fact="reply_within"),),
            public=True,
        ),
        act(
            "take_up",
            DEFERRED,
            HANDLING,
            by=(CLOCK, *HANDLERS),
            basis=frequent,
            wording=_("The request was taken up again; the reply is due on the day that was told."),
            label=_("Take up again"),
        ),
    )


def _fee() -> tuple[Act, ...]:
    fee = f"FOI-FEE: FOI 2019 art. 42; {fees.BASIS}"
    return (
        act(
            "charge_fee",
            HANDLING,
            AWAITING_PAYMENT,
            by=people.OFFICE_HEAD,
            basis=fee,
            wording=_("%(actor)s sent the notice of the processing fee."),
            label=_("Ask for the processing fee"),
            needs=("scale", "quantity", "notified_on"),
            checks=(
                checks.fee_may_be_asked,
                checks.one_fee_only,
                checks.fee_is_told_in_time,
                checks.not_after_today("notified_on"),
                days.not_before("notified_on", "received_on"),
            ),
            clocks=(
                procedure.pauses("reply", moment_fact="notified_on"),
                procedure.restarts("pay", moment_fact="notified_on"),
            ),
            public=True,
        ),
        act(
            "fee_notice_received",
            AWAITING_PAYMENT,
            by=OFFICE,
            basis=fee,
            wording=_("The applicant has received the notice of the fee."),
            label=_("Enter that the notice was received"),
            needs=("received_on",),
            checks=(checks.not_after_today("received_on"), days.not_before("received_on", "fee_notified_on")),
            clocks=(procedure.restarts("pay", moment_fact="received_on"),),
        ),
        act(
            "record_payment",
            AWAITING_PAYMENT,
            HANDLING,
            by=OFFICE,
            basis=f"FEE-RESET: {fees.BASIS} art. 6",
            wording=_("The fee was paid; the period is counted anew."),
            label=_("Enter the payment"),
            needs=("paid_on",),
            checks=(checks.not_after_today("paid_on"), days.not_before("paid_on", "fee_notified_on")),
            clocks=(
                procedure.restarts("reply", moment_fact="paid_on"),
                procedure.stops("pay", moment_fact="paid_on"),
            ),
            public=True,
        ),
        act(
            "drop_unpaid",
            AWAITING_PAYMENT,
            UNPAID,
            by=(CLOCK, *OFFICE),
            basis=f"FEE-PAY-20WD: {fees.BASIS} art. 6",
            wording=_("The fee was not paid in time; the request is not handled further."),
            label=_("Close: fee not paid"),
            checks=(checks.fee_is_unpaid,),
            public=True,
        ),
    )
