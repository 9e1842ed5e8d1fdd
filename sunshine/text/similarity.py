"""Posts that say nearly the same, put into clusters as they come: for opinion, letters and comments.

Each post is compared with the first post of every cluster still remembered (MinHash over pairs of
characters, by look-up, never one by one), joins the cluster or begins a new one. A cluster keeps its
number for good. Only first posts are remembered, and of them only the newest, so the memory has a bound
however long the stream runs.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from itertools import islice
from operator import add

import rensa

from sunshine.text import normal

THRESHOLD = 0.6
"""Share of pairs of characters from which two posts say the same, a short remark more or less."""

PERMUTATIONS = 64
BANDS = 16
SEED = 42
KEPT = 200_000
BATCH = 2_000
LONGEST = 2_000
"""Characters of a post that are compared."""


class Clusters:
    """A stream's clusters: give it posts in their order, it says of each which cluster it belongs to."""

    def __init__(self, *, threshold: float = THRESHOLD, kept: int = KEPT) -> None:
        """Begin with no clusters.

        :param threshold: similarity from which two posts belong together, from 0 to 1
        :param kept: how many clusters are remembered; a post like a forgotten one begins a new cluster
        """
        self._threshold = threshold
        self._kept = kept
        self._firsts: OrderedDict[int, rensa.RMinHash] = OrderedDict()
        self._by_text: OrderedDict[str, int] = OrderedDict()
        self._index = rensa.RMinHashLSH(threshold, PERMUTATIONS, BANDS)
        self._next = 0

    def add(self, posts: Iterable[str]) -> list[int]:
        """Return the number of each post's cluster; numbers count from 0 in the order of first posts."""
        waiting = iter(posts)
        numbers: list[int] = []
        while batch := list(islice(waiting, BATCH)):
            numbers += self._add_batch(batch)
        return numbers

    def __len__(self) -> int:
        """Return how many clusters are remembered."""
        return len(self._firsts)

    def _add_batch(self, posts: Sequence[str]) -> list[int]:
        plain = _folded(posts)
        known = self._by_text
        unseen = list(dict.fromkeys([each for each in plain if each not in known]))
        hashes = rensa.RMinHash.from_token_sets([_pieces(each) for each in unseen], PERMUTATIONS, SEED)
        for text, hashed in zip(unseen, hashes, strict=True):
            candidates = self._index.query(hashed)
            found = self._best(hashed, candidates) if candidates else None
            self._remember(text, self._begin(hashed) if found is None else found)
        return [known[each] for each in plain]

    def _best(self, hashed: rensa.RMinHash, candidates: Sequence[int]) -> int | None:
        """Return the most similar of the clusters offered, the eldest of equals."""
        most, best = self._threshold, None
        for each in candidates:
            similarity = hashed.jaccard(self._firsts[each])
            if similarity > most or (similarity == most and (best is None or each < best)):
                most, best = similarity, each
        return best

    def _begin(self, hashed: rensa.RMinHash) -> int:
        number = self._next
        self._next += 1
        self._firsts[number] = hashed
        self._index.insert(number, hashed)
        if len(self._firsts) > self._kept:
            forgotten, _ = self._firsts.popitem(last=False)
            self._index.remove(forgotten)
        return number

    def _remember(self, text: str, number: int) -> None:
        self._by_text[text] = number
        if len(self._by_text) > self._kept + BATCH:
            self._by_text.popitem(last=False)


def similarity(one: str, other: str) -> float:
    """Return the share of pairs of characters that two texts have in common, exactly, from 0 to 1."""
    first, second = map(set, map(_pieces, _folded([one, other])))
    return len(first & second) / len(first | second)


def overlap(one: str, other: str) -> float:
    """Return which share of the shorter text's pairs of characters the longer one has too, from 0 to 1.

    For a few words about what somebody else described at length, where `similarity` would be small.
    """
    first, second = set(_pieces(normal.plain(one))), set(_pieces(normal.plain(other)))
    return len(first & second) / min(len(first), len(second))


def _folded(posts: Sequence[str]) -> list[str]:
    """Return the posts in plain characters, each a line; folded together, because most signs are in many."""
    lines = [post[:LONGEST].replace("\n", " ") for post in posts]
    folded = normal.fold("\n".join(lines)).text.split("\n")
    return folded if len(folded) == len(lines) else [normal.plain(line) for line in lines]


def _pieces(text: str) -> list[str]:
    return list(map(add, text, text[1:])) or [text]
