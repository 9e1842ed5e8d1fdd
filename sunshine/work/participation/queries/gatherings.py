"""Questions about meetings, hearings and events: what checks ask, who has which seat, what is public."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from sunshine.core.matters import codes, sealing
from sunshine.core.matters.models import Matter
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.participation.models import FollowedItem, Gathering, Signup
from sunshine.work.participation.rules import drawing
from sunshine.work.participation.rules import gatherings as rules

SEATED, WAITING, DRAWING, WITHDRAWN = "seated", "waiting", "drawing", "withdrawn"


@dataclass(frozen=True, slots=True)
class Taken:
    """How many seats there are, how many are taken, how many wait or stand in the draw."""

    seats: int
    seated: int
    waiting: int
    drawing: int


def _gatherings() -> QuerySet[Gathering]:
    return Gathering.objects.select_related("matter__department", "notice", "minutes")


def gathering(reference: str) -> Gathering:
    """Return a gathering with its matter; raise `NotFound` when there is none."""
    found = _gatherings().filter(matter__reference=reference).first()
    if found is None:
        raise errors.NotFound(Reason(gettext_noop("There is no such event")))
    return found


def public_gathering(reference: str) -> Gathering:
    """Return a gathering that was announced; raise `NotFound` for any other."""
    found = _announced().filter(matter__reference=reference).first()
    if found is None:
        raise errors.NotFound(Reason(gettext_noop("There is no such event")))
    return found


def _announced() -> QuerySet[Gathering]:
    return _gatherings().filter(announced_at__isnull=False, notice__withdrawn_at=None)


def announced() -> QuerySet[Gathering]:
    """Return everything that was announced, the latest to begin first."""
    return _announced().order_by("-starts_at", "-matter_id")


_AHEAD = (rules.ANNOUNCED.name, rules.SEATED.name, rules.CANCELLED.name)


def _subscribed() -> QuerySet[Gathering]:
    gone = Q(notice__withdrawn_at__isnull=False, matter__stage__in=_AHEAD)
    return _gatherings().filter(Q(notice__withdrawn_at=None) | gone, announced_at__isnull=False)


def subscribed() -> QuerySet[Gathering]:
    """Return what calendars know of: the public ones, and those that fell with their notice."""
    return _subscribed().order_by("-starts_at", "-matter_id")


def subscribed_gathering(reference: str) -> Gathering:
    """Return a gathering that calendars know of; raise `NotFound` for any other."""
    found = _subscribed().filter(matter__reference=reference).first()
    if found is None:
        raise errors.NotFound(Reason(gettext_noop("There is no such event")))
    return found


def situation(matter: Matter) -> Mapping[str, Any]:
    """Return what the procedure's checks may ask of a gathering, as it is now."""
    row = Gathering.objects.get(matter=matter)
    return {
        "sort": row.sort,
        "hearing": row.hearing,
        "openness": row.openness,
        "starts_at": row.starts_at,
        "signup_closes_at": row.signup_closes_at,
        "unsigned": row.signups.filter(state=SEATED, signature="").count(),
        "open_items": row.items.filter(settled_on=None).count(),
    }


def seats_open(gathering: Gathering) -> int:
    """Return how many seats the public has, whatever was planned before it was decided how open it is."""
    return gathering.seats if rules.takes_signups(gathering.sort, gathering.openness) else 0


def taken(gathering: Gathering) -> Taken:
    """Return how the seats of a gathering stand."""
    rows = gathering.signups
    return Taken(
        seats_open(gathering),
        rows.filter(state=SEATED).count(),
        rows.filter(state=WAITING).count(),
        rows.filter(state=DRAWING).count(),
    )


def signups(gathering: Gathering) -> QuerySet[Signup]:
    """Return who signed up: the seated by seat, then by group who waits in order, then the others."""
    seat, position = F("seat").asc(nulls_last=True), F("position").asc(nulls_last=True)
    return gathering.signups.order_by(seat, "group", position, "number")


def signup_of_code(code: str) -> Signup:
    """Return what was signed up under a code; raise `NotFound` for any other code."""
    rows = Signup.objects.filter(code_mark=sealing.mark(codes.bare(code), purpose="signup"))
    found = rows.select_related("gathering__matter", "gathering__notice").first()
    if found is None:
        raise errors.NotFound(Reason(gettext_noop("Nobody signed up under this code"), field="code"))
    return found


def ticket(signup: Signup) -> str:
    """Return the public name of a sign-up in the draw; its owner alone can tell that it is theirs."""
    return f"{signup.number}-{signup.code_mark[:16]}"


def tickets(gathering: Gathering) -> list[drawing.Ticket]:
    """Return the ticket of everybody who stands in the list now, in the order of numbers."""
    rows = gathering.signups.exclude(state=WITHDRAWN)
    return [drawing.Ticket(ticket(row), row.group) for row in rows.order_by("number")]


def seats_of_groups(gathering: Gathering) -> dict[str, int]:
    """Return how many seats each group of a draw has."""
    groups = {str(each["name"]): int(each["seats"]) for each in gathering.groups}
    return groups or {"": gathering.seats}


def due_to_close(at: datetime) -> list[int]:
    """Return the gatherings whose sign-up is over."""
    rows = Gathering.objects.filter(
        matter__stage=rules.ANNOUNCED.name, matter__kind=rules.KIND, signup_closes_at__lte=at
    )
    return list(rows.values_list("matter_id", flat=True))


def items(gathering: Gathering) -> Sequence[FollowedItem]:
    """Return the decisions that are followed, what is due first on top."""
    return list(gathering.items.select_related("department"))


def items_shown(gathering: Gathering) -> Sequence[FollowedItem]:
    """Return what everybody may read of it: nothing before the minutes, which passed the gate, are public."""
    minutes = gathering.minutes
    return items(gathering) if minutes is not None and minutes.withdrawn_at is None else ()


def of_year(first: datetime, end: datetime) -> QuerySet[Gathering]:
    """Return what was held between two moments, for the figures of a report."""
    held = Q(matter__stage__in=[rules.HELD.name, rules.MINUTED.name, rules.DONE.name])
    return _announced().filter(held, starts_at__gte=first, starts_at__lt=end)
