"""Questions about matters: what is open, whose, how late, and what may be done next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, reduce
from operator import or_
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string

from sunshine.core.ledger import queries as ledger
from sunshine.core.ledger.models import Entry
from sunshine.core.matters.models import ClockEvent, Matter
from sunshine.core.people import queries as people
from sunshine.core.people.models import Person
from sunshine.kernel import calendar, clock, errors, period
from sunshine.kernel.procedure import (
    CLOCK,
    Act,
    Done,
    Judgement,
    Procedure,
    Register,
    Role,
    Situation,
)
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop

BUREAU_TIME = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class OpenAct:
    """An act of the matter's procedure as one person sees it now; `judgement` says why it is shut."""

    act: Act
    judgement: Judgement

    @property
    def is_open(self) -> bool:
        return self.judgement.is_open


@lru_cache(maxsize=1)
def procedures() -> Register:
    """Return every procedure the product knows (`settings.PROCEDURES`)."""
    known: Register = import_string(settings.PROCEDURES)
    return known


def procedure_of(matter: Matter) -> Procedure:
    """Return the procedure, in the version the matter was opened under."""
    return procedures().get(matter.kind, matter.procedure_version)


def strays() -> QuerySet[Matter]:
    """Return the open matters whose procedure, or whose stage in it, is none that this release knows."""
    followed = Matter.objects.filter(closed_at=None).order_by()
    names = followed.values_list("kind", "procedure_version", "stage").distinct()
    known = {(each.kind, each.version, stage.name) for each in procedures() for stage in each.stages}
    unknown = [
        Q(kind=kind, procedure_version=version, stage=stage)
        for kind, version, stage in names
        if (kind, version, stage) not in known
    ]
    return Matter.objects.filter(reduce(or_, unknown), closed_at=None) if unknown else Matter.objects.none()


def wording_of(kind_of_entry: str) -> str:
    """Return the marked sentence for an entry that is an act of some procedure; empty for any other."""
    kind, _dot, name = kind_of_entry.partition(".")
    acts = (act for procedure in procedures() if procedure.kind == kind for act in procedure.acts)
    return next((act.wording for act in acts if act.name == name), "")


def matter(reference: str) -> Matter:
    """Return one matter with its department and officer; raise `NotFound` when there is none."""
    found = Matter.objects.filter(reference=reference).select_related("department", "officer").first()
    if found is None:
        raise errors.NotFound(Reason(gettext_noop("There is no such matter")))
    return found


def matter_among(kinds: Collection[str], reference: str, *, absent: str) -> Matter:
    """Return one matter of some kinds; raise `NotFound`, saying what is absent, when there is none."""
    rows = Matter.objects.filter(reference=reference, kind__in=kinds)
    found = rows.select_related("department", "officer").first()
    if found is None:
        raise errors.NotFound(Reason(absent))
    return found


def done(matter: Matter) -> tuple[Done, ...]:
    """Return the acts done on a matter so far, oldest first."""
    rows = ledger.acts_of(matter.reference, f"{matter.kind}.")
    return tuple(Done(act=name, actor=actor_id, at=at) for name, actor_id, at in rows)


def roles(person: Person | Role | None, matter: Matter, *, at: datetime) -> frozenset[str]:
    """Return the names of the roles that count for this matter; nobody is the system's clock.

    A role in place of a person is somebody without an account: the applicant, known by their code.
    """
    if person is None:
        return frozenset({CLOCK.name})
    if isinstance(person, Role):
        return frozenset({person.name})
    held = people.held_roles(person, on=at.astimezone(BUREAU_TIME).date())
    return people.roles_for(held, department_id=matter.department_id)


def acts_open(
    matter: Matter, person: Person, *, situation: Mapping[str, Any], at: datetime
) -> tuple[OpenAct, ...]:
    """Return the acts of the matter's stage with what stands in this person's way.

    Acts of roles the person does not hold are left out: seeing them would not help.
    """
    procedure = procedure_of(matter)
    held = roles(person, matter, at=at)
    stage = procedure.stage(matter.stage)
    asked = Situation(stage=stage, at=at, matter=situation, done=done(matter))
    acts = [act for act in procedure.acts_from(stage) if held & act.roles]
    return tuple(OpenAct(act, procedure.preview(act.name, asked, held, person.pk)) for act in acts)


def readings(matter: Matter, *, now: datetime) -> dict[str, clock.Reading]:
    """Return each started clock of the matter, computed from its events."""
    return readings_of([matter], now=now)[matter.pk]


def readings_of(matters: Iterable[Matter], *, now: datetime) -> dict[int, dict[str, clock.Reading]]:
    """Return the clocks of many matters in one query: matter id -> clock name -> reading."""
    rows = list(matters)
    return _read(rows, ClockEvent.objects.filter(matter__in=[row.pk for row in rows]), now)


def readings_after(matter: Matter, entry: Entry) -> dict[str, clock.Reading]:
    """Return the clocks of a matter as they stood when an act was entered, whatever came later."""
    told = ClockEvent.objects.filter(matter=matter, entry_id__lte=entry.pk)
    return _read([matter], told, entry.at)[matter.pk]


def _read(
    rows: Iterable[Matter], told_of: QuerySet[ClockEvent], now: datetime
) -> dict[int, dict[str, clock.Reading]]:
    events: dict[int, dict[str, list[clock.Event]]] = defaultdict(lambda: defaultdict(list))
    for event in told_of.order_by("id"):
        events[event.matter_id][event.clock].append(_event(event))
    working_days = calendar.bundled()
    return {
        row.pk: {
            name: clock.read(
                clock.Clock(name, _period(told) or procedure_of(row).clocks[name]),
                told,
                calendar=working_days,
                now=now,
            )
            for name, told in events[row.pk].items()
        }
        for row in rows
    }


def _period(told: Sequence[clock.Event]) -> period.Period | None:
    """Return the period of the newest run, where it has one of its own."""
    begun = [event.period for event in told if event.effect in (clock.START, clock.RESTART)]
    return begun[-1] if begun else None


def _event(row: ClockEvent) -> clock.Event:
    told = row.extension
    extension = period.Period(**{**told, "unit": period.Unit(told["unit"])}) if told else None
    return clock.Event(clock.Effect(row.effect), row.at, row.reason, extension)


def next_due_at(matter: Matter, *, now: datetime) -> datetime | None:
    """Return the earliest due moment of the matter's running clocks."""
    running = (
        reading for reading in readings(matter, now=now).values() if reading.state is clock.State.RUNNING
    )
    return min((reading.due_at for reading in running if reading.due_at is not None), default=None)


def open_matters_of(person: Person) -> QuerySet[Matter]:
    """Return the open matters that a person holds."""
    return Matter.objects.filter(officer=person, closed_at=None)
