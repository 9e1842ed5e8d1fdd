"""What a text is about: its key phrases, and the few sentences that say most of it, with their places."""

from __future__ import annotations

import functools
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import rjieba

from sunshine.text import normal, slips, wordlists

LONGEST_PHRASE = 3
"""Words of the longest key phrase."""

RARE = 2.0
"""How rare a word is taken to be that the list of common ones does not hold, as a share of 1,000 texts."""

LEAST_SENTENCE, MOST_SENTENCE = 10, 160

_MEANINGFUL = ("n", "v", "eng", "j", "l", "i")
_EMPTY = frozenset(
    {"进行", "开展", "工作", "情况", "问题", "方面", "要求", "相关", "有关", "做好", "实现", "提高"}
)
_SENTENCE = re.compile(r"[^\n。！？!?；;]+[。！？!?；;]?")
_HAN = re.compile(r"[\u3400-\u9fff]")
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A key phrase: where it stands first, how often, and its weight; the heaviest has 1."""

    start: int
    end: int
    text: str
    count: int
    weight: float


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the summary with its place in the text."""

    start: int
    end: int
    text: str
    weight: float


def phrases(text: str, count: int = 10) -> list[Phrase]:
    """Return the key phrases of a text, the weightiest first."""
    folded = normal.fold(text)
    places: dict[str, Place] = {}
    counts: Counter[str] = Counter()
    for start, end in _candidates(folded.text):
        phrase = folded.text[start:end]
        counts[phrase] += 1
        places.setdefault(phrase, (start, end))
    weights = {phrase: _weight(phrase, times) for phrase, times in counts.items()}
    chosen = _apart(sorted(weights, key=lambda each: (-weights[each], places[each])), counts, count)
    most = max((weights[each] for each in chosen), default=1.0)
    return [
        Phrase(*folded.origin(*places[each]), each, counts[each], round(weights[each] / most, 3))
        for each in chosen
    ]


def summary(text: str, count: int = 3) -> list[Sentence]:
    """Return the sentences that hold most of a text's key phrases, in the order of places."""
    weights = {phrase.text: phrase.weight for phrase in phrases(text, 40)}
    if not weights:
        return []
    pattern = wordlists.any_of(weights)
    scored: list[tuple[float, int, Place]] = []
    for number, match in enumerate(_SENTENCE.finditer(text)):
        sentence = match[0].strip()
        if LEAST_SENTENCE <= len(sentence) <= MOST_SENTENCE:
            held = sum(weights[each] for each in set(pattern.findall(sentence)))
            scored.append((held / math.sqrt(len(sentence)) * (1 + 1 / (number + 2)), number, match.span()))
    best = sorted(scored, key=lambda each: (-each[0], each[1]))
    return _without_repetition(text, best, count)


def _without_repetition(text: str, best: Sequence[tuple[float, int, Place]], count: int) -> list[Sentence]:
    seen: set[str] = set()
    chosen: list[Sentence] = []
    for weight, _, (start, end) in best:
        bare = text[start:end].strip()
        if len(chosen) < count and bare not in seen:
            seen.add(bare)
            lead = len(text[start:end]) - len(text[start:end].lstrip())
            chosen.append(Sentence(start + lead, start + lead + len(bare), bare, round(weight, 3)))
    return sorted(chosen, key=lambda each: each.start)


def _candidates(text: str) -> Iterator[Place]:
    """Yield runs of one to three meaningful words that stand side by side."""
    run: list[Place] = []
    place = 0
    for word, part in rjieba.tag(text, False):
        end = place + len(word)
        if _is_meaningful(word, part):
            run.append((place, end))
            for first, _ in run[-LONGEST_PHRASE:]:
                yield first, end
        else:
            run = []
        place = end


def _is_meaningful(word: str, part: str) -> bool:
    return len(word) > 1 and word not in _EMPTY and part.startswith(_MEANINGFUL) and bool(_HAN.search(word))


def _weight(phrase: str, times: int) -> float:
    """Return tf · idf, where a phrase of several words must come more than once to count as one."""
    is_word = len(phrase) <= 4
    rarity = math.log(1000 / common_words().get(phrase, RARE if is_word else 0.5))
    repeated = times if is_word or times > 1 else 0.3
    return repeated * rarity * (1.0 if is_word else 0.8)


def _apart(ranked: Sequence[str], counts: Mapping[str, int], count: int) -> list[str]:
    """Return the first phrases that are not part of one another."""
    chosen: list[str] = []
    for phrase in ranked:
        if len(chosen) == count:
            break
        if not any(
            phrase in other or (other in phrase and counts[other] > counts[phrase]) for other in chosen
        ):
            chosen.append(phrase)
    return chosen


@functools.cache
def common_words() -> Mapping[str, float]:
    """Return of how many in a thousand texts each common word is part."""
    split = (line.split() for line in slips.lines_of("common_words.txt"))
    return {word: float(share) for word, share in split}
