"""The operator's form: a hotline's number takes nothing away from how a letter is handled."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from sunshine.core.matters import queries as matters
from sunshine.core.matters.models import SentPage
from sunshine.work.correspondence import operations as letters
from sunshine.work.correspondence.models import Alias, Case
from sunshine.work.correspondence.queries import cases
from tests.cast import MONDAY
from tests.doors.desk.test_letters import at_desk, typed
from tests.rooms import letters_story as story
from tests.rooms.letters_story import Bureau

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> Bureau:
    return story.bureau()


def test_a_danger_with_its_hotlines_number_is_secured_within_two_hours(house):
    at_desk(house.cast.clerk).post("/desk/letters/", typed(track="register_danger", number="HF-77"))
    case = Case.objects.select_related("matter").get()
    assert story.stage(case) == "being_secured"
    danger = matters.readings(case.matter, now=case.arrived_at)["danger"]
    assert danger.started_at == case.arrived_at
    assert Alias.objects.get().case == case


def test_a_petition_keeps_the_number_under_which_another_system_knows_it_and_whom_it_accuses(house):
    given = {"track": "petition", "number": "HF-78", "accused": house.other.pk}
    at_desk(house.cast.clerk).post("/desk/letters/", typed(**given))
    case = Case.objects.select_related("matter").get()
    assert (case.matter.kind, case.accused, story.stage(case)) == ("petition", house.other, "case_arrived")
    assert Alias.objects.get().case == case


def test_a_letters_number_is_not_taken_for_a_petitions(house):
    client = at_desk(house.cast.clerk)
    client.post("/desk/letters/", typed(number="HF-79"))
    answer = client.post("/desk/letters/", typed(track="petition", number="HF-79", looked="yes"))
    assert answer.status_code == 422
    assert "Another case bears this number." in answer.content.decode()
    assert Case.objects.count() == 1


@pytest.mark.parametrize(("name", "length"), [("source", 61), ("number", 121)])
def test_a_name_or_number_that_is_too_long_is_refused_at_its_field(house, name, length):
    given = {"source": "12345", "number": "1", name: "平" * length}
    answer = at_desk(house.cast.clerk).post("/desk/letters/", typed(**given))
    assert answer.status_code == 422
    assert not Case.objects.exists()


def test_who_is_refused_for_the_number_is_not_added_either(house):
    taken = {"office": house.cast.office, "arrived_at": MONDAY, "actor": None, "at": MONDAY}
    letters.enter_foreign("12345", "N-1", story.letter("别的案件"), **taken)
    case, _code = story.entered(house)
    client, given = at_desk(house.cast.clerk), {"joins": case.matter.reference, "phone": ""}
    assert client.post("/desk/letters/", typed(**given, number="N-1")).status_code == 422
    assert len(cases.reporters(case)) == 1
    client.post("/desk/letters/", typed(**given, number="N-2"))
    assert len(cases.reporters(case)) == 2


def test_who_calls_about_a_number_that_is_known_is_added_and_gets_a_code(house):
    client = at_desk(house.cast.clerk)
    client.post("/desk/letters/", typed(number="HF-80"))
    case, given = Case.objects.select_related("matter").get(), {"number": "HF-80", "looked": "yes"}
    asked = client.post("/desk/letters/", typed(**given, phone="13800000001"))
    assert asked.status_code == 422
    page = asked.content.decode()
    assert f"{case.matter.reference} bears this number" in page
    assert f'name="joins" value="{case.matter.reference}"' in page
    assert cases.persons(case) == 1
    joins = case.matter.reference
    added = client.post("/desk/letters/", typed(**given, phone="13800000001", joins=joins))
    assert "Code for the reporter" in added.content.decode()
    assert (Case.objects.count(), Alias.objects.count(), cases.persons(case)) == (1, 1, 2)


def test_of_a_known_number_whose_case_is_closed_the_case_is_named(house):
    client = at_desk(house.cast.clerk)
    client.post("/desk/letters/", typed(number="HF-81"))
    case = Case.objects.select_related("matter").get()
    letters.take_back(case.pk, actor=house.cast.clerk, at=timezone.now())
    again = client.post("/desk/letters/", typed(number="HF-81"))
    assert again.status_code == 200
    assert "it is the same case" in again.content.decode()
    assert case.matter.reference in again.content.decode()


def test_a_letter_whose_button_is_pressed_twice_is_one_case_and_the_code_is_seen(house):
    client = at_desk(house.cast.clerk)
    shown = client.get("/desk/letters/").content.decode()
    key = re.search(r'name="once" value="([0-9a-f]{32})"', shown)
    assert key
    given = typed(looked="yes", once=key[1])
    first, second = (client.post("/desk/letters/", given).content.decode() for _press in range(2))
    code = re.search(r"\b(?:\w{4}-){3}\w{4}\b", first)
    assert code
    assert code[0] in second
    case = Case.objects.get()
    assert (cases.persons(case), cases.reporter_of_code(code[0]).case) == (1, case)


def test_who_is_added_by_a_button_pressed_twice_is_added_once(house):
    case, _code = story.entered(house)
    client = at_desk(house.cast.clerk)
    given = typed(joins=case.matter.reference, phone="13855500009", once="page-1")
    answers = [client.post("/desk/letters/", given).status_code for _press in range(2)]
    assert answers == [200, 200]
    assert len(cases.reporters(case)) == 2


def test_a_page_that_entered_nothing_can_be_sent_again(house):
    client = at_desk(house.cast.clerk)
    client.post("/desk/letters/", typed(number="HF-82", once="page-1"))
    given = typed(number="HF-82", looked="yes", once="page-2", phone="13855500009")
    assert client.post("/desk/letters/", given).status_code == 422
    case = Case.objects.select_related("matter").get()
    client.post("/desk/letters/", {**given, "joins": case.matter.reference})
    assert cases.persons(case) == 2


def test_what_was_entered_long_ago_is_not_entered_again_and_its_code_not_shown(house):
    client, given = at_desk(house.cast.clerk), typed(looked="yes", once="page-1")
    client.post("/desk/letters/", given)
    SentPage.objects.update(sealed=b"")
    assert client.post("/desk/letters/", given)["Location"] == "/desk/letters/"
    assert Case.objects.count() == 1
