"""When a period ends: rolling, months, midnight, hours, the post, and laws that say day for working day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sunshine.kernel import calendar, period
from sunshine.kernel.period import CALENDAR_DAYS, HOURS, MONTHS, WORKING_DAYS, Period, Unit

CALENDAR = calendar.bundled()
DAYS = st.dates(date(2004, 1, 1), date(2026, 6, 30))


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=period.SHANGHAI)


def last_day(length: int, unit: Unit, start: date) -> date:
    return period.last_day(length, unit, start, CALENDAR)


# --- CAL-ROLL, CAL-MONTH --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        ("2026-09-01", 30, "2026-10-08"),  # 1 October, then past the whole run
        ("2026-09-05", 15, "2026-09-20"),  # a swapped Sunday is no day off
        ("2026-09-04", 15, "2026-09-20"),  # Saturday the 19th rolls onto it
        ("2026-09-01", 15, "2026-09-16"),
        ("2026-01-16", 30, "2026-02-24"),
    ],
)
def test_calendar_days_that_end_on_a_day_off_roll_on(start, length, end):
    assert last_day(length, CALENDAR_DAYS, date.fromisoformat(start)) == date.fromisoformat(end)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2023-11-30", 3, "2024-02-29"),
        ("2022-11-30", 3, "2023-02-28"),
        ("2025-03-12", 3, "2025-06-12"),
        ("2025-01-31", 1, "2025-02-28"),
        ("2025-09-30", 1, "2025-10-30"),
        ("2025-07-01", 3, "2025-10-09"),  # into the National Day run
        ("2024-12-31", 6, "2025-06-30"),
    ],
)
def test_months_end_on_the_same_day_number_or_the_last(start, months, end):
    assert last_day(months, MONTHS, date.fromisoformat(start)) == date.fromisoformat(end)


@given(start=DAYS, length=st.integers(1, 200), unit=st.sampled_from([WORKING_DAYS, CALENDAR_DAYS]))
def test_no_period_ends_on_a_day_off(start, length, unit):
    assert CALENDAR.is_working_day(last_day(length, unit, start))


def test_the_last_day_ends_at_midnight():
    due = period.due(Period(20, WORKING_DAYS, "FOI 2019 art. 33"), moment("2026-02-13 16:50"), CALENDAR)
    assert due == moment("2026-03-20 00:00")
    assert period.in_time(moment("2026-03-19 23:59:59"), due)
    assert not period.in_time(due, due)


def test_days_are_decided_in_china_whatever_zone_a_moment_comes_in():
    twenty = Period(20, WORKING_DAYS, "FOI 2019 art. 33")
    late_evening = datetime(2026, 2, 12, 15, 59, 59, tzinfo=UTC)  # 23:59:59 on the 12th in China
    midnight = late_evening + timedelta(seconds=1)
    assert period.due(twenty, late_evening, CALENDAR) == moment("2026-03-19 00:00")
    assert period.due(twenty, midnight, CALENDAR) == moment("2026-03-20 00:00")


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        period.day_of(datetime(2026, 1, 1))  # noqa: DTZ001 - the naive moment is the point


def test_hours_run_round_the_clock():
    five = Period(5, HOURS, "国办发〔2016〕80号")
    assert period.due(five, moment("2026-02-16 23:30"), CALENDAR) == moment("2026-02-17 04:30")


def test_a_letter_posted_on_the_last_day_is_in_time_however_long_it_travels():
    due = period.due(Period(20, WORKING_DAYS, "FOI 2019 art. 33"), moment("2026-09-18 10:00"), CALENDAR)
    posted, delivered = moment("2026-10-22 18:00"), moment("2026-10-27 09:00")
    assert period.in_time(posted, due)
    assert not period.in_time(delivered, due)


@pytest.mark.parametrize(
    ("law", "number", "unit"),
    [
        ("行政许可法", 20, WORKING_DAYS),
        ("行政许可法", 45, WORKING_DAYS),
        ("行政处罚法", 7, WORKING_DAYS),
        ("行政处罚法", 15, CALENDAR_DAYS),
        ("行政处罚法", 90, CALENDAR_DAYS),
        ("行政复议法", 5, WORKING_DAYS),
        ("行政复议法", 60, CALENDAR_DAYS),
        ("信访工作条例", 15, CALENDAR_DAYS),
    ],
)
def test_some_laws_write_day_and_mean_working_day(law, number, unit):
    assert period.unit_of_days(law, number) is unit


def test_a_period_names_its_basis_and_has_a_length():
    with pytest.raises(ValueError, match="basis"):
        Period(20, WORKING_DAYS, "")
    with pytest.raises(ValueError, match="unit"):
        Period(0, WORKING_DAYS, "FOI 2019 art. 33")
