"""The order of what was found: by relevance, then what is in force, then the newest.

The index brings the pages that have most of the words. The first of them are looked at closely: how
much of the query stands in one piece, how much in the title, how often in how long a text.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import add, itemgetter
from typing import Any

import tantivy
from tantivy import Occur, Query

from sunshine.lenses.search import matching, store
from sunshine.text import tokens
from sunshine.text.query import Asked

CLOSELY = 40
"""How many of the first pages are looked at closely."""

SIGNS = (1.2, 0.75, 1.3, 1.0, 0.6, 0.3, 0.1, 0.25)
"""What each sign of relevance counts: the query's tokens in the text, and how often; its characters there;
how much of it stands in one piece; its share of a title that has it; what it has of the title; its share
that is a whole title, and whether one is. Drawn from questions to paragraphs (`benchmarks.search`)."""
SATURATED, BY_LENGTH = 1.2, 0.3
"""How soon a word's repetition stops to count, and how far a long text discounts it (as in BM25)."""
EXACT_TITLE, EXACT_NUMBER = 100.0, 200.0


@dataclass(frozen=True, slots=True)
class Found:
    """What is asked, each meaning with the weights of its tokens, and the query for what counts as found."""

    meanings: tuple[matching.Weighed, ...]
    conditions: tuple[Any, ...]
    query: Any
    any_word: bool = False

    @property
    def is_doubtful(self) -> bool:
        """Whether the query may hold a slip: too little was found, or some of it stands nowhere."""
        first = self.meanings[0]
        return self.any_word or len(first.tokens) < len(first.asked.tokens)


def found(searcher: Any, meanings: Sequence[Asked], narrowing: matching.Narrowing, on: int) -> Found:
    """Return what counts as found: pages with enough of the words, else those with any of them."""
    asked = tuple(matching.weighed(searcher, each) for each in meanings)
    conditions = tuple(matching.narrowed(narrowing, on))
    strict = matching.found(asked, narrowing, on)
    if searcher.search(strict, 1, count=False).hits or meanings[0].is_empty:
        return Found(asked, conditions, strict)
    return Found(asked, conditions, matching.found(asked, narrowing, on, any_word=True), any_word=True)


def ranked(searcher: Any, found: Found, *, sort: str, first: int, last: int, on: int) -> list[store.Kept]:
    """Return the pages from place `first` to before place `last`, from 0."""
    if last <= first:
        return []
    if sort != "relevance" or found.meanings[0].asked.is_empty:
        order = tantivy.Order.Asc if sort == "oldest" else tantivy.Order.Desc
        hits = searcher.search(
            found.query, last - first, count=False, order_by_field="published", offset=first, order=order
        ).hits
        return [store.kept(searcher, address) for _, address in hits]
    head = closely(searcher, found, on)
    kept = head[first:last]
    if len(kept) < last - first:
        kept += _tail(searcher, found, max(first, len(head)), last)
    return kept


def closely(searcher: Any, found: Found, on: int) -> list[store.Kept]:
    """Return those of the first pages that count as found, in the order that a close look gives."""
    told = [each for each in found.meanings if each.tokens]
    if not told:
        return []
    query = _scored(told)
    if found.conditions:
        query = Query.boolean_query([(Occur.Must, matching.all_of(found.conditions)), (Occur.Must, query)])
    hits = searcher.search(query, CLOSELY, count=False).hits
    pages = [store.kept(searcher, address) for _, address in hits]
    looks = [Look(each, pages, found.any_word) for each in told]
    scores = [(_best(look.score(page) for look in looks), page) for page in pages]
    within = [(round(score, 2), page) for score, page in scores if score is not None]
    return list(_in_order(within, on))


def _tail(searcher: Any, found: Found, first: int, last: int) -> list[store.Kept]:
    told = [each for each in found.meanings if each.tokens]
    if not told or last <= first:
        return []
    query = Query.boolean_query([(Occur.Must, found.query), (Occur.Should, _scored(told))])
    hits = searcher.search(query, last - first, count=False, offset=first).hits
    return [store.kept(searcher, address) for _, address in hits]


def _scored(told: Iterable[matching.Weighed]) -> Any:
    return matching.best_of([matching.scored(each) for each in told])


def _best(scores: Iterable[float | None]) -> float | None:
    """Return the score of the meaning that fits best; other words count less."""
    counted = [
        score * (matching.OTHER_WORDS if place else 1)
        for place, score in enumerate(scores)
        if score is not None
    ]
    return max(counted, default=None)


def _in_order(scored: Iterable[tuple[float, store.Kept]], on: int) -> Iterator[store.Kept]:
    """Yield pages by score; of those that fit equally well what is in force first, then the newest."""
    ordered = sorted(scored, key=itemgetter(0), reverse=True)
    for _score, group in itertools.groupby(ordered, key=itemgetter(0)):
        alike = [page for _score, page in group]
        yield from sorted(alike, key=lambda kept: _place(kept, on)) if len(alike) > 1 else alike


def _place(kept: store.Kept, on: int) -> tuple[bool, int]:
    page = kept.page
    in_force = page.repealed > on and page.effective <= on <= page.until
    return not in_force, -page.published


class Look:
    """A close look for one meaning of a query at pages that stand for choice together."""

    def __init__(self, told: matching.Weighed, pages: Sequence[store.Kept], any_word: bool) -> None:
        asked = self._asked = told.asked
        weights = told.tokens
        self._whole = sum(weights.values()) or 1.0
        self._singles = tuple(told.singles.items())
        self._all_singles = sum(told.singles.values()) or 1.0
        self._titles = told.titles
        self._tokens = weights.keys()
        self._length = sum(len(page.plain) for page in pages) / max(1, len(pages)) or 1.0
        self._items = tuple(weights.items())
        self._powers: list[float] = [size**1.5 for size in range(max(map(len, asked.runs), default=0) + 1)]
        self._pieces = sum(self._powers[len(run)] for run in asked.runs) or 1.0
        self._han = [(run, tuple(map(add, run, run[1:]))) for run in asked.runs if tokens.is_han(run)]
        self._others = [run for run in asked.runs if not tokens.is_han(run)]
        self._needed = 1 if any_word else matching.needed(asked)

    def score(self, kept: store.Kept) -> float | None:
        """Return how well a page answers; None when it does not count as found."""
        title, number, _text = kept.plain.split("\n", 2)
        exact = self._exact(title, number)
        present, *shares = self._counted(kept.plain)
        core = _core(title)
        is_titled = core in self._titles
        if len(present) < self._needed and not exact and not is_titled:
            return None
        signs = (
            *shares,
            self._characters(kept.plain),
            self._in_one_piece(kept.plain, present),
            self._part_of_title(title),
            self._of_title(core),
            len(core) / len(self._asked.bare) if is_titled else 0.0,
            float(is_titled),
        )
        return exact + sum([counts * sign for counts, sign in zip(SIGNS, signs, strict=True)])

    def _exact(self, title: str, number: str) -> float:
        asked = self._asked.bare
        if not asked:
            return 0.0
        if number and _bare(number) == asked:
            return EXACT_NUMBER
        return EXACT_TITLE * (_bare(title) == asked)

    def _characters(self, plain: str) -> float:
        """Return the share of the query's characters that stand in the text, by weight."""
        return sum([weight for character, weight in self._singles if character in plain]) / self._all_singles

    def _of_title(self, core: str) -> float:
        """Return the share of the title's pairs that the query has."""
        pairs = _pairs(core)
        return len(pairs & self._tokens) / len(pairs) if pairs else 0.0

    def _counted(self, plain: str) -> tuple[set[str], float, float]:
        """Return which tokens stand in the text, and their shares by weight: there, and often."""
        slow = SATURATED * (1 - BY_LENGTH + BY_LENGTH * len(plain) / self._length)
        count = plain.count
        there = [(token, weight, times) for token, weight in self._items if (times := count(token))]
        covered = sum([weight for _token, weight, _times in there])
        often = sum([weight * times / (times + slow) for _token, weight, times in there]) * (1 + SATURATED)
        present = {token for token, _weight, _times in there}
        return present, covered / self._whole, often / self._whole

    def _in_one_piece(self, plain: str, present: set[str]) -> float:
        """Return how much of the query stands in long pieces, 1 when all of it does as it was written."""
        together = sum([self._powers[len(run)] for run in self._others if run in present])
        for run, pairs in self._han:
            start, last = 0, len(pairs)
            while start < last:
                if pairs[start] not in present:
                    start += 1
                    continue
                end = start + 1  # of the pairs; the text is searched only where the next pair stands in it
                while end < last and pairs[end] in present and run[start : end + 2] in plain:
                    end += 1
                together += self._powers[end + 1 - start]
                start = end
        return together / self._pieces

    def _part_of_title(self, title: str) -> float:
        """Return how much of the title the query is, when the query stands in it as a whole."""
        asked = self._asked.bare
        return len(asked) / len(title) if asked and title and asked in _bare(title) else 0.0


@functools.lru_cache(maxsize=4096)
def _core(title: str) -> str:
    return tokens.core(title)


@functools.lru_cache(maxsize=4096)
def _pairs(core: str) -> frozenset[str]:
    return frozenset(tokens.pairs(tokens.pieces(core)))


@functools.lru_cache(maxsize=4096)
def _bare(title: str) -> str:
    return tokens.bare(title)
