"""What the acts on a request ask: named checks, each with its reasons and the rule that wants it.

They read `situation.matter` (see `queries.situation`) and what is given with the act under the same names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sunshine.kernel import calendar, period
from sunshine.kernel.period import Period
from sunshine.kernel.procedure import Check, Done, Situation, is_blank
from sunshine.kernel.verdict import HOLDS, Verdict, all_of, fails
from sunshine.kernel.words import gettext_noop as _
from sunshine.work.requests.rules import fees, periods, remedies, terms

OWN = "own rule"
ASKED = ("ask_to_complete", "ask_while_handling", "ask_too_late")


def day(situation: Situation, name: str) -> date | None:
    """Return a day that is given with the act or known of the matter."""
    value = situation.fact(name)
    if isinstance(value, datetime):
        return period.day_of(value)
    return value if isinstance(value, date) else None


def is_over(length: Period, since: date | None, at: datetime) -> bool:
    """Return whether a period that began on a day is over at a moment."""
    if since is None:
        return False
    return not period.in_time(at, period.due(length, period.start_of(since), calendar.bundled()))


def last_done(situation: Situation, *acts: str) -> Done | None:
    """Return the newest of these acts that was done in the matter."""
    return next((done for done in reversed(situation.done) if done.act in acts), None)


def not_after_today(*names: str) -> Check:
    """Return the check that days given with the act do not lie ahead."""

    def not_after_today(situation: Situation) -> Verdict:
        today = period.day_of(situation.at)
        return all_of(
            fails(_("This day lies ahead; enter what has happened."), basis=OWN, field=name)
            for name in names
            for given in [day(situation, name)]
            if given is not None and given > today
        )

    return not_after_today


def receipt_day_is_sound(situation: Situation) -> Verdict:
    """FOI-RCV: the day of receipt follows the way; where both sides confirm, not before it arrived."""
    way = terms.way_named(situation.matter.get("way"))
    arrived, received = day(situation, "arrived_on"), day(situation, "received_on")
    if way is None or arrived is None or received is None:
        return HOLDS
    version = str(situation.matter.get("version", ""))
    basis = periods.FOI_2008.receipt if version == "2008" else periods.FOI_2019.receipt
    if terms.needs_confirmation(way, version):
        if received < arrived:
            return fails(
                _("It cannot be confirmed before the day on which it arrived."),
                basis=basis,
                field="received_on",
            )
        return HOLDS
    if received != arrived:
        return fails(
            _("By this way it counts from the day on which it arrived, no other."),
            basis=basis,
            field="received_on",
        )
    return HOLDS


def not_asked_to_complete_before(situation: Situation) -> Verdict:
    """FOI-COMPLETE-7WD: one notice only."""
    if situation.times(*ASKED):
        return fails(
            _("The applicant was asked to complete before; the law allows one notice."),
            basis="FOI-COMPLETE-7WD: FOI 2019 art. 30",
        )
    return HOLDS


def is_asked_late(received_on: date | None, notified_at: datetime) -> bool:
    """Return whether a completeness notice of 2019's text comes too late to start the period anew."""
    return is_over(periods.TELL, received_on, notified_at)


def within_seven_days(situation: Situation) -> Verdict:
    """FOI-COMPLETE-7WD: the notice goes out within seven working days of receipt."""
    if is_asked_late(day(situation, "received_on"), _moment(situation, "notified_on")):
        return fails(
            _("Seven working days have passed: a notice now no longer starts the period anew."),
            basis="FOI-COMPLETE-7WD: FOI 2019 art. 30",
            field="notified_on",
        )
    return HOLDS


def seven_days_have_passed(situation: Situation) -> Verdict:
    """The late notice is for when the notice in time is no longer possible."""
    if within_seven_days(situation).holds:
        return fails(
            _("The notice is still in time; ask the applicant to complete."),
            basis="FOI-COMPLETE-7WD: FOI 2019 art. 30",
        )
    return HOLDS


def late_notice_waits(situation: Situation) -> Verdict:
    """FOI-COMPLETE-7WD: what a late notice asked for is taken in once, and moves no clock."""
    last = last_done(situation, "ask_too_late", "complete_late")
    if last is not None and last.act == "ask_too_late":
        return HOLDS
    return fails(
        _("No late notice waits for the applicant to complete the request."),
        basis="FOI-COMPLETE-7WD: FOI 2019 art. 30",
    )


def _moment(situation: Situation, name: str) -> datetime:
    given = day(situation, name)
    return period.start_of(given) if given is not None else situation.at


def completion_has_lapsed(length: Period) -> Check:
    """Return the check that the time given to complete is over."""

    def completion_has_lapsed(situation: Situation) -> Verdict:
        if is_over(length, day(situation, "asked_on"), situation.at):
            return HOLDS
        return fails(
            _("The applicant still has time to complete."), basis=f"FOI-COMPLETE-TIME: {length.basis}"
        )

    return completion_has_lapsed


def not_yet_extended(situation: Situation) -> Verdict:
    """FOI-EXT-20WD: once only."""
    if situation.times("extend"):
        return fails(_("The period was extended before; the law allows it once."), basis="FOI-EXT-20WD")
    return HOLDS


def first_period_runs(situation: Situation) -> Verdict:
    """FOI-EXT-20WD: the applicant is told before the period ends."""
    due = situation.matter.get("reply_due_at")
    if isinstance(due, datetime) and not period.in_time(situation.at, due):
        return fails(
            _("The period is over; what is over can no longer be extended."), basis="FOI-EXT-20WD: art. 33 ¶2"
        )
    return HOLDS


def was_proposed(situation: Situation) -> Verdict:
    """The head consents to what somebody proposed with a reason."""
    if situation.times("propose_extension"):
        return HOLDS
    return fails(_("Somebody else must propose this first."), basis="FOI-EXT-20WD", mended_by="office_clerk")


def consultations(situation: Situation, *sorts: str) -> list[Mapping[str, Any]]:
    rows = situation.matter.get("consultations", ())
    assert isinstance(rows, Iterable)  # noqa: S101  # `queries.situation` gives a tuple
    return [row for row in rows if row["sort"] in sorts]


def everyone_has_answered(length: Period | None) -> Check:
    """Return the check that each third party has answered, or its time, where there is one, is over."""

    def everyone_has_answered(situation: Situation) -> Verdict:
        """FOI-PAUSE-3P: the pause ends with the last answer, or when the last third party's time is over."""
        asked = consultations(situation, "third_party")
        if not any(_is_awaited(row, "received_on", length, situation.at) for row in asked):
            return HOLDS
        if length is None:
            return fails(
                _("A third party has not answered; its silence ends nothing by itself."),
                basis="FOI-PAUSE-3P: FOI 2008 arts. 23, 24",
            )
        return fails(
            _("A third party has not answered and still has time."),
            basis="FOI-PAUSE-3P: FOI 2019 arts. 32, 33",
        )

    return everyone_has_answered


def bodies_have_answered(length: Period | None) -> Check:
    """Return the check that each body has answered, or is a co-maker whose time is over."""

    def bodies_have_answered(situation: Situation) -> Verdict:
        """FOI-JOINT: the silence of a co-maker is consent; that of another body says nothing."""
        verdict = HOLDS
        makers, others = (consultations(situation, sort) for sort in ("co_maker", "other_body"))
        if any(_is_awaited(row, "received_on", length, situation.at) for row in makers):
            verdict &= fails(
                _("A body that was asked still has time to answer."), basis="FOI-JOINT: FOI 2019 art. 34"
            )
        if any(_is_awaited(row, "sent_on", None, situation.at) for row in others):
            verdict &= fails(
                _("A body that was asked has not answered; its silence ends nothing by itself."),
                basis="FOI-PAUSE-BODY: FOI 2019 art. 33 ¶3",
            )
        return verdict

    return bodies_have_answered


def _is_awaited(row: Mapping[str, Any], since: str, length: Period | None, at: datetime) -> bool:
    return row["answer"] == "" and (length is None or not is_over(length, row[since], at))


def consultation_is_open(situation: Situation) -> Verdict:
    """An answer belongs to somebody who was asked and has not answered."""
    given = situation.facts.get("consultation")
    if given is None or any(
        row["id"] == given and row["answer"] == "" for row in consultations(situation, *SORTS_ASKED)
    ):
        return HOLDS
    return fails(_("Choose somebody who was asked and has not answered."), basis=OWN, field="consultation")


def it_made_the_information_too(situation: Situation) -> Verdict:
    """FOI-JOINT: the days of a co-maker run from its receipt; no law gives another body any."""
    given = situation.facts.get("consultation")
    waiting = [row["id"] for row in consultations(situation, "co_maker") if row["answer"] == ""]
    if given in waiting or (given is None and waiting):
        return HOLDS
    return fails(
        _("Only a body that made the information together with us, and has not answered, has days."),
        basis="FOI-JOINT: FOI 2019 art. 34",
        field="consultation" if waiting else "",
    )


ANSWERS = ("consents", "refuses", "refuses_without_ground", "undeliverable")
SORTS_ASKED = ("third_party", "co_maker", "other_body")


def answer_is_known(situation: Situation) -> Verdict:
    """FOI-3P: consent, refusal with a reasonable ground, or one without; the ground is written down."""
    answer = situation.facts.get("answer")
    if answer not in ANSWERS:
        return fails(_("Say what the answer was."), basis="FOI-3P: FOI 2019 art. 32", field="answer")
    if answer == "refuses" and is_blank(situation.facts.get("ground")):
        return fails(
            _("A refusal counts only with its reasonable ground: write it down."),
            basis="FOI-3P: FOI 2019 art. 32",
            field="ground",
        )
    return HOLDS


def reasons_are_overdue(situation: Situation) -> Verdict:
    """FOI-FREQ: the applicant had until a named day to give reasons."""
    until = day(situation, "reasons_until")
    if until is not None and period.day_of(situation.at) > until:
        return HOLDS
    return fails(_("The applicant still has time to give reasons."), basis="FOI-FREQ: FOI 2019 art. 35")


def lies_ahead(name: str, basis: str) -> Check:
    """Return the check that a day named to the applicant lies ahead."""

    def lies_ahead(situation: Situation) -> Verdict:
        given = day(situation, name)
        if given is None or given > period.day_of(situation.at):
            return HOLDS
        return fails(_("Name a day that lies ahead."), basis=basis, field=name)

    return lies_ahead


def a_later_day_for_the_reply(situation: Situation) -> Verdict:
    """FOI-FREQ: the day told is the new term: a working day after the one that runs, fixed while it runs."""
    basis, due = "FOI-FREQ: FOI 2019 art. 35", situation.matter.get("reply_due_at")
    verdict, until = HOLDS, day(situation, "until")
    if isinstance(due, datetime) and not period.in_time(situation.at, due):
        verdict &= fails(_("The period is over; what is over can no longer be put off."), basis=basis)
    if until is None:
        return verdict
    if not calendar.bundled().is_working_day(until):
        verdict &= fails(_("Name a working day, for the reply goes out on it."), basis=basis, field="until")
    if isinstance(due, datetime) and period.start_of(until) < due:
        verdict &= fails(
            _("Name a day after the one on which the reply is due anyway."), basis=basis, field="until"
        )
    return verdict


def fee_may_be_asked(situation: Situation) -> Verdict:
    """FEE-CHOICE: since 2021, one of two scales, and only what the steps make of the quantity."""
    verdict = HOLDS
    if period.day_of(situation.at) < fees.SINCE:
        verdict &= fails(_("Before 2021 no processing fee could be asked."), basis=fees.BASIS)
    scale, quantity = situation.facts.get("scale"), situation.facts.get("quantity")
    if scale not in {each.code for each in fees.SCALES}:
        return verdict & fails(
            _("Choose one of the two scales."), basis=f"FEE-CHOICE: {fees.BASIS} art. 3", field="scale"
        )
    if not isinstance(quantity, int) or fees.fee(str(scale), quantity) <= 0:
        verdict &= fails(
            _("By the national steps this quantity is free of charge."),
            basis=f"FEE-ITEM, FEE-PAGE: {fees.BASIS} arts. 4, 5",
            field="quantity",
        )
    return verdict


def one_fee_only(situation: Situation) -> Verdict:
    """FEE-CHOICE: one of the scales for a request, so one notice; a second would count the period anew."""
    if situation.times("charge_fee"):
        return fails(
            _("The fee was asked for before; a request bears one fee, on one scale."),
            basis=f"FEE-CHOICE: {fees.BASIS} art. 3",
        )
    return HOLDS


def fee_is_told_in_time(situation: Situation) -> Verdict:
    """FEE-NOTICE: the notice goes out while the request is handled; what is over is not counted anew."""
    due = situation.matter.get("reply_due_at")
    if isinstance(due, datetime) and not period.in_time(_moment(situation, "notified_on"), due):
        return fails(
            _("The period of the reply was over; a fee can only be asked for within it."),
            basis=f"FEE-NOTICE: {fees.BASIS} art. 6",
            field="notified_on",
        )
    return HOLDS


def fee_is_unpaid(situation: Situation) -> Verdict:
    """FEE-PAY-20WD: twenty working days from the day after the notice was received have passed."""
    received = day(situation, "fee_received_on")
    if received is None:
        return fails(
            _("It is not known that the notice of the fee was received."),
            basis=f"FEE-PAY-20WD: {fees.BASIS} art. 6",
        )
    if is_over(periods.PAY, received, situation.at):
        return HOLDS
    return fails(_("The applicant still has time to pay."), basis=f"FEE-PAY-20WD: {fees.BASIS} art. 6")


def rating_is_known(situation: Situation) -> Verdict:
    """CH-RATE: one to five; who is silent has not rated."""
    if situation.facts.get("rating") in (1, 2, 3, 4, 5):
        return HOLDS
    return fails(_("Choose from one to five."), basis="CH-RATE: own rule", field="rating")


def not_rated_yet(situation: Situation) -> Verdict:
    """One rating for one answer."""
    last = last_done(situation, "rate", "reply")
    if last is not None and last.act == "rate":
        return fails(_("You have rated this answer."), basis="CH-RATE: own rule")
    return HOLDS


def result_is_known(situation: Situation) -> Verdict:
    """The table of section 四 knows three results."""
    if situation.facts.get("result") in {each.code for each in remedies.RESULTS}:
        return HOLDS
    return fails(_("Choose how it ended."), basis="AR-I5: 国办公开办函〔2021〕30号", field="result")
