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
from sunshine.work.proposals import queries
from sunshine.work.proposals.models import Proposal, Reply

# Long texts and what names a deputy lie in this room's tables and not in the ledger.
NOT_TOLD = frozenset(
    {"text", "said", "opinion", "question", "commitments", "rating_words", "found_in_commitments"}
    | {"found_in_proof", "found_in_reason"}
)


@contextmanager
def act(
    matter_id: int, name: str, *, actor: Person | None, at: datetime, seen: int | None = None, **facts: Any
) -> Iterator[Acting]:
    """Perform an act of a procedure of this room; see `matters.act`."""
    kind = Matter.objects.values_list("kind", flat=True).get(pk=matter_id)
    situation = queries.SITUATIONS[kind]
    with matters.act(matter_id, name, actor=actor, at=at, situation=situation, seen=seen, **facts) as acting:
        acting.facts = _told(acting.facts)
        yield acting


def proposal_of(acting: Acting) -> Proposal:
    """Return the proposal of the matter that is locked."""
    return Proposal.objects.select_related("session").get(matter=acting.matter)


def newest_reply(acting: Acting) -> Reply:
    """Return the newest draft or reply of the matter that is locked."""
    return Reply.objects.filter(proposal_id=acting.matter.pk).latest("number")


def stage_of(matter_id: int) -> str:
    """Return where a matter stands, for choosing among the acts of two rounds; the act itself locks it."""
    return Matter.objects.values_list("stage", flat=True).get(pk=matter_id)


def _told(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in facts.items() if name not in NOT_TOLD}


def _plain(value: Any) -> Any:
    """Return a value that JSON has."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Person | Department):
        return value.name
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value
