"""How the directory's promises are kept, as figures that lead to the lists behind them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from sunshine.core.publishing.queries.directory import Kept
from sunshine.core.publishing.rules import Column
from sunshine.design.parts import Tone
from sunshine.doors.public import wording

Columns = Sequence[tuple[Column, Sequence[Kept]]]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with the list that makes it; `of` is what it is a part of."""

    label: str
    value: int
    of: int | None
    url: str
    is_bad: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """An item of the directory with how its promise is kept, worded for a table."""

    subject: str
    url: str
    content: str
    basis: str
    limit: str
    renewed: str
    owner: str
    audience: str
    channels: str
    records: int
    due: int
    in_time: int
    newest_on: str
    state: str
    tone: Tone


# Which items a figure counts; the address of the list carries the name: /directory/?show=stale
SHOWN: Mapping[str, Callable[[Kept], bool]] = {
    "covered": lambda kept: kept.is_covered,
    "empty": lambda kept: not kept.is_covered,
    "stale": lambda kept: kept.is_stale,
    "late": lambda kept: kept.in_time < kept.due,
}


def figures(columns: Columns) -> Sequence[Figure]:
    """Return coverage, freshness and punctuality of the whole directory."""
    kept = [each for _column, held in columns for each in held]
    covered = sum(each.is_covered for each in kept)
    stale = sum(each.is_stale for each in kept)
    due, in_time = sum(each.due for each in kept), sum(each.in_time for each in kept)
    return (
        Figure(_("Items with something published"), covered, len(kept), _list("covered")),
        Figure(_("Items still empty"), len(kept) - covered, None, _list("empty"), is_bad=covered < len(kept)),
        Figure(_("Items not renewed in time"), stale, None, _list("stale"), is_bad=stale > 0),
        Figure(_("Records published late"), due - in_time, due, _list("late"), is_bad=in_time < due),
    )


def titles() -> Mapping[str, str]:
    """Return what each list of items is called."""
    return {
        "covered": _("Items with something published"),
        "empty": _("Items still empty"),
        "stale": _("Items not renewed in time"),
        "late": _("Items with late publications"),
    }


def row(kept: Kept) -> Row:
    """Return an item as a row of the directory."""
    item = kept.item
    state, tone = _state(kept)
    return Row(
        subject=item.subject,
        url=reverse("public:item", args=[item.code]),
        content=item.content,
        basis=item.basis,
        limit=wording.time_limit(item),
        renewed=_("every %(days)s days") % {"days": item.renewed_every} if item.renewed_every else "",
        owner=str(item.owner) if item.owner else "",
        audience=item.audience,
        channels="、".join(item.channels),
        records=kept.records,
        due=kept.due,
        in_time=kept.in_time,
        newest_on=wording.day(kept.newest),
        state=state,
        tone=tone,
    )


def _state(kept: Kept) -> tuple[str, Tone]:
    if not kept.is_covered:
        return _("Empty"), "warn"
    if kept.is_stale:
        return _("Not renewed in time"), "bad"
    return _("Up to date"), "good"


def _list(name: str) -> str:
    return f"{reverse('public:directory')}?show={name}"
