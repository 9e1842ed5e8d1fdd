"""How long something may take, and when that ends.

A period is a number, a unit and the article it stands on. The counting rules of the civil code are
functions here, each with its article beside it. Moments are aware; days are decided in China's one time
zone, whatever zone a moment arrives in.
"""

from __future__ import annotations

import calendar as gregorian
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from enum import StrEnum
from typing import Final

from sunshine.kernel import calendar

# China has one zone and has not changed its clocks since 1991.
SHANGHAI: Final = timezone(timedelta(hours=8), "Asia/Shanghai")
_MIDNIGHT: Final = time(0, tzinfo=SHANGHAI)
_ONE_HOUR: Final = timedelta(hours=1)


class Unit(StrEnum):
    """What a period is counted in."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"
    HOURS = "hours"


WORKING_DAYS: Final = Unit.WORKING_DAYS
CALENDAR_DAYS: Final = Unit.CALENDAR_DAYS
MONTHS: Final = Unit.MONTHS
HOURS: Final = Unit.HOURS


@dataclass(frozen=True, slots=True)
class Period:
    """A statutory or promised length of time.

    `basis` is the article, `id` the rule ("FOI-20WD"), `starts` the word for what sets it going ("received").
    """

    length: int
    unit: Unit
    basis: str
    id: str = ""
    starts: str = ""

    def __post_init__(self) -> None:
        if self.length <= 0:
            raise ValueError("a period lasts at least one unit")
        if not self.basis:
            raise ValueError("a period names its basis")

    @property
    def counted_in(self) -> Unit:
        """The unit in which one says how much of the period is used: months are counted in calendar days."""
        return Unit.CALENDAR_DAYS if self.unit is Unit.MONTHS else self.unit


def due(period: Period, start: datetime, working: calendar.WorkingCalendar) -> datetime:
    """Return the moment at which `period`, begun at `start`, is over; what is done before it is in time."""
    if period.unit is Unit.HOURS:
        # CAL-HOUR, Civil Code art. 201 ¶2: from the moment itself, nights and holidays too.
        return start + timedelta(hours=period.length)
    return end_of(last_day(period.length, period.unit, day_of(start), working))


def last_day(length: int, unit: Unit, start: date, working: calendar.WorkingCalendar) -> date:
    """Return the last day of `length` units of days or months that began on `start`."""
    # CAL-DAY1, Civil Code art. 201: the day it begins on is not counted; day 1 is the next (working) day.
    if unit is Unit.WORKING_DAYS:
        return working.after(start, length)
    return rolled(nominal_last_day(length, unit, start), working)


def nominal_last_day(length: int, unit: Unit, start: date) -> date:
    """Return the last day of a period in calendar days or months before it rolls."""
    if unit is Unit.CALENDAR_DAYS:
        return start + timedelta(days=length)
    if unit is Unit.MONTHS:
        return months_later(start, length)
    raise ValueError(f"{unit} has no nominal last day")


def counted_length(length: int, unit: Unit, start: date) -> int:
    """Return how many units a period of `length` is long in the unit that it is counted in."""
    return (months_later(start, length) - start).days if unit is Unit.MONTHS else length


def passed(unit: Unit, since: datetime, until: datetime, working: calendar.WorkingCalendar) -> float:
    """Return how much passes from `since` until `until`, in the unit in which `unit` is counted."""
    if unit is Unit.HOURS:
        return (until - since) / _ONE_HOUR
    first, last = day_of(since), day_of(until)
    if unit is Unit.WORKING_DAYS:
        return working.working_days_between(first, last)
    return (last - first).days


def rolled(last: date, working: calendar.WorkingCalendar) -> date:
    """Return the day on which a period ends whose last day is `last`."""
    # CAL-ROLL, Civil Code art. 203: a last day off gives way to the first day after it that is none.
    return working.next_working_day_on_or_after(last)


def months_later(start: date, months: int) -> date:
    """Return the same day number `months` later, or that month's last day."""
    # CAL-MONTH, Civil Code art. 202
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    return date(year, month + 1, min(start.day, gregorian.monthrange(year, month + 1)[1]))


def end_of(day: date) -> datetime:
    """Return the 24:00 that ends `day`, which is the 00:00 of the next."""
    # CAL-END, Civil Code art. 203: the last day ends at 24:00.
    return datetime.combine(day + calendar.ONE_DAY, _MIDNIGHT)


def start_of(day: date) -> datetime:
    """Return the 00:00 that begins `day`."""
    return datetime.combine(day, _MIDNIGHT)


def day_of(moment: datetime) -> date:
    """Return the day in China on which `moment` falls.

    :raises ValueError: the moment has no zone
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs a zone")
    return moment.astimezone(SHANGHAI).date()


def in_time(done_at: datetime, due_at: datetime) -> bool:
    """Return whether what was done at `done_at` kept the term.

    For a document sent by post `done_at` is the moment of posting, however long it travels.
    """
    # CAL-END, Civil Code art. 203: 23:59:59 is in time, 00:00 is late.
    # CAL-POST, Civil Procedure Law art. 85 ¶4: travel time is not counted.
    return done_at < due_at


# CAL-WDMEANS: laws that write 日 and mean working days; None is every number in the law.
WORKING_DAY_LAWS: Final[Mapping[str, tuple[str, frozenset[int] | None]]] = {
    "行政许可法": ("art. 82", None),
    "行政处罚法": ("art. 85", frozenset({2, 3, 5, 7})),
    "行政复议法": ("art. 88", frozenset({3, 5, 7, 10})),
}


def unit_of_days(law: str, number: int) -> Unit:
    """Return whether `number` 日 in `law` are working days or calendar days."""
    _, numbers = WORKING_DAY_LAWS.get(law, ("", frozenset()))
    return Unit.WORKING_DAYS if numbers is None or number in numbers else Unit.CALENDAR_DAYS
