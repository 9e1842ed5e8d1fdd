"""Opening a matter and acting on it: the only place where a stage changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db import transaction

from sunshine.core.ledger import operations as ledger
from sunshine.core.ledger.models import Entry
from sunshine.core.matters import queries
from sunshine.core.matters.models import ClockEvent, Matter, Series
from sunshine.core.matters.operations import expecting
from sunshine.core.people.models import Department, Person
from sunshine.kernel import clock, errors
from sunshine.kernel.procedure import Act, Done, Effect, Role, Situation
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop


@dataclass(slots=True)
class Acting:
    """An act while it is performed: the locked matter, and facts the room may add for the ledger."""

    matter: Matter
    act: Act
    asked: Situation
    facts: dict[str, Any] = field(default_factory=dict)
    public: dict[str, Any] = field(default_factory=dict)


def next_number(series: str) -> int:
    """Return the next number of a series; numbers have no gaps because a roll-back takes them back."""
    return next_numbers(series, 1)[0]


def next_numbers(series: str, count: int) -> range:
    """Return the next so many numbers of a series, in the caller's transaction."""
    Series.objects.get_or_create(name=series)
    row = Series.objects.select_for_update().get(name=series)
    first = row.last + 1
    row.last += count
    row.save(update_fields=["last"])
    return range(first, first + count)


def go_on_after(series: str, number: int) -> None:
    """Let a series give no number again up to this one: it went back with a restore, the world did not."""
    Series.objects.get_or_create(name=series)
    Series.objects.filter(name=series, last__lt=number).update(last=number)


def open_matter(
    *,
    kind: str,
    letter: str,
    title: str,
    department: Department,
    officer: Person | None,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
    version: str = "",
) -> Matter:
    """Open a matter and give it the next number of the year.

    :param version: the law that the matter follows, where another day than this one decides that
    """
    day = at.astimezone(queries.BUREAU_TIME).date()
    known = queries.procedures()
    procedure = known.get(kind, version) if version else known.find(kind, day)
    with transaction.atomic():
        number = next_number(f"{letter}{day.year}")
        matter = Matter(
            reference=f"{letter}{day.year}-{number:05d}",
            kind=kind,
            procedure_version=procedure.version,
            stage=procedure.initial.name,
            title=title,
            department=department,
            officer=officer,
            opened_at=at,
        )
        expecting.begin(matter)
        ledger.record(f"{kind}.opened", matter.reference, actor=officer, at=at, facts=facts)
    return matter


@contextmanager
def act(
    matter_id: int,
    name: str,
    *,
    actor: Person | Role | None,
    at: datetime,
    situation: Callable[[Matter], Mapping[str, Any]],
    seen: int | None = None,
    **facts: Any,
) -> Iterator[Acting]:
    """Perform one act of the matter's procedure around what only the room itself changes.

    Locks the matter, compares the version the officer saw, asks the procedure, lets the caller change
    its own rows, then moves the stage, applies the clock effects and enters the act. `situation`
    answers what the checks ask, read after the lock. `actor` None is the system's clock; a role is
    somebody without an account (the applicant), whose door has made sure who they are.

    :raises StaleStage: somebody acted since `seen`, or the stage does not allow the act
    :raises NotAllowed: the person does not hold the role, or four eyes forbid it
    :raises RuleBroken: a check does not hold
    """
    with transaction.atomic():
        matter = Matter.objects.select_for_update().select_related("department").get(pk=matter_id)
        _refuse_if_stale(matter, seen)
        procedure = queries.procedure_of(matter)
        asked = Situation(
            stage=procedure.stage(matter.stage),
            at=at,
            matter=situation(matter),
            facts=facts,
            done=queries.done(matter),
        )
        held = queries.roles(actor, matter, at=at)
        person = None if isinstance(actor, Role) else actor
        judgement = procedure.judge(name, asked, held, person.pk if person else None)
        judgement.raise_unless_open()
        acting = Acting(matter=matter, act=procedure.act_named(name), asked=asked, facts=dict(facts))
        if isinstance(actor, Role):
            acting.facts["by"] = actor.name
        yield acting
        _finish(acting, actor=person, at=at)


def _refuse_if_stale(matter: Matter, seen: int | None) -> None:
    if seen is not None and seen != matter.version:
        since = list(queries.done(matter))[-1:]
        raise errors.StaleStage(
            Reason(
                gettext_noop(
                    "Somebody acted on this matter since you opened it (%(act)s). Look again, then decide"
                ),
                params={"act": since[0].act if since else ""},
            )
        )


def _finish(acting: Acting, *, actor: Person | None, at: datetime) -> None:
    matter, done = acting.matter, acting.act
    procedure = queries.procedure_of(matter)
    entry = ledger.record(
        f"{matter.kind}.{done.name}",
        matter.reference,
        actor=actor,
        at=at,
        facts=acting.facts,
        public=acting.public if done.public else None,
    )
    for effect in done.clocks:
        _apply(matter, effect, acting.asked, entry)
    if done.target is not None:
        matter.stage = done.target.name
        ends = done.target in procedure.final
        matter.closed_at = at if ends else None
        if ends:
            _stop_every_clock(matter, entry, at)
    matter.version += 1
    matter.next_due_at = queries.next_due_at(matter, now=at)
    now_done = Done(act=done.name, actor=actor.pk if actor else None, at=at)
    expecting.renew(matter, (*acting.asked.done, now_done))
    matter.save()


def _apply(matter: Matter, effect: Effect, asked: Situation, entry: Entry) -> None:
    before = ClockEvent.objects.filter(matter=matter, clock=effect.clock).order_by("-id").first()
    moment, period = _as_moment(effect.moment(asked)), effect.own_period(asked)
    kind = effect.kind
    if kind is clock.Effect.CONTINUE and not _was_ended(matter, before):
        return
    if before is None and kind is clock.Effect.RESTART:
        kind = clock.Effect.START
    elif before is not None:
        # A stopped clock that begins again is a new run; its events stay in the order they happened.
        kind = clock.Effect.RESTART if kind is clock.Effect.START else kind
        moment = max(moment, before.at)
    ClockEvent.objects.create(
        matter=matter,
        clock=effect.clock,
        effect=kind,
        at=moment,
        reason=str(asked.fact("reason") or "")[:300],
        extension=asdict(period) if period else None,
        entry=entry,
    )


def _was_ended(matter: Matter, last: ClockEvent | None) -> bool:
    """Return whether it was the matter's end that stopped a clock, and not an act before it."""
    return last is not None and last.effect == clock.Effect.STOP and last.at == matter.closed_at


def _as_moment(when: datetime | date) -> datetime:
    """Return a moment; a day counts from its start at the bureau."""
    return when if isinstance(when, datetime) else datetime.combine(when, time(), queries.BUREAU_TIME)


def _stop_every_clock(matter: Matter, entry: Entry, at: datetime) -> None:
    running = [
        name
        for name, reading in queries.readings(matter, now=at).items()
        if reading.state is not clock.State.STOPPED
    ]
    ClockEvent.objects.bulk_create(
        [ClockEvent(matter=matter, clock=name, effect="stop", at=at, entry=entry) for name in running]
    )
