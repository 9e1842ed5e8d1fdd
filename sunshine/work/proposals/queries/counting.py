"""The rows that figures are made of: one a proposal, as it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from sunshine.core.publishing.queries import records
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
    is_late = due_at is not None and due_at.date() <= on
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
