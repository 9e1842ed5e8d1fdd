"""The clock at the desk runs as long as the directory promises, where that is shorter than the law."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sunshine.core.matters import queries as matters
from sunshine.core.publishing.models import DirectoryItem, Record
from sunshine.kernel import clock
from sunshine.kernel.period import CALENDAR_DAYS, WORKING_DAYS, Unit, day_of
from sunshine.work.documents import operations as documents
from sunshine.work.documents.models import Document
from tests import cast as plays
from tests.cast import MONDAY

pytestmark = pytest.mark.django_db


def signed(length: int, unit: Unit, *, kind: str = "notice") -> tuple[plays.Cast, Document]:
    """Return a signed document whose item of the directory promises so much time."""
    cast = plays.make_cast()
    DirectoryItem.objects.update(limit_length=length, limit_unit=unit.value)
    cast.item.refresh_from_db()
    return cast, plays.make_document(cast, upto="approved", kind=kind)


def publish_clock(document: Document) -> clock.Reading:
    return matters.readings(document.matter, now=MONDAY + timedelta(hours=5))["publish"]


@pytest.mark.parametrize(("length", "unit"), [(5, WORKING_DAYS), (7, CALENDAR_DAYS)])
def test_the_desk_warns_of_the_same_day_that_the_public_is_promised(length: int, unit: Unit):
    cast, document = signed(length, unit)
    reading = publish_clock(document)
    assert reading.period.length == length
    documents.publish(document.matter_id, actor=cast.office_head, at=MONDAY + timedelta(hours=4))
    promised = Record.objects.get(matter_reference=document.matter.reference).due_on
    assert reading.due_on == promised
    document.matter.refresh_from_db()
    assert publish_clock(document).state is clock.State.STOPPED


def test_a_longer_promise_does_not_lengthen_what_the_law_gives():
    _cast, document = signed(60, WORKING_DAYS)
    assert publish_clock(document).period.length == 20


def test_the_due_moment_on_the_worklist_follows_the_shorter_promise():
    _cast, document = signed(5, WORKING_DAYS)
    due = document.matter.next_due_at
    assert due is not None
    assert day_of(due - timedelta(seconds=1)) == publish_clock(document).due_on


def test_a_budget_must_be_public_within_twenty_days_and_not_twenty_working_days():
    _cast, document = signed(20, WORKING_DAYS, kind="budget")
    period = publish_clock(document).period
    assert (period.length, period.unit) == (20, CALENDAR_DAYS)


def test_a_longer_limit_of_the_item_does_not_say_that_the_law_was_kept():
    cast = plays.make_cast()
    DirectoryItem.objects.filter(pk=cast.item.pk).update(limit_length=90)
    document = plays.make_document(cast, upto="approved")
    documents.publish(document.matter_id, actor=cast.office_head, at=plays.MONDAY + timedelta(days=60))
    record = Record.objects.get()
    assert (record.due_on, record.in_time) == (date(2026, 3, 30), False)
