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
from sunshine.work.requests import queries
from sunshine.work.requests.models import Request

Actor = Person | Role | None
"""Somebody of the staff, the applicant (a role, known by the code), or the system's clock (None)."""

# What an applicant or a third party wrote, or who they are, lies in this room's tables and not in the ledger.
NOT_TOLD = frozenset(
    {"text", "party", "wanted", "finding", "details", "file", "parts", "rating_words", "ground"}
)
# What only a clock asks; its event keeps it.
OF_A_CLOCK = frozenset({"reply_within"})


@contextmanager
def act(
    matter_id: int, name: str, *, actor: Actor, at: datetime, seen: int | None = None, **facts: Any
) -> Iterator[Acting]:
    """Perform an act of a procedure of this room; see `matters.act`."""
    kind = Matter.objects.values_list("kind", flat=True).get(pk=matter_id)
    situation = queries.SITUATIONS[kind]
    with matters.act(matter_id, name, actor=actor, at=at, situation=situation, seen=seen, **facts) as acting:
        acting.facts = _told(acting.facts)
        yield acting


def request_of(acting: Acting) -> Request:
    """Return the request of the matter that is locked."""
    return Request.objects.get(matter=acting.matter)


def _told(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in facts.items() if name not in NOT_TOLD | OF_A_CLOCK}


def _plain(value: Any) -> Any:
    """Return a value that JSON has."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Person | Department):
        return value.name
    return value
