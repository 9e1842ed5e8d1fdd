"""Correction of one's own data: a register of its own (FOI 2019 art. 41)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from sunshine.core.matters import operations as matters
from sunshine.core.people.models import Department, Person
from sunshine.kernel import errors, period
from sunshine.work.requests.models import Correction
from sunshine.work.requests.operations.acting import act
from sunshine.work.requests.operations.registering import seal_applicant, title_of
from sunshine.work.requests.rules import correction_table
from sunshine.work.requests.rules.filing import correction_is_sound


def open_correction(
    *,
    wanted: str,
    identity: Mapping[str, str],
    received_on: date,
    office: Department,
    actor: Person,
    at: datetime,
) -> tuple[Correction, str]:
    """Enter a request to correct one's own data; return it and the applicant's code.

    :raises RuleBroken: it is not said what is wrong, or who asks, or the proof has not the form of one
    """
    errors.RuleBroken.unless(
        correction_is_sound(wanted, identity, received_on=received_on, on=period.day_of(at))
    )
    with transaction.atomic():
        matter = matters.open_matter(
            kind=correction_table.KIND,
            letter="G",
            title=title_of(wanted),
            department=office,
            officer=actor,
            at=at,
        )
        correction = Correction.objects.create(matter=matter, wanted=wanted)
        code = seal_applicant(matter, identity)
        with act(matter.pk, "take_in_correction", actor=actor, at=at, received_on=received_on):
            Correction.objects.filter(pk=matter.pk).update(received_on=received_on)
    return correction, code


def propose_decision(
    matter_id: int, *, decision: str, reason: str, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Propose how the request to correct is decided."""
    facts = {"decision": decision, "reason": reason}
    with act(matter_id, "propose_decision", actor=actor, at=at, seen=seen, **facts):
        Correction.objects.filter(pk=matter_id).update(**facts)


def return_proposal(
    matter_id: int, *, reason: str, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Send a proposal back."""
    with act(matter_id, "return_proposal", actor=actor, at=at, seen=seen, reason=reason):
        pass


def settle(matter_id: int, *, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Decide as somebody else proposed."""
    with act(matter_id, "settle", actor=actor, at=at, seen=seen):
        pass
