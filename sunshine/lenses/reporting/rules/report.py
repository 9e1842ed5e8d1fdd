"""A year's report as one value: cases, figures, what was stated and written; its machine-readable form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Final

from sunshine.lenses.reporting.rules import cases, counting, forms, identities, labels, narrative, prose
from sunshine.lenses.reporting.rules.cases import Cases, Pin
from sunshine.lenses.reporting.rules.counting import Figure, Figures
from sunshine.lenses.reporting.rules.forms import Form, Table
from sunshine.lenses.reporting.rules.identities import Reported
from sunshine.lenses.reporting.rules.narrative import FACTS
from sunshine.lenses.reporting.rules.prose import Section, Words
from sunshine.work.facts.rules import Stated

SCHEMA: Final = "sunshine-annual-report/2"
FIRST_SCHEMA: Final = "sunshine-annual-report/1"
SCHEMAS: Final[Mapping[str, tuple[Form, ...]]] = {FIRST_SCHEMA: forms.FIRST_FORMS, SCHEMA: forms.FORMS}
"""The forms of each schema of the machine-readable file: which tables and figures a file promises."""
KIND: Final = "annual_report"
YEAR_FIELD: Final = "report_year"


class NotAReport(ValueError):
    """These bytes are no machine-readable report of ours."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that a later version of a report gives otherwise."""

    name: str
    before: str
    now: str


@dataclass(frozen=True)
class Report:
    """A year's report; `of_year` are its cases as `cases.of_year` returns them."""

    bureau: str
    year: int
    pin: Pin
    of_year: Cases
    stated: Mapping[str, str] = field(default_factory=dict)
    words: Words = field(default_factory=Words)
    differences: tuple[Difference, ...] = ()
    facts: tuple[Stated, ...] = ()
    schema: str = SCHEMA

    @property
    def form(self) -> Form:
        return forms.form_of(self.year, SCHEMAS[self.schema])

    @property
    def title(self) -> str:
        return self.form.title.format(bureau=self.bureau, year=self.year)

    @cached_property
    def figures(self) -> Figures:
        return counting.figures(self.year, self.of_year)

    @cached_property
    def values(self) -> dict[str, int]:
        return {name: self.figures[name].value for name in forms.counted_names(self.form)}

    @property
    def reported(self) -> Reported:
        return identities.Reported(self.year, self.form, self.values, self.stated)

    @property
    def sections(self) -> tuple[Section, ...]:
        if self.form.is_narrative:
            return narrative.sections(self.bureau, self.year, self.words, self.pin)
        return prose.sections(self.bureau, self.year, self.words, self.pin, self.values)

    @property
    def tables(self) -> tuple[Table, ...]:
        return self.form.tables

    def figure(self, name: str) -> Figure:
        """Return a counted figure of the report with its list.

        :raises KeyError: the report has no such figure
        """
        if name not in self.values:
            raise KeyError(name)
        return self.figures[name]

    @cached_property
    def quoted(self) -> dict[str, int | str]:
        """Everything that a number of the prose may refer to: the counted figures and the recorded facts."""
        return {**self.values, **{f"{FACTS}{fact.code}": fact.value for fact in self.facts}}

    def fact(self, name: str) -> Stated | None:
        """Return the recorded fact of a name such as `facts.followers`; None where it names none."""
        return next((fact for fact in self.facts if f"{FACTS}{fact.code}" == name), None)

    def label(self, name: str) -> str:
        """Return what a figure or a fact is called."""
        fact = self.fact(name)
        return fact.name if fact else labels.of(self.form, name)

    def said(self, name: str) -> str:
        """Return what stands in a cell: a number, or that it does not apply, or nothing where nobody said."""
        return self.stated.get(name, "") if name.startswith("stated.") else str(self.quoted[name])


def differences(now: Report, before: Report) -> tuple[Difference, ...]:
    """Return every cell and figure that a later version gives otherwise, in the order of the form.

    A figure that the earlier version did not have yet is none.
    """
    counted = (name for name in forms.counted_names(now.form) if name in before.values)
    cells = (*counted, *(cell.name for cell in now.form.stated))
    facts = sorted({f"{FACTS}{fact.code}" for each in (before, now) for fact in each.facts})
    pairs = [(name, before.said(name), now.said(name)) for name in cells]
    pairs += [(name, str(before.quoted.get(name, "")), str(now.quoted.get(name, ""))) for name in facts]
    return tuple(Difference(name, then, here) for name, then, here in pairs if then != here)


def to_json(report: Report) -> dict[str, Any]:
    """Return everything that a program needs to read the report and to count it again."""
    return {
        "schema": report.schema,
        "bureau": report.bureau,
        "year": report.year,
        "form": {"version": report.form.version, "basis": report.form.basis},
        "log": asdict(report.pin),
        "figures": report.values,
        "stated": dict(report.stated),
        "facts": [{**asdict(each), "as_of": each.as_of.isoformat()} for each in report.facts],
        "tables": tables_to_json(report),
        "words": asdict(report.words),
        "differences": [asdict(each) for each in report.differences],
        "cases": cases.to_json(report.of_year),
    }


def tables_to_json(report: Report) -> list[dict[str, Any]]:
    """Return the tables with what stands in each cell."""
    return [_table(report, table) for table in report.tables]


def _table(report: Report, table: Table) -> dict[str, Any]:
    """Return a table as rows of cells, spans included, so that it can be drawn again."""

    def cell(each: forms.Cell) -> dict[str, Any]:
        spans = {"columns": each.columns, "rows": each.rows}
        if each.figure:
            return {"figure": each.figure, "value": report.said(each.figure), **spans}
        return {"text": each.text, **spans}

    return {
        "section": table.section,
        "rows": [[cell(each) for each in line] for line in (*table.heads, *table.body)],
    }


def from_json(told: object) -> Report:
    """Return the report that a machine-readable file tells.

    :raises NotAReport: it is none
    """
    schema = str(told.get("schema")) if isinstance(told, dict) else ""
    if not isinstance(told, dict) or schema not in SCHEMAS:
        raise NotAReport("it does not say that it is a report")
    if "facts" in told:  # the second schema was written for a while before it was called so
        schema = SCHEMA
    try:
        return Report(
            bureau=str(told["bureau"]),
            year=int(told["year"]),
            pin=Pin(**told["log"]),
            of_year=cases.from_json(told["cases"]),
            stated={str(name): str(value) for name, value in told["stated"].items()},
            words=Words(**told["words"]),
            differences=tuple(Difference(**each) for each in told["differences"]),
            facts=tuple(_fact(each) for each in told.get("facts", ())),
            schema=schema,
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NotAReport(str(error)) from error


def _fact(told: Mapping[str, Any]) -> Stated:
    return Stated(**{**told, "as_of": date.fromisoformat(told["as_of"]), "listed": tuple(told["listed"])})
