"""What a year's figures are counted from, kind by kind, without anything personal."""

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


@dataclass(frozen=True, slots=True)
class ProposalCase:
    """A suggestion or proposal of the year's sessions; a day is None while that has not come.

    `closed_on` is the day of the reply, of a joint handler the day of its opinion; `published_on` the day
    on which a reply first stood in full before everybody, as `record`.
    """

    reference: str
    year: int
    session: str
    number: str
    role: str
    assigned_on: date
    closed_on: date | None = None
    returned_on: date | None = None
    published_on: date | None = None
    record: str = ""
    entries: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class TalkCase:
    """A comment call, a hearing, a meeting with the public, or a decision taken by their procedure.

    `persons` and `opinions` are what a call had when it closed.
    """

    reference: str
    sort: str
    on: date
    record: str
    closed_on: date | None = None
    persons: int = 0
    opinions: int = 0
    entries: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """How many letters of a year belong to a figure; `reference` is its name, and its list stands open.

    Letters are counted without carrying their list: a bureau may have a million of them.
    """

    reference: str
    year: int
    count: int
    entries: tuple[int, ...] = ()


Case = RequestCase | RemedyCase | FeeCase | RecordCase | ProposalCase | TalkCase | Tally
AnyCase = TypeVar("AnyCase", RequestCase, RemedyCase, FeeCase, RecordCase, ProposalCase, TalkCase, Tally)


@dataclass(frozen=True, slots=True)
class Cases:
    """Everything that the report of one year is counted from."""

    requests: tuple[RequestCase, ...] = ()
    remedies: tuple[RemedyCase, ...] = ()
    fees: tuple[FeeCase, ...] = ()
    records: tuple[RecordCase, ...] = ()
    proposals: tuple[ProposalCase, ...] = ()
    talks: tuple[TalkCase, ...] = ()
    tallies: tuple[Tally, ...] = ()


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
        proposals=tuple(
            _proposal_as_of(each, last) for each in _sorted(cases.proposals) if each.year == year
        ),
        talks=tuple(_talk_as_of(each, last) for each in _sorted(cases.talks) if each.on.year == year),
        tallies=tuple(each for each in _sorted(cases.tallies) if each.year == year and each.count),
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
        tuple(put(each) for each in held.proposals),
        tuple(put(each) for each in held.talks),
        held.tallies,
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


def _proposal_as_of(case: ProposalCase, last: date) -> ProposalCase:
    days = ("closed_on", "returned_on", "published_on")
    ahead: dict[str, Any] = {name: None for name in days if (getattr(case, name) or last) > last}
    if "published_on" in ahead:
        ahead["record"] = ""
    return replace(case, **ahead)


def _talk_as_of(case: TalkCase, last: date) -> TalkCase:
    if case.closed_on is None or case.closed_on <= last:
        return case
    return replace(case, closed_on=None, persons=0, opinions=0)


def _sorted(cases: Iterable[AnyCase]) -> list[AnyCase]:
    return sorted(cases, key=lambda each: each.reference)


KINDS: Mapping[str, type[Case]] = {
    "requests": RequestCase,
    "remedies": RemedyCase,
    "fees": FeeCase,
    "records": RecordCase,
    "proposals": ProposalCase,
    "talks": TalkCase,
    "tallies": Tally,
}
SINCE_FIRST: Sequence[str] = ("requests", "remedies", "fees", "records")
"""What every file has; one that was written before the others were counted lacks them."""


def to_json(cases: Cases) -> dict[str, list[dict[str, Any]]]:
    """Return cases as JSON values, days as YYYY-MM-DD."""
    return {name: [_plain(each) for each in getattr(cases, name)] for name in KINDS}


def from_json(told: Mapping[str, Any]) -> Cases:
    """Return the cases of JSON values.

    :raises ValueError, TypeError, KeyError: they are none
    """
    held = {name: told[name] if name in SINCE_FIRST else told.get(name, ()) for name in KINDS}
    return Cases(**{name: tuple(_case(kind, each) for each in held[name]) for name, kind in KINDS.items()})


def _plain(case: Case) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else list(value) if name == "entries" else value
        for name, value in ((each.name, getattr(case, each.name)) for each in fields(case))
    }


def _case(kind: type[Case], told: Mapping[str, Any]) -> Any:
    values: dict[str, Any] = {
        name: _day(value) if name == "on" or name.endswith(("_on", "_from", "_until")) else value
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
