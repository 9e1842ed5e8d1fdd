"""Makes a ruler of whatever a door holds: a clock's reading, plain values, or either as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from sunshine.design.ruler import Day, Pause, Ruler
from sunshine.kernel import period

FLAGS = ("counted", "paused", "extension", "today", "due", "provisional")


def read(value: Any) -> Ruler:
    """Return the ruler in `value`: a `Ruler`, an object or mapping with its names, or that as JSON."""
    if isinstance(value, Ruler):
        return value
    if isinstance(value, str):
        value = json.loads(value)
    days = tuple(_day(each) for each in _get(value, "days", ()))
    given = _get(value, "pauses", None)
    return Ruler(
        days=days,
        light=str(_get(value, "light", "green")).lower(),
        sentence=str(_get(value, "sentence", "")),
        pauses=tuple(_runs_of_pause(days) if given is None else _pauses(given, days)),
        stopped=_stopped(value),
        dropped=_stopped(value) is not None and _get(value, "met", True) is None,
    )


def _get(value: Any, name: str, default: Any) -> Any:
    return value.get(name, default) if isinstance(value, Mapping) else getattr(value, name, default)


def _date_of(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _stopped(value: Any) -> date | None:
    """Return the day of the stop: told as a day, or as the moment `stopped_at` of a clock."""
    moment = _get(value, "stopped_at", None)
    if moment is not None:
        return period.day_of(moment)
    day = _get(value, "stopped", None)
    return None if day is None else _date_of(day)


def _day(value: Any) -> Day:
    flags = {name: bool(_get(value, name, False)) for name in FLAGS}
    return Day(
        date=_date_of(_get(value, "date", None)),
        kind=str(_get(value, "kind", "working")).lower(),
        number=_get(value, "number", None),
        **flags,
    )


def _pauses(values: Iterable[Any], days: tuple[Day, ...]) -> Iterator[Pause]:
    """Yield each pause over the days it holds; one begun and ended on one day holds none."""
    for value in values:
        start, end, reason = _ends(value)
        held = [
            day.date for day in days if day.paused and start <= day.date and (end is None or day.date <= end)
        ]
        if held:
            yield Pause(held[0], held[-1], reason)


def _ends(value: Any) -> tuple[date, date | None, str]:
    """Return first day, last day and reason of a pause told in days, or in moments as a clock does."""
    began = _get(value, "began_at", None)
    if began is None:
        names = ("from", "to", "reason")
        start, end, reason = (value[name] for name in names) if isinstance(value, Mapping) else value
        return _date_of(start), _date_of(end), str(reason)
    ended = _get(value, "ended_at", None)
    # The day on which a pause begins still counts (Civil Code art. 201): its bracket starts the day after.
    start = period.day_of(began) + timedelta(days=1)
    return start, ended and period.day_of(ended), str(_get(value, "reason", ""))


def _runs_of_pause(days: Iterable[Day]) -> Iterator[Pause]:
    """Yield the unbroken runs of paused days, for a clock that tells no reasons."""
    for paused, run in groupby(days, key=lambda day: day.paused):
        if paused:
            held = list(run)
            yield Pause(held[0].date, held[-1].date, "")
