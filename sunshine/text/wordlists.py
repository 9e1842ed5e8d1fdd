"""Many words looked for at once, so that a list may grow and a text takes no longer."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

FEW = 24
"""Words that are looked for one after the other."""


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of the words, the longest that fits."""
    return re.compile(shape_of(words) or r"(?!)")


def places_of(words: Collection[str], text: str) -> Iterator[tuple[int, int]]:
    """Yield where words stand that were only just met, in the order of places; they may overlap if few."""
    if len(words) > FEW:
        yield from (match.span() for match in any_of(words).finditer(text))
    else:  # to make a pattern takes longer than a few searches
        yield from sorted(span for word in words for span in _places(word, text))


def _places(word: str, text: str) -> Iterator[tuple[int, int]]:
    place = text.find(word)
    while place >= 0:
        yield place, place + len(word)
        place = text.find(word, place + len(word))


def shape_of(words: Iterable[str]) -> str:
    """Return the words as one shape in which what they begin with stands once; the longest fits first."""
    tree: dict[str, Any] = {}
    for word in words:
        branch = tree
        for character in word:
            branch = branch.setdefault(character, {})
        if word:
            branch[""] = {}
    return _written(tree)


def _written(tree: dict[str, Any]) -> str:
    branches = [re.escape(first) + _written(rest) for first, rest in sorted(tree.items()) if first]
    if not branches:
        return ""
    shape = branches[0] if len(branches) == 1 and "" not in tree else f"(?:{'|'.join(branches)})"
    return f"{shape}?" if "" in tree else shape


class Wordlist:
    """Words that few texts contain: a text is searched for how they begin, two characters at once."""

    def __init__(self, words: Iterable[str]) -> None:
        self._begun: dict[str, list[str]] = defaultdict(list)
        for word in sorted(words, key=len, reverse=True):
            self._begun[word[:2]].append(word)
        self._has_single = any(len(begun) == 1 for begun in self._begun)
        firsts, seconds = ("".join(sorted({*each})) for each in self._firsts_and_seconds())
        self._pattern = re.compile(f"[{re.escape(firsts)}](?=[{re.escape(seconds)}])" if seconds else r"(?!)")
        if self._has_single:
            self._pattern = re.compile(f"[{re.escape(firsts)}]")

    def _firsts_and_seconds(self) -> tuple[list[str], list[str]]:
        return [begun[0] for begun in self._begun], [begun[1] for begun in self._begun if len(begun) > 1]

    def find(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield where a word stands and which, the longest that fits at a place; they never overlap."""
        end = 0
        for match in self._pattern.finditer(text):
            place = match.start()
            pair = text[place : place + 2]
            if pair in self._begun or (self._has_single and pair[0] in self._begun):
                word = self._at(text, place)
                if word and place >= end:
                    end = place + len(word)
                    yield place, word

    def _at(self, text: str, place: int) -> str:
        begun = [*self._begun.get(text[place : place + 2], ()), *self._begun.get(text[place], ())]
        return next((word for word in begun if text.startswith(word, place)), "")
