"""From what is asked to what the index is asked: which pages count as found, and which come first.

A page is found when enough of the query's pairs stand in it. It comes the earlier the more of them
do, each counted once and by how rare it is: unlike the usual score this favours no length, so that an
article of a law and the whole law can be asked side by side. `ranking` looks closely at the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from math import ceil, log
from typing import Any

import tantivy
from tantivy import Occur, Query

from sunshine.core.publishing.rules import Validity
from sunshine.lenses.search import store
from sunshine.text import tokens
from sunshine.text.query import Asked

TELLING = 0.9
"""Share of all weight that the tokens asked for have; the rest counts in the close look."""

RAREST = 10
"""Tokens of a long query that decide which pages are looked at closely."""
FEW = 6
"""Up to so many tokens, how often each stands in a page counts too, or all pages would be alike."""
OFTEN, IN_TITLE = 0.3, 0.5
LONGEST_WITH_TITLE, LONGEST_TITLE = 60, 30
"""Characters of a query in which whole titles are looked for, and of such a title."""
OTHER_WORDS = 0.8
"""What a page counts that says the same in other words."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which pages may be found at all; what is empty does not narrow. Days are `store`'s numbers."""

    kinds: tuple[str, ...] = ()
    topic: str = ""
    department: str = ""
    year: int | None = None
    validity: str = ""
    since: int | None = None
    until: int | None = None


def day_number(day: date) -> int:
    """Return a day as the index writes it."""
    return day.year * 10000 + day.month * 100 + day.day


def needed(asked: Asked) -> int:
    """Return how many of a query's tokens a page must have: all of few, most of some, part of many."""
    count = len(asked.tokens)
    if count <= 2:
        return count
    return count - 1 if count <= 4 else max(3, ceil(count * 0.4))


@dataclass(frozen=True, slots=True)
class Weighed:
    """One meaning of a query, and how much each part of it tells.

    `tokens` are its pairs (or its characters, where it has no pair), `singles` its characters, `titles`
    the titles that stand in it as a whole; the rarest first, and what stands nowhere is left out.
    """

    asked: Asked
    tokens: dict[str, float]
    singles: dict[str, float]
    titles: dict[str, float]


def weighed(searcher: Any, asked: Asked) -> Weighed:
    """Return what a meaning of a query tells, by how many pages of the index have it."""
    said = asked.bare[:LONGEST_WITH_TITLE]
    spans = {
        said[start:end]
        for start in range(len(said))
        for end in range(start + 2, min(len(said), start + LONGEST_TITLE) + 1)
    }
    return Weighed(
        asked,
        weights(searcher, _field(asked), asked.tokens),
        weights(searcher, "singles", dict.fromkeys(tokens.singles(asked.runs))),
        weights(searcher, "title_core", spans),
    )


def weights(searcher: Any, field: str, among: Iterable[str]) -> dict[str, float]:
    """Return how much each token of a field tells, the rarest first; what stands nowhere is left out."""
    pages = searcher.num_docs
    held = {token: searcher.doc_freq(field, token) for token in among}
    rare = sorted((count, token) for token, count in held.items() if count)
    return {token: log(1 + (max(0, pages - count) + 0.5) / (count + 0.5)) for count, token in rare}


def found(meanings: Sequence[Weighed], narrowing: Narrowing, on: int, *, any_word: bool = False) -> Any:
    """Return the query for the pages that count as found, by words and by narrowing, without a score."""
    words = [
        _enough(each, 1 if any_word else needed(each.asked)) for each in meanings if not each.asked.is_empty
    ]
    conditions = narrowed(narrowing, on)
    if words:
        conditions.append(Query.boolean_query([(Occur.Should, each) for each in words]))
    if not conditions:
        return Query.all_query()
    return all_of(conditions)


def scored(told: Weighed) -> Any:
    """Return the query that scores pages by the tokens of one meaning, and by a title that stands in it."""
    asked, field = told.asked, _field(told.asked)
    telling = _telling(told.tokens)
    clauses = [constant(field, token, weight) for token, weight in telling]
    if len(asked.tokens) <= FEW:
        clauses += [Query.boost_query(term(field, token), OFTEN) for token, _weight in telling]
        titled = f"title_{field}"
        clauses += [constant(titled, token, IN_TITLE * weight) for token, weight in told.tokens.items()]
    clauses += [constant("title_core", title, weight) for title, weight in told.titles.items()]
    if asked.bare:
        clauses += [constant("title_key", asked.bare, 1000.0), constant("number_key", asked.bare, 2000.0)]
    return Query.boolean_query([(Occur.Should, clause) for clause in clauses])


def _telling(told: dict[str, float]) -> list[tuple[str, float]]:
    """Return the rarest tokens, which together tell nearly all; what stands everywhere takes longest."""
    told_enough = TELLING * sum(told.values())
    before = accumulate(told.values(), initial=0.0)
    items = list(told.items())[:RAREST]
    return [item for item, sofar in zip(items, before, strict=False) if sofar < told_enough]


def all_of(conditions: Sequence[Any]) -> Any:
    """Return the query for what meets every condition, without a score."""
    return Query.const_score_query(Query.boolean_query([(Occur.Must, each) for each in conditions]), 0.0)


def best_of(queries: Sequence[Any]) -> Any:
    """Return the query that scores a page by the first of some queries, or by another that fits it better."""
    if len(queries) == 1:
        return queries[0]
    return Query.disjunction_max_query(
        [queries[0], *(Query.boost_query(each, OTHER_WORDS) for each in queries[1:])]
    )


def _field(asked: Asked) -> str:
    return "singles" if asked.is_single else "pairs"


def _enough(told: Weighed, count: int) -> Any:
    asked, field = told.asked, _field(told.asked)
    terms = [(Occur.Should, term(field, token)) for token in asked.tokens]
    exact = [(Occur.Should, term(name, asked.bare)) for name in ("title_key", "number_key") if asked.bare]
    exact += [(Occur.Should, term("title_core", title)) for title in told.titles]
    enough = Query.boolean_query(terms, minimum_number_should_match=count) if count > 1 else None
    return Query.boolean_query([(Occur.Should, enough), *exact] if enough else [*terms, *exact])


def narrowed(narrowing: Narrowing, on: int) -> list[Any]:
    """Return the conditions that a narrowing makes; validity is judged on a day."""
    conditions = []
    if narrowing.kinds:
        conditions.append(Query.term_set_query(store.SCHEMA, "kind", list(narrowing.kinds)))
    chosen = (("topic", narrowing.topic), ("department", narrowing.department))
    conditions += [term(field, value) for field, value in chosen if value]
    if narrowing.year is not None:
        conditions.append(term("year", narrowing.year))
    if narrowing.since is not None or narrowing.until is not None:
        conditions.append(_between("published", narrowing.since, narrowing.until))
    if narrowing.validity:
        conditions += _valid(narrowing.validity, on)
    return conditions


def _valid(validity: str, on: int) -> list[Any]:
    """Return `publishing.rules.validity` as conditions, in the same order of precedence."""
    repealed, standing = _between("repealed", None, on), _between("repealed", on + 1, None)
    begun, coming = _between("effective", None, on), _between("effective", on + 1, None)
    lapsed, lasting = _between("until", None, on - 1), _between("until", on, None)
    return {
        Validity.REPEALED.value: [repealed],
        Validity.NOT_YET.value: [standing, coming],
        Validity.LAPSED.value: [standing, begun, lapsed],
        Validity.VALID.value: [standing, begun, lasting],
    }.get(validity, [Query.empty_query()])


def _between(field: str, first: int | None, last: int | None) -> Any:
    return Query.range_query(store.SCHEMA, field, tantivy.FieldType.Unsigned, first, last)


def constant(field: str, token: str, score: float) -> Any:
    """Return the query that gives every page with a token the same score."""
    return Query.const_score_query(term(field, token), score)


def term(field: str, value: str | int) -> Any:
    """Return the query for the pages with a value in a field."""
    return Query.term_query(store.SCHEMA, field, value, "freq" if field in store.COUNTED else "basic")
