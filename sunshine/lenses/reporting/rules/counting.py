"""Figures made of cases: each a number with the list that makes it, under a name of its own.

A name is `group.row.column`: `requests.3.4.business` are the requests of businesses answered in row 3.4,
`remedies.lawsuit_direct.pending` the lawsuits still pending, `records.published` the year's records.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sunshine.lenses.reporting.rules import cases
from sunshine.lenses.reporting.rules.cases import (
    Case,
    Cases,
    FeeCase,
    ProposalCase,
    RecordCase,
    RemedyCase,
    RequestCase,
    TalkCase,
)
from sunshine.work.proposals.rules import terms as proposals
from sunshine.work.requests import rules as requests

TOTAL = "total"
COLUMNS = tuple(kind.code for kind in requests.APPLICANT_KINDS)
NEW, CARRIED_IN, DONE, CARRIED_OUT = "new", "carried_in", "done", "carried_out"

TRACKS = ("reconsideration", "lawsuit_direct", "lawsuit_after")
RESULTS = (*(result.code for result in requests.RESULTS), requests.PENDING.code)


MONEY, COUNT = "amount", "count"
TALKS = {"call": "calls", "hearing": "hearings", "meeting": "meetings", "decision": "decisions"}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and the cases that make it; with a `measure`, the sum of what the cases say of that."""

    name: str
    value: int
    cases: tuple[Case, ...]
    measure: str = ""

    @property
    def is_money(self) -> bool:
        return self.measure == MONEY


class Figures(Mapping[str, Figure]):
    """The figures of one year by name; a name that nothing counted towards is a zero with an empty list."""

    def __init__(self, made: Mapping[str, Figure]) -> None:
        self._made = dict(made)

    def __getitem__(self, name: str) -> Figure:
        if name in self._made:
            return self._made[name]
        return Figure(name, 0, ())

    def __contains__(self, name: object) -> bool:
        return name in self._made

    def __iter__(self) -> Any:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)


def figures(year: int, of_year: Cases) -> Figures:
    """Count a year's cases (`cases.of_year`), each once for every figure that it belongs to."""
    lists: dict[str, list[Case]] = defaultdict(list)
    for request in of_year.requests:
        for name in _of_request(request, year):
            lists[name].append(request)
    for remedy in of_year.remedies:
        for name in _of_remedy(remedy):
            lists[name].append(remedy)
    for record in of_year.records:
        for name in _of_record(record, year):
            lists[name].append(record)
    for proposal in of_year.proposals:
        for name in _of_proposal(proposal):
            lists[name].append(proposal)
    for talk in of_year.talks:
        lists[f"participation.{TALKS[talk.sort]}"].append(talk)
    made = {name: Figure(name, len(listed), tuple(listed)) for name, listed in lists.items()}
    for tally in of_year.tallies:
        made[tally.reference] = Figure(tally.reference, tally.count, (tally,), COUNT)
    return Figures(made | _of_fees(of_year.fees, year) | _of_calls(of_year.talks))


def _of_request(case: RequestCase, year: int) -> Iterable[str]:
    """Yield the names of the figures to which a request counts (AR-PERIOD)."""
    rows = [NEW if case.received_on.year == year else CARRIED_IN]
    if case.closed_on is None:
        rows.append(CARRIED_OUT)
    else:
        rows += [DONE, *([case.row] if case.row else [])]
    for row in rows:
        yield f"requests.{row}.{case.applicant}"
        yield f"requests.{row}.{TOTAL}"
    if NEW in rows:
        yield f"ways.{case.way}"
    if case.closed_on is not None and case.row:
        yield f"groups.{case.row.partition('.')[0]}"


def _of_remedy(case: RemedyCase) -> Iterable[str]:
    track = track_of(case)
    yield f"remedies.{track}.{case.result or requests.PENDING.code}"
    yield f"remedies.{track}.{TOTAL}"


def track_of(case: RemedyCase) -> str:
    """Return the part of the table in which a remedy counts."""
    if case.sort == requests.SORTS[0].code:
        return "reconsideration"
    return "lawsuit_after" if case.is_after else "lawsuit_direct"


def _of_record(case: RecordCase, year: int) -> Iterable[str]:
    if case.published_on.year == year:
        yield "records.published"
        if case.kind == cases.INTERPRETATION:
            yield "records.interpretations"
    if case.kind != cases.NORMATIVE:
        return
    if case.made_on.year == year:
        yield "norms.made"
        if case.published_on.year == year:
            yield "norms.opened"
    if ended_in(case, year):
        yield "norms.ended"
    if is_in_force(case, date(year, 12, 31)):
        yield "norms.valid"
    if case.published_on.year <= year:
        yield "norms.public"


def ended_in(case: RecordCase, year: int) -> bool:
    """Return whether a document was repealed or lapsed in a year; the form counts both as 废止 (AR-I7)."""
    before, last = date(year - 1, 12, 31), date(year, 12, 31)
    return case.made_on <= last and not is_over(case, before) and is_over(case, last)


def is_over(case: RecordCase, on: date) -> bool:
    """Return whether a document has been repealed or has lapsed by a day; `valid_until` is its last day."""
    repealed = case.repealed_on is not None and case.repealed_on <= on
    return repealed or (case.valid_until is not None and case.valid_until < on)


def is_in_force(case: RecordCase, on: date) -> bool:
    """Return whether a document is in force on a day (DOC-STATE)."""
    has_begun = case.effective_from is None or case.effective_from <= on
    return case.made_on <= on and has_begun and not is_over(case, on)


def _of_fees(fees: Iterable[FeeCase], year: int) -> dict[str, Figure]:
    """Return what section 六 must say of the processing fee: notices, yuan asked, yuan received."""
    asked = tuple(each for each in fees if each.notified_on.year == year)
    paid = tuple(each for each in fees if each.paid_on is not None and each.paid_on.year == year)
    made = (
        Figure("fees.notices", len(asked), asked),
        Figure("fees.asked", sum(each.amount for each in asked), asked, MONEY),
        Figure("fees.received", sum(each.amount for each in paid), paid, MONEY),
    )
    return {figure.name: figure for figure in made}


def _of_proposal(case: ProposalCase) -> Iterable[str]:
    """Yield the figures to which a proposal counts; what was returned counts apart (PRP-OBJECT)."""
    if case.returned_on is not None:
        yield "proposals.returned"
        return
    yield "proposals.all"
    yield f"proposals.{case.role}"
    is_replied = case.role in proposals.REPLIES
    if case.closed_on is not None:
        yield "proposals.replied" if is_replied else "proposals.opinions"
    if case.published_on is not None:
        yield "proposals.published"


def _of_calls(talks: Iterable[TalkCase]) -> dict[str, Figure]:
    """Return how many spoke in the year's calls, and how many opinions they sent."""
    held = tuple(each for each in talks if each.sort == "call")
    made = {}
    for measure in ("persons", "opinions"):
        listed = tuple(each for each in held if getattr(each, measure))
        name = f"participation.{measure}"
        made[name] = Figure(name, sum(getattr(each, measure) for each in listed), listed, measure)
    return made


def agrees(figure: Figure) -> bool:
    """Return whether a figure is what its list makes."""
    if figure.measure:
        return figure.value == sum(int(getattr(each, figure.measure)) for each in figure.cases)
    return figure.value == len(figure.cases) == len(set(figure.cases))
