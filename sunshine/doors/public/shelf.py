"""How records stand in a list: home, columns, directory, late publications; what explains them goes along."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from sunshine.core.publishing.models import Record
from sunshine.design.parts import Link, Tone
from sunshine.doors.public import wording


@dataclass(frozen=True, slots=True)
class Line:
    """One record in a list; texts arrive worded, `lateness` only where the time limit was missed.

    `readings` are its interpretations, where they would stand in the same list.
    """

    title: str
    url: str
    kind: str
    number: str
    department: str
    published_on: str
    validity: str
    tone: Tone
    lateness: str = ""
    readings: Sequence[Link] = ()


def lines(records: Iterable[Record], *, on: date) -> list[Line]:
    """Return records as lines, as they are in force on a day; a document and its interpretation as one."""
    held = list(records)
    listed = {record.pk for record in held}
    readings: dict[int, list[Link]] = {}
    for record in reversed(held):
        if record.main_id in listed:
            readings.setdefault(record.main_id, []).append(Link(record.title, _url(record)))
    return [_line(record, on, readings.get(record.pk, ())) for record in held if record.main_id not in listed]


def _url(record: Record) -> str:
    return reverse("public:record", args=[record.reference])


def _line(record: Record, on: date, readings: Sequence[Link]) -> Line:
    validity, tone = wording.validity(record, on=on)
    return Line(
        title=record.title,
        url=_url(record),
        kind=wording.kind(record.kind),
        number=record.number,
        department=record.department,
        published_on=wording.day(record.published_at),
        validity=validity,
        tone=tone,
        lateness=_lateness(record),
        readings=readings,
    )


def _lateness(record: Record) -> str:
    if record.in_time is not False:
        return ""
    return _("due by %(day)s") % {"day": wording.day(record.due_on)}
