"""Who is named in a text: every personal name, by the weights that `tools/name_model.py` learned.

At each word where a name may begin, the candidates and "no name" compete (a softmax over the sum of
their features' weights); what overlaps gives way to what is surer. A name read with certainty once is
recognised wherever the text repeats it.
"""

from __future__ import annotations

import functools
import gzip
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

from sunshine.text import candidates, normal

THRESHOLD = 0.25
"""Probability from which a candidate counts as a name: one missed is worse than one too many."""

CERTAIN = 0.9
"""Probability from which the same characters elsewhere in the text are taken for the same person."""

REPEATED = 0.7
LONGEST_PART = 20_000
"""Characters cut into words at once."""

MODEL = "data/names.model.gz"
SCALE = 20


@dataclass(frozen=True, slots=True)
class Person:
    """A name in a text: characters from `start` to before `end`, and how sure that is, from 0 to 1."""

    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Model:
    """The statistics of characters and the weight of each feature."""

    known: candidates.Statistics
    weights: Mapping[str, float]


@functools.cache
def model() -> Model:
    """Return the weights that came with the programme."""
    return parsed(gzip.decompress(resources.files("sunshine.text").joinpath(MODEL).read_bytes()).decode())


def parsed(written: str) -> Model:
    """Return a model from its written form: a line `section key value`, apart by tabs."""
    sections: dict[str, dict[str, float]] = defaultdict(dict)
    for line in written.split("\n"):
        if line and not line.startswith("#"):
            section, key, value = line.split("\t")
            sections[section][key] = int(value) / SCALE
    known = candidates.Statistics(
        first=sections["first"],
        second=sections["second"],
        single=sections["single"],
        foreign=sections["foreign"],
        never=frozenset(sections["never"]),
    )
    return Model(known, sections["weight"])


def find(text: str) -> list[Person]:
    """Return the names in a folded text, in the order of places."""
    return read(text)[0]


def read(text: str) -> tuple[list[Person], list[Person]]:
    """Return the names in a folded text, and the candidates that were not taken for names by themselves."""
    using = model()
    found: list[Person] = []
    possible: list[Person] = []
    for begun, part in normal.parts(text, LONGEST_PART):
        sure, unsure = spot(part, candidates.tokens(part), using)
        found += [Person(each.start + begun, each.end + begun, each.confidence) for each in sure]
        possible += [Person(each.start + begun, each.end + begun, each.confidence) for each in unsure]
    return _repeated(text, found, possible), [*possible, *found]


def spot(text: str, cut: Sequence[candidates.Token], using: Model) -> tuple[list[Person], list[Person]]:
    """Return the names in a text cut into words, and the candidates that were not taken."""
    best: list[Person] = []
    others: list[Person] = []
    end = -1
    for start in candidates.starts(text, cut, using.known):
        follows = _follows(text, start.place, end)
        scored = _weighed(text, cut, start, follows, using)
        top = max(scored, key=lambda each: each.confidence)
        if top.confidence >= THRESHOLD:
            best.append(top)
            end = max(end, top.end)
        others += scored
    chosen = _apart(best)
    taken = {(each.start, each.end) for each in chosen}
    return chosen, [each for each in others if (each.start, each.end) not in taken]


def _weighed(
    text: str, cut: Sequence[candidates.Token], start: candidates.Start, follows: int, using: Model
) -> list[Person]:
    """Return the candidates of one start with their probabilities."""
    weight = using.weights.get
    scores = [
        min(
            30.0,
            sum(
                weight(each, 0.0)
                for each in candidates.features(text, cut, start, end, kind, follows, using.known)
            ),
        )
        for end, kind in start.ends
    ]
    powers = [math.exp(score) for score in scores]
    whole = 1.0 + sum(powers)
    return [
        Person(start.place, end, power / whole)
        for (end, _kind), power in zip(start.ends, powers, strict=True)
    ]


def _follows(text: str, place: int, end: int) -> int:
    if place == end:
        return 2
    return 1 if place - 1 == end and text[end] in "、,，和与" else 0


def _apart(best: Sequence[Person]) -> list[Person]:
    """Return those of the spans that do not overlap, the surer ones first served."""
    chosen: list[Person] = []
    for each in best:
        while chosen and chosen[-1].end > each.start and chosen[-1].confidence < each.confidence:
            chosen.pop()
        if not chosen or chosen[-1].end <= each.start:
            chosen.append(each)
    return chosen


def _repeated(text: str, found: list[Person], possible: Iterable[Person]) -> list[Person]:
    """Return the names with those added that repeat a certain one."""
    certain = {text[each.start : each.end] for each in found if each.confidence >= CERTAIN}
    certain = {name for name in certain if len(name) > 2}
    again = [
        Person(each.start, each.end, max(REPEATED, each.confidence))
        for each in possible
        if text[each.start : each.end] in certain
    ]
    return _apart(sorted([*found, *again], key=lambda each: (each.start, -each.end))) if again else found
