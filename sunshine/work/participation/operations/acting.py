"""How this room acts on its matters, and what of an act goes into the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import Any

from sunshine.core.matters import operations as matters
from sunshine.core.matters.models import Matter
from sunshine.core.matters.operations.acting import Acting
from sunshine.core.people.models import Department, Person
from sunshine.core.publishing.models import Record
from sunshine.kernel.procedure import Role
from sunshine.work.participation.queries import situations

Actor = Person | Role | None
"""Somebody of the staff, a citizen (a role, known by the code), or the system's clock (None)."""

# What citizens wrote, and who they are, lies in this room's tables and not in the ledger.
NOT_TOLD = frozenset({"text", "sender", "identity", "files"})


@contextmanager
def act(
    matter_id: int, name: str, *, actor: Actor, at: datetime, seen: int | None = None, **facts: Any
) -> Iterator[Acting]:
    """Perform an act of a procedure of this room; see `matters.act`."""
    kind = Matter.objects.values_list("kind", flat=True).get(pk=matter_id)
    situation: Callable[[Matter], Mapping[str, Any]] = situations.SITUATIONS[kind]
    with matters.act(matter_id, name, actor=actor, at=at, situation=situation, seen=seen, **facts) as acting:
        acting.facts = {key: _plain(value) for key, value in acting.facts.items() if key not in NOT_TOLD}
        yield acting


def _plain(value: Any) -> Any:
    """Return a value that JSON has."""
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, Person | Department):
        return value.name
    if isinstance(value, Record):
        return value.reference
    if isinstance(value, tuple | set | frozenset):
        return [_plain(each) for each in value]
    return value
