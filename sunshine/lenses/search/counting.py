"""How many pages were found, and how many of them have which value of each facet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sunshine.core.publishing.rules import Validity

MOST_VALUES = 30
"""Values shown of one facet, the most frequent first; years all the way back, newest first."""
MOST_YEARS = 60


@dataclass(frozen=True, slots=True)
class Counted:
    """How many were found in all, and (value, number) of each facet."""

    total: int
    facets: Mapping[str, Sequence[tuple[str, int]]]


def counts(searcher: Any, found: Any, on: int) -> Counted:
    """Count the pages that a query finds, in one pass over them; validity is judged on a day."""
    terms = {name: _terms(name, MOST_VALUES) for name in ("kind", "department", "topic")}
    asked = {**terms, "year": _terms("year", MOST_YEARS), "validity": _by_validity(on)}
    told = searcher.aggregate(found, asked)
    if not told["validity"]["buckets"]:  # an index without a single page has no ranges either
        return Counted(0, {})
    facets = {name: _values(told[name]) for name in terms}
    facets["year"] = sorted(_values(told["year"]), reverse=True)
    facets["validity"] = _validities(told["validity"])
    total = sum(bucket["doc_count"] for bucket in told["validity"]["buckets"])
    return Counted(total, {name: values for name, values in facets.items() if values})


def _terms(field: str, size: int) -> dict[str, Any]:
    return {"terms": {"field": field, "size": size}}


def _values(told: Mapping[str, Any]) -> list[tuple[str, int]]:
    return [(_value(bucket["key"]), bucket["doc_count"]) for bucket in told["buckets"]]


def _value(key: str | float) -> str:
    return key if isinstance(key, str) else str(int(key))


def _by_validity(on: int) -> dict[str, Any]:
    """Return `publishing.rules.validity` as ranges within ranges, in the same order of precedence."""
    return _split("repealed", on + 1, _split("effective", on + 1, _split("until", on)))


def _split(field: str, day: int, inner: dict[str, Any] | None = None) -> dict[str, Any]:
    made: dict[str, Any] = {"range": {"field": field, "ranges": [{"to": day}, {"from": day}]}}
    return {**made, "aggs": {"inner": inner}} if inner else made


def _validities(told: Mapping[str, Any]) -> list[tuple[str, int]]:
    """Return how many are in which state, those in force first."""
    repealed, standing = _parts(told)
    begun, coming = _parts(standing["inner"])
    lapsed, lasting = _parts(begun["inner"])
    counted = (
        (Validity.VALID, lasting),
        (Validity.NOT_YET, coming),
        (Validity.LAPSED, lapsed),
        (Validity.REPEALED, repealed),
    )
    return [(state.value, part["doc_count"]) for state, part in counted if part["doc_count"]]


def _parts(told: Mapping[str, Any]) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    before, after = sorted(told["buckets"], key=lambda bucket: bucket.get("from", 0))
    return before, after
