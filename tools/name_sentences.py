"""Sentences with names in them, made for learning; those that measure are others (`benchmarks.text`)."""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sunshine.text import begins, japanese_names, known_words, names
from tools import name_sentences_latin

PLACES = (
    "庐阳区长江中路", "包河区徽州大道", "蜀山区望江西路", "瑶海区明光路", "高新区天达路",
    "滨湖新区", "巢湖市", "肥东县店埠镇", "朝阳区建国路", "浦东新区张江镇", "天河区体育东路",
)  # fmt: skip
BODIES = (
    "市城管局", "区城市管理局", "市发改委", "国土局", "市公安局", "中国银行",
    "合肥市数据资源局", "安徽大学", "华安证券", "新华社", "市政府办公室",
)  # fmt: skip


def _lines_of(name: str) -> Mapping[str, list[str]]:
    """Return the lines of each section of a file beside this one."""
    sections: dict[str, list[str]] = {}
    for line in (Path(__file__).parent / name).read_text("utf-8").splitlines():
        if line.startswith("["):
            section = sections.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            section.append(line)
    return sections


def _of_portals() -> Mapping[str, list[str]]:
    """Return the sentences of the manner of portals of the web, of all fields together."""
    sections: dict[str, list[str]] = {"with names": [], "without names": []}
    for path in sorted(PATTERNS.glob("*.txt")):
        for section, lines in _lines_of(f"{PATTERNS.name}/{path.name}").items():
            sections[section] += lines
    return sections


PATTERNS = Path(__file__).with_name("name_patterns")
_NEWS, _OFFICE = _lines_of("name_sentences_news.txt"), _lines_of("name_sentences_office.txt")
_PORTALS = _of_portals()
_WORDS = {section: " ".join(lines).split() for section, lines in _NEWS.items()}
FOREIGN_NAMES = " ".join(_lines_of("foreign_names.txt")["parts"]).split()
CUSTOMARY_LETTERS = "".join(_WORDS["letters"])
"""The characters with which foreign names are written by custom."""

RARE_LETTERS = "".join(dict.fromkeys("".join(_WORDS["rare"])))
"""Characters of given names that the newspaper of 1998 hardly knew."""

MINORITY_LETTERS = "".join("".join(_WORDS[each]) for each in ("tibetan", "turkic", "mongol"))
RARE_SURNAME_SHARE = 0.5
"""How often a surname of Japan is picked among all, not among the usual ones."""

FAMILIAR_SHARE = 0.02
"""How often 小 or 老 stands before a foreign name: 小罗纳尔多."""

RARE_SHARE = 0.16
"""How often the characters of a given name are picked without regard to how usual they are."""


def is_told(word: str) -> bool:
    """Return whether the model learns a known word as such; each fourth must be told by what is around."""
    return bool(zlib.crc32(word.encode()) % 4)


_ABROAD = [*known_words.of_sort("P"), *known_words.of_sort("C"), *known_words.of_sort("p")[::2]]
_TOLD = {sort: [each for each in known_words.of_sort(sort) if is_told(each)] for sort in "CpPBITN"}


def _by_manner(persons: Sequence[str]) -> Mapping[str, list[str]]:
    """Return persons by the letter in whose place they stand in a sentence: foreign, native, other ones."""
    found: dict[str, list[str]] = {"f": [], "n": [], "=": []}
    letters = set(CUSTOMARY_LETTERS)
    for each in persons:
        is_foreign = "·" in each or letters.issuperset(each)
        is_native = each[0] in names.SURNAMES and len(each) < 4
        found["f" if is_foreign else "n" if is_native else "="].append(each)
    return found


_KNOWN = _by_manner(_TOLD[known_words.PERSON])
USUAL = sorted(names.USUAL)
ALL = sorted(names.SURNAMES)
DOUBLE = sorted(names.DOUBLE_SURNAMES)
FAMILIES_OF_JAPAN = sorted(japanese_names.USUAL), sorted(japanese_names.SURNAMES)
GIVEN_IN_JAPAN = sorted(japanese_names.GIVEN)
NEWS_SHARE, PORTAL_SHARE = 0.2, 0.55
"""How many of the sentences are of the manner of news, and how many of that of portals of the web."""

NAMELESS_SHARE = 0.25
KNOWN_SHARE = 0.25
"""How often somebody who is known is named."""

MISTAKEN_SHARE = 0.18
"""How often a known thing stands in the place of a name."""

JOINED_SHARE = 0.5
AFTER_SHARE, BEFORE_SHARE = 0.14, 0.08
"""How often a function word is put right after and before a thing, to learn where names end."""

DOTTED_SHARE = 0.35
ODD_SHARE = 0.12
"""How often a name with a dot has a character with which foreign names are not usually written."""


@dataclass(frozen=True, slots=True)
class Places:
    """Names of places that could be taken for names of persons."""

    foreign: Sequence[str]
    native: Sequence[str]


def make(
    count: int, known: begins.Statistics, foreign: Sequence[str], places: Places, seed: int = 0
) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Yield sentences with the places of the names in them; of one seed the same ones each time."""
    maker = _Maker(known, foreign, places, seed)
    for _ in range(count):
        yield maker.sentence()


class _Maker:
    """Makes names that nobody has, of characters as they are used in names."""

    def __init__(self, known: begins.Statistics, foreign: Sequence[str], places: Places, seed: int) -> None:
        self._chance = random.Random(5 + seed)  # noqa: S311  # nothing secret: it must come out the same again
        self._given = [
            (list(each), [2**value for value in each.values()])
            for each in (known.first, known.second, known.single)
        ]
        self._any = sorted({*known.first, *known.second, *known.single})
        self._foreign = foreign
        self._next: dict[str, list[str]] = {}
        for part in (part for word in foreign for part in word.split("·")):
            for one, other in zip(f"^{part}", f"{part}$", strict=True):
                self._next.setdefault(one, []).append(other)
        self._named: Mapping[str, Callable[[], str]] = {
            "n": self._of_anywhere,
            "f": self._alien,
            "j": self._japanese,
            "m": self._of_a_minority,
            "u": self._without_surname,
            "x": lambda: self._chance.choice("小老") + self._chance.choice(USUAL[:200]),
            "l": lambda: name_sentences_latin.person(self._chance),
            "i": lambda: name_sentences_latin.small(self._chance),
        }
        self._made: Mapping[str, Callable[[], str]] = {
            "w": lambda: self._surname() + self._chance.choice(names.FORMS_OF_ADDRESS),
            "v": lambda: self._surname() + self._chance.choice(names.TITLES),
            "e": self._estate,
            "g": self._firm,
            "q": lambda: name_sentences_latin.thing(self._chance),
            "y": lambda: self._native() if self._chance.random() < 0.6 else self._alien(),
        }
        self._nameless = {
            "a": PLACES,
            "o": BODIES,
            "b": [*_WORDS["brands"], *known_words.of_sort("B"), *known_words.of_sort("T")],
            "k": known_words.of_sort("I"),
            "t": _WORDS["titles"],
            "c": [*_WORDS["clubs"], *places.foreign, *_ABROAD],
            "s": [*_WORDS["clubs"], *known_words.of_sort("C")],
            "p": [*PLACES, *places.native],
        }

    def sentence(self) -> tuple[str, list[tuple[int, int]]]:
        """Return a sentence, or two of them as one, and the places of its names."""
        pattern = self._chance.choice(self._patterns())
        if self._chance.random() < JOINED_SHARE:
            other = self._chance.choice(self._patterns())
            pattern = pattern.rstrip("。") + self._chance.choice(",,。;") + other
        text, spans = "", []
        for piece in re.split(r"(\{=[^{}]+\}|\{.\})", pattern):
            letter = piece[1] if piece.startswith("{") else ""
            is_thing = bool(letter) and letter in "nfjmlcsb="
            if is_thing and self._chance.random() < BEFORE_SHARE:
                text += self._chance.choice(_WORDS["beforehand"])
            if letter and letter in "nfli" and self._chance.random() < MISTAKEN_SHARE:
                word = self._mistaken(letter)
            elif letter in self._named or letter == "=":
                word = self._known(letter) or (piece[2:-1] if letter == "=" else self._named[letter]())
                spans.append((len(text), len(text) + len(word)))
            elif letter in self._made:
                word = self._made[letter]()
            elif letter == "d":
                word = str(self._chance.randrange(2, 90))
            else:
                word = self._chance.choice(self._nameless[letter]) if letter else piece
            text += word
            if is_thing and self._chance.random() < AFTER_SHARE:
                text += self._chance.choice(_WORDS["afterwards"])
        return text, spans

    def _patterns(self) -> Sequence[str]:
        """Return the sort of sentences from which one is picked."""
        share, is_nameless = self._chance.random(), self._chance.random() < NAMELESS_SHARE
        manner = _PORTALS if share < PORTAL_SHARE else _NEWS if share < PORTAL_SHARE + NEWS_SHARE else _OFFICE
        return manner["without names" if is_nameless else "with names"]

    def _known(self, letter: str) -> str:
        """Return somebody who is known where a name of that sort stands, now and then."""
        if letter not in "nf=" or self._chance.random() >= KNOWN_SHARE:
            return ""
        return self._chance.choice(_KNOWN[letter])

    def _mistaken(self, letter: str) -> str:
        """Return a thing that stands where a person might: a club that wins, a firm that says, a place."""
        if letter in "li":
            thing = name_sentences_latin.thing(self._chance)
            return thing.lower() if letter == "i" else thing
        share = self._chance.random()
        if share < 0.2:
            return self._estate()
        return self._chance.choice(_TOLD[self._chance.choice("CCCpPBIT")])

    def _surname(self) -> str:
        return self._chance.choice(USUAL[:250] if self._chance.random() < 0.95 else DOUBLE)

    def _estate(self) -> str:
        """Return a village, an estate, a water: any two characters, or a surname and one, with an ending."""
        chance = self._chance
        first = chance.choice(USUAL) if chance.random() < 0.6 else chance.choice(self._given[0][0])
        more = chance.choices(*self._given[1])[0] if chance.random() < 0.7 else ""
        return first + more + chance.choice(_WORDS["places"])

    def _firm(self) -> str:
        """Return a firm by its short name: two characters, with what it does or without."""
        chance = self._chance
        first = chance.choice(USUAL) if chance.random() < 0.5 else chance.choices(*self._given[0])[0]
        return first + chance.choices(*self._given[1])[0] + chance.choice(_WORDS["firms"])

    def _of_anywhere(self) -> str:
        share = self._chance.random()
        if share < 0.88:
            return self._native()
        return self._alien() if share < 0.96 else self._japanese() if share < 0.98 else self._of_a_minority()

    def _japanese(self) -> str:
        surname = self._chance.choice(FAMILIES_OF_JAPAN[self._chance.random() < RARE_SURNAME_SHARE])
        given = self._chance.choice(GIVEN_IN_JAPAN)
        if self._chance.random() < RARE_SHARE:
            given = "".join(self._chance.choice(self._chance.choice(GIVEN_IN_JAPAN)) for _ in range(2))
        return surname + given

    def _of_a_minority(self) -> str:
        share, pick = self._chance.random(), self._chance.choice
        if share < 0.3:
            return pick(_WORDS["tibetan"]) + pick(_WORDS["tibetan"])
        if share < 0.55:
            return f"{pick(_WORDS['turkic'])}·{pick(_WORDS['turkic'])}"
        return pick(_WORDS[pick(("tibetan", "turkic", "mongol", "mongol", "others"))])

    def _native(self) -> str:
        share = self._chance.random()
        surname = self._chance.choice(DOUBLE if share < 0.02 else ALL if share < 0.15 else USUAL)
        places = (2,) if self._chance.random() < 0.22 else (0, 1)
        if self._chance.random() < RARE_SHARE:
            return surname + "".join(self._chance.choice(self._any) for _ in places)
        return surname + "".join(self._chance.choices(*self._given[place])[0] for place in places)

    def _without_surname(self) -> str:
        """Return a pen name or the like: any two or three characters of given names."""
        return "".join(
            self._chance.choices(*self._given[place])[0] for place in self._chance.choice(((0, 1), (2, 0, 1)))
        )

    def _alien(self) -> str:
        share = self._chance.random()
        if share > 1 - FAMILIAR_SHARE:
            return self._chance.choice("小小老") + self._chance.choice(self._foreign).split("·")[-1]
        if share < DOTTED_SHARE:
            return self._dotted()
        return self._chance.choice(self._foreign) if share < 0.6 else self._part()

    def _dotted(self) -> str:
        """Return a name of two parts, seldom of three, some with a character that is not usual."""
        share = self._chance.random()
        joint = "·" if share < 0.88 else "-" if share < 0.97 else "."
        parts = [self._part() for _ in range(3 if self._chance.random() < 0.15 else 2)]
        if joint == "·" and self._chance.random() < ODD_SHARE:
            place = self._chance.randrange(len(parts))
            at = self._chance.randrange(len(parts[place]))
            parts[place] = parts[place][:at] + self._chance.choice(self._any) + parts[place][at + 1 :]
        return joint.join(parts)

    def _part(self) -> str:
        for _ in range(50):
            word, last = "", "^"
            while (last := self._chance.choice(self._next[last])) != "$":
                word += last
            if 2 <= len(word) <= 6:
                return word
        return self._chance.choice(self._foreign)
