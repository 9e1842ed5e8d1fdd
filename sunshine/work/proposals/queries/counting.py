"""The rows that figures are made of: one a proposal, as it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from sunshine.core.publishing.queries import records
from sunshine.kernel import period
from sunshine.work.proposals.models import Commitment, Proposal, Publication
from sunshine.work.proposals.rules.figures import Counted


def counted(*, on: date, session: str = "", year: int | None = None) -> list[Counted]:
    """Return every proposal of a session (by its code), or of all sessions of a year, in their order.

    :param on: the day on which commitments are overdue or not, and what is open is late or not
    """
    rows = Proposal.objects.select_related("matter__department", "session")
    if session:
        rows = rows.filter(session__code=session)
    if year is not None:
        rows = rows.filter(session__year=year)
    found = list(rows.order_by("session__name", "matter_id"))
    published = _published([row.pk for row in found])
    promised = _promised([row.pk for row in found], on)
    return [_counted(row, published.get(row.pk), promised.get(row.pk, (0, 0, 0)), on) for row in found]


def _counted(
    row: Proposal, publication: Publication | None, promised: tuple[int, int, int], on: date
) -> Counted:
    due_at = row.matter.next_due_at if row.replied_on is None else None
    is_late = due_at is not None and period.end_of(on) > due_at
    return Counted(
        row.matter.reference,
        row.number,
        row.session.code,
        row.session.year,
        row.session.body,
        row.role,
        row.matter.department.name,
        row.assigned_on,
        row.replied_on,
        row.is_in_time if row.replied_on else (False if is_late else None),
        row.is_returned,
        row.reply_class if row.replied_on else "",
        row.rating,
        row.mark,
        publication.record if publication else "",
        publication.is_in_time if publication else None,
        *promised,
    )


def _published(proposals: Sequence[int]) -> dict[int, Publication]:
    """Return the newest publication of each whose record everybody may see."""
    found: dict[int, Publication] = {}
    for ids in _in_parts(proposals):
        rows = Publication.objects.filter(reply__proposal__in=ids).exclude(record="")
        held = list(rows.select_related("reply").order_by("reply__number"))
        seen = records.visible_references([each.record for each in held])
        found |= {each.reply.proposal_id: each for each in held if each.record in seen}
    return found


def _promised(proposals: Sequence[int], on: date) -> dict[int, tuple[int, int, int]]:
    """Return how much was promised, how much of it is kept, and how much is overdue, by proposal."""
    told: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    for ids in _in_parts(proposals):
        rows = Commitment.objects.filter(reply__proposal__in=ids, is_given=True)
        for proposal_id, due_on, kept_on in rows.values_list("reply__proposal_id", "due_on", "kept_on"):
            told[proposal_id].append((due_on, kept_on))
    return {
        proposal_id: (
            len(held),
            sum(kept_on is not None for _due, kept_on in held),
            sum(kept_on is None and due_on < on for due_on, kept_on in held),
        )
        for proposal_id, held in told.items()
    }


def _in_parts(ids: Sequence[int], size: int = 500) -> Iterable[Sequence[int]]:
    """Yield ids in parts; databases limit how many values a query may have."""
    return (ids[first : first + size] for first in range(0, len(ids), size))


@dataclass(frozen=True, slots=True)
class Reported:
    """A proposal with the days that a yearly report asks for; an empty one has not come.

    `published_on` is the first day on which a reply to it stood in full before everybody, `record` that
    reply's record, `publications` the references under which the public log tells of its replies.
    """

    reference: str
    session: str
    number: str
    role: str
    assigned_on: date
    closed_on: date | None
    returned_on: date | None
    published_on: date | None
    record: str
    publications: tuple[str, ...]


def reported(year: int) -> list[Reported]:
    """Return every proposal of the sessions of a year, or assigned in it, with its days."""
    of_year = Q(session__year=year) | Q(assigned_on__year=year)
    rows = Proposal.objects.filter(of_year).select_related("matter", "session")
    found = list(rows.order_by("matter_id"))
    held = _publications([row.pk for row in found])
    seen = records.visible_references([each.record for mine in held.values() for each in mine if each.record])
    return [_reported(row, held.get(row.pk, []), seen) for row in found]


def _publications(proposals: Sequence[int]) -> dict[int, list[Publication]]:
    found: dict[int, list[Publication]] = defaultdict(list)
    for ids in _in_parts(proposals):
        rows = Publication.objects.filter(reply__proposal__in=ids).select_related("matter", "reply")
        for each in rows.order_by("reply__number"):
            found[each.reply.proposal_id].append(each)
    return found


def _reported(row: Proposal, held: Sequence[Publication], seen: Container[str]) -> Reported:
    first = next((each for each in held if each.record and each.record in seen), None)
    closed_at = row.matter.closed_at if row.is_returned else None
    return Reported(
        row.matter.reference,
        row.session.code,
        row.number,
        row.role,
        row.assigned_on,
        row.replied_on,
        period.day_of(closed_at) if closed_at else None,
        first.published_on if first else None,
        first.record if first else "",
        tuple(each.matter.reference for each in held),
    )
