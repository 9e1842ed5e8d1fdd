"""Drafts that are open for comment (M9): until when, and how many days are left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from sunshine.core.publishing.models import Record
from sunshine.doors.public import wording
from sunshine.work.participation.models import CommentCall
from sunshine.work.participation.queries import calls
from sunshine.work.participation.rules import calls as rules

MOST = 8
"""Calls that a page names; the list of calls has them all."""


@dataclass(frozen=True, slots=True)
class Call:
    """A draft of a decision that anybody may comment on until the end of a day."""

    title: str
    url: str
    until: date
    days_left: int

    @property
    def until_day(self) -> str:
        """The last day, as it stands on the page."""
        return wording.day(self.until)


def open_calls(*, on: date) -> list[Call]:
    """Return the drafts that are open for comment on a day, the first to close first."""
    return [_call(each, on) for each in calls.open_on(on)[:MOST]]


def call(record: Record, *, on: date) -> Call | None:
    """Return the call for comment on a record, if it is open on a day."""
    found = calls.of_record(record.reference) if record.kind == rules.DRAFT else None
    if found is None or found.matter.stage != rules.OPEN.name or found.until < on:
        return None
    return _call(found, on)


def _call(found: CommentCall, on: date) -> Call:
    url = reverse("public:call", args=[found.matter.reference])
    return Call(found.record.title, url, found.until, (found.until - on).days)
