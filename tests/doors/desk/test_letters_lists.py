"""A hotline's list at the desk: brought, looked at with every mistake named, taken in by a second press."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sunshine.core.people.models import Person
from sunshine.work.correspondence.models import Alias, BroughtList, Case, Update
from tests.doors.desk.test_letters import at_desk, typed
from tests.rooms import hotline_story as lines
from tests.rooms import letters_story as story
from tests.rooms.hotline_story import line
from tests.rooms.letters_story import Bureau

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> Bureau:
    return story.bureau()


def bring(client: Client, data: bytes, name: str = "工单.xlsx") -> Any:
    file = SimpleUploadedFile(name, data)
    return client.post("/desk/letters/lists/", {"channel": "hotline_12345", "file": file})


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_clerk_brings_a_list_looks_at_it_and_takes_the_good_lines_in(house):
    client = at_desk(house.cast.clerk)
    assert "工单编号" in page(client, "/desk/letters/lists/")
    answer = bring(client, lines.sheet([line("HF-1"), line("HF-2", 联系电话="12"), line("HF-3")]))
    assert answer.status_code == 302
    shown = page(client, answer["Location"])
    assert "2 lines are new" in shown
    assert "1 line has mistakes" in shown
    assert re.search(r">4</td><td[^>]*>联系电话</td>", shown)
    assert "承办期限" in shown, "the column that is not taken in is named"
    assert "13855512345" not in shown
    assert Case.objects.count() == 0
    done = client.post(answer["Location"], follow=True).content.decode()
    assert "2 entered as cases, 0 told something new, 0 were known, 1 with mistakes stayed out." in done
    assert set(Alias.objects.values_list("number", flat=True)) == {"HF-1", "HF-3"}
    again = client.post(answer["Location"], follow=True)
    assert "brought" in again.content.decode() or "bring it again" in again.content.decode()
    assert Case.objects.count() == 2


def test_news_of_a_known_case_stand_on_its_page_and_a_doubled_list_has_nothing_to_take_in(house):
    client = at_desk(house.cast.clerk)
    data = lines.separated([line("HF-1", 备注="市民补充：夜间更严重")])
    client.post(bring(client, data, "工单.csv")["Location"])
    case = Case.objects.select_related("matter").get()
    assert "市民补充：夜间更严重" in page(client, f"/desk/m/{case.matter.reference}/")
    assert "There is nothing to take in." in page(client, bring(client, data, "工单.csv")["Location"])
    later = lines.separated([line("HF-1", 工单状态="已办结", 备注="已回访")])
    shown = page(client, bring(client, later, "工单.csv")["Location"])
    assert "1 line tells something new" in shown
    assert "已回访" in shown


def test_a_number_that_the_operator_typed_for_the_hotline_is_the_lists_number(house):
    client = at_desk(house.cast.clerk)
    client.post("/desk/letters/", typed(number="HF-1"))
    assert Alias.objects.get().source == "12345"
    client.post(bring(client, lines.sheet([line("HF-1")]))["Location"])
    assert (Case.objects.count(), Update.objects.count()) == (1, 1)


def test_a_file_that_is_no_list_is_refused_at_its_field(house):
    client = at_desk(house.cast.clerk)
    refused = bring(client, b"PK\x03\x04 broken")
    assert refused.status_code == 422
    assert "This is no xlsx file" in refused.content.decode()
    assert not BroughtList.objects.exists()


@pytest.mark.parametrize("who", ["drafter", "head"])
def test_only_the_office_brings_lists(house, who):
    person: Person = getattr(house.cast, who)
    client = at_desk(person)
    assert client.get("/desk/letters/lists/").status_code == 403
    assert bring(client, lines.sheet([line()])).status_code == 403


def test_another_officers_list_cannot_be_looked_at(house):
    place = bring(at_desk(house.cast.clerk), lines.sheet([line()]))["Location"]
    assert at_desk(house.cast.office_head).get(place).status_code == 302
    assert at_desk(house.cast.office_head).post(place).status_code == 302
    assert Case.objects.count() == 0
