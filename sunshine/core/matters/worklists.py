"""Worklists: walks along an index, for what is expected of whom stands beside each open matter."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import cached_property
from typing import overload

from django.db.models import F, Q, QuerySet

from sunshine.core.matters import queries, rules
from sunshine.core.matters.models import Expectation, Matter
from sunshine.core.people import queries as people
from sunshine.core.people.models import Person
from sunshine.kernel.procedure import Where

MOST = 1000
"""Matters of a worklist that can be paged through; more are found by their stage or words."""

_NEVER = datetime.max.replace(tzinfo=UTC)

Branch = QuerySet[Matter, tuple[datetime | None, int]] | QuerySet[Expectation, tuple[datetime | None, int]]
"""Due moments and ids, in this order, along one index."""


class Worklist(Sequence[Matter]):
    """Matters, what is late first; asked for when first looked at, at most `MOST` of them."""

    def __init__(self, branches: Iterable[Branch]) -> None:
        self._branches = list(branches)

    @cached_property
    def _found(self) -> tuple[list[int], bool]:
        """The ids, and whether there are more than these."""
        whole: list[list[tuple[datetime, int]]] = []
        horizon = (_NEVER, 1 << 63)
        for branch in self._branches:
            found = [(due_at or _NEVER, matter_id) for due_at, matter_id in branch[: MOST + 1]]
            whole.append(found)
            if len(found) > MOST:  # what lies behind its last one is not known, so the others end there too
                horizon = min(horizon, found[-1])
        # A matter for which two acts are expected of one audience stands twice.
        ids = list(dict.fromkeys(each[1] for each in heapq.merge(*whole) if each <= horizon))
        return ids[:MOST], len(ids) > MOST or any(len(found) > MOST for found in whole)

    @property
    def _ids(self) -> list[int]:
        return self._found[0]

    @property
    def is_cut(self) -> bool:
        """Whether there is more than can be paged through."""
        return self._found[1]

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, some: int) -> Matter: ...

    @overload
    def __getitem__(self, some: slice) -> list[Matter]: ...

    def __getitem__(self, some: int | slice) -> Matter | list[Matter]:
        ids = self._ids[some]
        if isinstance(ids, int):
            return _rows([ids])[0]
        return _rows(ids)

    def __iter__(self) -> Iterator[Matter]:
        return iter(self[:MOST])


def _rows(ids: Sequence[int]) -> list[Matter]:
    found = Matter.objects.select_related("department", "officer").in_bulk(ids)
    return [found[each] for each in ids if each in found]


def of(
    person: Person,
    *,
    at: datetime,
    whose: str = "waiting",
    kind: str = "",
    stage: str = "",
    words: str = "",
) -> Worklist:
    """Return open matters, what is late first.

    `whose` is "waiting" (what this person is expected to do next), "mine", "department", or "resting": of
    the department, where nothing is expected (a published document). What rests is left out of "mine" and
    "department" unless a stage or words are asked for.
    """
    day = at.astimezone(queries.BUREAU_TIME).date()
    if whose == "waiting":
        wanted = _wanted("matter__", kind, stage, words)
        return Worklist(branch.filter(wanted) for branch in _waiting_for(person, day))
    halves = (False,) if whose == "resting" else (True, False) if stage or words else (True,)
    if whose == "mine":
        held = [Q(officer=each) for each in sorted(people.acts_for(person, on=day))]
    else:
        held = [Q(department=each) for each in sorted(people.departments_of(person, on=day))]
    rows = Matter.objects.filter(_wanted("", kind, stage, words), closed_at=None)
    return Worklist(
        # "in" says `= true` to the database: SQLite takes a bare column for no equality and leaves the index.
        rows.filter(each, is_under_way__in=[half])
        .order_by(F("next_due_at").asc(nulls_last=True), "id")
        .values_list("next_due_at", "id")
        for each in held
        for half in halves
    )


def _wanted(path: str, kind: str, stage: str, words: str) -> Q:
    wanted = Q()
    if kind:
        wanted &= Q(**{f"{path}kind": kind})
    if stage:
        wanted &= Q(**{f"{path}stage": stage})
    if words:
        wanted &= Q(**{f"{path}title__icontains": words}) | Q(**{f"{path}reference__iexact": words})
    return wanted


def _waiting_for(person: Person, day: date) -> Iterator[Branch]:
    held = people.held_roles(person, on=day)
    own = sorted(people.acts_for(person, on=day))
    excused = Q(excused__contains=f",{person.pk},")
    again = _expected_again(held)
    if again:
        excused &= ~Q(act__in=again)
    for audience in sorted(_audiences(held, own)):
        rows = Expectation.objects.filter(~excused, audience=audience)
        ordered = rows.order_by(F("due_at").asc(nulls_last=True), "matter_id")
        yield ordered.values_list("due_at", "matter_id")


def _audiences(held: Iterable[people.HeldRole], own: Sequence[int]) -> set[str]:
    found = set()
    for each in held:
        where = people.where_of(each.role)
        if where == Where.OFFICE and not each.in_office:
            continue
        officers = (None, *own) if where == Where.MATTER_DEPARTMENT else (None,)
        for officer in officers:
            found.add(rules.audience(each.role, where, department_id=each.department_id, officer_id=officer))
    return found


def _expected_again(held: Iterable[people.HeldRole]) -> list[str]:
    """Return the acts that are expected of a person though the person did them: in another role."""
    names = {each.role for each in held}
    return [
        rules.key(procedure, act)
        for procedure in queries.procedures()
        for act in procedure.acts
        if act.likely and rules.is_once(act) and len(names & act.roles) > 1
    ]
