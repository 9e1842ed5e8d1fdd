"""The words around what was found, from the part of a text that answers best."""

from __future__ import annotations

from collections.abc import Sequence

from sunshine.text import tokens
from sunshine.text.query import Asked

WIDTH = 110
"""Characters of a snippet."""
LEAD = 24
"""Of these, how many stand before the first word found."""
MOST_PLACES = 400
"""Places of words that are weighed in one text; a law may say 城市 a thousand times."""

Segments = tuple[tuple[bool, str], ...]


def of(text: str, meanings: Sequence[Asked]) -> Segments:
    """Return a snippet as segments of (is it a hit, text); the text's beginning when none stands in it."""
    spans = tokens.places(text, _sought(meanings))[:MOST_PLACES]
    start = _best_start(text, spans)
    end = min(len(text), start + WIDTH)
    segments: list[tuple[bool, str]] = [(False, "…")] if start else []
    place = start
    inside = [(max(first, start), min(last, end)) for first, last in spans if last > start and first < end]
    for first, last in inside:
        segments += ((False, _flat(text[place:first])), (True, _flat(text[first:last])))
        place = last
    segments += ((False, _flat(text[place:end])), (False, "…" if end < len(text) else ""))
    return tuple((is_hit, piece) for is_hit, piece in segments if piece)


def _sought(meanings: Sequence[Asked]) -> set[str]:
    """Return what is marked: the pairs asked for, and single characters only where nothing else is."""
    return {token for asked in meanings for token in asked.tokens}


def _best_start(text: str, spans: list[tuple[int, int]]) -> int:
    """Return where the window begins that holds the most different words, weighed by their length."""
    if not spans:
        return 0
    best, best_score = spans[0][0], 0
    for number, (start, _) in enumerate(spans):
        inside: set[str] = set()
        for first, last in spans[number:]:
            if last > start + WIDTH - LEAD:
                break
            inside.add(text[first:last])
        score = sum(map(len, inside))
        if score > best_score:
            best, best_score = start, score
    line = text.rfind("\n", 0, best) + 1
    return max(line, best - LEAD) if best - LEAD > 0 else 0


def _flat(text: str) -> str:
    return text.replace("\n", " ").replace("\t", " ")
