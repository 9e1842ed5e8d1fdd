"""How Chinese sounds, without tones: for queries in pinyin, and for slips between words that sound alike."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

_TABLE = Path(__file__).parent / "data" / "readings.txt"
_LONGEST = 6
"""Letters of the longest syllable (zhuang)."""
_ALIKE = ((re.compile("^([zcs])h"), r"\1"), (re.compile("^l"), "n"), (re.compile("ng$"), "n"))
"""What a southern ear hears as one: zh and z, l and n, ang and an."""


def readings(character: str) -> tuple[str, ...]:
    """Return the readings of a character; none when it is not in the table."""
    return _readings().get(character, ())


def sound_alike(one: str, other: str) -> bool:
    """Say whether two characters can be read the same."""
    return not set(readings(one)).isdisjoint(readings(other))


def sound_nearly_alike(one: str, other: str) -> bool:
    """Say whether two characters can be read so that many would not hear the difference."""
    return not {_blurred(each) for each in readings(one)}.isdisjoint(map(_blurred, readings(other)))


def syllables(letters: str) -> tuple[str, ...]:
    """Return the syllables that letters without a gap are written from; empty when they are no pinyin.

    The fewest syllables win, as in `xian` for one word and `xi'an` with its mark for two.
    """
    parts = [_split(part) for part in re.split(r"[\s']+", letters.lower()) if part]
    return tuple(each for part in parts for each in part) if parts and all(parts) else ()


def sounds(runs: Iterable[str]) -> Iterator[str]:
    """Yield each pair of neighbours as it sounds, in every reading: 停车 as ting'che and ting'ju."""
    for run in runs:
        for first, second in pairwise(run):
            for one in readings(first):
                for other in readings(second):
                    yield f"{one}'{other}"


def sounds_of(syllables: tuple[str, ...]) -> tuple[str, ...]:
    """Return the pairs that syllables make."""
    return tuple(f"{one}'{other}" for one, other in pairwise(syllables))


def _split(letters: str) -> tuple[str, ...]:
    """Return the fewest syllables that make up letters; empty when none do."""
    best: list[tuple[str, ...] | None] = [()] + [None] * len(letters)
    known = _syllables()
    for end in range(1, len(letters) + 1):
        for start in range(max(0, end - _LONGEST), end):
            before = best[start]
            if before is None or letters[start:end] not in known:
                continue
            held = best[end]
            if held is None or len(before) + 1 < len(held):
                best[end] = (*before, letters[start:end])
    return best[len(letters)] or ()


@functools.cache
def _blurred(reading: str) -> str:
    for pattern, plain in _ALIKE:
        reading = pattern.sub(plain, reading)
    return reading


@functools.cache
def _readings() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in _TABLE.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            reading, characters = line.split(" ")
            for character in characters:
                found[character] = (*found.get(character, ()), reading)
    return found


@functools.cache
def _syllables() -> frozenset[str]:
    return frozenset(reading for each in _readings().values() for reading in each)
