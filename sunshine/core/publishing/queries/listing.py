"""Lists of what is public, for programs: filtered, page by page, and the whole set in parts.

Everything starts from `records.visible`, the one rule of what is public. A page goes on from the last
record the reader saw, never from a count, so that nothing is shown twice or missed while more is
published.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from math import ceil

from django.db.models import BigIntegerField, ExpressionWrapper, F, Max, Q, QuerySet

from sunshine.core.ledger import queries as ledger
from sunshine.core.publishing import rules
from sunshine.core.publishing.models import DirectoryItem, Record
from sunshine.core.publishing.queries import records
from sunshine.kernel import calendar, errors, period
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which records are asked for; what is empty does not narrow.

    `year` is the year of forming, `since` and `until` are days of publication. `longest` says for some
    kinds after how many months they lapse where no last day is stated.
    """

    kinds: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    column: str = ""
    department: str = ""
    year: int | None = None
    validity: rules.Validity | None = None
    since: date | None = None
    until: date | None = None
    longest: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """Some records, newest first, and the reference to go on from; empty when nothing follows."""

    records: tuple[Record, ...]
    next: str


@dataclass(frozen=True, slots=True)
class Epoch:
    """What was public at one moment.

    Every public change adds a line to the log, so the log's checkpoint names the whole public state;
    `name` is short for the checkpoint and differs between installations too.
    """

    name: str
    changed_at: datetime | None


def epoch() -> Epoch:
    """Return which public state stands now, from two rows."""
    name = hashlib.sha256(ledger.checkpoint().encode("utf-8")).hexdigest()[:20]
    newest = ledger.public_lines(limit=1)
    return Epoch(name, datetime.fromisoformat(newest[0][1]["at"]) if newest else None)


def page(wanted: Wanted, *, on: date, after: str = "", limit: int = 50) -> Page:
    """Return the wanted visible records that follow the record `after`, newest first.

    A record that was withdrawn since still says where to go on.

    :raises NotFound: there never was such a record to go on from
    """
    rows = records.visible().filter(_narrowed(wanted, on)).select_related("item", "main")
    if after:
        rows = rows.filter(_follows(after))
    found = list(rows.order_by("-published_at", "-id")[: limit + 1])
    return Page(tuple(found[:limit]), found[limit - 1].reference if len(found) > limit else "")


def items_in(column: str) -> list[DirectoryItem]:
    """Return every item of a column, closed ones too: what was published under them stays public."""
    return list(DirectoryItem.objects.filter(column=column).order_by("position", "code"))


def parts(size: int) -> list[tuple[int, datetime]]:
    """Return (number from 1, newest change) of each part of the visible records, `size` ids to a part."""
    number = ExpressionWrapper((F("id") - 1) / size, output_field=BigIntegerField())
    counted = records.visible().order_by().annotate(part=number).values("part")
    return [
        (row["part"] + 1, row["changed"])
        for row in counted.annotate(changed=Max("changed_at")).order_by("part")
    ]


def part(number: int, size: int) -> Iterator[tuple[str, datetime]]:
    """Yield (reference, last change) of a part's visible records, oldest first, in constant memory."""
    rows = records.visible().filter(id__gt=(number - 1) * size, id__lte=number * size)
    return _rows(rows.order_by("id")).iterator(chunk_size=2000)


def count_of_parts(size: int) -> int:
    """Return how many parts there may be; some may be empty."""
    return ceil((Record.objects.aggregate(last=Max("id"))["last"] or 0) / size)


def _rows(rows: QuerySet[Record]) -> QuerySet[Record, tuple[str, datetime]]:
    return rows.values_list("reference", "changed_at")


def _narrowed(wanted: Wanted, on: date) -> Q:
    asked = Q()
    if wanted.kinds:
        asked &= Q(kind__in=wanted.kinds)
    if wanted.items:
        asked &= Q(item__code__in=wanted.items)
    if wanted.column:
        asked &= Q(item__column=wanted.column)
    if wanted.department:
        asked &= Q(department=wanted.department)
    if wanted.year is not None:
        asked &= Q(formed_on__gte=date(wanted.year, 1, 1), formed_on__lte=date(wanted.year, 12, 31))
    if wanted.since is not None:
        asked &= Q(published_at__gte=period.start_of(wanted.since))
    if wanted.until is not None:
        asked &= Q(published_at__lt=period.end_of(wanted.until))
    return asked & _in_state(wanted.validity, wanted.longest, on) if wanted.validity else asked


def _in_state(validity: rules.Validity, longest: Mapping[str, int], on: date) -> Q:
    """Return `rules.validity` as a condition, in the same order of precedence."""
    repealed = Q(repealed_on__isnull=False, repealed_on__lte=on)
    not_yet = Q(effective_from__isnull=False, effective_from__gt=on)
    lapsed = Q(valid_until__isnull=False, valid_until__lt=on)
    for kind, months in longest.items():
        lapsed |= Q(
            kind=kind,
            valid_until=None,
            effective_from__isnull=False,
            effective_from__lte=_months_before(on, months),
        )
    return {
        rules.Validity.REPEALED: repealed,
        rules.Validity.NOT_YET: ~repealed & not_yet,
        rules.Validity.LAPSED: ~repealed & ~not_yet & lapsed,
        rules.Validity.VALID: ~repealed & ~not_yet & ~lapsed,
    }[validity]


def _months_before(on: date, months: int) -> date:
    """Return the last day from which so many months have passed on a day."""
    before = period.months_later(on, -months)
    following = before + calendar.ONE_DAY  # 29 February reaches 28 February of a plain year
    return following if period.months_later(following, months) <= on else before


def _follows(after: str) -> Q:
    place = Record.objects.filter(reference=after).values_list("published_at", "id").first()
    if place is None:
        raise errors.NotFound(Reason(gettext_noop("There is no such record"), field="after"))
    published_at, record_id = place
    return Q(published_at__lt=published_at) | Q(published_at=published_at, id__lt=record_id)
