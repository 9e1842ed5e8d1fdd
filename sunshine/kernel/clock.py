"""What a clock shows: read from its period and its dated events, and from nothing else.

The same events always give the same reading, so any past state can be read again: give the `now` of
then, and the calendar `as_known_on` then. Nothing here is stored; a stored due date is a cache of this.

How pauses count (Civil Code art. 201, applied at both edges): the day on which a pause begins still
belongs to the period and the day on which it ends still belongs to the pause. So a pause that begins and
ends on one day, or within one stretch of rest days, takes nothing and gives nothing, and two pauses that
meet never count a day twice. In a period of working days only working days are lost. Should a pause have
begun on the very last day, the period ends with the (next working) day of resumption.

While a clock is paused it has no due moment: `due_at` is None and `due_at_if_resumed_now` says what it
would be. What comes after the period is over cannot save it: such a pause or extension is kept in
`without_effect` and changes nothing. A stop that is taken back (`CONTINUE`) leaves no trace either, and a
clock that is dropped, as nobody asks any more, is neither met nor missed. A restart at the start is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from sunshine.kernel import calendar as calendars
from sunshine.kernel import errors, verdict, words
from sunshine.kernel import period as periods

_INSTANT: Final = timedelta(microseconds=1)

# Own rule: the light turns yellow with a fifth of the period left, or with three working days.
YELLOW_AT_ONE_IN, YELLOW_AT_WORKING_DAYS = 5, 3


class Effect(StrEnum):
    """What an event does to a clock."""

    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    RESTART = "restart"
    EXTEND = "extend"
    STOP = "stop"
    DROP = "drop"
    CONTINUE = "continue"


class State(StrEnum):
    NOT_STARTED = "not_started"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"


class Light(StrEnum):
    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


START, PAUSE, RESUME, RESTART, EXTEND, STOP, DROP, CONTINUE = Effect

NEXT: Final[Mapping[tuple[State, Effect], State]] = {
    (State.NOT_STARTED, START): State.RUNNING,
    (State.RUNNING, PAUSE): State.PAUSED,
    (State.PAUSED, RESUME): State.RUNNING,
    (State.RUNNING, RESTART): State.RUNNING,
    (State.PAUSED, RESTART): State.RUNNING,
    (State.STOPPED, RESTART): State.RUNNING,
    (State.RUNNING, EXTEND): State.RUNNING,
    (State.PAUSED, EXTEND): State.PAUSED,
    (State.RUNNING, STOP): State.STOPPED,
    (State.PAUSED, STOP): State.STOPPED,
    (State.RUNNING, DROP): State.STOPPED,
    (State.PAUSED, DROP): State.STOPPED,
    (State.STOPPED, CONTINUE): State.RUNNING,
}

_IMPOSSIBLE: Final[Mapping[Effect, str]] = {
    START: words.gettext_noop("The clock has been started already."),
    PAUSE: words.gettext_noop("Only a running clock can be paused."),
    RESUME: words.gettext_noop("Only a paused clock can be resumed."),
    RESTART: words.gettext_noop("A clock that was never started cannot start anew."),
    EXTEND: words.gettext_noop("Only a clock that has started and not stopped can be extended."),
    STOP: words.gettext_noop("Only a running or paused clock can be stopped."),
    DROP: words.gettext_noop("Only a running or paused clock can be stopped."),
    CONTINUE: words.gettext_noop("Only a clock that was stopped can go on."),
}
_OUT_OF_ORDER: Final = words.gettext_noop("The events of a clock stand in the order in which they happened.")
_NO_EXTENSION: Final = words.gettext_noop("An extension has a length in the unit of the period it extends.")


@dataclass(frozen=True, slots=True)
class Clock:
    """A period with the name by which a procedure calls it."""

    name: str
    period: periods.Period


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a clock; `period` is the length of an extension.

    :raises ValueError: the moment has no zone
    """

    effect: Effect
    at: datetime
    reason: str = ""
    period: periods.Period | None = None

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a moment needs a zone")


@dataclass(frozen=True, slots=True)
class Pause:
    """One pause; `ended_at` is None while it lasts, `lost` is what it took out of the period so far."""

    began_at: datetime
    ended_at: datetime | None
    reason: str
    lost: float


@dataclass(frozen=True, slots=True)
class RulerDay:
    """One cell of the day ruler."""

    date: date
    kind: calendars.DayKind
    counted: bool
    number: int | None
    paused: bool
    extension: bool
    today: bool
    due: bool
    provisional: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """What a clock shows at `now`.

    `used + left == total`, all in `counted_in`: working days, calendar days (for months too) or hours.
    `left` is negative by as much as the clock is late. `met` is None until it is decided, and of a dropped
    clock for good. `due_at` is the first moment that is too late; `due_on` the last day on which it is not.
    """

    clock: Clock
    calendar: calendars.WorkingCalendar
    now: datetime
    state: State
    started_at: datetime | None = None
    stopped_at: datetime | None = None
    due_at: datetime | None = None
    due_at_if_resumed_now: datetime | None = None
    used: float = 0
    left: float = 0
    total: float = 0
    extension: float = 0
    light: Light = Light.GREEN
    met: bool | None = None
    overdue: bool = False
    provisional: bool = False
    pauses: tuple[Pause, ...] = ()
    restarts: tuple[Event, ...] = ()
    extensions: tuple[Event, ...] = ()
    without_effect: tuple[Event, ...] = ()

    @property
    def period(self) -> periods.Period:
        return self.clock.period

    @property
    def counted_in(self) -> periods.Unit:
        return self.clock.period.counted_in

    @property
    def due_on(self) -> date | None:
        """The last day of the period, while paused as if it were resumed now."""
        if self.due_at_if_resumed_now is None:
            return None
        return periods.day_of(self.due_at_if_resumed_now - _INSTANT)

    @property
    def paused_for(self) -> float:
        """What all pauses together took out of the period so far."""
        return sum(pause.lost for pause in self.pauses)

    @property
    def days(self) -> tuple[RulerDay, ...]:
        """The day ruler, laid out on asking."""
        return tuple(ruler(self))


def can(state: State, effect: Effect) -> verdict.Verdict:
    """Return whether a clock in `state` can take `effect`."""
    return verdict.HOLDS if (state, effect) in NEXT else verdict.fails(_IMPOSSIBLE[effect], basis="clock")


def read(
    clock: Clock, events: Iterable[Event], *, calendar: calendars.WorkingCalendar, now: datetime
) -> Reading:
    """Return what `clock` shows at `now`; events after `now` have not happened yet.

    :raises RuleBroken: events out of order, an effect that the clock's state does not allow, an extension
        without a period or in another unit
    :raises ValueError: `now` has no zone
    """
    if now.tzinfo is None:
        raise ValueError("a moment needs a zone")
    state, run, previous = State.NOT_STARTED, None, None
    restarts: list[Event] = []
    for event in events:
        if previous is not None and event.at < previous.at:
            raise errors.RuleBroken(verdict.Reason(_OUT_OF_ORDER, basis="clock"))
        previous = event
        if event.at > now:
            continue
        errors.RuleBroken.unless(can(state, event.effect))
        state = NEXT[state, event.effect]
        if event.effect == RESTART and run is not None and event.at > run.started_at:
            restarts.append(event)
        if run is None or event.effect == RESTART:
            # FOI-COMPLETE-RESET, FOI 2019 art. 30: a restart is zero of the full period.
            run = _Run(clock.period, event.at, calendar)
        else:
            run.take(event)
    if run is None:
        total = clock.period.length if clock.period.unit is not periods.MONTHS else 0
        return Reading(clock, calendar, now, state, left=total, total=total)
    return run.reading(clock, state, tuple(restarts), now)


class _Run:
    """One run of a clock from its start or restart on, built up event by event."""

    def __init__(self, period: periods.Period, start: datetime, calendar: calendars.WorkingCalendar) -> None:
        self.calendar = calendar
        self.unit = period.unit
        self.length = period.length
        self.started_at = start
        self.start_day = periods.day_of(start)
        self.stopped_at: datetime | None = None
        self.is_dropped = False
        self.lost: float = 0
        self.not_before = self.start_day
        self.pause: Event | None = None
        self.pauses: tuple[Pause, ...] = ()
        self.extensions: tuple[Event, ...] = ()
        self.without_effect: tuple[Event, ...] = ()

    def take(self, event: Event) -> None:
        """Apply an event that comes after the start."""
        if event.effect == EXTEND and (event.period is None or event.period.unit is not self.unit):
            raise errors.RuleBroken(verdict.Reason(_NO_EXTENSION, basis="clock", field="period"))
        if (
            event.effect in (PAUSE, EXTEND)
            and self.pause is None
            and not periods.in_time(event.at, self.due())
        ):
            # FOI-EXT-20WD, FOI 2019 art. 33 ¶2: a period that is over can be neither paused nor extended.
            self.without_effect += (event,)
        elif event.effect == PAUSE:
            self.pause = event
        elif event.effect == EXTEND and event.period is not None:
            self.length += event.period.length
            self.extensions += (event,)
        else:
            self._end_pause(event.at)
            self.stopped_at = event.at if event.effect in (STOP, DROP) else None
            self.is_dropped = event.effect == DROP

    def _end_pause(self, at: datetime) -> None:
        if self.pause is None:
            return
        lost = self.count(self.pause.at, at)
        self.lost += lost
        self.not_before = periods.day_of(at)
        self.pauses += (Pause(self.pause.at, at, self.pause.reason, lost),)
        self.pause = None

    def due(self, lost_now: float = 0, not_before: date | None = None) -> datetime:
        """Return the due moment; `lost_now` and `not_before` suppose that a pause ended so."""
        lost = self.lost + lost_now
        if self.unit is periods.HOURS:
            return self.started_at + timedelta(hours=self.length + lost)
        if self.unit is periods.WORKING_DAYS:
            last = self.calendar.after(self.start_day, self.length + int(lost))
        else:
            last = self.nominal_last_day() + timedelta(days=lost_now)
        # CAL-ROLL, Civil Code art. 203; and a period never ends while it is paused.
        return periods.end_of(periods.rolled(max(last, not_before or self.not_before), self.calendar))

    def nominal_last_day(self) -> date:
        return periods.nominal_last_day(self.length, self.unit, self.start_day) + timedelta(days=self.lost)

    def count(self, since: datetime, until: datetime) -> float:
        return periods.passed(self.unit, since, until, self.calendar)

    def total(self, length: int) -> float:
        return periods.counted_length(length, self.unit, self.start_day)

    def reading(self, clock: Clock, state: State, restarts: tuple[Event, ...], now: datetime) -> Reading:
        """Return what this run shows at `now`."""
        due = due_if_resumed = self.due()
        moment, pauses = self.stopped_at or now, self.pauses
        if self.pause is not None:
            moment = self.pause.at
            lost_now = self.count(self.pause.at, now)
            due_if_resumed = self.due(lost_now, periods.day_of(now))
            pauses += (Pause(self.pause.at, None, self.pause.reason, lost_now),)
        total, missed = self.total(self.length), not (self.is_dropped or periods.in_time(moment, due))
        if missed:
            used = total + self.count(due - _INSTANT if self.unit is not periods.HOURS else due, moment)
        else:
            used = min(total, self.count(self.started_at, moment) - self.lost)
        return Reading(
            clock,
            self.calendar,
            now,
            state,
            started_at=self.started_at,
            stopped_at=self.stopped_at,
            due_at=None if self.pause is not None else due,
            due_at_if_resumed_now=due_if_resumed,
            used=used,
            left=total - used,
            total=total,
            extension=total - self.total(clock.period.length) if self.extensions else 0,
            light=Light.RED if missed else self._light(total - used, total, moment, due),
            met=not missed if missed or (self.stopped_at and not self.is_dropped) else None,
            overdue=missed and self.stopped_at is None,
            provisional=self._is_provisional(due_if_resumed),
            pauses=pauses,
            restarts=restarts,
            extensions=self.extensions,
            without_effect=self.without_effect,
        )

    def _light(self, left: float, total: float, moment: datetime, due: datetime) -> Light:
        """Return the light of a clock that is not late; a paused one keeps the colour it had."""
        if self.stopped_at is not None:
            return Light.GREEN
        if left * YELLOW_AT_ONE_IN <= total:
            return Light.YELLOW
        if self.unit is periods.HOURS:
            return Light.GREEN
        days_left = periods.passed(periods.WORKING_DAYS, moment, due - _INSTANT, self.calendar)
        return Light.YELLOW if days_left <= YELLOW_AT_WORKING_DAYS else Light.GREEN

    def _is_provisional(self, due: datetime) -> bool:
        # CAL-PROV: working days depend on every day counted, other days only on the last and its rolling.
        if self.unit is periods.HOURS:
            return False
        first = self.start_day if self.unit is periods.WORKING_DAYS else self.nominal_last_day()
        return self.calendar.touches_provisional(first, periods.day_of(due - _INSTANT))


def ruler(reading: Reading) -> Iterator[RulerDay]:
    """Yield the days from the start to the due day, or to `now` or the stop where that is later.

    The start day is never counted. A paused day, and the rest days onto which a period merely rolls, have no
    number. Days past the due day go on counting. While paused the days ahead are those of a resumption now.
    In a period of hours every day that is not wholly paused is counted and none has a number.
    """
    if reading.started_at is None or reading.due_on is None:
        return
    day = first = periods.day_of(reading.started_at)
    due_on, today = reading.due_on, periods.day_of(reading.now)
    last = max(due_on, periods.day_of(reading.stopped_at or reading.now))
    number, in_hours = 0, reading.counted_in is periods.HOURS
    until = timedelta(days=1 if in_hours else 0)
    pauses = [
        (periods.day_of(p.began_at), periods.day_of(p.ended_at or reading.now) - until)
        for p in reading.pauses
    ]
    while day <= last:
        kind = reading.calendar.kind(day)
        paused = any(began < day <= ended for began, ended in pauses)
        # CAL-DAY1, Civil Code art. 201: the first day is not counted.
        counted = not paused and (in_hours or (day > first and _counts(reading, day, kind, number)))
        number += counted and not in_hours
        shown = number if counted and not in_hours else None
        extension = counted and reading.total - reading.extension < number <= reading.total
        marks = {"extension": extension, "today": day == today, "due": day == due_on}
        provisional = reading.calendar.is_provisional(day)
        yield RulerDay(day, kind, counted, shown, paused, **marks, provisional=provisional)
        day += calendars.ONE_DAY


def _counts(reading: Reading, day: date, kind: calendars.DayKind, number: int) -> bool:
    """Return whether `day` counts if it is not paused, `number` days having been counted before it."""
    if reading.counted_in is periods.WORKING_DAYS:
        return kind in calendars.AT_WORK
    return number < reading.total or (reading.due_on is not None and day > reading.due_on)
