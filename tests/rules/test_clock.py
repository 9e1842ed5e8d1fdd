"""What a clock shows: the same events always give the same reading, and no day counts twice."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sunshine.kernel import calendar, clock, errors, period
from sunshine.kernel.clock import (
    CONTINUE,
    DROP,
    EXTEND,
    PAUSE,
    RESTART,
    RESUME,
    START,
    STOP,
    Clock,
    Effect,
    Event,
    Light,
    State,
)
from sunshine.kernel.period import CALENDAR_DAYS, HOURS, MONTHS, WORKING_DAYS, Period

CALENDAR = calendar.bundled()
TWENTY = Period(20, WORKING_DAYS, "FOI 2019 art. 33", id="FOI-20WD")
REPLY = Clock("reply", TWENTY)
MONTH = Clock("reply", Period(1, MONTHS, "an article"))
SIXTY_DAYS = Clock("decide", Period(60, CALENDAR_DAYS, "an article"))
FIVE_HOURS = Clock("statement", Period(5, HOURS, "国办发〔2016〕80号"))
DAYS = st.dates(date(2018, 1, 1), date(2026, 3, 31))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=period.SHANGHAI)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=period.SHANGHAI)


def events(*told: tuple[Effect, str]) -> list[Event]:
    return [Event(effect, at(moment)) for effect, moment in told]


def read(which: Clock, *told: tuple[Effect, str], now: str) -> clock.Reading:
    return clock.read(which, events(*told), calendar=CALENDAR, now=at(now))


RECEIVED = (START, "2026-02-13T16:50")  # a Friday; 20 working days end on 19 March


# --- running --------------------------------------------------------------------------------------


def test_a_clock_that_was_never_started_shows_its_whole_period():
    reading = clock.read(REPLY, [], calendar=CALENDAR, now=at("2026-02-13T09:00"))
    assert (reading.state, reading.used, reading.left, reading.due_at) == (State.NOT_STARTED, 0, 20, None)
    assert reading.days == ()


def test_a_running_clock_says_when_it_is_due_and_how_much_is_used():
    reading = read(REPLY, RECEIVED, now="2026-03-02T10:00")
    assert (reading.due_on, reading.due_at) == (date(2026, 3, 19), at("2026-03-20T00:00"))
    assert (reading.used, reading.left, reading.total) == (7, 13, 20)
    assert (reading.state, reading.met, reading.overdue) == (State.RUNNING, None, False)


@pytest.mark.parametrize(
    ("done", "met"), [("2026-03-19T23:59:59", True), ("2026-03-20T00:00", False), ("2026-03-25T10:00", False)]
)
def test_what_is_done_before_midnight_of_the_last_day_is_in_time(done, met):
    reading = read(REPLY, RECEIVED, (STOP, done), now="2026-04-30T09:00")
    assert (reading.state, reading.met, reading.overdue) == (State.STOPPED, met, False)
    assert reading.light is (Light.GREEN if met else Light.RED)


@pytest.mark.parametrize("dropped", ["2026-02-27T09:00", "2026-03-25T10:00"])
def test_what_nobody_asks_for_any_more_is_neither_in_time_nor_late(dropped):
    reading = read(REPLY, RECEIVED, (DROP, dropped), now="2026-04-30T09:00")
    assert (reading.state, reading.met, reading.overdue) == (State.STOPPED, None, False)
    assert (reading.light, reading.left >= 0) == (Light.GREEN, True)


def test_a_stop_that_is_taken_back_leaves_no_trace_in_what_the_clock_shows():
    told = (RECEIVED, (STOP, "2026-02-27T09:00"), (CONTINUE, "2026-03-05T09:00"))
    for now in ("2026-03-06T10:00", "2026-03-19T23:00", "2026-03-24T09:00"):
        assert read(REPLY, *told, now=now) == read(REPLY, RECEIVED, now=now)
    with pytest.raises(errors.RuleBroken, match="go on"):
        read(REPLY, RECEIVED, (CONTINUE, "2026-03-05T09:00"), now="2026-03-06T10:00")


def test_a_late_clock_counts_how_late_it_is():
    reading = read(REPLY, RECEIVED, now="2026-03-24T09:00")
    assert (reading.overdue, reading.met, reading.left) == (True, False, -3)
    assert reading.used + reading.left == reading.total == 20


@pytest.mark.parametrize(
    ("now", "light"),
    [
        ("2026-03-13T09:00", Light.YELLOW),  # four of twenty left: a fifth
        ("2026-03-12T09:00", Light.GREEN),
        ("2026-03-19T23:59", Light.YELLOW),
        ("2026-03-20T00:00", Light.RED),
    ],
)
def test_the_light_turns_yellow_with_a_fifth_left_and_red_when_it_is_late(now, light):
    assert read(REPLY, RECEIVED, now=now).light is light


def test_a_short_period_turns_yellow_three_working_days_before_its_end():
    seven = Clock("tell", Period(7, WORKING_DAYS, "FOI 2019 art. 30"))
    shown = [read(seven, RECEIVED, now=f"2026-{day}T09:00").light for day in ("02-25", "02-26", "03-02")]
    assert shown == [Light.GREEN, Light.YELLOW, Light.YELLOW]


def test_an_event_that_lies_ahead_has_not_happened_yet():
    reading = read(REPLY, RECEIVED, (STOP, "2026-03-05T09:00"), now="2026-03-02T10:00")
    assert reading.state is State.RUNNING


def test_a_past_state_is_read_again_with_the_calendar_as_it_was_known():
    told = events((START, "2020-01-20T10:00"))
    five = Clock("tell", Period(5, WORKING_DAYS, "an article"))
    as_then = clock.read(
        five, told, calendar=CALENDAR.as_known_on(date(2020, 1, 22)), now=at("2020-01-22T09:00")
    )
    as_now = clock.read(five, told, calendar=CALENDAR, now=at("2020-01-22T09:00"))
    assert (as_then.due_on, as_now.due_on) == (date(2020, 2, 1), date(2020, 2, 4))


def test_an_hour_clock_runs_through_the_night():
    reading = read(FIVE_HOURS, (START, "2026-02-16T23:30"), now="2026-02-17T02:00")
    assert (reading.due_at, reading.used, reading.left) == (at("2026-02-17T04:30"), 2.5, 2.5)


def test_a_month_that_ends_on_a_day_off_rolls_and_its_total_stays_the_nominal_one():
    reading = read(MONTH, (START, "2026-09-01T09:00"), now="2026-09-30T09:00")
    assert reading.due_on == date(2026, 10, 8)
    assert (reading.used, reading.left, reading.total) == (29, 1, 30)


# --- pauses, restarts, extensions -----------------------------------------------------------------


def test_a_pause_gives_back_the_working_days_it_took():
    told = (RECEIVED, (PAUSE, "2026-03-02T10:00"), (RESUME, "2026-03-09T10:00"))
    reading = read(REPLY, *told, now="2026-03-10T09:00")
    assert (reading.paused_for, reading.due_on) == (5, date(2026, 3, 26))


def test_a_paused_clock_has_no_due_moment_and_says_what_it_would_be():
    reading = read(REPLY, RECEIVED, (PAUSE, "2026-03-02T10:00"), now="2026-03-05T09:00")
    assert (reading.state, reading.due_at, reading.met) == (State.PAUSED, None, None)
    assert reading.due_at_if_resumed_now == at("2026-03-25T00:00")


def test_a_pause_over_a_weekend_takes_nothing():
    told = (RECEIVED, (PAUSE, "2026-03-06T17:00"), (RESUME, "2026-03-08T09:00"))
    reading = read(REPLY, *told, now="2026-03-09T09:00")
    assert (reading.paused_for, reading.due_on) == (0, date(2026, 3, 19))


def test_a_restart_is_zero_of_the_full_period():
    told = (RECEIVED, (RESTART, "2026-03-16T10:00"))
    reading = read(REPLY, *told, now="2026-03-17T09:00")
    assert (reading.used, reading.total) == (1, 20)
    plain = read(REPLY, (START, "2026-03-16T10:00"), now="2026-03-17T09:00")
    assert reading.due_at == plain.due_at
    assert [event.at for event in reading.restarts] == [at("2026-03-16T10:00")]


def test_a_restart_in_the_moment_of_the_start_is_not_told_as_one():
    told = (RECEIVED, (RESTART, RECEIVED[1]), (STOP, "2026-03-16T10:00"))
    reading = read(REPLY, *told, now="2026-03-17T09:00")
    plain = read(REPLY, RECEIVED, (STOP, "2026-03-16T10:00"), now="2026-03-17T09:00")
    assert reading.restarts == ()
    assert (reading.used, reading.due_at, reading.met) == (plain.used, plain.due_at, True)


def test_a_restart_and_a_pause_are_different_operations():
    paused = read(
        REPLY, RECEIVED, (PAUSE, "2026-03-02T10:00"), (RESUME, "2026-03-16T10:00"), now="2026-03-17T09:00"
    )
    restarted = read(REPLY, RECEIVED, (RESTART, "2026-03-16T10:00"), now="2026-03-17T09:00")
    assert (paused.due_on, restarted.due_on) == (date(2026, 4, 2), date(2026, 4, 14))


def test_an_extension_is_appended_to_the_running_period():
    told = [*events(RECEIVED), Event(EXTEND, at("2026-03-10T09:00"), "复杂", TWENTY)]
    reading = clock.read(REPLY, told, calendar=CALENDAR, now=at("2026-03-11T09:00"))
    assert (reading.due_on, reading.total, reading.extension) == (date(2026, 4, 17), 40, 20)


@pytest.mark.parametrize("effect", [PAUSE, EXTEND])
def test_nothing_saves_a_period_that_is_over(effect):
    late = Event(effect, at("2026-03-20T00:00"), "迟了", TWENTY if effect is EXTEND else None)
    told = [*events(RECEIVED), late]
    reading = clock.read(REPLY, told, calendar=CALENDAR, now=at("2026-03-23T09:00"))
    assert reading.without_effect == (late,)
    assert reading.due_on == date(2026, 3, 19)
    assert reading.met is False


# --- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "told",
    [
        (RECEIVED, RECEIVED),
        ((PAUSE, "2026-03-02T10:00"),),
        (RECEIVED, (RESUME, "2026-03-02T10:00")),
        ((STOP, "2026-03-02T10:00"),),
        (RECEIVED, (STOP, "2026-03-02T10:00"), (PAUSE, "2026-03-03T10:00")),
        (RECEIVED, (PAUSE, "2026-03-02T10:00"), (PAUSE, "2026-03-03T10:00")),
    ],
)
def test_an_effect_that_a_clock_cannot_take_is_refused(told):
    with pytest.raises(errors.RuleBroken):
        read(REPLY, *told, now="2026-03-05T09:00")


def test_events_stand_in_the_order_in_which_they_happened():
    with pytest.raises(errors.RuleBroken, match="order"):
        read(REPLY, RECEIVED, (STOP, "2026-02-12T10:00"), now="2026-03-05T09:00")


@pytest.mark.parametrize("longer", [None, Period(20, CALENDAR_DAYS, "an article")])
def test_an_extension_has_a_length_in_the_unit_of_its_period(longer):
    told = [*events(RECEIVED), Event(EXTEND, at("2026-03-02T10:00"), "", longer)]
    with pytest.raises(errors.RuleBroken, match="unit"):
        clock.read(REPLY, told, calendar=CALENDAR, now=at("2026-03-05T09:00"))


# --- for all clocks -------------------------------------------------------------------------------

CLOCKS = st.sampled_from([REPLY, MONTH, SIXTY_DAYS, FIVE_HOURS])


@given(which=CLOCKS, start=DAYS, later=st.integers(0, 120))
def test_used_and_left_add_up_to_the_total(which, start, later):
    reading = clock.read(
        which, [Event(START, noon(start))], calendar=CALENDAR, now=noon(start) + timedelta(days=later)
    )
    assert reading.used + reading.left == pytest.approx(reading.total)
    assert reading.overdue is (reading.met is False)


@given(start=DAYS, pauses=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=4))
@example(start=date(2018, 6, 22), pauses=[(0, 1), (9, 0), (9, 0), (9, 1)])
def test_a_clock_without_its_pauses_is_due_no_later(start, pauses):
    told, moment = [Event(START, noon(start))], noon(start)
    due = period.due(TWENTY, noon(start), CALENDAR)
    for before, length in pauses:
        moment += timedelta(days=before)
        if moment >= due:
            break
        told.append(Event(PAUSE, moment))
        moment += timedelta(days=length)
        told.append(Event(RESUME, moment))
    reading = clock.read(REPLY, told, calendar=CALENDAR, now=moment)
    assert reading.due_at is not None
    assert reading.due_at >= due
    # A pause that reaches beyond the last day moves its end to the day of resumption, whatever days it took.
    reaches_beyond = any(pause.ended_at is not None and pause.ended_at >= due for pause in reading.pauses)
    assert reading.due_at == due or reading.paused_for > 0 or reaches_beyond


@given(which=st.sampled_from([REPLY, MONTH, SIXTY_DAYS]), start=DAYS, later=st.integers(0, 120))
def test_the_ruler_numbers_each_counted_day_once_and_in_order(which, start, later):
    now = noon(start) + timedelta(days=later)
    reading = clock.read(which, [Event(START, noon(start))], calendar=CALENDAR, now=now)
    numbers = [day.number for day in reading.days if day.counted]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= reading.total
    assert [day.date for day in reading.days if day.due] == [reading.due_on]
    assert not reading.days[0].counted
