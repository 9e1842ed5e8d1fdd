"""The first person of an installation: without an administrator nobody could enter anybody at the desk."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.db import transaction

from sunshine.core.matters import operations as matters
from sunshine.core.people import operations as people
from sunshine.core.people import queries as register
from sunshine.core.people import rules
from sunshine.core.people.models import Department, Person
from sunshine.kernel import errors, period
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop

POST = "系统管理员"
OFFICE = "办公室"


def administrator(username: str, *, name: str, password: str, at: datetime) -> str:
    """Enter the first administrator, or let one in again who is locked out; return what was done.

    :raises RuleBroken: somebody else administers the installation already, no name, or a weak password
    """
    day = period.day_of(at)
    there = register.holders_of(rules.ADMINISTRATOR.name, on=day)
    known = next((person for person in there if person.username == username), None)
    _hold_to_the_rules(password, known or Person(username=username, name=name))
    with transaction.atomic():
        if known is not None:
            return _let_in_again(known, password, at)
        if there:
            raise errors.RuleBroken(
                Reason(
                    gettext_noop("%(person)s administers this installation and enters people at the desk"),
                    field="username",
                    params={"person": there[0].username},
                )
            )
        person = people.enter_person(username=username, name=name, password=password)
        office = Department.objects.filter(is_office=True).first() or matters.found_department(
            code="office", name=OFFICE, is_office=True, actor=person, at=at
        )
        post = matters.create_post(
            department=office, title=POST, roles=(rules.ADMINISTRATOR,), actor=person, at=at
        )
        matters.appoint(post=post, person=person, since=day, actor=person, at=at)
    return f"{person.name} ({username}) may sign in at /desk/ and enters everybody else there"


def _let_in_again(person: Person, password: str, at: datetime) -> str:
    matters.give_password(person, password=password, actor=person, at=at)
    if Authenticator.objects.filter(user=person).exists():
        matters.take_second_factor(person, actor=person, at=at)
    return f"{person.name} ({person.username}) has a new password and no second factor"


def _hold_to_the_rules(password: str, person: Person) -> None:
    try:
        password_validation.validate_password(password, person)
    except ValidationError as weak:
        raise errors.RuleBroken(*(Reason(said, field="password") for said in weak.messages)) from weak
