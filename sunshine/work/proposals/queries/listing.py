"""Sessions, proposals and commitments for lists, each with its light."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Q, QuerySet

from sunshine.core.matters import queries as matters
from sunshine.core.matters.models import Matter
from sunshine.kernel import clock, errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.proposals.models import Commitment, Proposal, Session
from sunshine.work.proposals.queries.asking import SITUATIONS
from sunshine.work.proposals.rules import commitments, terms


def sessions() -> list[Session]:
    """Return every session, the newest year first."""
    return list(Session.objects.all())


def session(code: str) -> Session:
    """Return a session by its code; raise `NotFound` when there is none."""
    found = Session.objects.filter(code=code).first()
    if found is None:
        raise errors.NotFound(Reason(gettext_noop("There is no such session"), field="session"))
    return found


def proposal(reference: str) -> Proposal:
    """Return a proposal with its matter and session; raise `NotFound` when there is none."""
    rows = Proposal.objects.filter(matter__reference=reference)
    found = rows.select_related("matter__department", "matter__officer", "session").first()
    if found is None:
        raise errors.NotFound(Reason(gettext_noop("There is no such proposal")))
    return found


def matter(reference: str) -> Matter:
    """Return a matter of this room, whatever its kind; raise `NotFound` when there is none."""
    return matters.matter_among(SITUATIONS, reference, absent=gettext_noop("There is no such proposal"))


@dataclass(frozen=True, slots=True)
class Tally:
    """How a session stands: all but what was returned, and how much of it is led, joint, open."""

    session: Session
    all: int
    lead: int
    joint: int
    open: int


def tallies() -> list[Tally]:
    """Return every session with its numbers, the newest year first, in one query."""
    kept = Q(proposals__is_returned=False)
    rows = Session.objects.annotate(
        all=Count("proposals", filter=kept),
        joint=Count("proposals", filter=kept & Q(proposals__role=terms.JOINT.code)),
        open=Count("proposals", filter=kept & Q(proposals__replied_on=None)),
    )
    found = rows.order_by("-year", "name")
    return [Tally(row, row.all, row.all - row.joint, row.joint, row.open) for row in found]


def lines(
    of: Session,
    *,
    role: str = "",
    state: str = "",
    words: str = "",
    departments: Iterable[int] | None = None,
) -> QuerySet[Proposal]:
    """Return a session's proposals, newest assignment first; of some departments only when given.

    :param state: "open" for what has no answer yet, "answered" for what has
    """
    rows = Proposal.objects.filter(session=of).select_related("matter__department", "matter__officer")
    if departments is not None:
        rows = rows.filter(matter__department__in=list(departments))
    if role:
        rows = rows.filter(role=role)
    if state == "open":
        rows = rows.filter(replied_on=None, is_returned=False)
    elif state == "answered":
        rows = rows.filter(replied_on__isnull=False)
    if words:
        rows = rows.filter(Q(matter__title__icontains=words) | Q(number=words) | Q(matter__reference=words))
    return rows.order_by("-assigned_on", "-matter_id")


@dataclass(frozen=True, slots=True)
class Line:
    """A proposal in a list: the clock that runs, or that of the answer."""

    proposal: Proposal
    reading: clock.Reading | None


ANSWERED_BY = ("again", "reply", "opinion")
"""The clocks of an answer, the newest round first."""


def line(proposals: Sequence[Proposal], *, now: datetime) -> list[Line]:
    """Return proposals with their lights, in one query for all clocks."""
    read = matters.readings_of([each.matter for each in proposals], now=now)
    return [Line(each, _reading(read[each.matter_id])) for each in proposals]


def _reading(clocks: dict[str, clock.Reading]) -> clock.Reading | None:
    running = [each for each in clocks.values() if each.state is not clock.State.STOPPED]
    if running:
        return min(running, key=lambda each: each.left)
    return next((clocks[name] for name in ANSWERED_BY if name in clocks), None)


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment with its proposal and the light it shows on a day."""

    commitment: Commitment
    reference: str
    light: clock.Light


def commitments_of(replies: Iterable[int], *, on: date) -> list[Promise]:
    """Return what some replies promise, in their order, each with how often it was put off."""
    rows = Commitment.objects.filter(reply__in=list(replies)).prefetch_related("put_off")
    return _promises(rows.order_by("reply__number", "number"), on)


def commitments_open(
    *, on: date, departments: Iterable[int] | None = None, limit: int = 200
) -> list[Promise]:
    """Return what was promised and is not kept, the soonest first; of some departments when given."""
    rows = Commitment.objects.filter(is_given=True, kept_on=None)
    if departments is not None:
        rows = rows.filter(reply__proposal__matter__department__in=list(departments))
    return _promises(rows.order_by("due_on", "id")[:limit], on)


def _promises(rows: QuerySet[Commitment], on: date) -> list[Promise]:
    found = rows.annotate(of=F("reply__proposal__matter__reference"))
    return [Promise(each, each.of, commitments.light(each.due_on, each.kept_on, on)) for each in found]
