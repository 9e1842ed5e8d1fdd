"""A stream of short posts: some repeat, are forwarded with a remark, or lose a few characters."""

from __future__ import annotations

import random
from collections.abc import Sequence

REMARKS = ("转发微博", "说得对", "关注一下", "求回复", "[怒]", "//@市民：", "顶", "啥时候能解决啊")


def make(sentences: Sequence[str], count: int, seed: int) -> tuple[list[str], list[int]]:
    """Return posts in the order of a stream, and which of them say the same."""
    chance = random.Random(seed)
    posts: list[str] = []
    groups: list[int] = []
    while len(posts) < count:
        halves = chance.sample(sentences, 2)  # laws repeat each other's sentences, but hardly two together
        text = "，".join(_piece(each, chance) for each in halves)
        group = groups[-1] + 1 if groups else 0
        copies = 1 if chance.random() < 0.7 else chance.randrange(2, 7)
        for copy in range(copies):
            posts.append(text if copy == 0 else _varied(text, chance))
            groups.append(group)
    order = list(range(len(posts)))
    chance.shuffle(order)
    return [posts[each] for each in order], [groups[each] for each in order]


def _piece(sentence: str, chance: random.Random) -> str:
    start = chance.randrange(0, 30)
    return sentence[start : start + chance.randrange(10, 30)]


def _varied(text: str, chance: random.Random) -> str:
    way = chance.randrange(3)
    if way == 0:
        return text
    if way == 1:
        return text + chance.choice(REMARKS)
    place = chance.randrange(len(text) - 2)
    return text[:place] + text[place + 2 :]


def scores(found: Sequence[int], wanted: Sequence[int]) -> tuple[float, float]:
    """Return precision and recall over pairs of posts put together."""
    both = _pairs(list(zip(found, wanted, strict=True)))
    return both / max(1, _pairs(found)), both / max(1, _pairs(wanted))


def _pairs(labels: Sequence[object]) -> int:
    sizes: dict[object, int] = {}
    for label in labels:
        sizes[label] = sizes.get(label, 0) + 1
    return sum(size * (size - 1) // 2 for size in sizes.values())
