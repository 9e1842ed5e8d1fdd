"""Drafts of decisions that are open for comment (M9): until when, and how many days are left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from sunshine.core.publishing.models import Record
from sunshine.core.publishing.queries import records
from sunshine.doors.public import wording
from sunshine.work.documents import rules as documents

LOOKED_AT = 60
"""Newest drafts that are looked at; a call lasts a month or two."""


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
    drafts = records.newest(limit=LOOKED_AT, kinds=[documents.DECISION_DRAFT.code])
    held = records.newest_versions(drafts) if drafts else {}
    calls = (call(record, held[record.pk].fields, on=on) for record in drafts)
    return sorted((each for each in calls if each is not None), key=lambda each: each.until)


def call(record: Record, fields: Mapping[str, Any], *, on: date) -> Call | None:
    """Return the call for comment that a record makes, if it is open on a day."""
    until = wording.parsed_day(fields.get("comment_until"))
    if record.kind != documents.DECISION_DRAFT.code or until is None or until < on:
        return None
    return Call(record.title, reverse("public:record", args=[record.reference]), until, (until - on).days)
