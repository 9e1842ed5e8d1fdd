"""What a verification found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was signed: where, and what is wrong there."""

    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}"


@dataclass(slots=True)
class Found:
    """What was checked, and every fault; `key_was_given` says whether the key came from elsewhere."""

    origin: str = ""
    size: int = 0
    entries: int = 0
    tiles: int = 0
    versions: int = 0
    files: int = 0
    pages: int = 0
    withdrawn: int = 0
    erased: int = 0
    key: str = ""
    key_was_given: bool = False
    earlier_size: int | None = None
    faults: list[Fault] = field(default_factory=list)

    def fault(self, place: str, what: str) -> None:
        """Note a fault."""
        self.faults.append(Fault(place, what))


Step = Callable[[str, int], None]
"""Called with what is being checked and how many of it there are, then with how many were done."""


def silent(_what: str, _count: int) -> None:
    """Tell nobody how far it is."""
