"""Questions to the directory: its structure, and whether the records keep what it promises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q

from sunshine.core.publishing.models import DirectoryItem, Record, RecordVersion
from sunshine.core.publishing.queries import records
from sunshine.core.publishing.rules import COLUMNS, Column
from sunshine.kernel import errors, period
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop


@dataclass(frozen=True, slots=True)
class Kept:
    """An item and how its promise is kept: visible records, how many were due and in time, the newest."""

    item: DirectoryItem
    records: int
    due: int
    in_time: int
    newest: datetime | None
    is_stale: bool

    @property
    def is_covered(self) -> bool:
        return self.records > 0


@dataclass(frozen=True, slots=True)
class Health:
    """Coverage (items with a live record) and freshness (records in time; items not stale)."""

    items: int
    covered: int
    stale: int
    due: int
    in_time: int


def columns(*, on: date) -> list[tuple[Column, list[Kept]]]:
    """Return the national columns with their items and how each is kept, in two queries or three."""
    kept = _kept(on)
    return [(column, [each for each in kept if each.item.column == column.slug]) for column in COLUMNS]


def health(*, on: date) -> Health:
    """Return the directory's figures for a day."""
    kept = _kept(on)
    return Health(
        items=len(kept),
        covered=sum(each.is_covered for each in kept),
        stale=sum(each.is_stale for each in kept),
        due=sum(each.due for each in kept),
        in_time=sum(each.in_time for each in kept),
    )


def item(code: str) -> DirectoryItem:
    """Return one item; raise `NotFound` when there is none."""
    found = DirectoryItem.objects.filter(code=code).select_related("owner__department").first()
    if found is None:
        raise errors.NotFound(Reason(gettext_noop("The directory has no such item")))
    return found


def open_items() -> list[DirectoryItem]:
    """Return the items under which something may be published."""
    return list(DirectoryItem.objects.filter(closed_on=None).order_by("position", "code"))


def late_records(*, limit: int = 200) -> list[Record]:
    """Return the visible records that were published after their time limit, newest first."""
    return list(records.visible().filter(in_time=False).select_related("item")[:limit])


def _kept(on: date) -> list[Kept]:
    """Return how each open item is kept; the records are counted in an index alone, item by item."""
    rows = records.visible().order_by().values("item")
    counted = rows.annotate(
        live=Count("id"),
        due=Count("in_time"),
        kept_time=Count("id", filter=Q(in_time=True)),
        newest=Max("published_at"),
    )
    found = {row["item"]: row for row in counted}
    items = DirectoryItem.objects.filter(closed_on=None).select_related("owner__department")
    kept = [_kept_as(each, found.get(each.pk), on) for each in items.order_by("position", "code")]
    renewed = _renewed([each.item for each in kept if each.is_stale], on)
    return [_renewed_as(each, renewed.get(each.item.pk), on) for each in kept]


def _kept_as(item: DirectoryItem, counted: Mapping[str, Any] | None, on: date) -> Kept:
    if counted is None:
        return Kept(item, 0, 0, 0, None, False)
    newest = counted["newest"]
    is_stale = _is_stale(item, newest, on)
    return Kept(item, counted["live"], counted["due"], counted["kept_time"], newest, is_stale)


def _renewed(items: Sequence[DirectoryItem], on: date) -> dict[int, datetime]:
    """Return when the newest version came of a record that stands longer: item -> moment, if lately enough.

    A page that is kept up by new versions has one address and one day of publication for ever.
    """
    if not items:
        return {}
    since = period.start_of(on - timedelta(days=max(each.renewed_every or 0 for each in items)))
    changed = records.visible().filter(item__in=items, changed_at__gte=since)
    versions = RecordVersion.objects.filter(record__in=changed.order_by(), published_at__gte=since).order_by()
    rows = versions.values("record__item").annotate(newest=Max("published_at"))
    return dict(rows.values_list("record__item", "newest"))


def _renewed_as(kept: Kept, newest: datetime | None, on: date) -> Kept:
    if newest is None:
        return kept
    return replace(kept, newest=newest, is_stale=_is_stale(kept.item, newest, on))


def _is_stale(item: DirectoryItem, newest: datetime | None, on: date) -> bool:
    if item.renewed_every is None or newest is None:
        return False
    return period.day_of(newest) + timedelta(days=item.renewed_every) < on
