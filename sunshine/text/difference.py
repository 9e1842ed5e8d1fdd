"""How one text became another: lines first, then the characters of what changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

SAME, ADDED, REMOVED = "same", "added", "removed"

MOST_COMPARED = 4_000_000
"""Pairs of characters compared one by one; a larger change is shown as a whole replaced."""

MOST_LINES = 4_000
LEAST_ALIKE = 0.3

_SENTENCE = re.compile(r"[^\n。；]*(?:\n+|[。；]|$)")


def compare(before: str, after: str) -> list[tuple[str, str]]:
    """Return the two texts as one: (kind, text) with the kinds "same", "added" and "removed", in order.

    Joining what is same and removed gives `before`; joining what is same and added gives `after`.
    """
    return list(_joined(_segments(_sentences(before), _sentences(after))))


def _sentences(text: str) -> list[str]:
    return [sentence for sentence in _SENTENCE.findall(text) if sentence]


def _segments(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    yield SAME, "".join(old[:head])
    yield from _middle(old[head : len(old) - tail], new[head : len(new) - tail])
    yield SAME, "".join(old[len(old) - tail :])


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    pairs = zip(one, other, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _middle(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    if len(old) > MOST_LINES or len(new) > MOST_LINES:
        yield from _replaced("".join(old), "".join(new))
        return
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield SAME, "".join(old[a:b])
        else:
            yield from _within("".join(old[a:b]), "".join(new[c:d]))


def _within(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Yield the characters that changed, unless the two have too little in common to read them so."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if not old or not new or len(old) * len(new) > MOST_COMPARED or matcher.ratio() < LEAST_ALIKE:
        yield from _replaced(old, new)
        return
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            yield SAME, old[a:b]
        else:
            yield from _replaced(old[a:b], new[c:d])


def _replaced(old: str, new: str) -> Iterator[tuple[str, str]]:
    yield REMOVED, old
    yield ADDED, new


def _joined(segments: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the segments without empty ones, neighbours of one kind put together."""
    kept_kind, kept = "", ""
    for kind, text in segments:
        if not text:
            continue
        if kind == kept_kind:
            kept += text
            continue
        if kept:
            yield kept_kind, kept
        kept_kind, kept = kind, text
    if kept:
        yield kept_kind, kept
