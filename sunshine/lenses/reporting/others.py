"""Cases of a report beside requests and records: proposals, participation, letters.

Only what the public log tells counts, as it tells it: older entries tell less than later ones, and a report
must follow from the log alone.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from sunshine.core.ledger.models import Entry, Leaf
from sunshine.kernel import period
from sunshine.lenses.reporting.rules.cases import ProposalCase, TalkCase, Tally
from sunshine.work.correspondence.models import Case
from sunshine.work.correspondence.queries import public as letters
from sunshine.work.correspondence.rules import stages, terms
from sunshine.work.participation.models import CommentCall, Decision
from sunshine.work.participation.queries import calls, gatherings
from sunshine.work.proposals import queries as proposals
from sunshine.work.proposals import rules as proposal_rules

AT_ONCE = 500
"""References asked for in one query; databases limit how many values a query may have."""
PROPOSALS = (*sorted(proposal_rules.LED), proposal_rules.OPINION)
REGISTERED = tuple(
    f"{stages.CASE}.{act}" for act in ("register_case", "register_consultation", "register_danger")
)
UNREGISTERED = {
    "take_back": terms.TAKEN_BACK.code,
    "pass_on": terms.PASSED_ON.code,
    "turn_into_petition": terms.PASSED_ON.code,
    "join": terms.JOINED.code,
    "join_unregistered": terms.JOINED.code,
}
"""The acts that end a letter which nobody registered, and its outcome."""
ENDS = tuple(f"{stages.CASE}.{act}" for act in UNREGISTERED)
Places = Callable[[Sequence[str]], dict[str, list[tuple[str, int]]]]
"""Which entries of the log are about some subjects: kind and place of each."""


def proposals_of(year: int) -> Iterator[ProposalCase]:
    """Yield the proposals of the sessions of a year."""
    listed = _reported(year)
    returns = _subjects(("assigner_agrees", "call_off"), [each.reference for each in listed])
    for each in listed:
        yield ProposalCase(
            each.reference,
            year,
            each.session,
            each.number,
            each.role,
            each.assigned_on,
            each.closed_on,
            each.returned_on if each.reference in returns else None,
            each.published_on,
            each.record,
        )


def _reported(year: int) -> list[proposals.Reported]:
    """Return the proposals that the log puts in a year: that of the session; older ones by the day."""
    found = proposals.reported(year)
    kinds = [f"{kind}.take_in" for kind in PROPOSALS]
    told = dict(_told(kinds, [each.reference for each in found]))
    years = {name: int(line.get("year") or line["assigned_on"][:4]) for name, line in told.items()}
    return [each for each in found if years.get(each.reference) == year]


def _subjects(acts: Iterable[str], references: Sequence[str]) -> set[str]:
    """Return those of some proposals of which the log tells one of some acts."""
    kinds = [f"{kind}.{act}" for act in acts for kind in PROPOSALS]
    return {subject for subject, _line in _told(kinds, references)}


def _told(kinds: Iterable[str], subjects: Sequence[str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield subject and public line of each entry of some kinds about some subjects."""
    rows = Leaf.objects.filter(entry__kind__in=list(kinds)).order_by("index")
    for first in range(0, len(subjects), AT_ONCE):
        asked = rows.filter(entry__subject__in=subjects[first : first + AT_ONCE])
        for subject, data in asked.values_list("entry__subject", "data"):
            yield subject, json.loads(bytes(data))


def places_of_proposals(year: int, places: Places) -> dict[str, list[tuple[str, int]]]:
    """Return the entries about each proposal; those about the publication of its replies are its own."""
    listed = {each.reference: (each.reference, *each.publications) for each in _reported(year)}
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
    held_on = gatherings.of_year(first, end)
    sorts = _sorts([row.matter.reference for row in held_on])
    for row in held_on:
        if sorts.get(row.matter.reference) in ("hearing", "meeting") and row.notice is not None:
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
    return {
        subject: (_day(line["at"]), int(line["persons"]), int(line["opinions"]))
        for subject, line in _told(["comment_call.close"], references)
    }


def _sorts(references: Sequence[str]) -> dict[str, str]:
    """Return of which sort gatherings were announced; of older ones the log tells none."""
    told = _told(["gathering.announce"], references)
    return {subject: str(line["sort"]) for subject, line in told if "sort" in line}


def _day(moment: str) -> date:
    return period.day_of(datetime.fromisoformat(moment))


def letters_of(year: int) -> Iterator[Tally]:
    """Yield how many letters came in a year, by which way, and how many were replied to."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    rows = letters.register().order_by()
    came = rows.filter(received_on__gte=first, received_on__lte=last)
    by_way = Counter(dict(came.values("channel").annotate(count=Count("pk")).values_list("channel", "count")))
    by_way -= Counter(_never_told(came))
    replied = Q(first_replied_at__gte=period.start_of(first), first_replied_at__lt=period.end_of(last))
    yield Tally("letters.received", year, by_way.total())
    yield Tally("letters.replied", year, rows.filter(replied).count())
    for way, count in by_way.items():
        yield Tally(f"letters.received.{way}", year, count)


def _never_told(came: QuerySet[Case]) -> list[str]:
    """Return the ways of the letters of which the log does not tell when they came.

    Those are letters that ended before anybody registered them, when their end did not tell it either.
    """
    registered = Entry.objects.filter(subject=OuterRef("matter__reference"), kind__in=REGISTERED)
    ended = came.filter(outcome__in=UNREGISTERED.values()).exclude(Exists(registered))
    ways = dict(ended.values_list("matter__reference", "channel"))
    told = {subject for subject, line in _told(ENDS, list(ways)) if "received_on" in line}
    return [way for reference, way in ways.items() if reference not in told]
