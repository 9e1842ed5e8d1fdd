"""Cases of a report beside requests and records: proposals, participation, letters."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from django.db.models import Count, Q

from sunshine.core.ledger.models import Leaf
from sunshine.kernel import period
from sunshine.lenses.reporting.rules.cases import ProposalCase, TalkCase, Tally
from sunshine.work.correspondence.queries import public as letters
from sunshine.work.participation.models import CommentCall, Decision
from sunshine.work.participation.queries import calls, gatherings
from sunshine.work.proposals import queries as proposals

Places = Callable[[Sequence[str]], dict[str, list[tuple[str, int]]]]
"""Which entries of the log are about some subjects: kind and place of each."""


def proposals_of(year: int) -> Iterator[ProposalCase]:
    """Yield the proposals of the sessions of a year."""
    for each in proposals.reported(year):
        yield ProposalCase(
            each.reference,
            year,
            each.session,
            each.number,
            each.role,
            each.assigned_on,
            each.closed_on,
            each.returned_on,
            each.published_on,
            each.record,
        )


def places_of_proposals(year: int, places: Places) -> dict[str, list[tuple[str, int]]]:
    """Return the entries about each proposal; those about the publication of its replies are its own."""
    listed = {each.reference: (each.reference, *each.publications) for each in proposals.reported(year)}
    told = places(sorted(subject for subjects in listed.values() for subject in subjects))
    return {
        reference: sorted(
            (place for subject in subjects for place in told.get(subject, ())), key=lambda place: place[1]
        )
        for reference, subjects in listed.items()
    }


def talks_of(year: int) -> Iterator[TalkCase]:
    """Yield the calls, hearings, meetings and decisions of a year that everybody may see."""
    held = [call for call in calls.of_year(year) if call.record.withdrawn_at is None]
    closed = _closed([call.matter.reference for call in held])
    yield from (_call(call, closed.get(call.matter.reference)) for call in held)
    first, end = period.start_of(date(year, 1, 1)), period.start_of(date(year + 1, 1, 1))
    for row in gatherings.of_year(first, end):
        if row.sort in ("hearing", "meeting") and row.notice is not None:
            on = period.day_of(row.starts_at)
            yield TalkCase(row.matter.reference, row.sort, on, row.notice.reference)
    rows = Decision.objects.filter(record__isnull=False, record__withdrawn_at=None)
    of_year = rows.filter(record__published_at__gte=first, record__published_at__lt=end)
    for decision in of_year.select_related("record", "matter"):
        if decision.record:
            on = period.day_of(decision.record.published_at)
            yield TalkCase(decision.matter.reference, "decision", on, decision.record.reference)


def _call(call: CommentCall, closing: tuple[date, int, int] | None) -> TalkCase:
    reference, opened_on = call.matter.reference, period.day_of(call.matter.opened_at)
    return TalkCase(reference, "call", opened_on, call.record.reference, *(closing or ()))


def _closed(references: Sequence[str]) -> dict[str, tuple[date, int, int]]:
    """Return when each call closed, and how many persons and opinions it had by then, as the log says."""
    rows = Leaf.objects.filter(entry__kind="comment_call.close", entry__subject__in=references)
    found = {}
    for subject, at, data in rows.values_list("entry__subject", "entry__at", "data"):
        line = json.loads(bytes(data))
        found[subject] = (period.day_of(at), int(line["persons"]), int(line["opinions"]))
    return found


def letters_of(year: int) -> Iterator[Tally]:
    """Yield how many letters came in a year, by which way, and how many were replied to."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    rows = letters.register().order_by()
    came = rows.filter(received_on__gte=first, received_on__lte=last)
    by_way = dict(came.values("channel").annotate(count=Count("pk")).values_list("channel", "count"))
    replied = Q(first_replied_at__gte=period.start_of(first), first_replied_at__lt=period.end_of(last))
    yield Tally("letters.received", year, sum(by_way.values()))
    yield Tally("letters.replied", year, rows.filter(replied).count())
    for way, count in by_way.items():
        yield Tally(f"letters.received.{way}", year, count)
