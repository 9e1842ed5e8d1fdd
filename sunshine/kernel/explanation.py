"""Every due date explains itself: in one sentence, in its arithmetic, and as JSON.

A message is a row of phrases, each an English text marked for translation with its values. A door
translates phrase by phrase and joins them with the translated `SEPARATOR`; `in_english` does so without
translating. Dates stay dates among the values, so that a door may write them its own way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from sunshine.kernel import calendar, clock, period
from sunshine.kernel.words import gettext_noop as _

Json = dict[str, object]

SEPARATOR: Final = _("; ")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A part of a sentence: a text marked for translation and the values of its places."""

    text: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text % self.params if self.params else self.text


Message = tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class _Wording:
    """How one unit is spoken of."""

    at: str
    done: str
    done_before: str
    paused: str
    paused_for: str
    extended: str
    late: str


_WORDINGS: Final[Mapping[period.Unit, _Wording]] = {
    period.WORKING_DAYS: _Wording(
        at=_("Working day %(used)d of %(total)d"),
        done=_("Done on working day %(used)d of %(total)d"),
        done_before=_("Done before the first of %(total)d working days"),
        paused=_("working days paused: %(paused)d"),
        paused_for=_("working days paused for %(reason)s: %(paused)d"),
        extended=_("working days added: %(extension)d"),
        late=_("working days late: %(late)d"),
    ),
    period.CALENDAR_DAYS: _Wording(
        at=_("Day %(used)d of %(total)d"),
        done=_("Done on day %(used)d of %(total)d"),
        done_before=_("Done before the first of %(total)d days"),
        paused=_("days paused: %(paused)d"),
        paused_for=_("days paused for %(reason)s: %(paused)d"),
        extended=_("days added: %(extension)d"),
        late=_("days late: %(late)d"),
    ),
    period.HOURS: _Wording(
        at=_("%(used).1f of %(total)d hours"),
        done=_("Done after %(used).1f of %(total)d hours"),
        done_before=_("Done at once, of %(total)d hours"),
        paused=_("hours paused: %(paused).1f"),
        paused_for=_("hours paused for %(reason)s: %(paused).1f"),
        extended=_("hours added: %(extension)d"),
        late=_("hours late: %(late).1f"),
    ),
}
_NOT_STARTED: Final = _("Not started")
_PAUSED: Final = _("paused since %(date)s")
_PAUSED_FOR: Final = _("paused since %(date)s for %(reason)s")
_DUE: Final = _("due %(date)s at 24:00")
_DUE_HOUR: Final = _("due %(date)s at %(time)s")
_DUE_IF: Final = _("if resumed today, due %(date)s at 24:00")
_DUE_HOUR_IF: Final = _("if resumed now, due %(date)s at %(time)s")
_OVERDUE: Final = _("overdue")
_IN_TIME: Final = _("in time")
_LATE: Final = _("late")
_DROPPED: Final = _("no longer asked for")
_RESTARTED: Final = _("started anew on %(date)s")
_NO_PAUSE: Final = _("the pause of %(date)s came after the period had ended and changes nothing")
_NO_EXTENSION: Final = _("the extension of %(date)s came after the period had ended and changes nothing")
_PROVISIONAL: Final = _("the days off of %(year)d are not announced yet, so this date may still move")
_RESTS: Final = _("not counted: days off %(first)s to %(last)s")
_REST: Final = _("not counted: day off %(date)s")
_SWAPPED: Final = _("counted: %(date)s, a rest day swapped into a working day")
_ROLLED: Final = _("the last day falls on %(date)s, a day off, and rolls on to %(due)s")

# The counting rules that a due date may rest on, with their articles.
RULES: Final[Mapping[str, str]] = {
    "CAL-DAY1": "民法典 art. 201",
    "CAL-HOUR": "民法典 art. 201 ¶2",
    "CAL-MONTH": "民法典 art. 202",
    "CAL-ROLL": "民法典 art. 203",
    "CAL-END": "民法典 art. 203",
    "CAL-WD": "国务院办公厅年度节假日安排通知",
    "CAL-PROV": "全国年节及纪念日放假办法 art. 2",
}


def in_english(message: Message) -> str:
    """Return `message` as one English line."""
    return SEPARATOR.join(str(phrase) for phrase in message)


def sentence(reading: clock.Reading) -> Message:
    """Return where the clock stands and when it is due, in one sentence of a few phrases."""
    if reading.started_at is None:
        return (Phrase(_NOT_STARTED),)
    return (
        *_standing(reading),
        *_pauses(reading),
        *_extension(reading),
        *_ending(reading),
        *_without_effect(reading),
        *provisional_because(reading),
    )


def arithmetic(reading: clock.Reading) -> Message:
    """Return what makes the due date differ from a plain count: days off, swapped days, a rolled last day."""
    if reading.started_at is None or reading.counted_in is period.HOURS:
        return ()
    days = reading.days
    if reading.counted_in is not period.WORKING_DAYS:
        return _rolling(days)
    swapped = (
        Phrase(_SWAPPED, {"date": day.date})
        for day in days
        if day.counted and day.kind is calendar.DayKind.SWAPPED
    )
    return (*_days_off(days), *swapped)


def provisional_because(reading: clock.Reading) -> Message:
    """Return why a date may still move, or nothing where it may not."""
    if not reading.provisional or reading.started_at is None or reading.due_on is None:
        return ()
    # CAL-PROV: a day late in December waits for the notice of the year after it.
    years = range(period.day_of(reading.started_at).year, reading.due_on.year + 2)
    year = next(year for year in years if reading.calendar.version_of(year) is None)
    return (Phrase(_PROVISIONAL, {"year": year}),)


def rules(reading: clock.Reading) -> tuple[str, ...]:
    """Return the ids of the counting rules on which the due date rests; `RULES` has their articles."""
    if reading.counted_in is period.HOURS:
        return ("CAL-HOUR",)
    unit = reading.period.unit
    names = ["CAL-DAY1", "CAL-END"]
    names += ["CAL-WD"] if unit is period.WORKING_DAYS else ["CAL-ROLL"]
    names += ["CAL-MONTH"] if unit is period.MONTHS else []
    names += ["CAL-PROV"] if reading.provisional else []
    return tuple(names)


def as_json(reading: clock.Reading, *, say: Callable[[Message], str] = in_english) -> Json:
    """Return the whole reading with every day, as values that JSON has; `say` puts messages into words.

    Moments are written in China's zone; a day's `number` is null where it is not counted.
    """
    return {
        "clock": reading.clock.name,
        "sentence": say(sentence(reading)),
        "arithmetic": say(arithmetic(reading)),
        "period": _period(reading.period),
        "rules": [{"id": name, "basis": RULES[name]} for name in rules(reading)],
        "state": reading.state.value,
        "light": reading.light.value,
        "met": reading.met,
        "overdue": reading.overdue,
        "now": _moment(reading.now),
        "started_at": _moment(reading.started_at),
        "stopped_at": _moment(reading.stopped_at),
        "due_at": _moment(reading.due_at),
        "due_at_if_resumed_now": _moment(reading.due_at_if_resumed_now),
        "due_on": reading.due_on.isoformat() if reading.due_on else None,
        "counted_in": reading.counted_in.value,
        "used": reading.used,
        "left": reading.left,
        "total": reading.total,
        "extension": reading.extension,
        "pauses": [_pause(pause) for pause in reading.pauses],
        "extensions": [_event(event) for event in reading.extensions],
        "restarts": [_event(event) for event in reading.restarts],
        "without_effect": [_event(event) for event in reading.without_effect],
        "provisional": reading.provisional,
        "provisional_because": say(provisional_because(reading)) or None,
        "calendar": list(_sources(reading)),
        "days": [_day(day) for day in reading.days],
    }


def _standing(reading: clock.Reading) -> Iterator[Phrase]:
    if reading.restarts and reading.started_at is not None:
        yield Phrase(_RESTARTED, {"date": period.day_of(reading.started_at)})
    wording = _WORDINGS[reading.counted_in]
    done = wording.done if reading.used else wording.done_before
    text = done if reading.state is clock.State.STOPPED and reading.met is not None else wording.at
    yield Phrase(text, {"used": reading.used, "total": reading.total})


def _pauses(reading: clock.Reading) -> Iterator[Phrase]:
    wording = _WORDINGS[reading.counted_in]
    for pause in reading.pauses:
        if pause.ended_at is None:
            values = {"date": period.day_of(pause.began_at), "reason": pause.reason}
            yield Phrase(_PAUSED_FOR if pause.reason else _PAUSED, values)
        elif pause.lost:
            text = wording.paused_for if pause.reason else wording.paused
            yield Phrase(text, {"paused": pause.lost, "reason": pause.reason})


def _extension(reading: clock.Reading) -> Iterator[Phrase]:
    if reading.extension:
        yield Phrase(_WORDINGS[reading.counted_in].extended, {"extension": reading.extension})


def _ending(reading: clock.Reading) -> Iterator[Phrase]:
    if reading.due_on is None or reading.due_at_if_resumed_now is None:
        return
    values: dict[str, object] = {"date": reading.due_on}
    is_paused = reading.due_at is None
    if reading.counted_in is period.HOURS:
        local = reading.due_at_if_resumed_now.astimezone(period.SHANGHAI)
        values = {"date": local.date(), "time": f"{local:%H:%M}"}
        yield Phrase(_DUE_HOUR_IF if is_paused else _DUE_HOUR, values)
    else:
        yield Phrase(_DUE_IF if is_paused else _DUE, values)
    if reading.overdue:
        yield Phrase(_OVERDUE)
    elif reading.met is not None:
        yield Phrase(_IN_TIME if reading.met else _LATE)
    elif reading.state is clock.State.STOPPED:
        yield Phrase(_DROPPED)
    if reading.left < 0:
        yield Phrase(_WORDINGS[reading.counted_in].late, {"late": -reading.left})


def _without_effect(reading: clock.Reading) -> Iterator[Phrase]:
    for event in reading.without_effect:
        text = _NO_PAUSE if event.effect == clock.PAUSE else _NO_EXTENSION
        yield Phrase(text, {"date": period.day_of(event.at)})


def _days_off(days: tuple[clock.RulerDay, ...]) -> Iterator[Phrase]:
    """Yield the runs of named days off through the due day; ordinary weekends go without saying."""
    run: list[date] = []
    for day in (*days, None):
        if day is not None and day.kind is calendar.DayKind.HOLIDAY:
            run.append(day.date)
        elif run:
            single = len(run) == 1
            yield (
                Phrase(_REST, {"date": run[0]})
                if single
                else Phrase(_RESTS, {"first": run[0], "last": run[-1]})
            )
            run = []


def _rolling(days: tuple[clock.RulerDay, ...]) -> Message:
    """Return that the last day counted lies before the due day, if rest days lie between them."""
    due = next(day for day in days if day.due)
    if due.counted or due.paused:
        return ()
    last = max(day.date for day in days if day.counted and day.date < due.date)
    return (Phrase(_ROLLED, {"date": last, "due": due.date}),)


def _sources(reading: clock.Reading) -> Iterator[Json]:
    """Yield for each year that the clock touches which notice its days come from."""
    if reading.started_at is None or reading.due_on is None:
        return
    first = period.day_of(reading.started_at).year
    for year in range(first, reading.due_on.year + 1):
        version = reading.calendar.version_of(year)
        yield {
            "year": year,
            "source": version.source if version else None,
            "known_from": version.known_from.isoformat() if version else None,
        }


def _moment(moment: datetime | None) -> str | None:
    return moment.astimezone(period.SHANGHAI).isoformat() if moment else None


def _period(value: period.Period) -> Json:
    return {
        "id": value.id,
        "length": value.length,
        "unit": value.unit.value,
        "starts": value.starts,
        "basis": value.basis,
    }


def _pause(pause: clock.Pause) -> Json:
    return {
        "began_at": _moment(pause.began_at),
        "ended_at": _moment(pause.ended_at),
        "reason": pause.reason,
        "lost": pause.lost,
    }


def _event(event: clock.Event) -> Json:
    return {
        "effect": event.effect.value,
        "at": _moment(event.at),
        "reason": event.reason,
        "period": _period(event.period) if event.period else None,
    }


def _day(day: clock.RulerDay) -> Json:
    return {
        "date": day.date.isoformat(),
        "kind": day.kind.value,
        "counted": day.counted,
        "number": day.number,
        "paused": day.paused,
        "extension": day.extension,
        "today": day.today,
        "due": day.due,
        "provisional": day.provisional,
    }
