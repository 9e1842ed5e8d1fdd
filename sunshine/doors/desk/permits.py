"""Roles for the reference lists that have no procedure: the directory, the people register, the log."""

from __future__ import annotations

from django.utils import timezone

from sunshine.core.people import queries as people
from sunshine.core.people import rules
from sunshine.core.people.models import Person
from sunshine.kernel import errors
from sunshine.kernel.procedure import Role
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop

KEEPS_DIRECTORY = (rules.DIRECTORY_KEEPER, rules.OFFICE_HEAD)
KEEPS_PEOPLE = (rules.ADMINISTRATOR,)
READS_LOG = (rules.ADMINISTRATOR, rules.OFFICE_CLERK, rules.OFFICE_HEAD, rules.LEADER)
KEEPS_RUNNING = (rules.ADMINISTRATOR, rules.OFFICE_HEAD)
SEES_ALL = (rules.OFFICE_CLERK, rules.OFFICE_HEAD, rules.LEADER)


def holds(person: Person, among: tuple[Role, ...]) -> bool:
    """Return whether a person holds one of these roles today, where it must be held."""
    held = people.held_roles(person, on=timezone.localdate())
    return not people.roles_for(held, department_id=None).isdisjoint(role.name for role in among)


def departments_seen(person: Person) -> frozenset[int] | None:
    """Return the departments whose matters a person may list today; None for all."""
    if holds(person, SEES_ALL):
        return None
    return people.departments_of(person, on=timezone.localdate())


def require(person: Person, among: tuple[Role, ...]) -> None:
    """Let pass who holds one of these roles today.

    :raises NotAllowed: the person holds none of them; the reason names the roles that may
    """
    if not holds(person, among):
        names = " ".join(role.name for role in among)
        raise errors.NotAllowed(
            Reason(gettext_noop("You do not hold the role that this page needs."), mended_by=names)
        )
