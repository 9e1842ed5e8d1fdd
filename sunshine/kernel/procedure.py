"""Procedures as data: which act leads from which stage to which, by whom, under which rule.

One table per kind of work and version of the law. From it come legality, the buttons an officer
sees, the public line "where your case stands", the diagrams and the tests.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from sunshine.kernel import errors
from sunshine.kernel.clock import Effect as EffectKind
from sunshine.kernel.period import Period, end_of
from sunshine.kernel.verdict import HOLDS, Reason, Verdict, all_of, fails
from sunshine.kernel.words import gettext_noop as _

LAST_INSTANT = timedelta(microseconds=1)

ActorId = int | str
"""What names a person in `done`: a row's id, or anything as stable as that."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a matter stands. `label` is what people read; it is translated by the doors."""

    name: str
    label: str

    def __str__(self) -> str:
        return self.name


class Where(StrEnum):
    """Where a role is held: a role is never held in the air."""

    MATTER_DEPARTMENT = "matter_department"
    OFFICE = "office"
    BUREAU = "bureau"
    OUTSIDE = "outside"
    SYSTEM = "system"


MATTER_DEPARTMENT, OFFICE, BUREAU, OUTSIDE, SYSTEM = Where


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody may do, and where they must hold it for that."""

    name: str
    label: str
    where: Where

    def __str__(self) -> str:
        return self.name


APPLICANT = Role("applicant", _("Applicant"), OUTSIDE)
CLOCK = Role("clock", _("The system"), SYSTEM)


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing an act does to one clock of its procedure."""

    kind: EffectKind
    clock: str
    period: Period | None = None
    moment_fact: str = ""
    period_fact: str = ""

    def own_period(self, situation: Situation) -> Period | None:
        """Return how much an extension adds, or the period of this run where it is not the clock's own."""
        named = situation.fact(self.period_fact) if self.period_fact else self.period
        return named if isinstance(named, Period) else None

    def moment(self, situation: Situation) -> datetime:
        """Return when the effect counts: what `moment_fact` names, else the moment of the act.

        A named day counts to its end, as the first day of a period is not counted; but no effect lies
        after its act, so what follows on the same day follows here too.
        """
        named = situation.fact(self.moment_fact) if self.moment_fact else None
        if isinstance(named, datetime):
            return named
        if isinstance(named, date):
            return min(end_of(named) - LAST_INSTANT, situation.at)
        return situation.at


def starts(clock: str, *, moment_fact: str = "") -> Effect:
    """Let a clock begin that never ran; where it may have, use `restarts`."""
    return Effect(EffectKind.START, clock, moment_fact=moment_fact)


def pauses(clock: str, *, moment_fact: str = "") -> Effect:
    """Let a running clock stand still."""
    return Effect(EffectKind.PAUSE, clock, moment_fact=moment_fact)


def resumes(clock: str, *, moment_fact: str = "") -> Effect:
    """Let a paused clock go on with what was left of it."""
    return Effect(EffectKind.RESUME, clock, moment_fact=moment_fact)


def restarts(clock: str, *, moment_fact: str = "", period_fact: str = "") -> Effect:
    """Let a clock run anew, whatever it did before: its whole period, or the one that a fact names."""
    return Effect(EffectKind.RESTART, clock, moment_fact=moment_fact, period_fact=period_fact)


def extends(clock: str, period: Period) -> Effect:
    """Give a running or paused clock more time."""
    return Effect(EffectKind.EXTEND, clock, period=period)


def stops(clock: str, *, moment_fact: str = "") -> Effect:
    """End a running or paused clock; whether it was met is computed from the moment."""
    return Effect(EffectKind.STOP, clock, moment_fact=moment_fact)


@dataclass(frozen=True, slots=True)
class Done:
    """An act that was done in a matter. `actor` is None where no person acted (the clock)."""

    act: str
    actor: ActorId | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Situation:
    """All that a check may look at: the matter, what is given with the act, the moment, what was done."""

    stage: Stage
    at: datetime
    matter: Mapping[str, object] = field(default_factory=dict)
    facts: Mapping[str, object] = field(default_factory=dict)
    done: tuple[Done, ...] = ()

    def fact(self, name: str) -> object:
        """Return what is given with the act under this name, even empty, else what the matter holds."""
        return self.facts[name] if name in self.facts else self.matter.get(name)

    def times(self, *acts: str) -> int:
        """Return how often these acts were done in the matter."""
        return sum(done.act in acts for done in self.done)


Check = Callable[[Situation], Verdict]


@dataclass(frozen=True, slots=True)
class Act:
    """Something people do in a matter; see `act` for the words of the table."""

    name: str
    sources: tuple[Stage, ...]
    target: Stage | None
    by: tuple[Role, ...]
    basis: str
    wording: str
    label: str = ""
    checks: tuple[Check, ...] = ()
    clocks: tuple[Effect, ...] = ()
    never_by_who_did: tuple[str, ...] = ()
    four_eyes_since: str | None = None
    needs: tuple[str, ...] = ()
    public: bool = False
    reopening: bool = False
    likely: bool = False

    def leads_to(self, stage: Stage) -> Stage:
        """Return where the matter stands after the act is done in `stage`."""
        return self.target or stage

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(role.name for role in self.by)

    def barred(self, done: Iterable[Done]) -> frozenset[ActorId]:
        """Return who may not do this act because of what they did before.

        Strict: anything they did in this matter counts, however long ago. Where `four_eyes_since` names
        an act, what was done before the last such act no longer counts (that act itself does).
        """
        barred: set[ActorId] = set()
        for earlier in done:
            if earlier.act == self.four_eyes_since:
                barred.clear()
            if earlier.act in self.never_by_who_did and earlier.actor is not None:
                barred.add(earlier.actor)
        return frozenset(barred)


def act(
    name: str,
    from_: Stage | tuple[Stage, ...],
    to: Stage | None = None,
    *,
    by: Role | tuple[Role, ...],
    basis: str,
    wording: str,
    label: str = "",
    checks: tuple[Check, ...] = (),
    clocks: tuple[Effect, ...] = (),
    never_by_who_did: tuple[str, ...] = (),
    four_eyes_since: str | None = None,
    needs: tuple[str, ...] = (),
    public: bool = False,
    reopening: bool = False,
    likely: bool = False,
) -> Act:
    """Write one line of a procedure's table.

    :param to: where it leads; None: the matter stays in its stage
    :param wording: a past-tense sentence for the timeline, with %(actor)s
    :param label: the words on the button; an act that only the clock does has none
    :param needs: facts that must be given with it, such as "reason"
    :param never_by_who_did: earlier acts whose doers may not do this one (four eyes)
    :param public: whether the public may see that it was done
    :param reopening: whether it may lead out of a final stage
    :param likely: whether it is what usually happens next
    """
    sources = from_ if isinstance(from_, tuple) else (from_,)
    roles = by if isinstance(by, tuple) else (by,)
    eyes = (never_by_who_did, four_eyes_since)
    marks = (public, reopening, likely)
    return Act(name, sources, to, roles, basis, wording, label, checks, clocks, *eyes, needs, *marks)


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether an act may be done, its reasons kept apart by what would mend them."""

    stage: Verdict = HOLDS
    people: Verdict = HOLDS
    rules: Verdict = HOLDS

    @property
    def is_open(self) -> bool:
        return not self.reasons

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return (self.people & self.stage & self.rules).reasons

    def raise_unless_open(self) -> None:
        """Raise what a caller should hear first.

        :raises NotAllowed: the person may not, at whatever stage
        :raises StaleStage: nobody may at this stage
        :raises RuleBroken: a rule forbids it as things are
        """
        if not self.people.holds:
            raise errors.NotAllowed(*self.people.reasons)
        if not self.stage.holds:
            raise errors.StaleStage(*self.stage.reasons)
        errors.RuleBroken.unless(self.rules)


@dataclass(frozen=True, slots=True, eq=False)
class Procedure:
    """One kind of work under one version of the law. A matter keeps the version it was opened under."""

    kind: str
    version: str
    effective_from: date
    effective_to: date | None
    initial: Stage
    final: frozenset[Stage]
    acts: tuple[Act, ...]
    clocks: Mapping[str, Period] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"

    @property
    def stages(self) -> tuple[Stage, ...]:
        """Every stage the table speaks of, in the order in which it does."""
        named = [self.initial]
        for each in self.acts:
            named += [*each.sources, *((each.target,) if each.target else ())]
        return tuple(dict.fromkeys([*named, *sorted(self.final, key=str)]))

    def stage(self, name: str) -> Stage:
        """Return the stage of this name; raise KeyError where the table knows none."""
        return {stage.name: stage for stage in self.stages}[name]

    def act_named(self, name: str) -> Act:
        """Return the act of this name; raise KeyError where the table knows none."""
        return {each.name: each for each in self.acts}[name]

    def acts_from(self, stage: Stage) -> tuple[Act, ...]:
        """Return the acts that are legal in a stage, in the table's order."""
        return tuple(each for each in self.acts if stage in each.sources)

    def is_effective(self, on: date) -> bool:
        """Return whether a matter opened on this day follows this version."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)

    def judge(
        self, act: str, situation: Situation, roles_held: frozenset[str], actor: ActorId | None
    ) -> Judgement:
        """Return whether `actor` may do this act now, and every reason why not.

        :param roles_held: names of the roles the actor holds where they count for this matter
        :param actor: the person; None where no person acts (the clock)
        """
        wanted = self.act_named(act)
        people = _may_person(wanted, situation, roles_held, actor)
        if situation.stage in wanted.sources:
            return Judgement(HOLDS, people, _rules(wanted, situation))
        # The checks are not asked here: they would miss what the matter cannot have yet.
        elsewhere = fails(_("At its present stage the matter does not allow this act."), basis=wanted.basis)
        return Judgement(elsewhere, people)

    def preview(
        self, act: str, situation: Situation, roles_held: frozenset[str], actor: ActorId | None
    ) -> Judgement:
        """Return what `judge` says before the act's form is filled in.

        Reasons that the act's own form can mend are left out: what is left greys the button.
        """
        judgement = self.judge(act, situation, roles_held, actor)
        own = self.act_named(act).needs
        left = Verdict(tuple(reason for reason in judgement.rules.reasons if reason.field not in own))
        return dataclasses.replace(judgement, rules=left)

    def may(
        self, act: str, situation: Situation, roles_held: frozenset[str], actor: ActorId | None
    ) -> Verdict:
        """Return what `judge` says as one verdict."""
        return Verdict(self.judge(act, situation, roles_held, actor).reasons)

    def likely_next(self, stage: Stage, roles: frozenset[str]) -> Act | None:
        """Return what these roles usually do next in a stage, or None where it is not for them."""
        usual = (each for each in self.acts_from(stage) if each.likely)
        return next((each for each in usual if not roles.isdisjoint(each.roles)), None)


def is_blank(given: object) -> bool:
    """Return whether nothing was given: None, an empty text or list. False and 0 are answers."""
    if isinstance(given, str):
        return not given.strip()
    return given is None or given in ((), [], {})


def _may_person(
    wanted: Act, situation: Situation, roles_held: frozenset[str], actor: ActorId | None
) -> Verdict:
    if roles_held.isdisjoint(wanted.roles):
        why = _("You do not hold the role that this act needs.")
    elif actor is not None and actor in wanted.barred(situation.done):
        why = _("You took part in this matter before; somebody else must do this.")
    else:
        return HOLDS
    return fails(why, basis=wanted.basis, mended_by=" ".join(map(str, wanted.by)))


def _rules(wanted: Act, situation: Situation) -> Verdict:
    missing = (
        fails(_("This must be given."), basis=wanted.basis, field=name)
        for name in wanted.needs
        if is_blank(situation.facts.get(name))
    )
    return all_of(missing) & all_of(check(situation) for check in wanted.checks)


class Register(tuple[Procedure, ...]):
    """All procedures of the house: one tuple, read by kind and day or by kind and version."""

    __slots__ = ()

    def find(self, kind: str, on: date) -> Procedure:
        """Return the version that a matter opened on this day follows.

        :raises NotFound: no version is in force on that day
        :raises ValueError: two versions claim the day, a mistake in the register itself
        """
        return _the_only([each for each in self if each.kind == kind and each.is_effective(on)], kind, on)

    def get(self, kind: str, version: str) -> Procedure:
        """Return one version by its name; raise as `find` does."""
        return _the_only(
            [each for each in self if (each.kind, each.version) == (kind, version)], kind, version
        )


def _the_only(found: list[Procedure], kind: str, asked: date | str) -> Procedure:
    if not found:
        text = _("There is no procedure for %(kind)s at %(asked)s.")
        raise errors.NotFound(Reason(text, params={"kind": kind, "asked": asked}))
    if len(found) > 1:
        raise ValueError(f"{' and '.join(map(str, found))} both claim {asked}")
    return found[0]
