"""Keeping the yearly list of matters open to participation; every change of a public list is in the log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from sunshine.core.ledger import operations as ledger
from sunshine.core.people.models import Department, Person
from sunshine.core.publishing.models import Record
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.participation.models import ListedMatter, YearList
from sunshine.work.participation.rules import listing as rules


def enter(
    year: int,
    *,
    title: str,
    department: Department,
    ways: Sequence[str],
    month: int,
    actor: Person,
    at: datetime,
) -> ListedMatter:
    """Enter a matter in a year's list."""
    errors.RuleBroken.unless(rules.is_sound(title, ways, month))
    with transaction.atomic():
        listed, _made = YearList.objects.get_or_create(year=year)
        row = ListedMatter.objects.create(
            of=listed, title=title.strip(), department=department, ways=list(ways), month=month
        )
        _record("entered", listed, actor, at, line=row.pk)
    return row


def link(line_id: int, *, reference: str, actor: Person, at: datetime) -> None:
    """Say in which call or event a matter of the list is open."""
    with transaction.atomic():
        row = ListedMatter.objects.select_for_update(of=("self",)).select_related("of").get(pk=line_id)
        row.reference = reference.strip()[:40]
        row.save(update_fields=["reference"])
        _record("linked", row.of, actor, at, line=row.pk)


def strike(line_id: int, *, reason: str, actor: Person, at: datetime) -> None:
    """Strike a matter out with its reason; the line stays to be read."""
    if not reason.strip():
        raise errors.RuleBroken(
            Reason(gettext_noop("Say why it is struck out."), rules.BASIS, field="reason")
        )
    with transaction.atomic():
        row = ListedMatter.objects.select_for_update(of=("self",)).select_related("of").get(pk=line_id)
        row.struck_because = reason.strip()[:300]
        row.save(update_fields=["struck_because"])
        _record("struck", row.of, actor, at, line=row.pk)


def publish(year: int, *, record: str, actor: Person, at: datetime) -> None:
    """Let a year's list be public with the record through which it passed the gate.

    :raises RuleBroken: there is no such public record, or the list is empty
    """
    found = Record.objects.filter(reference=record.strip(), withdrawn_at=None).first()
    if found is None:
        text = gettext_noop("Name the public record of the list; it passes the gate first.")
        raise errors.RuleBroken(Reason(text, rules.BASIS, field="record"))
    with transaction.atomic():
        listed = YearList.objects.filter(year=year, matters__isnull=False).first()
        if listed is None:
            raise errors.RuleBroken(Reason(gettext_noop("The list is empty."), rules.BASIS))
        listed.record = found
        listed.save(update_fields=["record"])
        _record("published", listed, actor, at, record=found.reference)


def _record(what: str, listed: YearList, actor: Person, at: datetime, **facts: object) -> None:
    public = {"year": listed.year} if listed.record_id is not None else None
    ledger.record(
        f"participation_list.{what}",
        f"participation-{listed.year}",
        actor=actor,
        at=at,
        facts=facts,
        public=public,
    )
