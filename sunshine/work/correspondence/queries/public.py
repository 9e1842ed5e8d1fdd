"""Questions that everybody may ask: which cases there are, where they stand, how they ended. Nobody is named.

What a reporter wrote and where exactly it lies is not among the answers; it becomes public through the
gate or not at all. Petitions are counted in figures and not listed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Max, Q, QuerySet

from sunshine.core.ledger.models import Entry
from sunshine.core.matters import queries as matters
from sunshine.core.matters.models import Matter
from sunshine.kernel import clock, errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.correspondence.models import Case
from sunshine.work.correspondence.rules import stages

ON_A_PAGE = 50
COARSE = 3
"""Decimals of a public point: about a hundred metres."""


@dataclass(frozen=True, slots=True)
class Line:
    """A case as everybody may know it."""

    id: int
    reference: str
    arrived_at: datetime
    received_on: date
    channel: str
    sort: str
    service: str
    service_name: str
    department: str
    stage: str
    outcome: str
    closed_on: date | None
    was_contested: bool
    joined_into: str
    lat: float | None
    lon: float | None


NAMES: Mapping[str, str] = {
    "id": "matter_id",
    "reference": "matter__reference",
    "arrived_at": "arrived_at",
    "received_on": "received_on",
    "channel": "channel",
    "sort": "sort",
    "service": "service__code",
    "service_name": "service__name",
    "department": "matter__department__name",
    "stage": "matter__stage",
    "outcome": "outcome",
    "closed_on": "closed_on",
    "was_contested": "was_contested",
    "joined_into": "joined_into__matter__reference",
    "lat": "lat",
    "lon": "lon",
}


def register() -> QuerySet[Case]:
    """Return the cases that are registered, newest first."""
    rows = Case.objects.filter(matter__kind=stages.CASE, received_on__isnull=False)
    return rows.exclude(matter__stage=stages.ARRIVED.name).order_by("-received_on", "-matter_id")


def lines(rows: QuerySet[Case]) -> list[Line]:
    """Return some cases as everybody may know them, in one query."""
    told = rows.values(*NAMES.values(), has_place=F("service__has_place"))
    return [_line(row) for row in told]


def _line(row: dict[str, object]) -> Line:
    values = {name: row[key] for name, key in NAMES.items()}
    for name in ("service", "service_name", "joined_into"):
        values[name] = values[name] or ""
    for name in ("lat", "lon"):
        place = values[name]
        values[name] = round(place, COARSE) if isinstance(place, float) and row["has_place"] else None
    return Line(**values)  # type: ignore[arg-type]  # the values of the query's own columns


def page(*, before: str = "") -> tuple[list[Line], str]:
    """Return a page of the register, and the place at which the next one begins (empty: there is none).

    Pages follow each other by place, not by number, so that the last costs what the first does.
    """
    rows = register()
    day, _dash, number = before.partition("_")
    if number.isdecimal() and len(number) < 19 and _is_day(day):
        rows = rows.filter(Q(received_on__lt=day) | Q(received_on=day, matter_id__lt=int(number)))
    found = lines(rows[: ON_A_PAGE + 1])
    shown = found[:ON_A_PAGE]
    following = f"{shown[-1].received_on}_{shown[-1].id}" if len(found) > ON_A_PAGE else ""
    return shown, following


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def one(reference: str) -> Line:
    """Return a registered case; raise `NotFound` for any other."""
    found = lines(register().filter(matter__reference=reference))
    if not found:
        raise errors.NotFound(Reason(gettext_noop("There is no such case")))
    return found[0]


def entries(reference: str) -> list[Entry]:
    """Return the public entries about a case, oldest first."""
    rows = Entry.objects.filter(subject=reference, public=True).select_related("leaf")
    return list(rows.order_by("id"))


def changed_at(references: Sequence[str]) -> dict[str, datetime]:
    """Return when something public last happened to some cases, in one query."""
    rows = Entry.objects.filter(subject__in=references, public=True).order_by()
    return dict(rows.values_list("subject").annotate(Max("at")))


def due_at(ids: Sequence[int], *, now: datetime) -> dict[int, datetime]:
    """Return until when each of some cases is to be answered, in two queries; answered ones are left out."""
    rows = Matter.objects.filter(pk__in=ids, closed_at=None)
    found = {}
    for key, readings in matters.readings_of(rows, now=now).items():
        reading = readings.get("answer")
        if reading is not None and reading.state is not clock.State.STOPPED and reading.due_at:
            found[key] = reading.due_at
    return found
