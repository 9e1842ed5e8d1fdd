"""Abnormal numbers: reasons, a later day, the processing fee."""

from __future__ import annotations

from datetime import date, datetime

from sunshine.core.people.models import Person
from sunshine.kernel import period
from sunshine.work.requests import rules
from sunshine.work.requests.models import Fee, Request, Word
from sunshine.work.requests.operations.acting import Actor, act, request_of
from sunshine.work.requests.operations.closing import close
from sunshine.work.requests.rules import outcomes, periods


def demand_reasons(
    matter_id: int, *, reason: str, until: date, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Ask the applicant why so many requests are made; they have until a named day."""
    facts = {"reason": reason, "until": until}
    with act(matter_id, "demand_reasons", actor=actor, at=at, seen=seen, **facts) as acting:
        Request.objects.filter(pk=acting.matter.pk).update(reasons_until=until)
        Word.objects.create(request=request_of(acting), kind="demanded", text=reason, at=at, by=actor)


def give_reasons(matter_id: int, *, text: str, actor: Actor, at: datetime, seen: int | None = None) -> None:
    """Enter the applicant's reasons."""
    with act(matter_id, "give_reasons", actor=actor, at=at, seen=seen, text=text) as acting:
        by = actor if isinstance(actor, Person) else None
        Word.objects.create(request=request_of(acting), kind="reasons", text=text, at=at, by=by)


def go_on_without_reasons(
    matter_id: int, *, actor: Person | None, at: datetime, seen: int | None = None
) -> None:
    """Go on when the day for reasons has passed in silence."""
    with act(matter_id, "go_on_without_reasons", actor=actor, at=at, seen=seen):
        pass


def defer(
    matter_id: int, *, until: date, reason: str, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Fix a later day for the reply, because the reasons are good and the work is much; it is due then."""
    facts = {"until": until, "reason": reason, "reply_within": periods.deferral(period.day_of(at), until)}
    with act(matter_id, "defer", actor=actor, at=at, seen=seen, **facts) as acting:
        Request.objects.filter(pk=acting.matter.pk).update(deferred_until=until)


def take_up(matter_id: int, *, actor: Person | None, at: datetime, seen: int | None = None) -> None:
    """Go on with a request whose reply was put off."""
    with act(matter_id, "take_up", actor=actor, at=at, seen=seen):
        pass


def charge_fee(
    matter_id: int,
    *,
    scale: str,
    quantity: int,
    notified_on: date,
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Ask for the processing fee that the national steps make of the quantity."""
    facts = {"scale": scale, "quantity": quantity, "notified_on": notified_on}
    with act(matter_id, "charge_fee", actor=actor, at=at, seen=seen, **facts) as acting:
        amount = rules.fee(scale, quantity)
        Fee.objects.create(request=request_of(acting), amount=amount, **facts)
        acting.facts["amount"] = amount
        acting.public = {"amount": amount, "notified_on": notified_on.isoformat()}


def fee_notice_received(
    matter_id: int, *, received_on: date, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Enter the day on which the applicant got the notice of the fee: from it the time to pay counts."""
    with act(matter_id, "fee_notice_received", actor=actor, at=at, seen=seen, received_on=received_on):
        Fee.objects.filter(request_id=matter_id, paid_on=None).update(received_on=received_on)


def record_payment(
    matter_id: int, *, paid_on: date, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Enter the payment; the reply counts anew (FEE-RESET)."""
    with act(matter_id, "record_payment", actor=actor, at=at, seen=seen, paid_on=paid_on) as acting:
        Fee.objects.filter(request_id=matter_id, paid_on=None).update(paid_on=paid_on)
        acting.public = {"paid_on": paid_on.isoformat()}


def drop_unpaid(matter_id: int, *, actor: Person | None, at: datetime, seen: int | None = None) -> None:
    """Close a request whose fee was not paid in time."""
    with act(matter_id, "drop_unpaid", actor=actor, at=at, seen=seen) as acting:
        acting.public = close(acting, outcomes.UNPAID, at=at)
