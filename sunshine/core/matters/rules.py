"""Who is expected to act next on a matter: what a worklist shows, told from the procedure alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sunshine.kernel.procedure import Act, Done, Procedure, Role, Stage, Where

AT_OFFICE = "office"
_OF_PEOPLE = (Where.MATTER_DEPARTMENT, Where.OFFICE, Where.BUREAU)


@dataclass(frozen=True, slots=True)
class Expected:
    """An act that is expected of an audience; `excused` are persons in it of whom it is not."""

    act: str
    audience: str
    excused: frozenset[int] = frozenset()


def audience(role: str, where: Where, *, department_id: int, officer_id: int | None = None) -> str:
    """Return the name of those who hold a role where it counts: a department's work waits for its officer."""
    if where == Where.MATTER_DEPARTMENT:
        return f"{role}@{department_id}" + (f":{officer_id}" if officer_id is not None else "")
    return f"{role}@{AT_OFFICE}" if where == Where.OFFICE else role


def standing(procedure: Procedure, done: Sequence[Done]) -> tuple[Done, ...]:
    """Return what was done since the matter came into its stage."""
    moves = {act.name for act in procedure.acts if act.target is not None}
    newest = max((place for place, each in enumerate(done, start=1) if each.act in moves), default=0)
    return tuple(done[newest:])


def is_under_way(procedure: Procedure, stage: Stage, since: Iterable[Done]) -> bool:
    """Return whether something is expected in the stage, or a proposal stands in it.

    :param since: what `standing` returns
    """
    names = {each.act for each in since}
    return any(act.likely or act.four_eyes_since in names for act in _expected(procedure, stage))


def expected(
    procedure: Procedure, stage: Stage, since: Sequence[Done], *, department_id: int, officer_id: int | None
) -> Iterator[Expected]:
    """Yield the acts that are expected: the likely ones, and the second person's answer to a proposal."""
    for act in _expected(procedure, stage):
        if act.four_eyes_since:
            proposers = {each.actor for each in since if each.act == act.four_eyes_since}
            if not proposers:
                continue
            # Of the only one who proposed it is not expected; where two did, each answers the other.
            excused = proposers if len(proposers) == 1 else set()
        else:
            excused = {each.actor for each in since if each.act == act.name} if is_once(act) else set()
        for role in act.by:
            if role.where in _OF_PEOPLE:
                yield Expected(
                    key(procedure, act),
                    _audience_of(role, department_id, officer_id),
                    frozenset(each for each in excused if isinstance(each, int)),
                )


def is_once(act: Act) -> bool:
    """Return whether an act is expected of each person once: it leaves the stage as it is (a review)."""
    return act.target is None and not act.four_eyes_since


def key(procedure: Procedure, act: Act) -> str:
    """Return the name of an act among those of all procedures."""
    return f"{procedure.kind}.{act.name}.{procedure.version}"


def _audience_of(role: Role, department_id: int, officer_id: int | None) -> str:
    return audience(role.name, role.where, department_id=department_id, officer_id=officer_id)


def _expected(procedure: Procedure, stage: Stage) -> Iterator[Act]:
    return (act for act in procedure.acts if stage in act.sources and (act.likely or act.four_eyes_since))
