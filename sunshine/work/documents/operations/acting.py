"""How this room acts on its matters."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sunshine.core.matters import operations as matters
from sunshine.core.matters.operations.acting import Acting
from sunshine.core.people.models import Person
from sunshine.work.documents import queries


@contextmanager
def act(
    matter_id: int, name: str, *, actor: Person | None, at: datetime, seen: int | None, **facts: Any
) -> Iterator[Acting]:
    """Perform an act of the document procedure; see `matters.act`."""
    with matters.act(
        matter_id, name, actor=actor, at=at, situation=queries.situation, seen=seen, **facts
    ) as acting:
        yield acting
