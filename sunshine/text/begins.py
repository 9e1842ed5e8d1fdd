"""What names may begin with a word, found out once for each word and remembered.

The word alone says most of it: a surname, a character with which foreign names are written, Latin letters,
a word that the dictionary or the list of known persons has for a name.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import rjieba

from sunshine.text import japanese_names, known_words, names, telling

MOST_WORDS = 50_000
"""Words of which is remembered what they may begin."""

LEAST_GIVEN, LEAST_FIRST = 4.0, 1.5
"""How like a given name two characters are that may be one alone, and the first of them."""

LATIN = re.compile(r"[A-Za-z][A-Za-z0-9_]{1,19}")

_FAMILIAR = frozenset("小老阿大")
UNLIKE = -3.0
"""How unlike a given name a character is that no known name has, as a logarithm."""

_WRITTEN = frozenset("nxj")
"""Parts of speech, by the first letter, of the longer words in which parts of foreign names are cut."""

_JAPANESE_FIRST = frozenset(each[0] for each in japanese_names.SURNAMES)
_DOUBLE_FIRST = frozenset(each[0] for each in names.DOUBLE_SURNAMES)


@dataclass(frozen=True)
class Statistics:
    """How characters are used in names, as logarithms of the ratio to their use in running text."""

    first: Mapping[str, float] = field(default_factory=dict)
    second: Mapping[str, float] = field(default_factory=dict)
    single: Mapping[str, float] = field(default_factory=dict)
    foreign: Mapping[str, float] = field(default_factory=dict)
    never: frozenset[str] = frozenset()
    """Words of the dictionary with which no name was ever seen to begin."""

    listed: Mapping[str, str] = field(default_factory=dict)
    """The sort of each known word; empty for one of which nothing is told."""

    @functools.cached_property
    def words(self) -> Words:
        """What each word may begin, found out when it is first met."""
        return Words(self)


@dataclass(frozen=True, slots=True)
class Cut:
    """A text cut into words: where each begins, and the words; they leave no gap."""

    places: Sequence[int]
    words: Sequence[str]


class _Parts(dict[str, str]):
    """The part of speech of each word, asked of the dictionary when it is first met."""

    def __missing__(self, word: str) -> str:
        if len(self) >= MOST_WORDS:  # hostile input cannot make it grow for ever
            self.clear()
        tagged = rjieba.tag(word, False)
        self[word] = part = tagged[0][1] if len(tagged) == 1 else "x"
        return part


PARTS: Mapping[str, str] = _Parts()


@dataclass(frozen=True, slots=True)
class Begin:
    """What kinds of name may begin with a word."""

    is_known: bool = False
    is_foreign: bool = False
    is_familiar: bool = False
    is_japanese: bool = False
    is_chinese: bool = False
    is_double: bool = False
    is_native: bool = False
    """Whether it is one of the four before: what the characters alone say."""

    is_latin: bool = False
    is_given: bool = False
    """Whether a given name without surname may begin with it."""

    is_listed: bool = False
    """Whether somebody who is known may begin with it."""


class Words:
    """What is remembered of each word: what may begin with it, and whether a foreign name goes on with it."""

    def __init__(self, known: Statistics) -> None:
        self._foreign, self._never = frozenset(known.foreign), known.never
        self._first, self._second = known.first, known.second
        self._sizes: dict[str, set[int]] = {}
        for each, sort in known.listed.items():
            if sort == known_words.PERSON:
                self._sizes.setdefault(each[:2], set()).add(len(each))
        self._things = frozenset(each for each, sort in known.listed.items() if sort == known_words.THING)
        self._persons = frozenset(each for each, sort in known.listed.items() if sort == known_words.PERSON)
        self._heads = frozenset(self._sizes) | frozenset(each[0] for each in self._sizes)
        self._begins: dict[str, Begin | None] = {}
        self._written: dict[str, bool] = {}

    def begin(self, word: str) -> Begin | None:
        """Return what may begin with a word; nothing for most words."""
        if word not in self._begins:
            if len(self._begins) >= MOST_WORDS:
                self._begins.clear()
            self._begins[word] = self._found(word)
        return self._begins[word]

    def beginning(self, words: Sequence[str]) -> list[int]:
        """Return the places in a list of words at which a name may begin."""
        known = self._begins
        found = [
            index
            for index, word in enumerate(words)
            if (known[word] if word in known else self.begin(word)) is not None
        ]
        if "·" in words:
            found = sorted({*found, *telling.before_dots(words)})
        return found if telling.TELLING.isdisjoint(words) else sorted({*found, *telling.beside(words)})

    def is_foreign(self, word: str) -> bool:
        """Return whether a foreign name that was begun may go on with a word."""
        if word not in self._written:
            if len(self._written) >= MOST_WORDS:
                self._written.clear()
            part = PARTS[word] if len(word) > 1 else "x"
            is_written = part[:1] in _WRITTEN and self._foreign.issuperset(word)
            self._written[word] = is_written or part[:2] == "nr"
        return self._written[word]

    def listed_ends(self, text: str, place: int) -> list[int]:
        """Return where somebody who is known would end, beginning at a place."""
        sizes = self._sizes.get(text[place : place + 2], ())
        ends = (place + size for size in sizes if place + size <= len(text))
        return [end for end in ends if text[place:end] in self._persons]

    def given_end(self, text: str, cut: Cut, index: int) -> int:
        """Return where a given name without surname would end; 0 for none."""
        place, word = cut.places[index], cut.words[index]
        is_single = len(word) == 1 and index + 1 < len(cut.words) and len(cut.words[index + 1]) == 1
        if len(word) != 2 and not is_single:
            return 0
        one, other = text[place : place + 1], text[place + 1 : place + 2]
        likeness = self._first.get(one, UNLIKE) + self._second.get(other, UNLIKE)
        return place + 2 if likeness >= LEAST_GIVEN else 0

    def _found(self, word: str) -> Begin | None:
        if LATIN.fullmatch(word):
            return None if word in self._things else _BY_LATIN
        begin = self._by_characters(word)
        is_given = (
            len(word) < 3 and word not in self._never and self._first.get(word[0], UNLIKE) >= LEAST_FIRST
        )
        is_listed = word[:2] in self._heads
        if not is_given and not is_listed:
            return begin
        return replace(begin or TOLD, is_given=is_given, is_listed=is_listed)

    def _by_characters(self, word: str) -> Begin | None:
        first, part = word[0], PARTS[word]
        is_surname, is_foreign, is_name = first in names.SURNAMES, first in self._foreign, part[:2] == "nr"
        if len(word) > 1 and word in self._never and word not in japanese_names.SURNAMES:
            return None
        is_japanese = first in _JAPANESE_FIRST
        if not (is_surname or is_foreign or is_japanese or first in _FAMILIAR or is_name):
            return None
        is_known = is_name and len(word) > 1
        is_written = part in ("ns", "nz", "x", "n") and self._foreign.issuperset(word)
        may_be_foreign = is_foreign and (len(word) == 1 or is_name or is_written)
        is_familiar = first in _FAMILIAR and (first in "小老" or len(word) == 2)
        others = (is_familiar, is_japanese, first in _DOUBLE_FIRST)
        is_native = is_surname or any(others)
        if not (is_known or may_be_foreign or is_native):
            return None
        return Begin(
            is_known,
            may_be_foreign,
            is_familiar,
            is_japanese=is_japanese,
            is_chinese=is_surname,
            is_double=first in _DOUBLE_FIRST,
            is_native=is_native,
        )


_BY_LATIN = Begin(is_latin=True)

TOLD = Begin()
"""What begins with any word beside which another tells of a name."""

DOTTED = Begin(is_foreign=True)
"""What begins with any word that a dot follows soon."""
