"""Where a personal name could stand, and what speaks for or against it.

A text is cut into words first. A candidate begins where a word begins: with a surname, with a Japanese
surname, with characters that write foreign names, or as a word the dictionary knows for a name. For
each candidate `sights` says what can be seen: its characters, how the words are cut under it, and its
neighbours. `people` weighs them; `tools/name_model.py` learned the weights from the same lines.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, islice

import rjieba

from sunshine.text import names

LONGEST = 18
"""Characters of the longest name looked for: 阿卜杜热西提·阿卜杜热合曼 and the like."""

LONGEST_NATIVE = 6
"""Characters of the longest Chinese or Japanese name looked for."""

LONGEST_PART = 8
"""Characters of the longest foreign name without a dot."""

MOST_ENDS = 8
"""Ends of a foreign name weighed at one start."""

MOST_DOTS = 4

MOST_WORDS = 50_000
"""Words of which is remembered what they may begin."""

Token = tuple[int, str, str]
"""Where a word begins, the word, its part of speech."""

_HAN = re.compile(r"[\u3400-\u9fff]+")
_FAMILIAR = frozenset("小老阿大")
_JAPANESE = (
    "山本田中桥本铃木佐藤高桥渡边伊藤中村小林加藤吉田山田松本井上木村清水斋藤山口中岛石川前田藤田后藤冈田村上近藤石井坂本远藤"
    "青木藤井西村福田太田三浦藤原冈本松田中川中野原田小野竹内金子和田中山石田上田森田小泉安倍麻生鸠山菅直野田小渊村山细川宫泽"
    "竹下大平池田岸田石破河野宫崎黑泽川端夏目芥川三岛大江东野伊能福原羽生本田香川长友浅田北野木下丰田松下盛田土井武村羽田海部"
    "宇野久保上野柳田深田滨崎安室酒井柴崎苍井新垣石原长泽绫濑堀北仓木中田稻盛孙正三塚谷内杉山宫川大月"
)
JAPANESE = frozenset(_JAPANESE[place : place + 2] for place in range(0, len(_JAPANESE), 2)) | {
    "佐佐木",
    "长谷川",
    "中曾根",
    "二阶堂",
    "宇多田",
}
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

    @functools.cached_property
    def words(self) -> _Words:
        """What each word may begin, found out when it is first met."""
        return _Words(self)


@dataclass(frozen=True, slots=True)
class Begin:
    """What kinds of name may begin with a word of a part of speech."""

    is_known: bool
    is_foreign: bool
    is_familiar: bool
    is_japanese: bool
    is_chinese: bool
    is_double: bool
    is_native: bool
    """Whether it is one of the four before: what the characters alone say."""


class _Words:
    """What is remembered of each word; in the dictionary that cuts texts a word has one part of speech."""

    def __init__(self, known: Statistics) -> None:
        self._foreign, self._never = frozenset(known.foreign), known.never
        self._begins: dict[str, Begin | None] = {}
        self._written: dict[str, bool] = {}

    def begin(self, word: str, part: str) -> Begin | None:
        """Return what may begin with a word; nothing for most words."""
        if word not in self._begins:
            if len(self._begins) >= MOST_WORDS:  # hostile input cannot make it grow for ever
                self._begins.clear()
            self._begins[word] = self._found(word, part)
        return self._begins[word]

    def beginning(self, cut: Sequence[Token]) -> list[int]:
        """Return the places in a list of words at which a name may begin."""
        known = self._begins
        return [
            index
            for index, (_place, word, part) in enumerate(cut)
            if (known[word] if word in known else self.begin(word, part)) is not None
        ]

    def is_foreign(self, word: str, part: str) -> bool:
        """Return whether a foreign name that was begun may go on with a word."""
        if word not in self._written:
            if len(self._written) >= MOST_WORDS:
                self._written.clear()
            is_known = part[:2] == "nr" and len(word) > 1
            self._written[word] = is_known or self._foreign.issuperset(word)
        return self._written[word]

    def _found(self, word: str, part: str) -> Begin | None:
        first, is_name = word[0], part[:2] == "nr"
        is_surname, is_foreign = first in names.SURNAMES, first in self._foreign
        if len(word) > 1 and word in self._never:
            return None
        if not (is_surname or is_foreign or first in _FAMILIAR or is_name):
            return None
        is_written = part in ("ns", "nz", "x", "n") and self._foreign.issuperset(word)
        native = (
            first in _FAMILIAR and (first in "小老" or len(word) == 2),
            first in _JAPANESE_FIRST,
            is_surname,
            first in _DOUBLE_FIRST,
        )
        is_known = is_name and len(word) > 1
        may_be_foreign = is_foreign and (len(word) == 1 or is_name or is_written)
        return (
            Begin(is_known, may_be_foreign, *native, any(native))
            if is_known or may_be_foreign or any(native)
            else None
        )


@dataclass(frozen=True, slots=True)
class Start:
    """A word at which a name may begin, and the (end, kind) of the names that may begin there."""

    token: int
    place: int
    ends: tuple[tuple[int, str], ...]


def tokens(text: str) -> list[Token]:
    """Return the words of a text with their places and parts of speech."""
    tagged = rjieba.tag(text, False)
    if not tagged:
        return []
    words, parts = zip(*tagged, strict=True)
    return list(zip(accumulate(map(len, words), initial=0), words, parts, strict=False))


def starts(text: str, cut: Sequence[Token], known: Statistics) -> Iterator[Start]:
    """Yield where names may begin, in the order of places."""
    words = known.words
    for index in words.beginning(cut):
        place, word, part = cut[index]
        begin = words.begin(word, part)
        if begin is None or text[place : place + 3] == word[0] * 3:
            continue
        ends = _ends(text, cut, index, begin, words)
        if ends:
            yield Start(index, place, tuple(sorted(ends.items())))


def _ends(text: str, cut: Sequence[Token], index: int, begin: Begin, words: _Words) -> dict[int, str]:
    """Return the ends of possible names; of two kinds with one end the later one counts."""
    place, word, _part = cut[index]
    ends: dict[int, str] = {}
    if begin.is_known:
        ends[place + len(word)] = "N"
    if begin.is_foreign or (begin.is_known and not begin.is_chinese):
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
        ends[place + 2] = "H"
        if most > 2:
            ends[place + 3] = "H"
    if begin.is_double and text[place : place + 2] in names.DOUBLE_SURNAMES:
        ends |= dict.fromkeys(range(place + 3, place + min(4, most) + 1), "D")
    return ends


def _han(text: str, place: int) -> int:
    """Return how many Han characters follow each other from a place on, of those that a name may have."""
    match = _HAN.match(text, place, place + LONGEST_NATIVE)
    return match.end() - place if match else 0


def _goes_on(token: Token, words: _Words) -> bool:
    return token[1] == "·" or words.is_foreign(token[1], token[2])


def _foreign_ends(text: str, cut: Sequence[Token], index: int, words: _Words) -> Iterator[int]:
    begun, word, _part = cut[index]
    if len(word) == 1 and not (index + 1 < len(cut) and _goes_on(cut[index + 1], words)):
        return
    end, yielded = begun, 0
    for _place, word, part in islice(cut, index, index + LONGEST):
        if word == "·" or (word == "-" and "·" in text[begun:end]):
            if end == begun:
                return
            end += 1
            if text.count("·", begun, end) > MOST_DOTS:
                return
        elif words.is_foreign(word, part):
            end += len(word)
            longest = LONGEST if "·" in text[begun:end] else LONGEST_PART
            if 2 <= end - begun <= longest and yielded < MOST_ENDS:
                yielded += 1
                yield end
        else:
            return
        if end - begun >= LONGEST:
            return
