"""The shapes of redaction, and how a masked text is found however it is broken up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sunshine.kernel.words import gettext_noop as _

BLACK = "████"
"""What stands in a copy where something was: of one length, so that it tells nothing."""


class NotRedacted(Exception):
    """A copy that is not made, and why: a marked text with the values of its places."""

    def __init__(self, text: str, **params: object) -> None:
        super().__init__(text % params if params else text)
        self.text, self.params = text, params


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page, in parts of its width and height from the upper left corner: 0 to 1."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Made:
    """A copy before its proof; `found` counts how often each text was masked.

    Of drawn pages `unsearched` are those without a text layer, on which only an eye finds anything, `boxed`
    those on which somebody marked a place, and `pages` those to look at again, the most doubtful first.
    """

    data: bytes
    media_type: str
    found: dict[str, int]
    pages: tuple[int, ...] = ()
    unsearched: tuple[int, ...] = ()
    boxed: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Redacted:
    """A copy with its proof."""

    data: bytes
    media_type: str
    proof: dict[str, Any] = field(default_factory=dict)


def places(text: str, mask: str) -> Iterator[tuple[int, int]]:
    """Yield where a masked text stands in another, whatever blanks and line ends lie between its letters."""
    letters = [(at, letter) for at, letter in enumerate(text) if not letter.isspace()]
    bare = "".join(letter for _, letter in letters)
    wanted = "".join(mask.split())
    start = bare.find(wanted) if wanted else -1
    while start >= 0:
        last = start + len(wanted) - 1
        yield letters[start][0], letters[last][0] + 1
        start = bare.find(wanted, last + 1)


def masked(text: str, masks: Sequence[str], found: dict[str, int]) -> str:
    """Return a text with what is masked replaced; longer texts first, so that none is left in halves."""
    for mask in sorted(masks, key=len, reverse=True):
        spans = list(places(text, mask))
        found[mask] = found.get(mask, 0) + len(spans)
        for start, end in reversed(spans):
            text = text[:start] + BLACK + text[end:]
    return text


def refuse_unless_found(masks: Sequence[str], found: dict[str, int]) -> None:
    """Refuse where a text that should be masked was met nowhere: it may be written otherwise.

    :raises NotRedacted: with how many were not met, and which in order, but never the text itself
    """
    missing = [str(number) for number, mask in enumerate(masks, 1) if not found.get(mask)]
    if missing:
        numbers = ", ".join(missing)
        raise NotRedacted(_("not found in the file: text %(numbers)s of the list"), numbers=numbers)
