"""What other systems tell us of a case, folded into one state however often and in whatever order it comes.

CH-FOREIGN: an update is known by its source, the case's number there and its own number there. The fold
looks at the set of updates alone, so a shuffled, doubled or delayed stream ends where the ordered one does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

OPEN: Final = "open"
CLOSED: Final = "closed"
URGED: Final = "urged"
STATUSES: Final = (OPEN, CLOSED, URGED)


@dataclass(frozen=True, slots=True)
class Update:
    """One message of another system about a case; `number` is what that system calls the message."""

    number: str
    at: datetime
    status: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """What the other system says of the case, all its messages taken together."""

    status: str = ""
    at: datetime | None = None
    urged: int = 0
    updates: int = 0


def fold(updates: Iterable[Update]) -> State:
    """Return the state after a set of updates: the newest status wins, by time and then by number."""
    known: dict[str, Update] = {}
    for update in updates:
        before = known.get(update.number)
        if before is None or _order(update) > _order(before):
            known[update.number] = update
    told = [each for each in known.values() if each.status != URGED]
    newest = max(told, key=_order, default=None)
    return State(
        status=newest.status if newest else "",
        at=newest.at if newest else None,
        urged=sum(each.status == URGED for each in known.values()),
        updates=len(known),
    )


def _order(update: Update) -> tuple[datetime, str, str, str]:
    return (update.at, update.number, update.status, update.words)
