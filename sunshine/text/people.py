"""Who is named in a text: every personal name, by the weights that `tools/name_model.py` learned.

At each word where a name may begin, the candidates and "no name" compete (a softmax over the sum of
their features' weights); what overlaps gives way to what is surer. A name read with certainty once is
recognised wherever the text repeats it.
"""

from __future__ import annotations

import functools
import gzip
import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import resources
from operator import attrgetter
from typing import NamedTuple

from sunshine.text import begins, candidates, known_words, normal, sights, telling, wordlists

THRESHOLD = 0.13
"""Probability from which a candidate counts as a name; what it trades for what stands in docs/text.md."""

DOUBTFUL = 0.07
"""Probability from which a candidate may be a name, so that a reader is shown it."""

CERTAIN = 0.9
"""Probability from which the same characters elsewhere in the text are taken for the same person."""

REPEATED = 0.7
LONGEST_PART = 20_000
"""Characters cut into words at once."""

MODEL = "data/names.model.gz"
SCALE = 20
HOPELESS = -5.5 * SCALE
"""Sum of a candidate's first weights that what is weighed after them never made good."""

REMEMBERED = 1 << 15
"""Sums of weights kept of each sort."""

Cut = tuple[int, str, begins.Cut]
"""A part of a text: where it begins, its characters, its words with their places."""


class Person(NamedTuple):
    """A name in a text: characters from `start` to before `end`, and how sure that is, from 0 to 1."""

    start: int
    end: int
    confidence: float


class Model:
    """The statistics of characters and the weight of each feature, in twentieths.

    What a word, its neighbours and their shape weigh is remembered: a text says the same again and again.
    """

    def __init__(self, known: begins.Statistics, weights: Mapping[str, int]) -> None:
        self.known = known
        self._weights = _Weights(weights)
        remembered = functools.lru_cache(REMEMBERED)
        self._of = remembered(lambda word, kind: self._sum(sights.of_word(word, kind, known)))
        self._look = remembered(lambda word, kind: sights.look_of(word, kind, known))
        self._most = remembered(self._most_of)
        self._before = remembered(lambda *seen: self._sum(sights.of_words_before(*seen)))
        self._after = remembered(lambda *seen: self._sum(sights.of_words_after(*seen)))
        self._shape = remembered(lambda *seen: self._sum(sights.of_shape(*seen)))
        self._edges = remembered(lambda *seen: self._sum(sights.of_edges(*seen)))
        self._parts = remembered(lambda *seen: self._sum(sights.of_parts(*seen)))

    def is_hopeless(self, text: str, cut: begins.Cut, index: int) -> bool:
        """Return whether nothing could make good the first weights of what may begin at a word."""
        kind = candidates.outlook(text, cut, index, self.known)
        if kind != "H":
            return not kind
        place = cut.places[index]
        most = self._most(text[place : place + 3], cut.words[index])
        return most + self._before(*sights.before(cut, index)) < HOPELESS

    def _most_of(self, characters: str, word: str) -> int:
        """Return the greater sum of a name of two or three characters, as far as its first word decides."""
        sums: list[int] = []
        for size in (2, 3):
            name = characters[:size]
            shape = sights.within(word, size)
            sums.append(self._of(name, "H") + (self._shape(self._look(name, "H"), shape) if shape else 0))
        return max(sums)

    def scores(self, text: str, cut: begins.Cut, start: candidates.Start, follows: int) -> list[float]:
        """Return what speaks for each candidate of a start, less what speaks against it."""
        before = sights.before(cut, start.token)
        part = before[3]
        weighed = self._before(*before)
        found: list[float] = []
        for end, kind in start.ends:
            word = text[start.place : end]
            score = weighed + self._of(word, kind)
            if score >= HOPELESS:
                shape, after, around, edges = sights.seen(text, cut, start, end)
                look = self._look(word, kind)
                score += self._after(*after) + self._shape(look, shape)
                if score >= HOPELESS:
                    letters = sights.of_letters(look, before, after[0][0], around, self.known)
                    listed = known_words.known_at(text, start.place, end, self.known.listed)
                    score += self._parts(look, shape, part, after[1], follows) + self._sum(letters)
                    score += self._edges(look, edges)
                    score += self._sum(sights.of_characters(look, text, start.place, end))
                    if title := sights.title_at(text, start.place, end):
                        score += self._sum(sights.of_place(look, title))
                    if listed:
                        score += self._sum(sights.of_known(look, listed))
            found.append(score / SCALE)
        return found

    def sum(self, features: Iterable[str]) -> float:
        """Return what features weigh together."""
        return self._sum(features) / SCALE

    def _sum(self, features: Iterable[str]) -> int:
        return sum(map(self._weights.__getitem__, features))


class _Weights(dict[str, int]):
    def __missing__(self, _feature: str) -> int:
        return 0


@functools.cache
def model() -> Model:
    """Return the weights that came with the programme."""
    return parsed(gzip.decompress(resources.files("sunshine.text").joinpath(MODEL).read_bytes()).decode())


def parsed(written: str) -> Model:
    """Return a model from its written form: a line `section key value`, apart by tabs."""
    sections: dict[str, dict[str, int]] = defaultdict(dict)
    for line in written.split("\n"):
        if line and not line.startswith("#"):
            section, key, value = line.split("\t")
            sections[section][key] = int(value)
    known = begins.Statistics(
        first=_scaled(sections["first"]),
        second=_scaled(sections["second"]),
        single=_scaled(sections["single"]),
        foreign=_scaled(sections["foreign"]),
        never=frozenset(sections["never"]),
        listed=known_words.sorts(),
    )
    return Model(known, sections["weight"])


def _scaled(values: Mapping[str, int]) -> dict[str, float]:
    return {each: value / SCALE for each, value in values.items()}


def find(text: str) -> list[Person]:
    """Return the names in a folded text, in the order of places."""
    return read(text, cut(text))[0]


def cut(text: str) -> list[Cut]:
    """Return the parts of a text, each cut into words."""
    return [(begun, part, candidates.tokens(part)) for begun, part in normal.parts(text, LONGEST_PART)]


class Possible:
    """The candidates by the place where they begin; hopeless ones have no probability."""

    def __init__(self, parts: Sequence[Cut]) -> None:
        self._parts = parts
        self._begins = [begun for begun, _text, _cut in parts]
        self._weighed: dict[int, list[Person]] = {}

    def add(self, weighed: list[Person]) -> None:
        """Take note of the candidates of a start."""
        self._weighed[weighed[0].start] = weighed

    def at(self, place: int) -> list[Person]:
        """Return the candidates that begin at a place of the text."""
        if place in self._weighed:
            return self._weighed[place]
        begun, text, cut = self._parts[bisect_right(self._begins, place) - 1]
        index = self._word_at(place)
        start = None if index is None else candidates.start_at(text, cut, index, model().known)
        return [Person(place, end + begun, 0.0) for end, _kind in start.ends] if start else []

    def beside(self, found: Sequence[Person]) -> list[Person]:
        """Return what may be names besides those found; none overlaps another."""
        taken = {place for each in found for place in range(each.start, each.end)}
        doubtful = _chosen((self._weighed[place] for place in sorted(self._weighed)), DOUBTFUL)
        return [
            each
            for each in doubtful
            if each.confidence >= DOUBTFUL and taken.isdisjoint(range(each.start, each.end))
        ]

    def begins(self, place: int) -> bool:
        """Return whether a word begins at a place of the text."""
        return self._word_at(place) is not None

    def _word_at(self, place: int) -> int | None:
        begun, _text, cut = self._parts[bisect_right(self._begins, place) - 1]
        index = bisect_left(cut.places, place - begun)
        return index if index < len(cut.words) and cut.places[index] == place - begun else None


def read(text: str, parts: Sequence[Cut]) -> tuple[list[Person], Possible]:
    """Return the names in a folded text, and all the candidates for names.

    :param parts: what `cut` makes of the text
    """
    found: list[Person] = []
    possible = Possible(parts)
    for begun, part, words in parts:
        weighed = list(weigh(part, words, model()))
        weighed = [each for each in weighed if not _is_word(part, each[0].start)]
        for each in weighed:
            possible.add(_moved(each, begun))
        found += _moved(_chosen(weighed, THRESHOLD), begun)
    return _repeated(text, found, possible), possible


def _is_word(part: str, start: int) -> bool:
    """Return whether small letters are a word or a code: no Chinese and no bracket stands before them."""
    if not part[start].islower():
        return False
    before = part[start - 1 : start] if start else ""
    return before != "(" and not telling.HAN.search(before or part)


def _moved(persons: list[Person], by: int) -> list[Person]:
    return [Person(start + by, end + by, sure) for start, end, sure in persons] if by else persons


def spot(text: str, cut: begins.Cut, using: Model) -> list[Person]:
    """Return the names in a text cut into words."""
    return _chosen(weigh(text, cut, using), THRESHOLD)


def weigh(text: str, cut: begins.Cut, using: Model) -> Iterator[list[Person]]:
    """Yield the candidates of each start that is not hopeless, with their probabilities."""
    end = -1
    for index in using.known.words.beginning(cut.words):
        if using.is_hopeless(text, cut, index):
            continue
        start = candidates.start_at(text, cut, index, using.known)
        if start is None:
            continue
        probabilities = _competed(using.scores(text, cut, start, follows(text, start.place, end)))
        if probabilities:
            weighed = [
                Person(start.place, last, each)
                for (last, _kind), each in zip(start.ends, probabilities, strict=True)
            ]
            yield weighed
            if _is_named(weighed, THRESHOLD):
                end = max(end, _best(weighed).end)


def _is_named(weighed: Sequence[Person], least: float) -> bool:
    """Return whether a name begins at a start, wherever it may end."""
    return sum(each.confidence for each in weighed) >= least


def _best(weighed: Sequence[Person]) -> Person:
    return max(weighed, key=_confidence) if len(weighed) > 1 else weighed[0]


_confidence = attrgetter("confidence")


def _competed(scores: Sequence[float]) -> list[float]:
    """Return the probability of each candidate of a start, which compete with "no name"; none if hopeless."""
    if max(scores) < HOPELESS / SCALE:
        return []
    powers = [math.exp(min(30.0, score)) for score in scores]
    whole = 1.0 + sum(powers)
    return [power / whole for power in powers]


def follows(text: str, place: int, end: int) -> int:
    """Return how a place follows the name before it, which ends at `end` (-1: there is none).

    2 right after it, 1 after a sign like 、, 3 after a bracket, else 0.
    """
    if place == end:
        return 2
    if end < 0 or place - 1 != end:
        return 0
    return 1 if text[end] in "、,，和与" else 3 if text[end] in "(（" else 0


def _chosen(weighed: Iterable[Sequence[Person]], least: float) -> list[Person]:
    """Return the names that are together most probable among candidates of which no two may overlap.

    :param least: the probability from which a name begins at a start

    Where a name begins, its best end counts as much as all its ends together; a name that covers the start
    of another must be worth that one's loss.
    """
    starts = [each for each in weighed if _is_named(each, least)]
    worth, following = [0.0] * (len(starts) + 1), [(0, _NOBODY)] * len(starts)
    for order in range(len(starts) - 1, -1, -1):
        weight, lost = _weights_of(starts[order], least)
        worth[order], following[order] = lost + worth[order + 1], (order + 1, _NOBODY)
        for each in starts[order]:
            after, gained = order + 1, weight + math.log(max(each.confidence, 1e-9))
            while after < len(starts) and starts[after][0].start < each.end:
                gained += _weights_of(starts[after], least)[1]
                after += 1
            if gained + worth[after] > worth[order]:
                worth[order], following[order] = gained + worth[after], (after, each)
    order, chosen = 0, []
    while order < len(starts):
        order, each = following[order]
        if each is not _NOBODY:
            chosen.append(each)
    return chosen


_NOBODY = Person(-1, -1, 0.0)


def _weights_of(weighed: Sequence[Person], least: float) -> tuple[float, float]:
    """Return what is added to the logarithm of each candidate, and what it costs to take none of them."""
    whole = min(sum(map(_confidence, weighed)), 1.0 - 1e-9)
    weight = math.log(whole / least) - math.log(_best(weighed).confidence)
    return weight, min(0.0, math.log((1.0 - whole) / (1.0 - least)))


def _repeated(text: str, found: list[Person], possible: Possible) -> list[Person]:
    """Return the names with those added that repeat a certain one."""
    certain = {text[each.start : each.end] for each in found if each.confidence >= CERTAIN}
    certain = {name for name in certain if len(name) > 2}
    if not certain:
        return found
    taken = set(found)
    again = [
        Person(each.start, each.end, max(REPEATED, each.confidence))
        for start, end in wordlists.places_of(certain, text)
        for each in possible.at(start)
        if each.end == end and each not in taken
    ]
    if not again:
        return found
    every = sorted([*found, *again], key=lambda each: (each.start, -each.end))
    return _chosen(([each] for each in every), THRESHOLD)
