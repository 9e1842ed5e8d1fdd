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


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as the index is asked.

    `runs` are its pieces without the words that only make it a question, and what is drawn from them.
    """

    text: str
    bare: str
    runs: tuple[str, ...]
    pairs: tuple[str, ...]
    singles: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not self.runs


@functools.lru_cache(maxsize=2048)
def asked(text: str) -> Asked:
    """Return what a query asks for; a query that is nothing but a question word asks for that."""
    folded = tokens.folded(text[:LONGEST])
    runs = tuple(tokens.pieces(_question_words().sub(" ", folded))) or tuple(tokens.pieces(folded))
    return Asked(
        text=folded,
        bare=tokens.bare(folded),
        runs=runs,
        pairs=tuple(dict.fromkeys(tokens.pairs(runs))),
        singles=tuple(dict.fromkeys(tokens.singles(runs))),
        words=tuple(dict.fromkeys(tokens.words(" ".join(runs)))),
    )


@functools.cache
def _question_words() -> re.Pattern[str]:
    lines = (_DATA / "question_words.txt").read_text("utf-8").splitlines()
    listed = [word for line in lines if not line.startswith("#") for word in line.split()]
    return re.compile("|".join(sorted(map(re.escape, listed), key=len, reverse=True)))
