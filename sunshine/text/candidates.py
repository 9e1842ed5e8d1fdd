"""Where a personal name could stand, and what speaks for or against it.

A text is cut into words first. A candidate begins where a word begins: with a surname, with a Japanese
surname, with characters that write foreign names, or as a word the dictionary knows for a name. For
each candidate `features` says what can be seen: its characters, how the words are cut under it, and
its neighbours. `people` weighs them; `tools/name_model.py` learned the weights from the same lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

import rjieba

from sunshine.text import names

LONGEST = 18
"""Characters of the longest name looked for: 阿卜杜热西提·阿卜杜热合曼 and the like."""

LONGEST_PART = 8
"""Characters of the longest foreign name without a dot."""

MOST_ENDS = 8
"""Ends of a foreign name weighed at one start."""

MOST_DOTS = 4

UNSEEN = -3.0
"""How unlike a given name a character is that no known name has, as a logarithm."""

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


@dataclass(frozen=True, slots=True)
class Statistics:
    """How characters are used in names, as logarithms of the ratio to their use in running text."""

    first: Mapping[str, float] = field(default_factory=dict)
    second: Mapping[str, float] = field(default_factory=dict)
    single: Mapping[str, float] = field(default_factory=dict)
    foreign: Mapping[str, float] = field(default_factory=dict)
    never: frozenset[str] = frozenset()
    """Words of the dictionary with which no name was ever seen to begin."""


@dataclass(frozen=True, slots=True)
class Start:
    """A word at which a name may begin, and the (end, kind) of the names that may begin there."""

    token: int
    place: int
    ends: tuple[tuple[int, str], ...]


def tokens(text: str) -> list[Token]:
    """Return the words of a text with their places and parts of speech."""
    cut: list[Token] = []
    place = 0
    for word, part in rjieba.tag(text, False):
        cut.append((place, word, part))
        place += len(word)
    return cut


def starts(text: str, cut: Sequence[Token], known: Statistics) -> Iterator[Start]:
    """Yield where names may begin, in the order of places."""
    surnames, foreign, never = names.SURNAMES, known.foreign, known.never
    for index, (place, word, part) in enumerate(cut):
        first = word[0]
        if not (first in surnames or first in foreign or first in _FAMILIAR or part[:2] == "nr"):
            continue
        if (len(word) > 1 and word in never) or text[place : place + 3] == first * 3:
            continue
        ends = dict(_ends(text, cut, index, known))
        if ends:
            yield Start(index, place, tuple(sorted(ends.items())))


def _ends(text: str, cut: Sequence[Token], index: int, known: Statistics) -> Iterator[tuple[int, str]]:
    """Yield the ends of possible names; of two kinds with one end the later one yielded counts."""
    place, word, part = cut[index]
    is_known = part[:2] == "nr" and len(word) > 1
    is_chinese = word[0] in names.SURNAMES
    if is_known:
        yield place + len(word), "N"
    if _may_be_foreign(word, part, known) or (is_known and not is_chinese):
        yield from ((end, "F") for end in _foreign_ends(text, cut, index, known))
    for kind, lengths in _native(text, place, word, is_chinese=is_chinese):
        for length in lengths:
            if place + length <= len(text) and _HAN.fullmatch(text, place, place + length):
                yield place + length, kind


def _native(text: str, place: int, word: str, *, is_chinese: bool) -> Iterator[tuple[str, tuple[int, ...]]]:
    if (
        word[0] in _FAMILIAR
        and (word[0] in "小老" or len(word) == 2)
        and text[place + 1 : place + 2] in names.SURNAMES
    ):
        yield "X", (2,)
    for size in (3, 2):
        if text[place : place + size] in JAPANESE:
            yield "J", tuple(size + more for more in (1, 2, 3))
            break
    if is_chinese:
        yield "H", (2, 3)
    if text[place : place + 2] in names.DOUBLE_SURNAMES:
        yield "D", (3, 4)


def _may_be_foreign(word: str, part: str, known: Statistics) -> bool:
    if word[0] not in known.foreign:
        return False
    if len(word) == 1 or part[:2] == "nr":
        return True
    return part in ("ns", "nz", "x", "n") and all(character in known.foreign for character in word)


def _foreign_ends(text: str, cut: Sequence[Token], index: int, known: Statistics) -> Iterator[int]:
    begun = end = cut[index][0]
    yielded = 0
    for _place, word, part in islice(cut, index, index + LONGEST):
        if word == "·" or (word == "-" and "·" in text[begun:end]):
            if end == begun:
                return
            end += 1
            if text.count("·", begun, end) > MOST_DOTS:
                return
        elif (part[:2] == "nr" and len(word) > 1) or all(each in known.foreign for each in word):
            end += len(word)
            longest = LONGEST if "·" in text[begun:end] else LONGEST_PART
            if 2 <= end - begun <= longest and yielded < MOST_ENDS:
                yielded += 1
                yield end
        else:
            return
        if end - begun >= LONGEST:
            return


# --- what can be seen of a candidate -----------------------------------------------------------------


def features(
    text: str, cut: Sequence[Token], start: Start, end: int, kind: str, follows: int, known: Statistics
) -> list[str]:
    """Return what speaks for or against a candidate.

    :param follows: 1 when a name and a sign like 、 stand right before it, 2 when a name does, else 0
    """
    word = text[start.place : end]
    shape, after, after_part, next_index = _under(cut, start, end)
    beyond, beyond_part = cut[next_index][1:] if next_index < len(cut) else ("$", "$")
    before, before_part = cut[start.token - 1][1:] if start.token else ("^", "^")
    earlier, earlier_part = cut[start.token - 2][1:] if start.token > 1 else ("^", "^")
    if before_part == "m" or before.isdigit():
        before = "0"
    is_native = kind != "F" or (len(word) <= 3 and word[0] in names.SURNAMES)
    label = ("H" if kind == "F" and is_native else kind) + str(min(len(word), 6))
    seen = [
        f"K{label}", f"T{shape}", f"p{before}", f"n{after}", f"pp{earlier}|{before}", f"nn{after}|{beyond}",
        f"pt{before_part}", f"nt{after_part}", f"P{earlier_part}{before_part}", f"N{after_part}{beyond_part}",
        f"Q{before_part}|{after_part}{label}", f"q{label}{before[-1]}", f"r{label}{after[0]}",
        f"a{follows}{label}", f"A{follows}{shape}", f"x{shape}|{before_part}", f"y{shape}|{after_part}",
        f"e{earlier}", f"b{beyond}",
    ]  # fmt: skip
    if is_native and len(word) <= 4 and word[0] in names.SURNAMES and kind != "X" and "·" not in word:
        seen += _native_features(word, shape, kind, known)
    else:
        around = f"{before_part}{after_part}"
        seen += _foreign_features(text, start.place, end, shape, before_part, around, known)
    return seen


def _under(cut: Sequence[Token], start: Start, end: int) -> tuple[str, str, str, int]:
    """Return how the words lie under a candidate, the word after it with its part, and the index beyond."""
    shape: list[str] = []
    index = start.token
    while index < len(cut) and cut[index][0] < end:
        place, word, part = cut[index]
        index += 1
        if place + len(word) > end:
            shape.append(f"{end - place}<{part[:2]}{len(word)}")
            return "".join(shape[:4]), f"<{word[end - place :]}", "<", index
        shape.append(f"{len(word)}{part[:2]}")
    if index < len(cut):
        return "".join(shape[:4]), cut[index][1], cut[index][2], index + 1
    return "".join(shape[:4]), "$", "$", index


def _native_features(word: str, shape: str, kind: str, known: Statistics) -> Iterator[str]:
    size = 2 if kind == "D" else 1
    surname, given = word[:size], word[size:]
    if len(given) == 1:
        likeness = known.single.get(given, UNSEEN)
        yield from (f"gs{given}", f"Bs{_step(likeness, 2)}")
    elif len(given) == 2:
        likeness = known.first.get(given[0], UNSEEN) + known.second.get(given[1], UNSEEN)
        yield from (f"g1{given[0]}", f"g2{given[1]}", f"Bd{_step(likeness)}")
    else:
        likeness = UNSEEN
    level = _step(likeness)
    yield from (f"S{surname}", f"SL{surname}{len(given)}", f"G{given}")
    yield from (f"S{len(given)}{surname}{level}", f"T{len(given)}{shape}{level}")


def _foreign_features(
    text: str, place: int, end: int, shape: str, before_part: str, around: str, known: Statistics
) -> Iterator[str]:
    word = text[place:end]
    after = text[end] if end < len(text) else "$"
    before = text[place - 1] if place else "^"
    letters = [known.foreign.get(character, UNSEEN) for character in word if character != "·"] or [UNSEEN]
    likeness = sum(letters) / len(letters)
    level = _step(likeness)
    yield from (f"F{_step(likeness, 2)}", f"FL{min(len(word), 6)}|{level}", f"Fd{word.count('·')}")
    yield from (f"Ff{word[0]}", f"Fl{word[-1]}", f"FT{shape}|{before_part}", f"W{word}", f"FM{level}{around}")
    yield f"Fn{int(after in known.foreign)}{'·' if after == '·' else ''}"
    yield f"Fp{int(before in known.foreign)}{'·' if before == '·' else ''}"


def _step(likeness: float, fineness: int = 1) -> int:
    return max(-6, min(8, round(likeness * fineness)))
