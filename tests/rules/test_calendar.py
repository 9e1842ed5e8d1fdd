"""Which days are working days, and when a period ends: the notices, the civil code, and two other sources."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sunshine.kernel import calendar, errors, period
from sunshine.kernel.calendar import DayKind
from sunshine.kernel.period import WORKING_DAYS

CALENDAR = calendar.bundled()
FIRST, LAST = date(2004, 1, 1), date(2026, 12, 31)
EVERY_DAY = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
DAYS = st.dates(FIRST, date(2026, 6, 30))

# The column WD of the published table of years.
WORKING_DAYS_A_YEAR = {
    2004: 252,
    2005: 250,
    2006: 251,
    2007: 249,
    2008: 251,
    2009: 250,
    2010: 250,
    2011: 250,
    2012: 249,
    2013: 250,
    2014: 250,
    2015: 249,
    2016: 250,
    2017: 249,
    2018: 250,
    2019: 250,
    2020: 249,
    2021: 250,
    2022: 249,
    2023: 249,
    2024: 251,
    2025: 248,
    2026: 248,
}

# received, and the last day of 7, 15, 20 and 40 working days
VECTORS = [
    ("2018-09-14", "2018-09-26", "2018-10-11", "2018-10-18", "2018-11-15"),
    ("2024-01-26", "2024-02-05", "2024-02-21", "2024-02-28", "2024-03-27"),
    ("2026-01-30", "2026-02-10", "2026-02-27", "2026-03-05", "2026-04-02"),
    ("2026-02-13", "2026-03-02", "2026-03-12", "2026-03-19", "2026-04-17"),
    ("2026-02-14", "2026-03-03", "2026-03-13", "2026-03-20", "2026-04-20"),
    ("2026-09-18", "2026-09-29", "2026-10-15", "2026-10-22", "2026-11-19"),
]


def last_day(length: int, start: date) -> date:
    return period.last_day(length, WORKING_DAYS, start, CALENDAR)


def naive_last_day(start: date, working_days: int) -> date:
    """The same answer found by asking another source day by day."""
    day, left = start, working_days
    while left:
        day += timedelta(days=1)
        left -= chinese_calendar.is_workday(day)
    return day


# --- CAL-WD ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("year", "working_days"), WORKING_DAYS_A_YEAR.items())
def test_a_year_has_the_working_days_of_its_notice(year, working_days):
    assert CALENDAR.working_days_in(year) == working_days


def test_every_day_since_2004_is_what_chinesecalendar_says():
    assert [
        day for day in EVERY_DAY if CALENDAR.is_working_day(day) != chinese_calendar.is_workday(day)
    ] == []


def test_every_day_since_2004_is_what_holidays_says_but_for_one_saturday():
    china = holidays.country_holidays("CN", years=range(2004, 2027))
    differing = [day for day in EVERY_DAY if CALENDAR.is_working_day(day) != china.is_working_day(day)]
    assert differing == [date(2005, 12, 31)]  # the two sources disagree; we keep the first


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        ("2026-09-18", DayKind.WORKING),
        ("2026-09-19", DayKind.WEEKEND),
        ("2026-09-20", DayKind.SWAPPED),
        ("2026-09-25", DayKind.HOLIDAY),
        ("2026-09-26", DayKind.HOLIDAY),  # a Saturday, but the notice names it
        ("2027-02-06", DayKind.HOLIDAY),  # not announced, computed
        ("2027-02-14", DayKind.WEEKEND),
    ],
)
def test_a_day_is_what_its_notice_makes_it(day, kind):
    assert CALENDAR.kind(date.fromisoformat(day)) is kind


def test_swapped_days_are_always_weekend_days():
    swapped = [day for day in EVERY_DAY if CALENDAR.kind(day) is DayKind.SWAPPED]
    assert len(swapped) == 150
    assert {day.weekday() for day in swapped} == {5, 6}


# --- counting -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("received", "seven", "fifteen", "twenty", "forty"), VECTORS)
def test_the_published_vectors_hold(received, seven, fifteen, twenty, forty):
    start = date.fromisoformat(received)
    found = tuple(last_day(n, start).isoformat() for n in (7, 15, 20, 40))
    assert found == (seven, fifteen, twenty, forty)


@given(start=DAYS, length=st.integers(1, 60))
def test_a_last_day_is_what_a_walk_from_day_to_day_finds(start, length):
    assert last_day(length, start) == naive_last_day(start, length)


@given(start=DAYS, length=st.integers(0, 2000))
def test_counting_back_undoes_counting_forward(start, length):
    end = CALENDAR.after(start, length)
    assert CALENDAR.working_days_between(start, end) == length
    assert CALENDAR.working_days_between(end, start) == -length


@given(start=DAYS, length=st.integers(1, 300))
def test_counting_forward_undoes_counting_back(start, length):
    earlier = CALENDAR.before(start, length)
    assert CALENDAR.is_working_day(earlier)
    counted_up_to = start if CALENDAR.is_working_day(start) else CALENDAR.after(start, 1)
    assert CALENDAR.after(earlier, length) == counted_up_to


def test_a_day_far_away_is_counted_too():
    assert CALENDAR.after(date(2026, 1, 1), 250 * 40) > date(2065, 1, 1)
    assert CALENDAR.before(date(2004, 6, 1), 250) < date(2004, 1, 1)


def test_a_negative_number_of_days_is_refused():
    with pytest.raises(ValueError, match="before"):
        CALENDAR.after(FIRST, -1)
    with pytest.raises(ValueError, match="after"):
        CALENDAR.before(FIRST, -1)


# --- CAL-DAY1 -------------------------------------------------------------------------------------


def test_the_day_of_receipt_is_not_counted():
    assert last_day(1, date(2026, 9, 15)) == date(2026, 9, 16)


@pytest.mark.parametrize("length", [1, 7, 15, 20])
def test_received_on_friday_and_on_the_saturday_after_are_due_together(length):
    assert last_day(length, date(2026, 9, 11)) == last_day(length, date(2026, 9, 12))


def test_a_swapped_saturday_is_a_day_of_receipt_of_its_own():
    assert last_day(1, date(2026, 2, 13)) == date(2026, 2, 14)
    assert last_day(1, date(2026, 2, 14)) == date(2026, 2, 24)


# --- CAL-PROV -------------------------------------------------------------------------------------


def test_the_statutory_days_of_2027_are_computed():
    assert sorted(calendar.statutory_days(2027)) == [
        date(2027, month, day)
        for month, day in [
            (1, 1),
            (2, 5),
            (2, 6),
            (2, 7),
            (2, 8),
            (4, 5),
            (5, 1),
            (5, 2),
            (6, 9),
            (9, 15),
            (10, 1),
            (10, 2),
            (10, 3),
        ]
    ]


@pytest.mark.parametrize("year", range(2027, 2037))
def test_the_movable_festivals_to_come_are_what_holidays_computes(year):
    names = holidays.country_holidays("CN", years=year, language="en_US")
    computed = calendar.statutory_days(year)
    assert {day for day, name in names.items() if "observed" not in name} == computed


@pytest.mark.parametrize("year", [2005, 2011, 2018, 2026])
def test_the_fixed_statutory_days_lie_in_the_announced_runs(year):
    # Where the movable ones are not tabled, those left are New Year, Labour Day and National Day.
    assert all(CALENDAR.kind(day) is DayKind.HOLIDAY for day in calendar.statutory_days(year))


@pytest.mark.parametrize(
    ("day", "is_provisional"),
    [
        ("2026-06-01", False),
        ("2026-12-28", False),
        ("2026-12-29", True),  # the New Year run of 2027 may still reach it
        ("2025-12-31", False),
        ("2027-01-01", True),
        ("2003-12-31", True),
    ],
)
def test_a_day_is_provisional_while_a_notice_may_change_it(day, is_provisional):
    assert CALENDAR.is_provisional(date.fromisoformat(day)) is is_provisional


def test_a_stretch_is_provisional_when_any_day_in_it_is():
    assert not CALENDAR.touches_provisional(date(2004, 1, 1), date(2026, 12, 28))
    assert CALENDAR.touches_provisional(date(2026, 12, 1), date(2027, 1, 4))
    assert CALENDAR.touches_provisional(date(2003, 12, 1), date(2004, 1, 4))


# --- CAL-CHANGE -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told_on", "due"),
    [
        ("2020-01-25", "2020-02-01"),  # the first of February was to be a working day
        ("2020-01-26", "2020-02-04"),  # the emergency notice made it, and all up to the second, days off
    ],
)
def test_a_due_date_is_what_was_known_on_the_day_it_was_told(told_on, due):
    as_then = CALENDAR.as_known_on(date.fromisoformat(told_on))
    assert as_then.after(date(2020, 1, 20), 5) == date.fromisoformat(due)


def test_the_labour_days_of_2019_came_in_march():
    assert CALENDAR.as_known_on(date(2019, 3, 21)).is_working_day(date(2019, 5, 2))
    assert not CALENDAR.as_known_on(date(2019, 3, 22)).is_working_day(date(2019, 5, 2))


def test_the_last_days_of_2018_were_settled_by_the_notice_for_2019():
    before, after = CALENDAR.as_known_on(date(2018, 12, 5)), CALENDAR.as_known_on(date(2018, 12, 6))
    last_day_of_2018 = date(2018, 12, 31)
    assert [known.is_provisional(last_day_of_2018) for known in (before, after)] == [True, False]
    assert [known.is_working_day(last_day_of_2018) for known in (before, after)] == [True, False]


def test_a_notice_makes_a_provisional_year_certain_and_leaves_the_old_calendar_alone():
    announced = CALENDAR.with_year(
        2027, [date(2027, 1, 1)], [date(2027, 1, 9)], known_from=date(2026, 11, 30), source="a notice"
    )
    assert announced.kind(date(2027, 1, 9)) is DayKind.SWAPPED
    assert not announced.is_provisional(date(2026, 12, 31))
    assert CALENDAR.is_provisional(date(2026, 12, 31))
    assert announced.as_known_on(date(2026, 11, 29)).is_provisional(date(2027, 3, 1))
    assert (CALENDAR.announced_through, announced.announced_through) == (
        date(2026, 12, 31),
        date(2027, 12, 31),
    )


def test_the_version_known_last_counts_in_whatever_order_they_are_told():
    later = CALENDAR.with_year(2027, [date(2027, 3, 1)], [], known_from=date(2027, 2, 1), source="later")
    both = later.with_year(2027, [], [], known_from=date(2026, 11, 30), source="first")
    version = both.version_of(2027)
    assert version is not None
    assert version.source == "later"


@pytest.mark.parametrize(
    ("days_off", "swapped", "basis"),
    [
        ([date(2028, 1, 1)], [], "CAL-CHANGE"),
        ([], [date(2027, 1, 4)], "CAL-WD"),  # a Monday cannot be swapped in
        ([date(2027, 1, 2)], [date(2027, 1, 2)], "CAL-WD"),
    ],
)
def test_a_notice_that_contradicts_itself_is_refused(days_off, swapped, basis):
    with pytest.raises(errors.RuleBroken) as refusal:
        CALENDAR.with_year(2027, days_off, swapped, known_from=date(2026, 11, 30), source="a notice")
    assert [reason.basis for reason in refusal.value.reasons] == [basis]


def test_no_version_was_known_after_its_year_was_over():
    assert [v for v in CALENDAR.versions if v.known_from > date(v.year, 12, 31)] == []


# --- CAL-HEALTH -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "holds"),
    [("2026-11-30", True), ("2026-12-01", False), ("2025-12-01", True), ("2027-01-01", False)],
)
def test_from_december_a_missing_next_year_is_an_alarm(today, holds):
    assert CALENDAR.health(date.fromisoformat(today)).holds is holds
