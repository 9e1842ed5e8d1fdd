"""The order of what was found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import tantivy
from tantivy import Occur, Query

from sunshine.lenses.search import matching, store
from sunshine.text.query import Asked

CLOSELY = 50
"""How many of the first hits are looked at closely."""


@dataclass(frozen=True, slots=True)
class Found:
    """The pages that count as found, as a query without a score, and what was asked."""

    query: Any
    asked: Asked


def found(searcher: Any, asked: Asked, narrowing: matching.Narrowing, on: int) -> Found:
    """Return what counts as found: pages with enough of the words, else those with any of them."""
    strict = matching.found(asked, matching.needed(asked), narrowing, on)
    if matching.needed(asked) <= 1 or searcher.search(strict, 1, count=False).hits:
        return Found(strict, asked)
    return Found(matching.found(asked, 1, narrowing, on), asked)


def ranked(searcher: Any, found: Found, *, sort: str, first: int, last: int) -> list[store.Kept]:
    """Return the pages from place `first` to before place `last`, from 0."""
    if last <= first:
        return []
    if sort != "relevance" or found.asked.is_empty:
        order = tantivy.Order.Asc if sort == "oldest" else tantivy.Order.Desc
        hits = searcher.search(
            found.query, last - first, count=False, order_by_field="published", offset=first, order=order
        ).hits
        return [store.kept(searcher, address) for _, address in hits]
    query = Query.boolean_query([(Occur.Must, found.query), *matching.scored(found.asked)])
    hits = searcher.search(query, last - first, count=False, offset=first).hits
    return [store.kept(searcher, address) for _, address in hits]
