"""The draw of participants, seeded by the public log, so that anyone can run it again.

Before sign-up closes it is public that the seed will be the root of the log at the entry that closes it.
Each ticket is ordered by SHA-256(seed + ":" + ticket); the first ones of each group have the seats, the
others wait in that order. With Python, for one group:

    sorted(tickets, key=lambda t: hashlib.sha256(f"{seed}:{t}".encode()).hexdigest())[:seats]
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ticket:
    """One sign-up in the draw: its public name (never a person's) and the group it stands in."""

    name: str
    group: str


def place(seed: str, ticket: str) -> str:
    """Return by what a ticket is ordered."""
    return hashlib.sha256(f"{seed}:{ticket}".encode()).hexdigest()


def order(seed: str, tickets: Iterable[str]) -> list[str]:
    """Return tickets in the order of the draw."""
    return sorted(tickets, key=lambda ticket: place(seed, ticket))


def draw(seed: str, tickets: Sequence[Ticket], seats: Mapping[str, int]) -> dict[str, list[str]]:
    """Return for each group its tickets in the order of the draw; the first `seats[group]` have seats."""
    return {
        group: order(seed, [ticket.name for ticket in tickets if ticket.group == group]) for group in seats
    }


def list_digest(tickets: Iterable[Ticket]) -> str:
    """Return the digest that commits to the list of tickets, in the log before the draw."""
    lines = "\n".join(sorted(f"{ticket.group}\t{ticket.name}" for ticket in tickets))
    return hashlib.sha256(lines.encode()).hexdigest()
