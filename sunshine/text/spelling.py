"""What somebody meant who wrote with a slip, or in pinyin: the nearest words that really stand somewhere."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Iterator, Sequence

from sunshine.text import pinyin, tokens

SAME_SOUND, NEAR_SOUND, OTHER, ONE_MORE = 0.4, 0.6, 1.1, 1.2
"""What it costs to read one character for another, or to leave one out."""
MOST = 0.34
"""What may be wrong, by the query's length: in two or three characters only one that sounds alike."""
LEAST_LENGTH = 2


def nearest(asked: str, texts: Iterable[str]) -> str:
    """Return the piece of some folded texts that a Han query comes nearest to.

    Empty when the query itself stands in one of them, or nothing is near.

    Of two that are as near, the one that stands in the earlier text is taken.
    """
    runs = list(_runs(texts))
    if len(asked) < LEAST_LENGTH or any(asked in run for run in runs):
        return ""
    best, lowest = "", MOST * len(asked) + 1e-9
    for piece in dict.fromkeys(_pieces(runs, len(asked))):  # titles of one bureau repeat much
        cost = distance(asked, piece, below=lowest)
        if 0 < cost < lowest:
            best, lowest = piece, cost
    return best


def _pieces(runs: Iterable[str], around: int) -> Iterator[str]:
    """Yield every piece of some runs that is about so long."""
    for run in runs:
        for length in (around, around - 1, around + 1):
            if length >= LEAST_LENGTH:
                yield from (run[start : start + length] for start in range(len(run) - length + 1))


def spoken(syllables: Sequence[str], texts: Iterable[str]) -> str:
    """Return the first piece of some folded texts that sounds as the syllables say; empty for none."""
    length = len(syllables)
    for run in _runs(texts):
        for start in range(len(run) - length + 1):
            piece = run[start : start + length]
            if all(
                syllable in pinyin.readings(character)
                for character, syllable in zip(piece, syllables, strict=True)
            ):
                return piece
    return ""


def distance(one: str, other: str, *, below: float = math.inf) -> float:
    """Return what it costs to read one word as the other (an edit distance that knows what sounds alike).

    Once it cannot stay below a bound, whatever follows, it is not counted to its end: infinity then.
    """
    above = [place * ONE_MORE for place in range(len(other) + 1)]
    for row, first in enumerate(one, 1):
        here = [row * ONE_MORE]
        for column, second in enumerate(other, 1):
            here.append(
                min(
                    above[column] + ONE_MORE, here[-1] + ONE_MORE, above[column - 1] + _reading(first, second)
                )
            )
        if min(here) >= below:
            return math.inf
        above = here
    return above[-1]


@functools.lru_cache(maxsize=65_536)
def _reading(one: str, other: str) -> float:
    if one == other:
        return 0.0
    if pinyin.sound_alike(one, other):
        return SAME_SOUND
    return NEAR_SOUND if pinyin.sound_nearly_alike(one, other) else OTHER


def _runs(texts: Iterable[str]) -> Iterable[str]:
    return (run for text in texts for run in tokens.pieces(text) if tokens.is_han(run))
