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
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

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

_HAN = re.compile(r"[\u3400-\u9fff]+")
_FAMILIAR = frozenset("小老阿大")
_JAPANESE = (
    "山本田中桥本铃木佐藤高桥渡边伊藤中村小林加藤吉田山田松本井上木村清水斋藤山口中岛石川前田藤田后藤冈田村上近藤石井坂本远藤"
    "青木藤井西村福田太田三浦藤原冈本松田中川中野原田小野竹内金子和田中山石田上田森田小泉安倍麻生鸠山菅直野田小渊村山细川宫泽"
    "竹下大平池田岸田石破河野宫崎黑泽川端夏目芥川三岛大江东野伊能福原羽生本田香川长友浅田北野木下丰田松下盛田土井武村羽田海部"
    "宇野久保上野柳田深田滨崎安室酒井柴崎苍井新垣石原长泽绫濑堀北仓木中田稻盛三塚谷内杉山宫川大月北濑小岛上户岩田安藤武藤江藤"
    "宫本宫部宫里宫下宫城村尾村主村越小池小松小山小田小栗小室小柳小西小仓松岛松山松坂松原松隆松崎松尾松平大野大岛大桥大前大西"
    "大竹大谷大久大石大隈大泽原口山崎山村山根山内山县山形市川市原石塚石黑石桥石崎石野中谷中泽中尾中西中森中居内藤内山内野工藤"
    "佐野佐久佐竹吉永吉川吉冈吉本吉井吉野古川古贺古田古屋古谷平野平井平山平田平松平沼久石今井今村今野细野细田增田增岛有马有村"
    "西川西田西野西尾西冈西泽北川北村北条北岛岩崎岩本岩井岩下岛田岛村岛崎岛津桥下桥田水野水谷水原浅野浅井浅川荒木荒川荒井菅野"
    "菅原菊地菊池鸟山鸟羽黑田黑木黑岩筱原筱田筱山饭岛饭田饭冢高田高仓高木高野高岛高松高井高山樱井榎本熊谷熊川野村野口野中秋山"
    "秋元秋田相泽相马相田青山青柳青田赤木赤西堀内堀江堂本稻垣稻叶服部织田德川丰臣足利伊东伊势坂口坂田坂上阪本阪井奥田奥村奥原"
    "奥山押尾押切三木三好三谷三原二宫八木丸山丸尾五岛土屋土方川口川岛川崎川村川上川田儿玉儿岛渡部须田须藤根本真田真岛草野草刈"
    "栗原栗山桐谷桐生泷泽泷川竹中竹田竹井竹野竹村竹山绪方绫野樱庭樱木仲间仲村仲代佐古反町向井城岛多田天海天野富田富坚富永室井"
    "寺田寺岛寺尾尾崎尾田尾形"
    "樱内鹿野神崎井口白滨木庭小泽津田冈崎濑田早川布施冬柴柏木大冢冢本石川岸本岸井岸部今川今泉今西上原上杉上岛下村下田八神"
    "八代入江内海冲田前原加贺北岛北村千叶南野原口原田古田古泽吉原名取土井坪井垣内城之堀口塚田塚本夏木大内大原大森大河大坪"
    "大平大浦奈良安井安永安西宍户宇佐小川小森小幡岛袋川端川野市原平川广田广濑德永志村户田户川新井日高星野木原村濑东条松浦"
    "板垣柳泽梅田梅原森下森山森本森川横山横田樋口水岛水木永井永田江口江崎河村河本河合沼田泉谷津川浅井浜崎深泽渡哲牧野玉木"
    "生田畑中白川白石白鸟盐谷盐野矢野矢岛矢部石垣石黑磯部秋叶稻田稻垣笠井笠原筒井米仓米田绪川羽鸟胜田船越芦田若林若松茂木"
    "药师荻原落合藤冈藤木藤川藤村藤谷藤波诸星谷口谷川谷村足立远山都筑金泽金井银河门胁门田阪口阿久须藤饭野饭塚高梨高野"
)
JAPANESE = frozenset(_JAPANESE[place : place + 2] for place in range(0, len(_JAPANESE), 2)) | {
    "佐佐木",
    "长谷川",
    "中曾根",
    "二阶堂",
    "宇多田",
    "小笠原",
    "五十岚",
    "久保田",
    "大久保",
    "佐久间",
    "绫小路",
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
        return [
            index
            for index, word in enumerate(words)
            if (known[word] if word in known else self.begin(word)) is not None
        ]

    def is_foreign(self, word: str) -> bool:
        """Return whether a foreign name that was begun may go on with a word."""
        if word not in self._written:
            if len(self._written) >= MOST_WORDS:
                self._written.clear()
            is_known = len(word) > 1 and PARTS[word][:2] == "nr"
            self._written[word] = is_known or self._foreign.issuperset(word)
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
    if begin is None or text[place : place + 3] == text[place] * 3 or names.is_surname_alone(text, place):
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
        return ""
    if begin.is_known or begin.is_familiar or begin.is_latin:
        return "?"
    if begin.is_foreign and (len(word) > 1 or _goes_on(cut, index + 1, words)):
        return "?"
    if begin.is_japanese or begin.is_double:
        place = cut.places[index]
        pair = text[place : place + 2]
        if pair in JAPANESE or pair in names.DOUBLE_SURNAMES or text[place : place + 3] in JAPANESE:
            return "?"
    return "H" if begin.is_chinese else ""


def _ends(text: str, cut: Cut, index: int, begin: Begin, words: _Words) -> dict[int, str]:
    """Return the ends of possible names; of two kinds with one end the later one counts."""
    place, word = cut.places[index], cut.words[index]
    ends: dict[int, str] = {}
    if begin.is_known:
        ends[place + len(word)] = "N"
    may_be_foreign = begin.is_foreign or (begin.is_known and not begin.is_chinese)
    if may_be_foreign and (len(word) > 1 or _goes_on(cut, index + 1, words)):
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
        least = 3 if text[place + 1] in names.SHORT_TITLES else 2
        ends |= dict.fromkeys(range(place + least, place + min(3, most) + 1), "H")
    if begin.is_double and text[place : place + 2] in names.DOUBLE_SURNAMES:
        ends |= dict.fromkeys(range(place + 3, place + min(4, most) + 1), "D")
    return ends


def _han(text: str, place: int) -> int:
    """Return how many Han characters follow each other from a place on, of those that a name may have."""
    match = _HAN.match(text, place, place + LONGEST_NATIVE)
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


def _is_strange(word: str, begun: str) -> bool:
    """Return whether a word is one character that a name with a dot, begun already, may have all the same."""
    return len(word) == 1 and "·" in begun and bool(_HAN.match(word))


def _foreign_ends(text: str, cut: Cut, index: int, words: _Words) -> Iterator[int]:
    begun = end = cut.places[index]
    yielded = strange = 0
    dots = 0
    for at, word in enumerate(cut.words[index : index + LONGEST], index + 1):
        if word == "·" or (word in ("-", ".") and at < len(cut.words) and words.is_foreign(cut.words[at])):
            dots += 1
            if end == begun or dots > MOST_DOTS:
                return
            end += 1
        elif words.is_foreign(word) or (strange < MOST_STRANGE and _is_strange(word, text[begun:end])):
            strange += not words.is_foreign(word)
            end += len(word)
            longest = LONGEST if dots else LONGEST_PART
            if 2 <= end - begun <= longest and yielded < MOST_ENDS:
                yielded += 1
                yield end
        else:
            return
        if end - begun >= LONGEST:
            return
