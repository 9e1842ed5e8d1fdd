"""Questions about recorded facts."""

from __future__ import annotations

from datetime import date

from django.db.models import Min, OuterRef, Subquery

from sunshine.core.people import queries as people
from sunshine.core.people.models import Person
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason, Verdict
from sunshine.kernel.words import gettext_noop
from sunshine.work.facts import rules
from sunshine.work.facts.models import Fact


def standing(year: int) -> list[Fact]:
    """Return the facts of a year that stand, in the order in which they were first entered."""
    same = Fact.objects.filter(year=OuterRef("year"), code=OuterRef("code")).order_by().values("code")
    first = Subquery(same.annotate(first=Min("pk")).values("first"))
    rows = Fact.objects.filter(year=year, is_standing=True).select_related("recorded_by")
    return list(rows.order_by(first))


def may_record(person: Person, *, on: date) -> Verdict:
    """Return whether a person may enter facts on a day, each role counted where it must be held."""
    held = people.held_roles(person, on=on)
    counted = (people.roles_for(held, department_id=each.department_id) for each in held)
    return rules.may_record(frozenset[str]().union(*counted))


def years() -> list[int]:
    """Return the years that have facts."""
    rows = Fact.objects.filter(is_standing=True).order_by("year")
    return list(rows.values_list("year", flat=True).distinct())


def fact(year: int, code: str) -> Fact:
    """Return the fact that stands under a short name.

    :raises NotFound: there is none
    """
    found = Fact.objects.filter(year=year, code=code, is_standing=True).first()
    if found is None:
        raise errors.NotFound(Reason(gettext_noop("There is no such fact")))
    return found


def newest(year: int, code: str) -> Fact:
    """Return the newest statement under a short name, whether it stands or somebody has struck it.

    :raises NotFound: nobody ever entered one
    """
    found = Fact.objects.filter(year=year, code=code).last()
    if found is None:
        raise errors.NotFound(Reason(gettext_noop("There is no such fact")))
    return found
