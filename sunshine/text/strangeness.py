"""Runs of characters that form no words: what a machine or an attack put between the words of a text.

Chinese prose is made of words; single characters stand alone only when they are particles, numbers,
names of places, and a few hundred others. A run of several lone characters of which at least two hardly
ever stand alone is looked at. `data/lone_characters.txt` holds those that do, counted in laws
(`python -m tools.lone_characters`).
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib import resources

from sunshine.text import names

LEAST_RUN = 3
LEAST_STRANGE = 2
_LONE = re.compile(rf"(?:\0[\u3400-\u9fff]){{{LEAST_RUN},}}(?=\0|$)")


def runs(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Return the spans of strange runs in a Simplified text.

    What a text says more than once is one of its terms.

    :param words: the words of the text, one after the other without a gap
    """
    usual = lone_characters()
    found = [_trimmed(text, start, end, usual) for start, end in _lone_runs(words)]
    strange = [(start, end) for start, end in found if _is_strange(text[start:end], usual)]
    times = Counter(text[start:end] for start, end in strange)
    return [(start, end) for start, end in strange if times[text[start:end]] == 1]


@functools.cache
def lone_characters() -> frozenset[str]:
    """Return the characters that often stand alone between words."""
    data = resources.files("sunshine.text").joinpath("data/lone_characters.txt").read_text("utf-8")
    return frozenset(
        character for line in data.splitlines() if not line.startswith("#") for character in line
    )


def _lone_runs(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where at least three words of one character follow each other."""
    apart = "\0".join(["", *(word.replace("\0", " ") for word in words)] if "\0" in words else ["", *words])
    gaps = done = 0
    for match in _LONE.finditer(apart):
        gaps += apart.count("\0", done, match.start() + 1)
        done = match.start() + 1
        size = (match.end() - match.start()) // 2
        yield match.start() + 1 - gaps, match.start() + 1 - gaps + size


def _trimmed(text: str, start: int, end: int, usual: frozenset[str]) -> tuple[int, int]:
    while start < end and text[start] in usual:
        start += 1
    while start < end and text[end - 1] in usual:
        end -= 1
    return start, end


def _is_strange(run: str, usual: frozenset[str]) -> bool:
    if len(run) < LEAST_STRANGE or sum(character not in usual for character in run) < LEAST_STRANGE:
        return False
    return not (len(run) <= 3 and names.is_name(run))
