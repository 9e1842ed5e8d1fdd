"""What is wrong with a procedure's table, found by walking every state it can reach."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sunshine.kernel import clock
from sunshine.kernel import procedure as procedures
from sunshine.kernel.clock import Effect, State
from sunshine.kernel.procedure import Act, Procedure, Stage


class Sort(StrEnum):
    """The sorts of flaw; each has a test that plants one and finds it."""

    NAME_TWICE = "two things bear one name"
    EFFECTIVE = "it ends before it begins"
    UNREACHABLE = "no path leads to the stage"
    NO_WAY_OUT = "no path leads from the stage to a final one"
    FINAL_LEFT = "a final stage is left by an act that is not a reopening"
    UNKNOWN_CLOCK = "the clock is not in the procedure"
    UNUSED_CLOCK = "the clock is never started"
    STARTED_TWICE = "the clock is started though it was before"
    NOT_RUNNING = "the clock is paused, extended or stopped while it does not run"
    NOT_PAUSED = "the clock is resumed while it is not paused"
    NOT_STOPPED = "the clock goes on though nothing stopped it"
    NO_PERIOD = "the clock is extended by no period"
    NO_ROLE = "nobody may do it"
    NO_BASIS = "it names no basis"
    NO_WORDING = "it has no words for the timeline"
    NO_LABEL = "people may do it, but its button has no words"
    FOUR_EYES = "nobody could satisfy the four-eyes rule, or it binds nobody"


@dataclass(frozen=True, slots=True)
class Flaw:
    """One mistake in a table: its sort, and the act, stage or clock that has it."""

    sort: Sort
    where: str

    def __str__(self) -> str:
        return f"{self.where}: {self.sort}"


NOT_STARTED, RUNNING, PAUSED, STOPPED = State
TICKING = frozenset({RUNNING, PAUSED})

Place = tuple[Stage, tuple[tuple[str, State], ...]]
"""A stage, and what each clock is doing there."""

# What clocks can take, and one thing more: a restart before any start says "the whole period" all the same,
# so an act that is done again after a return need not know whether it is the first time.
# And a matter that opens again lets those of its clocks go on that its end had stopped.
NEXT: Mapping[tuple[State, Effect], State] = {
    **clock.NEXT,
    (NOT_STARTED, Effect.RESTART): RUNNING,
    (NOT_STARTED, Effect.CONTINUE): NOT_STARTED,
}

WHEN_UNSOUND: Mapping[Effect, tuple[Sort, State | None]] = {
    Effect.START: (Sort.STARTED_TWICE, RUNNING),
    Effect.PAUSE: (Sort.NOT_RUNNING, PAUSED),
    Effect.RESUME: (Sort.NOT_PAUSED, RUNNING),
    Effect.EXTEND: (Sort.NOT_RUNNING, None),
    Effect.STOP: (Sort.NOT_RUNNING, STOPPED),
    Effect.DROP: (Sort.NOT_RUNNING, STOPPED),
    Effect.CONTINUE: (Sort.NOT_STOPPED, RUNNING),
}
"""The flaw of an effect that a clock cannot take, and the state in which the walk goes on all the same."""


def flaws(procedure: Procedure) -> tuple[Flaw, ...]:
    """Return every flaw of a table; a sound one has none.

    Checks are taken to pass or fail as they like, so what is found here can happen to somebody.
    """
    found = [
        *_of_the_table(procedure),
        *(flaw for act in procedure.acts for flaw in _of_an_act(act)),
        *_of_paths(procedure),
        *_of_four_eyes(procedure),
        *_of_clocks(procedure),
    ]
    return tuple(dict.fromkeys(found))


def places(procedure: Procedure) -> frozenset[Place]:
    """Return every (stage, clock states) pair that some path of acts reaches."""
    reached, _ = _explore(procedure)
    return frozenset(reached)


def _of_the_table(procedure: Procedure) -> Iterator[Flaw]:
    names = [*(act.name for act in procedure.acts), *(stage.name for stage in procedure.stages)]
    yield from (Flaw(Sort.NAME_TWICE, name) for name in names if names.count(name) > 1)
    if procedure.effective_to is not None and procedure.effective_to < procedure.effective_from:
        yield Flaw(Sort.EFFECTIVE, str(procedure))


def _of_an_act(act: Act) -> Iterator[Flaw]:
    if not act.by:
        yield Flaw(Sort.NO_ROLE, act.name)
    if not act.basis:
        yield Flaw(Sort.NO_BASIS, act.name)
    if not act.wording:
        yield Flaw(Sort.NO_WORDING, act.name)
    if not act.label and set(act.by) - {procedures.CLOCK}:
        yield Flaw(Sort.NO_LABEL, act.name)
    for effect in act.clocks:
        if effect.kind == Effect.EXTEND and effect.period is None:
            yield Flaw(Sort.NO_PERIOD, f"{act.name}, {effect.clock}")


def _of_paths(procedure: Procedure) -> Iterator[Flaw]:
    reached = _stages_from(procedure, {procedure.initial})
    for stage in procedure.stages:
        if stage not in reached:
            yield Flaw(Sort.UNREACHABLE, stage.name)
        elif procedure.final.isdisjoint(_stages_from(procedure, {stage})):
            yield Flaw(Sort.NO_WAY_OUT, stage.name)
    for act in procedure.acts:
        for stage in act.sources:
            if stage in procedure.final and act.leads_to(stage) != stage and not act.reopening:
                yield Flaw(Sort.FINAL_LEFT, f"{act.name}, {stage.name}")


def _of_four_eyes(procedure: Procedure) -> Iterator[Flaw]:
    known = {act.name: act for act in procedure.acts}
    for act in procedure.acts:
        if act.four_eyes_since and (act.four_eyes_since not in known or not act.never_by_who_did):
            yield Flaw(Sort.FOUR_EYES, f"{act.name}, since {act.four_eyes_since}")
        for name in act.never_by_who_did:
            if name not in known or not _can_be_satisfied(procedure, act, known[name]):
                yield Flaw(Sort.FOUR_EYES, f"{act.name}, {name}")


def _can_be_satisfied(procedure: Procedure, act: Act, earlier: Act) -> bool:
    """Return whether the rule can bind somebody, and somebody else is left to do the act.

    A matter has one applicant, so two acts that only the applicant does have the same doer; and the
    clock is nobody, so it neither is barred nor bars.
    """
    alone: frozenset[procedures.Role] = frozenset({procedures.APPLICANT})
    if set(act.by) <= alone and set(earlier.by) <= alone:
        return False
    if set(act.by) == {procedures.CLOCK} or set(earlier.by) == {procedures.CLOCK}:
        return False
    after = _stages_from(procedure, {earlier.leads_to(stage) for stage in earlier.sources})
    return not after.isdisjoint(act.sources)


def _stages_from(procedure: Procedure, begin: Iterable[Stage]) -> frozenset[Stage]:
    """Return the stages that acts lead to from these, and these."""
    reached: set[Stage] = set()
    waiting = list(begin)
    while waiting:
        stage = waiting.pop()
        if stage not in reached:
            reached.add(stage)
            waiting += [act.leads_to(stage) for act in procedure.acts_from(stage)]
    return frozenset(reached)


def _of_clocks(procedure: Procedure) -> Iterator[Flaw]:
    for act in procedure.acts:
        for effect in act.clocks:
            if effect.clock not in procedure.clocks:
                yield Flaw(Sort.UNKNOWN_CLOCK, f"{act.name}, {effect.clock}")
    reached, unsound = _explore(procedure)
    yield from unsound
    begun = {name for _, clocks in reached for name, state in clocks if state is not NOT_STARTED}
    yield from (Flaw(Sort.UNUSED_CLOCK, name) for name in procedure.clocks if name not in begun)


def _explore(procedure: Procedure) -> tuple[set[Place], list[Flaw]]:
    """Walk every (stage, clock states) pair; return those reached and the unsound effects met."""
    beginning: Place = (procedure.initial, tuple((name, NOT_STARTED) for name in procedure.clocks))
    reached: set[Place] = set()
    found: list[Flaw] = []
    waiting = [beginning]
    while waiting:
        place = waiting.pop()
        if place in reached:
            continue
        reached.add(place)
        for act in procedure.acts_from(place[0]):
            after, unsound = _step(procedure, place, act)
            waiting.append(after)
            found += unsound
    return reached, sorted(set(found), key=str)


def _step(procedure: Procedure, place: Place, act: Act) -> tuple[Place, list[Flaw]]:
    """Return the place after an act, and the flaws of the effects that a clock could not take."""
    stage, before = place
    clocks = dict(before)
    found = []
    for effect in act.clocks:
        if effect.clock not in clocks:
            continue
        now, kind = clocks[effect.clock], Effect(effect.kind)
        if (now, kind) in NEXT:
            clocks[effect.clock] = NEXT[now, kind]
        else:
            sort, goes_on = WHEN_UNSOUND[kind]
            found.append(Flaw(sort, f"{act.name}, {effect.clock} at {stage.name}"))
            clocks[effect.clock] = goes_on or now
    after = act.leads_to(stage)
    if after in procedure.final:  # entering a final stage stops every clock
        clocks = {name: STOPPED if state in TICKING else state for name, state in clocks.items()}
    return (after, tuple(clocks.items())), found
