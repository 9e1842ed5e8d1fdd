"""What a query asks for: its words without the question around them, and other words for the same."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path

from sunshine.text import tokens

_DATA = Path(__file__).parent / "data"
LONGEST = 200
"""Characters of a query that are read; a longer one is cut."""
MOST_MEANINGS = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as the index is asked.

    `runs` are its pieces without the words that only make it a question; `tokens` are their pairs, or
    the single characters where there is no pair, each once.
    """

    text: str
    bare: str
    runs: tuple[str, ...]
    tokens: tuple[str, ...]
    is_single: bool

    @property
    def is_empty(self) -> bool:
        return not self.runs


@functools.lru_cache(maxsize=2048)
def meanings(text: str) -> tuple[Asked, ...]:
    """Return what a query asks for as it was written, then in other words that mean the same."""
    folded = tokens.folded(text[:LONGEST])
    others = dict.fromkeys(_in_other_words(folded))
    return (asked(folded), *(asked(other) for other in list(others)[: MOST_MEANINGS - 1]))


def asked(folded: str) -> Asked:
    """Return what a folded query asks for; one that is nothing but a question word asks for that."""
    runs = tuple(tokens.pieces(_question_words().sub(" ", folded))) or tuple(tokens.pieces(folded))
    pairs = tuple(dict.fromkeys(tokens.pairs(runs)))
    singles = () if pairs else tuple(dict.fromkeys(tokens.singles(runs)))
    return Asked(folded, tokens.bare(folded), runs, pairs or singles, is_single=not pairs)


def _in_other_words(folded: str) -> list[str]:
    """Return a query with each word of a group in the place of the longest one that stands in it."""
    match = _known_words().search(folded)
    if match is None:
        return []
    others = (word for word in _groups()[match[0]] if word not in match[0])
    return [folded[: match.start()] + word + folded[match.end() :] for word in others]


@functools.cache
def _groups() -> dict[str, tuple[str, ...]]:
    lines = [line.split() for line in _lines("synonyms.txt")]
    return {word: tuple(group) for group in lines for word in group}


@functools.cache
def _known_words() -> re.Pattern[str]:
    return _one_of(list(_groups()))


@functools.cache
def _question_words() -> re.Pattern[str]:
    return _one_of([word for line in _lines("question_words.txt") for word in line.split()])


def _lines(name: str) -> list[str]:
    lines = (_DATA / name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _one_of(words: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)))
