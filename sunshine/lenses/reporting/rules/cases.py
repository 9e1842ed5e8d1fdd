"""What a year's figures are counted from: requests, remedies, fees and records, without anything personal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, TypeVar


@dataclass(frozen=True, slots=True)
class RequestCase:
    """A request: who asked by kind only; `closed_on` None while it is being handled."""

    reference: str
    applicant: str
    way: str
    received_on: date
    closed_on: date | None = None
    outcome: str = ""
    row: str = ""
    entries: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RemedyCase:
    """A reconsideration or a lawsuit against an answer; `decided_on` None while it is pending."""

    reference: str
    request: str
    sort: str
    is_after: bool
    filed_on: date
    decided_on: date | None = None
    result: str = ""
    entries: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class FeeCase:
    """A processing fee that was asked, in yuan; `reference` is the request's."""

    reference: str
    amount: int
    notified_on: date
    paid_on: date | None = None
    entries: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordCase:
    """A public record, as its newest version says."""

    reference: str
    kind: str
    published_on: date
    formed_on: date | None = None
    effective_from: date | None = None
    valid_until: date | None = None
    repealed_on: date | None = None
    entries: tuple[int, ...] = ()

    @property
    def made_on(self) -> date:
        return self.formed_on or self.published_on


Case = RequestCase | RemedyCase | FeeCase | RecordCase
AnyCase = TypeVar("AnyCase", RequestCase, RemedyCase, FeeCase, RecordCase)


@dataclass(frozen=True, slots=True)
class Cases:
    """Everything that the report of one year is counted from."""

    requests: tuple[RequestCase, ...] = ()
    remedies: tuple[RemedyCase, ...] = ()
    fees: tuple[FeeCase, ...] = ()
    records: tuple[RecordCase, ...] = ()


def of_year(year: int, cases: Cases) -> Cases:
    """Return the cases that count in a year, as they stood at its end.

    A request counts in each year from that of its receipt to that of its closing (AR-PERIOD).
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    return Cases(
        requests=tuple(
            _as_of(each, last)
            for each in _sorted(cases.requests)
            if each.received_on <= last and (each.closed_on is None or each.closed_on >= first)
        ),
        remedies=tuple(
            _remedy_as_of(each, last)
            for each in _sorted(cases.remedies)
            if each.filed_on <= last and (each.decided_on is None or each.decided_on >= first)
        ),
        fees=tuple(
            each if each.paid_on is None or each.paid_on <= last else replace(each, paid_on=None)
            for each in _sorted(cases.fees)
            if year in (each.notified_on.year, each.paid_on.year if each.paid_on else 0)
            and each.notified_on <= last
        ),
        records=tuple(_record_as_of(each, last) for each in _sorted(cases.records) if _counts(each, year)),
    )


def with_entries(held: Cases, places: Mapping[str, Sequence[tuple[str, int]]]) -> Cases:
    """Return cases with the places of the entries that make them: subject -> (kind, place) in the log."""

    def put(case: AnyCase, kinds: frozenset[str] = frozenset()) -> AnyCase:
        told = places.get(case.reference, ())
        return replace(case, entries=tuple(index for kind, index in told if not kinds or kind in kinds))

    return Cases(
        tuple(put(each) for each in held.requests),
        tuple(put(each) for each in held.remedies),
        tuple(put(each, FEE_KINDS) for each in held.fees),
        tuple(put(each) for each in held.records),
    )


FEE_KINDS = frozenset({"information_request.charge_fee", "information_request.record_payment"})
NORMATIVE, INTERPRETATION = "normative_document", "interpretation"


def _counts(case: RecordCase, year: int) -> bool:
    """Return whether a record counts: published in the year, or a normative document made until its end."""
    return case.published_on.year == year or (case.kind == NORMATIVE and case.made_on.year <= year)


def _as_of(case: RequestCase, last: date) -> RequestCase:
    if case.closed_on is None or case.closed_on <= last:
        return case
    return replace(case, closed_on=None, outcome="", row="")


def _remedy_as_of(case: RemedyCase, last: date) -> RemedyCase:
    if case.decided_on is None or case.decided_on <= last:
        return case
    return replace(case, decided_on=None, result="")


def _record_as_of(case: RecordCase, last: date) -> RecordCase:
    if case.repealed_on is None or case.repealed_on <= last:
        return case
    return replace(case, repealed_on=None)


def _sorted(cases: Iterable[AnyCase]) -> list[AnyCase]:
    return sorted(cases, key=lambda each: each.reference)


KINDS: Mapping[str, type[Case]] = {
    "requests": RequestCase,
    "remedies": RemedyCase,
    "fees": FeeCase,
    "records": RecordCase,
}


def to_json(cases: Cases) -> dict[str, list[dict[str, Any]]]:
    """Return cases as JSON values, days as YYYY-MM-DD."""
    return {name: [_plain(each) for each in getattr(cases, name)] for name in KINDS}


def from_json(told: Mapping[str, Any]) -> Cases:
    """Return the cases of JSON values.

    :raises ValueError, TypeError, KeyError: they are none
    """
    return Cases(**{name: tuple(_case(kind, each) for each in told[name]) for name, kind in KINDS.items()})


def _plain(case: Case) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else list(value) if name == "entries" else value
        for name, value in ((each.name, getattr(case, each.name)) for each in fields(case))
    }


def _case(kind: type[Case], told: Mapping[str, Any]) -> Any:
    values: dict[str, Any] = {
        name: _day(value) if name.endswith(("_on", "_from", "_until")) else value
        for name, value in told.items()
    }
    return kind(**{**values, "entries": tuple(told["entries"])})


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)) if value else None


@dataclass(frozen=True, slots=True)
class Pin:
    """The state of the public log at which a report was counted."""

    origin: str
    size: int
    root: str
