"""Many words looked for at once, so that a list may grow and a text takes no longer."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from operator import add
from typing import Any


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of the words, the longest that fits."""
    return re.compile(shape_of(words) or r"(?!)")


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


def pairs_in(text: str) -> frozenset[str]:
    """Return the pairs of neighbours in a text: what a `Wordlist` asks first."""
    return frozenset(map(add, text, text[1:]))


class Wordlist:
    """Words few texts contain: only those are looked for whose first two characters stand in a text."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_pair: dict[str, list[str]] = defaultdict(list)
        for word in words:
            self._by_pair[word[:2]].append(word)
        self._pairs = frozenset(self._by_pair)
        self._single = [word for word in self._pairs if len(word) == 1]

    def find(self, text: str, pairs: Collection[str]) -> Iterator[re.Match[str]]:
        """Yield where the words stand, the longest that fits at a place; matches never overlap.

        :param pairs: what `pairs_in` says of the text
        """
        begun = [*self._pairs.intersection(pairs), *self._single]
        words = [word for pair in begun for word in self._by_pair[pair] if word in text]
        return _pattern(frozenset(words)).finditer(text) if words else iter(())


@functools.lru_cache(256)
def _pattern(words: frozenset[str]) -> re.Pattern[str]:
    return any_of(words)
