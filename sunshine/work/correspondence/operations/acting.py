"""How this room acts on its matters, and what of an act goes into the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from sunshine.core.matters import operations as matters
from sunshine.core.matters.models import Matter
from sunshine.core.matters.operations.acting import Acting
from sunshine.core.people.models import Department, Person
from sunshine.kernel.procedure import Role
from sunshine.work.correspondence.models import Case, Notice, Reporter
from sunshine.work.correspondence.queries import cases

Actor = Person | Role | None
"""Somebody of the staff, a reporter (a role, known by the code), or the system's clock (None)."""

# What a reporter wrote, or what is written to them, lies in this room's tables and not in the ledger.
NOT_TOLD = frozenset(
    {"text", "found_in_reply", "rating_words", "reporter", "answer", "question", "handled_by"}
)


@contextmanager
def act(
    matter_id: int, name: str, *, actor: Actor, at: datetime, seen: int | None = None, **facts: Any
) -> Iterator[Acting]:
    """Perform an act of a procedure of this room; see `matters.act`."""
    kind = Matter.objects.values_list("kind", flat=True).get(pk=matter_id)
    asked = cases.SITUATIONS[kind]
    with matters.act(matter_id, name, actor=actor, at=at, situation=asked, seen=seen, **facts) as acting:
        acting.facts = _told(acting.facts)
        yield acting


def case_of(acting: Acting) -> Case:
    """Return the case of the matter that is locked."""
    return Case.objects.get(matter=acting.matter)


def tell(case: Case, kind: str, text: str, *, at: datetime) -> int:
    """Tell everybody who reported a case; return how many."""
    rows = Reporter.objects.filter(case=case, left_at=None)
    notices = [Notice(reporter=reporter, kind=kind, text=text, at=at) for reporter in rows]
    Notice.objects.bulk_create(notices, batch_size=500)
    return len(notices)


def _told(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in facts.items() if name not in NOT_TOLD}


def _plain(value: Any) -> Any:
    """Return a value that JSON has."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Person | Department):
        return value.name
    return value
