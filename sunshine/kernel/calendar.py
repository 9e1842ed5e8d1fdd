"""Which days are working days in mainland China, as far as the notices say.

A working day is Monday to Friday outside a holiday run, or a Saturday or Sunday that a notice swapped
in (调休). Notices come once a year and sometimes change in mid-year, so a calendar holds versions: what
was said about a year, and from which day it was known. A year without a notice is computed and every
answer that touches it is provisional.

Rules kept here and in `period`, each cited again at its line:

| rule        | what it says                                                    | where               |
|-------------|-----------------------------------------------------------------|---------------------|
| CAL-WD      | Mon–Fri outside a run, or a swapped Sat/Sun                     | `kind`              |
| CAL-PROV    | an unannounced year is statutory days and weekends, and says so | `is_provisional`    |
| CAL-CHANGE  | a year may change; versions keep what was known when            | `with_year`         |
| CAL-HEALTH  | from 1 December a missing next year is an alarm                 | `health`            |
| CAL-DAY1    | the day a period begins on is not counted                       | `period.last_day`   |
| CAL-ROLL    | a last day off rolls on to the next working day                 | `period.rolled`     |
| CAL-END     | the last day ends at 24:00                                      | `period.end_of`     |
| CAL-MONTH   | months end on the same day number, or on the month's last day   | `period.months_later` |
| CAL-HOUR    | hours run round the clock                                       | `period.due`        |
| CAL-POST    | what is posted before the end is in time                        | `period.in_time`    |
| CAL-WDMEANS | where 日 means working day                                      | `period.unit_of_days` |
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Final

from sunshine.kernel import calendar_data, errors, verdict, words

ONE_DAY: Final = timedelta(days=1)
SATURDAY: Final = 5

# The earliest December day that a New Year run has ever touched: 29 December (2007, 2018).
NEW_YEAR_REACHES_BACK_TO: Final = (12, 29)
# CAL-HEALTH: a notice comes from late October to early December.
NOTICE_IS_LATE_FROM: Final = (12, 1)


class DayKind(StrEnum):
    """What a day is; a weekend day that a notice names as part of a run is a holiday."""

    WORKING = "working"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    SWAPPED = "swapped"


@dataclass(frozen=True, slots=True)
class YearVersion:
    """What is known of one year, from one day on."""

    year: int
    days_off: frozenset[date]
    swapped: frozenset[date]
    known_from: date
    source: str


class _YearTable:
    """One year laid out so that counting is a look-up: `rank[i]` working days through its day i."""

    __slots__ = ("days_off", "first", "rank", "swapped", "working", "year")

    def __init__(self, year: int, days_off: frozenset[date], swapped: frozenset[date]) -> None:
        self.year = year
        self.days_off = days_off
        self.swapped = swapped
        self.first = date(year, 1, 1).toordinal()
        working: list[date] = []
        rank: list[int] = []
        for ordinal in range(self.first, date(year, 12, 31).toordinal() + 1):
            day = date.fromordinal(ordinal)
            if self.kind(day) in AT_WORK:
                working.append(day)
            rank.append(len(working))
        self.working = tuple(working)
        self.rank = tuple(rank)

    def kind(self, day: date) -> DayKind:
        # CAL-WD, annual notice of the State Council's general office: the run before the weekday.
        if day in self.swapped:
            return DayKind.SWAPPED
        if day in self.days_off:
            return DayKind.HOLIDAY
        return DayKind.WEEKEND if day.weekday() >= SATURDAY else DayKind.WORKING

    def through(self, day: date) -> int:
        """Return how many working days the year has up to and including `day`."""
        return self.rank[day.toordinal() - self.first]


AT_WORK: Final = frozenset({DayKind.WORKING, DayKind.SWAPPED})


class WorkingCalendar:
    """Answers for any day; asking about a day costs the same however far away it lies."""

    __slots__ = ("_known", "_tables", "versions")

    def __init__(self, versions: Iterable[YearVersion]) -> None:
        self.versions = tuple(versions)
        self._known = {version.year: version for version in sorted(self.versions, key=_known_from)}
        self._tables: dict[int, _YearTable] = {}

    def kind(self, day: date) -> DayKind:
        """Return what `day` is."""
        return self._table(day.year).kind(day)

    def is_working_day(self, day: date) -> bool:
        return self.kind(day) in AT_WORK

    def is_provisional(self, day: date) -> bool:
        """Return whether a notice still to come may change what `day` is.

        So it is in a year without a notice, and in the last days of a year whose successor has none.
        """
        # CAL-PROV: a New Year run begins in December when 1 January falls on a Tuesday.
        if day.year not in self._known:
            return True
        return (day.month, day.day) >= NEW_YEAR_REACHES_BACK_TO and day.year + 1 not in self._known

    def touches_provisional(self, first: date, last: date) -> bool:
        """Return whether any day from `first` through `last` is provisional."""
        if self.is_provisional(last):
            return True
        return any(year not in self._known for year in range(first.year, last.year))

    def after(self, day: date, working_days: int) -> date:
        """Return the nth working day after `day`, which itself never counts; the 0th is `day`."""
        if working_days < 0:
            raise ValueError("count backwards with before()")
        if working_days == 0:
            return day
        table = self._table(day.year)
        place = table.through(day) + working_days - 1
        while place >= len(table.working):
            place -= len(table.working)
            table = self._table(table.year + 1)
        return table.working[place]

    def before(self, day: date, working_days: int) -> date:
        """Return the nth working day before `day`, which itself never counts; the 0th is `day`."""
        if working_days < 0:
            raise ValueError("count forwards with after()")
        if working_days == 0:
            return day
        table = self._table(day.year)
        place = table.through(day) - self.is_working_day(day) - working_days
        while place < 0:
            table = self._table(table.year - 1)
            place += len(table.working)
        return table.working[place]

    def next_working_day_on_or_after(self, day: date) -> date:
        return day if self.is_working_day(day) else self.after(day, 1)

    def working_days_between(self, first: date, last: date) -> int:
        """Return the number of working days after `first` through `last`; negative if `last` is earlier.

        It is the inverse of `after`: `working_days_between(day, after(day, n)) == n`.
        """
        if last < first:
            return -self.working_days_between(last, first)
        whole_years = sum(self.working_days_in(year) for year in range(first.year, last.year))
        return whole_years + self._table(last.year).through(last) - self._table(first.year).through(first)

    def working_days_in(self, year: int) -> int:
        return len(self._table(year).working)

    @property
    def announced_through(self) -> date | None:
        """The last day of the last year for which a notice is known."""
        return date(max(self._known), 12, 31) if self._known else None

    def with_year(
        self,
        year: int,
        days_off: Iterable[date],
        swapped: Iterable[date],
        *,
        known_from: date,
        source: str,
    ) -> WorkingCalendar:
        """Return a calendar that also knows this version of `year`.

        :raises RuleBroken: a day of another year, a swapped day that is no weekend, a day that is both
        """
        # CAL-CHANGE: the new version stands beside the old one; it does not replace what was known.
        version = YearVersion(year, frozenset(days_off), frozenset(swapped), known_from, source)
        errors.RuleBroken.unless(_is_sound(version))
        return WorkingCalendar((*self.versions, version))

    def as_known_on(self, day: date) -> WorkingCalendar:
        """Return the calendar as it was known on `day`."""
        # CAL-CHANGE: a due date told then was computed from what was known then.
        return WorkingCalendar(version for version in self.versions if version.known_from <= day)

    def version_of(self, year: int) -> YearVersion | None:
        """Return the version that counts for `year`, or None while it is computed."""
        return self._known.get(year)

    def health(self, today: date) -> verdict.Verdict:
        """Return whether this year is announced and, from 1 December, the next one too."""
        # CAL-HEALTH, own rule
        due = [today.year]
        if (today.month, today.day) >= NOTICE_IS_LATE_FROM:
            due.append(today.year + 1)
        return verdict.all_of(
            verdict.fails(_NOT_ANNOUNCED, basis="CAL-HEALTH", year=year)
            for year in due
            if year not in self._known
        )

    def _table(self, year: int) -> _YearTable:
        table = self._tables.get(year)
        if table is None:
            table = self._tables[year] = self._lay_out(year)
        return table

    def _lay_out(self, year: int) -> _YearTable:
        version = self._known.get(year)
        if version is None:
            return _YearTable(year, statutory_days(year), frozenset())
        return _YearTable(year, version.days_off, version.swapped)


_NOT_ANNOUNCED: Final = words.gettext_noop(
    "The days off of %(year)s are not loaded; its due dates are provisional."
)


@cache
def bundled() -> WorkingCalendar:
    """Return the calendar of all years announced so far."""
    return WorkingCalendar(
        YearVersion(
            row.year,
            frozenset(days(row.year, row.days_off)),
            frozenset(days(row.year, row.swapped)),
            date.fromisoformat(row.known_from),
            row.source,
        )
        for row in calendar_data.ANNOUNCED
    )


def statutory_days(year: int) -> frozenset[date]:
    """Return the statutory days off of `year` as far as they can be computed.

    Fixed days always; the movable festivals where `calendar_data.FESTIVALS` has the year. The days that
    make good a festival on a weekend (art. 6) and the swaps are the notice's to choose and are left out,
    so a provisional due date tends to be early, never generous.
    """
    # CAL-PROV, 全国年节及纪念日放假办法 art. 2
    rule = max(
        (row for row in calendar_data.STATUTORY if row.from_year <= year), default=calendar_data.STATUTORY[0]
    )
    off = set(days(year, rule.fixed))
    festivals = calendar_data.FESTIVALS.get(year)
    if festivals is not None:
        (first_lunar_day,) = days(year, festivals.spring)
        eve, end = rule.spring
        off.update(first_lunar_day + timedelta(days=n) for n in range(eve, end + 1))
        if rule.festivals:
            off.update(days(year, f"{festivals.qingming} {festivals.dragon_boat} {festivals.mid_autumn}"))
    return frozenset(off)


def days(year: int, runs: str) -> Iterator[date]:
    """Yield the days of runs written like "0101 0215-0223"."""
    for run in runs.split():
        first, _, last = run.partition("-")
        day, end = _day(year, first), _day(year, last or first)
        while day <= end:
            yield day
            day += ONE_DAY


def _day(year: int, mmdd: str) -> date:
    return date(year, int(mmdd[:2]), int(mmdd[2:]))


def _known_from(version: YearVersion) -> date:
    return version.known_from


def _is_sound(version: YearVersion) -> verdict.Verdict:
    """Return whether the days of a version can belong together."""
    named = version.days_off | version.swapped
    strangers = sorted(day for day in named if day.year != version.year)
    weekdays = sorted(day for day in version.swapped if day.weekday() < SATURDAY)
    twice = sorted(version.days_off & version.swapped)
    return verdict.all_of(
        (
            *(
                verdict.fails(_OTHER_YEAR, basis="CAL-CHANGE", day=day, year=version.year)
                for day in strangers
            ),
            *(verdict.fails(_NO_WEEKEND, basis="CAL-WD", day=day) for day in weekdays),
            *(verdict.fails(_BOTH, basis="CAL-WD", day=day) for day in twice),
        )
    )


_OTHER_YEAR: Final = words.gettext_noop("%(day)s is not a day of %(year)s.")
_NO_WEEKEND: Final = words.gettext_noop("%(day)s is no Saturday or Sunday, so it cannot be swapped in.")
_BOTH: Final = words.gettext_noop("%(day)s is named both as a day off and as a working day.")
