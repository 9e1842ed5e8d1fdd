"""How records stand in a list: home, columns, directory, late publications."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from sunshine.core.publishing.models import Record
from sunshine.design.parts import Tone
from sunshine.doors.public import wording


@dataclass(frozen=True, slots=True)
class Line:
    """One record in a list; texts arrive worded, `lateness` only where the time limit was missed."""

    title: str
    url: str
    kind: str
    number: str
    department: str
    published_on: str
    validity: str
    tone: Tone
    lateness: str = ""


def lines(records: Iterable[Record], *, on: date) -> list[Line]:
    """Return records as lines of a list, as they are in force on a day."""
    return [_line(record, on) for record in records]


def _line(record: Record, on: date) -> Line:
    validity, tone = wording.validity(record, on=on)
    return Line(
        title=record.title,
        url=reverse("public:record", args=[record.reference]),
        kind=wording.kind(record.kind),
        number=record.number,
        department=record.department,
        published_on=wording.day(record.published_at),
        validity=validity,
        tone=tone,
        lateness=_lateness(record),
    )


def _lateness(record: Record) -> str:
    if record.in_time is not False:
        return ""
    return _("due by %(day)s") % {"day": wording.day(record.due_on)}
