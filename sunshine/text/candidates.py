"""Where a personal name could stand, and what speaks for or against it.

A text is cut into words first. A candidate begins where a word begins: with a surname, with a Japanese
surname, with characters that write foreign names, with Latin letters, or as a word the dictionary knows
for a name; a surname with a form of address or a title is none. For each candidate `sights` says what can
be seen: its characters, how the words are cut under it, and its neighbours. `people` weighs them;
`tools/name_model.py` learned the weights from the same lines.
"""

from __future__ import annotations

import functools
import re
import string
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import NamedTuple

import rjieba

from sunshine.text import names, telling
from sunshine.text.japanese_surnames import JAPANESE

LONGEST = 18
"""Characters of the longest name looked for: 阿卜杜热西提·阿卜杜热合曼 and the like."""

LONGEST_NATIVE = 6
"""Characters of the longest Chinese or Japanese name looked for."""

LONGEST_PART = 8
"""Characters of the longest foreign name without a dot."""

MOST_ENDS = 8
"""Ends of a foreign name weighed at one start."""

MOST_DOTS = 4
MOST_STRANGE = 2
"""Characters of a name with a dot that foreign names are not usually written with."""

MOST_WORDS = 50_000
"""Words of which is remembered what they may begin."""

MOST_LATIN = 3
"""Latin words of the longest name looked for."""

JOINTS = "·-."
"""What joins the parts of a foreign name; the last two only between its letters."""

_LATIN = re.compile(r"[A-Z][A-Za-z0-9_]{1,14}")
_JOINTS_OF_LATIN = frozenset(" ·-")
_BESIDE_LATIN = frozenset("'.@/\\_:&+%#=-") | frozenset(string.ascii_letters + string.digits)
"""What stands beside Latin letters that are a part of something longer: an address, a model."""

_FAMILIAR = frozenset("小老阿大")

_WRITTEN = frozenset("nxj")
"""Parts of speech, by the first letter, of the longer words in which parts of foreign names are cut."""

_JAPANESE_FIRST = frozenset(each[0] for each in JAPANESE)
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
    """The sort of each word that is known for something else; empty for one of which nothing is told."""

    @functools.cached_property
    def words(self) -> _Words:
        """What each word may begin, found out when it is first met."""
        return _Words(self)


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

    is_known: bool
    is_foreign: bool
    is_familiar: bool
    is_japanese: bool
    is_chinese: bool
    is_double: bool
    is_native: bool
    """Whether it is one of the four before: what the characters alone say."""

    is_latin: bool = False


class _Words:
    """What is remembered of each word: what may begin with it, and whether a foreign name goes on with it."""

    def __init__(self, known: Statistics) -> None:
        self._foreign, self._never = frozenset(known.foreign), known.never
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

    def _found(self, word: str) -> Begin | None:
        if _LATIN.fullmatch(word):
            return _LATIN_BEGIN
        first, part = word[0], PARTS[word]
        is_surname, is_foreign, is_name = first in names.SURNAMES, first in self._foreign, part[:2] == "nr"
        if len(word) > 1 and word in self._never and word not in JAPANESE:
            return None
        if not (is_surname or is_foreign or first in _FAMILIAR or is_name):
            return None
        is_known = is_name and len(word) > 1
        is_written = part in ("ns", "nz", "x", "n") and self._foreign.issuperset(word)
        may_be_foreign = is_foreign and (len(word) == 1 or is_name or is_written)
        is_familiar = first in _FAMILIAR and (first in "小老" or len(word) == 2)
        others = (is_familiar, first in _JAPANESE_FIRST, first in _DOUBLE_FIRST)
        is_native = is_surname or any(others)
        if not (is_known or may_be_foreign or is_native):
            return None
        return Begin(
            is_known,
            may_be_foreign,
            is_familiar,
            is_japanese=first in _JAPANESE_FIRST,
            is_chinese=is_surname,
            is_double=first in _DOUBLE_FIRST,
            is_native=is_native,
        )


_LATIN_BEGIN = Begin(
    is_known=False,
    is_foreign=False,
    is_familiar=False,
    is_japanese=False,
    is_chinese=False,
    is_double=False,
    is_native=False,
    is_latin=True,
)


_TOLD_BEGIN = replace(_LATIN_BEGIN, is_latin=False)
"""What begins with any word beside which another tells of a name."""

_DOTTED_BEGIN = replace(_TOLD_BEGIN, is_foreign=True)
"""What begins with any word that a dot follows soon."""


class Start(NamedTuple):
    """A word at which a name may begin, and the (end, kind) of the names that may begin there."""

    token: int
    place: int
    ends: tuple[tuple[int, str], ...]


def tokens(text: str) -> Cut:
    """Return the words of a text with their places."""
    words = rjieba.cut(text, False)
    return Cut(list(accumulate(map(len, words), initial=0)), words)


def starts(text: str, cut: Cut, known: Statistics) -> Iterator[Start]:
    """Yield where names may begin, in the order of places."""
    for index in known.words.beginning(cut.words):
        if start := start_at(text, cut, index, known):
            yield start


def start_at(text: str, cut: Cut, index: int, known: Statistics) -> Start | None:
    """Return the names that may begin at a word; nothing when none may."""
    begin, place = known.words.begin(cut.words[index]), cut.places[index]
    if begin is None:
        begin = _DOTTED_BEGIN if telling.leads_to_dot(cut.words, index) else _TOLD_BEGIN
    if text[place : place + 3] == text[place] * 3 or names.is_surname_alone(text, place):
        return None
    if begin.is_latin:
        latin = tuple((end, "L") for end in _latin_ends(text, cut, index))
        return Start(index, place, latin) if latin else None
    ends = _ends(text, cut, index, begin, known.words)
    return Start(index, place, tuple(sorted(ends.items()))) if ends else None


def outlook(text: str, cut: Cut, index: int, known: Statistics) -> str:
    """Return the kind of name that alone may begin at a word: H, nothing, or ? where it may be several."""
    word, words = cut.words[index], known.words
    begin = words.begin(word)
    if begin is None:
        return "?" if telling.is_told(text, cut.places, cut.words, index) else ""
    if begin.is_known or begin.is_familiar or begin.is_latin:
        return "?"
    if begin.is_foreign and (len(word) > 1 or _goes_on(cut, index + 1, words)):
        return "?"
    if telling.leads_to_dot(cut.words, index):
        return "?"
    if begin.is_japanese or begin.is_double:
        place = cut.places[index]
        pair = text[place : place + 2]
        if pair in JAPANESE or pair in names.DOUBLE_SURNAMES or text[place : place + 3] in JAPANESE:
            return "?"
    if begin.is_chinese:
        return "H"
    return "?" if telling.is_told(text, cut.places, cut.words, index) else ""


def _ends(text: str, cut: Cut, index: int, begin: Begin, words: _Words) -> dict[int, str]:
    """Return the ends of possible names; of two kinds with one end the later one counts."""
    place, word = cut.places[index], cut.words[index]
    ends: dict[int, str] = (
        {} if begin.is_native else dict.fromkeys(telling.told_ends(text, cut.places, cut.words, index), "A")
    )
    if begin.is_known:
        ends[place + len(word)] = "N"
    may_be_foreign = begin.is_foreign or (begin.is_known and not begin.is_chinese)
    if (may_be_foreign and (len(word) > 1 or _goes_on(cut, index + 1, words))) or telling.leads_to_dot(
        cut.words, index
    ):
        for end in _foreign_ends(text, cut, index, words):
            ends[end] = "F"
    if not begin.is_native:
        return ends
    most = _han(text, place)
    if begin.is_familiar and text[place + 1 : place + 2] in names.SURNAMES and most > 1:
        ends[place + 2] = "X"
    if begin.is_japanese:
        size = next((size for size in (3, 2) if text[place : place + size] in JAPANESE), most)
        ends |= dict.fromkeys(range(place + size + 1, place + min(size + 3, most) + 1), "J")
    if begin.is_chinese and most > 1:
        least = names.least_size(text[place + 1])
        ends |= dict.fromkeys(range(place + least, place + min(3, most) + 1), "H")
    if begin.is_double and text[place : place + 2] in names.DOUBLE_SURNAMES:
        ends |= dict.fromkeys(range(place + 3, place + min(4, most) + 1), "D")
    return ends


def _han(text: str, place: int) -> int:
    """Return how many Han characters follow each other from a place on, of those that a name may have."""
    match = telling.HAN.match(text, place, place + LONGEST_NATIVE)
    return match.end() - place if match else 0


def _goes_on(cut: Cut, index: int, words: _Words) -> bool:
    if index >= len(cut.words):
        return False
    return cut.words[index] in ("·", "-") or words.is_foreign(cut.words[index])


def _latin_ends(text: str, cut: Cut, index: int) -> Iterator[int]:
    """Yield the ends of names in Latin letters that begin with a word; none within something longer."""
    words, begun = cut.words, cut.places[index]
    if text[begun - 1 : begun] in _BESIDE_LATIN:
        return
    if index > 1 and words[index - 1] in _JOINTS_OF_LATIN and words[index - 2].isascii():
        return
    run = [index]
    while len(run) <= MOST_LATIN and run[-1] + 2 < len(words) and words[run[-1] + 1] in _JOINTS_OF_LATIN:
        if not words[run[-1] + 2].isascii():
            break
        run.append(run[-1] + 2)
    if any(words[at] in names.FIRMS_IN_LATIN for at in run):
        return
    for at in run[:MOST_LATIN]:
        if not _LATIN.fullmatch(words[at]):
            return
        end = cut.places[at] + len(words[at])
        if text[end : end + 1] not in _BESIDE_LATIN or text[end + 1 : end + 2] in ("", "\n"):
            yield end


def _foreign_ends(text: str, cut: Cut, index: int, words: _Words) -> Iterator[int]:
    begun = end = cut.places[index]
    yielded = strange = dots = 0
    before_dot = telling.leads_to_dot(cut.words, index)
    for at, word in enumerate(cut.words[index : index + LONGEST], index + 1):
        is_written = words.is_foreign(word)
        if word == "·" or (word in ("-", ".") and at < len(cut.words) and words.is_foreign(cut.words[at])):
            dots += 1
            before_dot = False
            if end == begun or dots > MOST_DOTS:
                return
            end += 1
        elif is_written or before_dot or (strange < MOST_STRANGE and dots and _is_strange(word)):
            strange += not is_written
            end += len(word)
            longest = LONGEST if dots else LONGEST_PART
            may_end = (is_written or not before_dot) and not _ends_with_function(text, end, word)
            if may_end and 2 <= end - begun <= longest and yielded < MOST_ENDS:
                yielded += 1
                yield end
        else:
            return
        if end - begun >= LONGEST:
            return


def _is_strange(word: str) -> bool:
    """Return whether a word is one character that a name with a dot, begun already, may have all the same."""
    return len(word) == 1 and word not in telling.FUNCTION and bool(telling.HAN.match(word))


def _ends_with_function(text: str, end: int, word: str) -> bool:
    """Return whether the last word is one like 都, but for 阿不都."""
    return word in telling.FUNCTION and text[end - 2 : end] != "不都"
