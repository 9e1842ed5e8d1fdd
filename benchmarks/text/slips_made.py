"""Clean prose with slips put in at known places, one of each kind that proofreading promises to find."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sunshine.text import pinyin, script, slips

RARE = "凳寒危甩拳船炒陵鞏晚企頸龙店抹符犁饺瓢膝蚂蟹鞭糠舅盔窑秤蜡驴匕"


@dataclass(frozen=True, slots=True)
class Slip:
    """A text with a slip between `start` and `end`, of a kind."""

    text: str
    start: int
    end: int
    kind: str


def make(paragraphs: Sequence[str], count: int, seed: int) -> list[Slip]:
    """Return paragraphs, each with one slip."""
    chance = random.Random(seed)
    kinds = (_garbage, _confused, _regional, _traditional, _pair, _date, _sum, _stutter)
    made: list[Slip] = []
    while len(made) < count:
        paragraph = chance.choice(paragraphs)
        slip = kinds[len(made) % len(kinds)](paragraph, chance)
        if slip is not None:
            made.append(slip)
    return made


def misheard(paragraphs: Sequence[str], count: int, seed: int) -> list[Slip]:
    """Return paragraphs in each of which a character stands for another that sounds the same."""
    chance = random.Random(seed)
    by_reading: dict[str, list[str]] = {}
    for each in sorted(character for character, times in Counter("".join(paragraphs)).items() if times > 200):
        for reading in pinyin.readings(each):
            by_reading.setdefault(reading, []).append(each)
    made: list[Slip] = []
    while len(made) < count:
        paragraph = chance.choice(paragraphs)
        place = chance.randrange(5, len(paragraph) - 5)
        readings = pinyin.readings(paragraph[place])
        others = sorted(
            {other for each in readings for other in by_reading.get(each, ())} - {paragraph[place]}
        )
        if others:
            wrong = paragraph[:place] + chance.choice(others) + paragraph[place + 1 :]
            made.append(Slip(wrong, place, place + 1, "confused_word"))
    return made


def _put(text: str, place: int, what: str, kind: str) -> Slip:
    return Slip(text[:place] + what + text[place:], place, place + len(what), kind)


def _garbage(text: str, chance: random.Random) -> Slip:
    return _put(text, chance.randrange(5, len(text) - 5), "".join(chance.sample(RARE, 4)), "garbage")


def _swapped(text: str, wrong: str, right: str, kind: str) -> Slip | None:
    place = text.find(right)
    if place < 0:
        return None
    return Slip(text[:place] + wrong + text[place + len(right) :], place, place + len(wrong), kind)


def _confused(text: str, chance: random.Random) -> Slip:
    wrong = chance.choice(sorted(slips.confused_words()))
    return _put(text, _after_stop(text), f"{wrong}，", "confused_word")


def _regional(text: str, chance: random.Random) -> Slip:
    strong = sorted(word for word, (_, is_strong) in slips.regional_words().items() if is_strong)
    return _put(text, _after_stop(text), f"{chance.choice(strong)}，", "conversion")


def _traditional(text: str, _chance: random.Random) -> Slip | None:
    return _swapped(text, script.to_traditional("规定"), "规定", "script")


def _pair(text: str, chance: random.Random) -> Slip:
    return _put(text, chance.randrange(5, len(text) - 5), chance.choice("（《“"), "pair")


def _date(text: str, chance: random.Random) -> Slip:
    return _put(
        text, _after_stop(text), f"2019年{chance.choice(('2月30日', '4月31日', '13月5日'))}，", "date"
    )


def _sum(text: str, chance: random.Random) -> Slip:
    one, other = chance.randrange(10, 60), chance.randrange(10, 60)
    said = f"共办理{one + other + chance.randrange(1, 9)}件，其中主办{one}件，会办{other}件。"
    return _put(text, _after_stop(text), said, "sum")


def _stutter(text: str, _chance: random.Random) -> Slip | None:
    return _swapped(text, "管理管理", "管理", "doubled_word")


def _after_stop(text: str) -> int:
    return text.find("。") + 1
