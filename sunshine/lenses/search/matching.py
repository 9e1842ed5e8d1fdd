"""From what is asked to what the index is asked: which pages count as found, and what they score.

A page is found when enough of the query's pairs stand in it, and scores for every single character,
pair and word of the query, again for those in its title.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

import tantivy
from tantivy import Occur, Query

from sunshine.core.publishing.rules import Validity
from sunshine.lenses.search import store
from sunshine.text.query import Asked

WEIGHTS = {
    "pairs": 1.0,
    "singles": 1.0,
    "words": 0.5,
    "title_pairs": 0.3,
}
"""What a token counts in each field."""


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


def found(asked: Asked, needed: int, narrowing: Narrowing, on: int) -> Any:
    """Return the query for the pages that count as found, by words and by narrowing, without a score."""
    conditions = [*_words(asked, needed), *_narrowed(narrowing, on)]
    if not conditions:
        return Query.all_query()
    return Query.const_score_query(
        Query.boolean_query([(Occur.Must, condition) for condition in conditions]), 0.0
    )


def needed(asked: Asked) -> int:
    """Return how many of a query's tokens a page must have: all of few, most of some, part of many."""
    count = len(_tokens(asked)[1])
    if count <= 2:
        return count
    return count - 1 if count <= 4 else max(3, ceil(count * 0.4))


def scored(asked: Asked) -> list[tuple[Any, Any]]:
    """Return the clauses that give a found page its score."""
    clauses = [
        (Occur.Should, _boosted(_term(field, token), weight))
        for field, weight in WEIGHTS.items()
        for token in _of_field(asked, field)
    ]
    return [*clauses, *exact(asked)]


def exact(asked: Asked) -> list[tuple[Any, Any]]:
    """Return the clauses for a page whose title or number is what was asked, which comes first."""
    if not asked.bare:
        return []
    return [
        (Occur.Should, Query.const_score_query(_term(field, asked.bare), score))
        for field, score in (("title_key", 1000.0), ("number_key", 2000.0))
    ]


def _of_field(asked: Asked, field: str) -> tuple[str, ...]:
    kind = field.removeprefix("title_")
    return {"pairs": asked.pairs, "singles": asked.singles, "words": asked.words}[kind]


def _tokens(asked: Asked) -> tuple[str, tuple[str, ...]]:
    return ("pairs", asked.pairs) if asked.pairs else ("singles", asked.singles)


def _words(asked: Asked, needed: int) -> list[Any]:
    field, tokens = _tokens(asked)
    if not tokens:
        return []
    terms = [(Occur.Should, _term(field, token)) for token in tokens]
    enough = Query.boolean_query(terms, minimum_number_should_match=needed)
    return [Query.boolean_query([(Occur.Should, enough), *exact(asked)])]


def _narrowed(narrowing: Narrowing, on: int) -> list[Any]:
    conditions = []
    if narrowing.kinds:
        conditions.append(Query.term_set_query(store.SCHEMA, "kind", list(narrowing.kinds)))
    chosen = (("topic", narrowing.topic), ("department", narrowing.department))
    conditions += [_term(field, value) for field, value in chosen if value]
    if narrowing.year is not None:
        conditions.append(_term("year", narrowing.year))
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
        Validity.REPEALED: [repealed],
        Validity.NOT_YET: [standing, coming],
        Validity.LAPSED: [standing, begun, lapsed],
        Validity.VALID: [standing, begun, lasting],
    }.get(Validity(validity) if validity in set(Validity) else Validity.VALID, [])


def _between(field: str, first: int | None, last: int | None) -> Any:
    return Query.range_query(store.SCHEMA, field, tantivy.FieldType.Unsigned, first, last)


def _term(field: str, value: str | int) -> Any:
    option = "freq" if field in store.SCORED else "basic"
    return Query.term_query(store.SCHEMA, field, value, option)


def _boosted(query: Any, weight: float) -> Any:
    return query if weight == 1.0 else Query.boost_query(query, weight)
