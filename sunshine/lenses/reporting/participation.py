"""Figures of public participation: each a name, a number and the list that makes it, all of it public.

A call counts in the year in which it opened, a meeting or hearing in the year in which it began, a
decision in the year of its publication. Opinions are counted as far as they are confirmed and not hidden.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sunshine.kernel import period
from sunshine.kernel.words import gettext_noop
from sunshine.work.participation.models import CommentCall, Decision
from sunshine.work.participation.queries import calls, gatherings
from sunshine.work.participation.rules import terms


@dataclass(frozen=True, slots=True)
class Line:
    """What a figure counts: a public record's title and number, and how much of the figure it is."""

    title: str
    record: str
    count: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with the list that makes it; the number is the sum of its list, never anything else."""

    name: str
    label: str
    lines: Sequence[Line]

    @property
    def value(self) -> int:
        return sum(line.count for line in self.lines)


def figures(year: int) -> list[Figure]:
    """Return the figures of a year."""
    return [*_of_calls(year), *_of_gatherings(year), _of_decisions(year)]


def _of_calls(year: int) -> Iterator[Figure]:
    rows = [call for call in calls.of_year(year) if call.record.withdrawn_at is None]
    yield Figure("calls", gettext_noop("Drafts put out for comment"), [_line(call, 1) for call in rows])
    persons, answers = calls.persons_of(rows), calls.answers_of(rows)
    yield Figure(
        "persons",
        gettext_noop("Persons who spoke, call by call"),
        [_line(call, persons[call.pk]) for call in rows],
    )
    opinions = [_line(call, sum(answers[call.pk].values())) for call in rows]
    yield Figure("opinions", gettext_noop("Opinions"), opinions)
    answered = [call for call in rows if call.report_id is not None]
    for term in terms.ANSWERS:
        lines = [_line(call, answers[call.pk].get(term.code, 0)) for call in answered]
        yield Figure(f"opinions.{term.code}", term.label, [line for line in lines if line.count])


def _line(call: CommentCall, count: int) -> Line:
    return Line(call.record.title, call.record.reference, count)


def _of_gatherings(year: int) -> Iterator[Figure]:
    first, end = period.start_of(date(year, 1, 1)), period.start_of(date(year + 1, 1, 1))
    rows = list(gatherings.of_year(first, end))
    for sort, label in (
        ("hearing", gettext_noop("Hearings held")),
        ("meeting", gettext_noop("Meetings held with the public")),
    ):
        held = [row for row in rows if row.sort == sort and row.notice is not None]
        lines = [Line(row.notice.title, row.notice.reference, 1) for row in held if row.notice]
        yield Figure(f"{sort}s", label, lines)


def _of_decisions(year: int) -> Figure:
    rows = Decision.objects.filter(record__isnull=False, record__withdrawn_at=None).select_related("record")
    first, end = period.start_of(date(year, 1, 1)), period.start_of(date(year + 1, 1, 1))
    published = rows.filter(record__published_at__gte=first, record__published_at__lt=end)
    lines = [Line(row.record.title, row.record.reference, 1) for row in published if row.record]
    return Figure("decisions", gettext_noop("Decisions published by their procedure"), lines)
