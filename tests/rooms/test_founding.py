"""The first account of an installation, and the way back for an administrator who is locked out."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from sunshine.core.ledger.models import Entry
from sunshine.core.people import operations as people
from sunshine.core.people import queries as register
from sunshine.core.people import rules
from sunshine.core.people.models import Person
from sunshine.doors.desk import permits
from sunshine.kernel import errors
from sunshine.project import founding

pytestmark = pytest.mark.django_db
GOOD = "湖滨路-上的-第一个口令"


def found(username: str = "guyu", password: str = GOOD) -> str:
    return founding.administrator(username, name="谷雨", password=password, at=timezone.now())


def test_the_first_administrator_may_enter_everybody_else():
    found()
    person = Person.objects.get(username="guyu")
    assert permits.holds(person, permits.KEEPS_PEOPLE)
    assert person.check_password(GOOD)
    assert person.password_is_given
    kinds = set(Entry.objects.values_list("kind", flat=True))
    assert {"department.founded", "post.appointed"} <= kinds


def test_there_is_no_second_first_administrator():
    found()
    with pytest.raises(errors.RuleBroken, match="guyu"):
        found("somebody")
    assert len(register.holders_of(rules.ADMINISTRATOR.name, on=timezone.localdate())) == 1


def test_an_administrator_who_is_locked_out_gets_in_with_the_new_password_alone():
    found()
    person = Person.objects.get(username="guyu")
    people.own_password(person)
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "x"})
    found(password="另外的-一个-第一口令")
    person.refresh_from_db()
    assert person.check_password("另外的-一个-第一口令")
    assert person.password_is_given
    assert not Authenticator.objects.filter(user=person).exists()
    assert Entry.objects.filter(kind="person.second_factor_taken").exists()


def test_a_weak_first_password_enters_nobody():
    with pytest.raises(errors.RuleBroken) as refused:
        found(password="123")
    assert {reason.field for reason in refused.value.reasons} == {"password"}
    assert not Person.objects.exists()
