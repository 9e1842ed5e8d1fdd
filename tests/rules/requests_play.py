"""Plays acts of a procedure's table without a database: legality is asked, clock effects are collected."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time
from typing import Any

from sunshine.kernel import calendar, clock
from sunshine.kernel.period import SHANGHAI
from sunshine.kernel.procedure import Done, Procedure, Situation
from sunshine.work.requests.rules.table import REQUEST_2019

FRIDAY = date(2026, 1, 30)
EVERYBODY = frozenset(
    {"office_clerk", "office_head", "drafter", "department_head", "leader"}
    | {"legal_reviewer", "applicant", "clock"}
)


def morning(day: date) -> datetime:
    """Return ten o'clock on a day: acts are done in office hours."""
    return datetime.combine(day, time(10), SHANGHAI)


class Play:
    """One matter under one procedure, as the core would keep it."""

    def __init__(self, procedure: Procedure, **matter: Any) -> None:
        self.procedure = procedure
        self.stage = procedure.initial
        self.matter: dict[str, Any] = {"version": procedure.version, **matter}
        self.done: list[Done] = []
        self.events: dict[str, list[clock.Event]] = defaultdict(list)

    def situation(self, at: datetime, facts: dict[str, Any]) -> Situation:
        return Situation(self.stage, at, self.matter, facts, tuple(self.done))

    def do(self, name: str, on: date | datetime, *, who: int | None = None, **facts: Any) -> Play:
        """Do an act on a day; raise as the procedure does when it is not open."""
        at = on if isinstance(on, datetime) else morning(on)
        asked = self.situation(at, facts)
        self.procedure.judge(name, asked, EVERYBODY, who).raise_unless_open()
        act = self.procedure.act_named(name)
        for effect in act.clocks:
            told = self.events[effect.clock]
            kind = effect.kind
            moment = effect.moment(asked)
            if kind is clock.RESTART and not told:
                kind = clock.START
            elif told:
                moment = max(moment, told[-1].at)
            told.append(clock.Event(kind, moment, period=effect.own_period(asked)))
        self.stage = act.leads_to(self.stage)
        self.done.append(Done(name, who, at))
        return self

    def reading(self, name: str, now: datetime) -> clock.Reading:
        """Return what one clock shows."""
        begun = [told.period for told in self.events[name] if told.effect in (clock.START, clock.RESTART)]
        known = clock.Clock(name, begun[-1] if begun and begun[-1] else self.procedure.clocks[name])
        return clock.read(known, self.events[name], calendar=calendar.bundled(), now=now)


def handled(procedure: Procedure = REQUEST_2019, on: date = FRIDAY, **matter: Any) -> Play:
    """Return a request that is being handled."""
    play = Play(procedure, way="counter", arrived_on=on, received_on=on, **matter)
    return play.do("receive", on, received_on=on).do("assign", on, department=1)
