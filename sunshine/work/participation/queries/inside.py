"""Questions about any matter of this room, for the desk."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import F, QuerySet

from sunshine.core.matters import queries as matters
from sunshine.core.matters.models import Matter
from sunshine.core.people.models import Person
from sunshine.kernel.words import gettext_noop
from sunshine.work.participation import rules
from sunshine.work.participation.queries.situations import SITUATIONS

KINDS = frozenset(procedure.kind for procedure in rules.PROCEDURES)


def matter(reference: str) -> Matter:
    """Return a matter of this room, whatever its kind; raise `NotFound` when there is none."""
    return matters.matter_among(KINDS, reference, absent=gettext_noop("There is no such matter"))


def under_way(departments: Collection[int] | None) -> QuerySet[Matter]:
    """Return calls, decisions and gatherings that have not ended, of these departments or (None) of all."""
    rows = Matter.objects.filter(kind__in=KINDS, closed_at=None).select_related("department", "officer")
    if departments is not None:
        rows = rows.filter(department__in=departments)
    return rows.order_by(F("next_due_at").asc(nulls_last=True), "-id")


def acts_open(matter: Matter, person: Person, *, at: datetime) -> tuple[matters.OpenAct, ...]:
    """Return the acts of this stage that are for this person, each with what stands in its way."""
    return matters.acts_open(matter, person, situation=SITUATIONS[matter.kind](matter), at=at)


def may_read(matter: Matter, person: Person, *, at: datetime) -> bool:
    """Return whether a person may see a matter from inside: who can act in it where it lies."""
    held = matters.roles(person, matter, at=at)
    procedure = matters.procedure_of(matter)
    return not held.isdisjoint({role.name for act in procedure.acts for role in act.by})
