"""Joining undone at the desk: one form with its reason, the public page and every program told."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from sunshine.work.correspondence import operations as letters
from sunshine.work.correspondence.models import Case, SentFile
from sunshine.work.correspondence.queries import cases
from tests.doors.desk.test_letters import at_desk, do
from tests.rooms import letters_story as story
from tests.rooms.letters_story import Bureau

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> Bureau:
    return story.bureau()


def test_the_clerk_takes_apart_what_was_joined_by_mistake(house):
    at = timezone.now()
    kept, _code = story.entered(house, at=at)
    wrong, code = story.entered(house, at=at, who={"phone": "13855500001"})
    clerk = house.cast.clerk
    do(clerk, wrong, "join", other=kept.matter.reference)
    page = at_desk(clerk).get(f"/desk/m/{wrong.matter.reference}/").content.decode()
    assert "Take apart from the other case" in page
    drafter = at_desk(house.cast.drafter).get(f"/desk/m/{wrong.matter.reference}/acts/take_apart/")
    assert b'name="reason"' not in drafter.content or drafter.status_code in (403, 404)
    do(clerk, wrong, "take_apart", reason="两处不同的垃圾桶")
    assert cases.reporter_of_code(code).case_id == wrong.pk
    page = at_desk(clerk).get(f"/desk/m/{wrong.matter.reference}/").content.decode()
    assert "两处不同的垃圾桶" in page
    assert "Taken apart: it goes on under its own number" in page, "the notice that nobody has seen yet"
    other = at_desk(clerk).get(f"/desk/m/{kept.matter.reference}/").content.decode()
    assert "took a case apart that had been joined to this one" in other


def sent(house: Bureau, text: str, file: bytes) -> Case:
    """Enter a registered letter with a file."""
    at = timezone.now()
    given: dict[str, Any] = {"actor": house.cast.clerk, "at": at}
    letter = story.letter(text, files=(("证据.txt", file),))
    case, _code = letters.enter(letter, office=house.cast.office, arrived_at=at, **given)
    letters.register_case(case.pk, sort="complaint", **given)
    return case


def test_the_files_go_along_with_a_joined_case_and_back_with_it(house):
    kept, wrong = sent(house, "甲案", "甲的照片".encode()), sent(house, "乙案", "乙的照片".encode())
    letters.join(wrong.pk, other=kept.matter.reference, actor=house.cast.clerk, at=timezone.now())
    story.in_hand(house, kept, at=timezone.now())
    handler, file = at_desk(house.cast.drafter), SentFile.objects.get(case=wrong)
    page = handler.get(f"/desk/m/{kept.matter.reference}/").content.decode()
    address = f"/desk/m/{kept.matter.reference}/sealed/{file.pk}/"
    assert address in page
    assert page.count("/sealed/") == 2
    answer = handler.get(address)
    assert b"".join(answer) == "乙的照片".encode()
    stranger = at_desk(house.other_drafter).get(address)
    assert stranger.status_code == 404
    own = at_desk(house.cast.clerk).get(f"/desk/m/{wrong.matter.reference}/sealed/{file.pk}/")
    assert own.status_code == 200
    letters.take_apart(wrong.pk, reason="误并", actor=house.cast.clerk, at=timezone.now())
    assert handler.get(address).status_code == 404
    assert handler.get(f"/desk/m/{kept.matter.reference}/").content.decode().count("/sealed/") == 1


def test_the_files_of_what_was_joined_to_a_letter_go_on_with_the_petition_that_it_becomes(house):
    case, joined = sent(house, "甲案", "甲的照片".encode()), sent(house, "乙案", "乙的照片".encode())
    letters.join(joined.pk, other=case.matter.reference, actor=house.cast.clerk, at=timezone.now())
    do(house.cast.clerk, case, "turn_into_petition", petition_kind="appeal", reason="申诉", accused="")
    petition = cases.became(case)
    assert petition is not None
    assert len(cases.files_of(petition)) == 2


def test_an_act_that_is_shut_says_why(house):
    at = timezone.now()
    kept, _code = story.entered(house, at=at)
    wrong, _code = story.entered(house, at=at)
    letters.join(wrong.pk, other=kept.matter.reference, actor=house.cast.clerk, at=at)
    story.in_hand(house, kept, at=at)
    story.replied(house, kept, at=at)
    page = at_desk(house.cast.clerk).get(f"/desk/m/{wrong.matter.reference}/").content.decode()
    assert "The case it was joined to is closed" in page


def test_what_is_taken_apart_is_called_in_chinese_what_it_is_called_everywhere(house):
    at = timezone.now()
    kept, _code = story.entered(house, at=at)
    wrong, _code = story.entered(house, at=at)
    letters.join(wrong.pk, other=kept.matter.reference, actor=house.cast.clerk, at=at)
    client = at_desk(house.cast.clerk)
    client.cookies["django_language"] = "zh-hans"
    pages = [client.get(f"/desk/m/{wrong.matter.reference}/").content.decode()]
    letters.take_apart(wrong.pk, reason="误并", actor=house.cast.clerk, at=timezone.now())
    pages += [client.get(f"/desk/m/{each.matter.reference}/").content.decode() for each in (wrong, kept)]
    told = ("从所并入的办件中拆出", "此件已从所并入的办件中拆出", "拆出了一件曾并入本件的办件")
    assert all(words in page for words, page in zip(told, pages, strict=True))
    assert not any("诉求中" in page or "本件的诉求" in page for page in pages)


def test_a_program_is_told_that_a_case_is_open_again(house, client):
    at = timezone.now()
    kept, _code = story.entered(house, at=at)
    wrong, _code = story.entered(house, at=at)
    given = {"actor": house.cast.clerk, "at": timezone.now()}
    letters.join(wrong.pk, other=kept.matter.reference, **given)
    address = f"/open311/v2/servicerequestupdates.json?service_request_id={wrong.matter.reference}"
    assert client.get(address).json()[-1]["status"] == "closed"
    letters.take_apart(wrong.pk, reason="误并", actor=house.cast.clerk, at=timezone.now())
    told = client.get(address).json()
    assert told[-1]["status"] == "open"
    assert wrong.matter.reference == told[-1]["service_request_id"]


def test_the_clerk_sends_a_letter_the_petitions_way_and_finds_each_from_the_other(house):
    at = timezone.now()
    case, _code = story.entered(house, at=at)
    given = {"petition_kind": "accusation", "reason": "反映执法人员"}
    do(house.cast.clerk, case, "turn_into_petition", **given, accused=house.other.pk)
    petition = cases.became(case)
    assert petition is not None
    assert petition.accused == house.other
    client = at_desk(house.cast.clerk)
    page = client.get(f"/desk/m/{case.matter.reference}/").content.decode()
    assert f'href="/desk/m/{petition.matter.reference}/"' in page
    page = client.get(f"/desk/m/{petition.matter.reference}/").content.decode()
    assert f'href="/desk/m/{case.matter.reference}/"' in page
    assert "It goes on as a petition" in page, "the notice that nobody has seen yet"


def test_nobody_need_be_accused(house):
    case, _code = story.entered(house, at=timezone.now())
    do(house.cast.clerk, case, "turn_into_petition", petition_kind="appeal", reason="申诉", accused="")
    petition = cases.became(case)
    assert petition is not None
    assert petition.accused is None


def test_who_wrote_reads_on_their_page_that_it_goes_on_as_a_petition(house, client):
    case, code = story.entered(house, at=timezone.now())
    do(house.cast.clerk, case, "turn_into_petition", petition_kind="appeal", reason="申诉", accused="")
    client.post("/letters/follow/", {"code": code})
    page = client.get("/letters/follow/").content.decode()
    petition = cases.became(case)
    assert petition is not None
    assert f"您的来信 {case.matter.reference} 属于《信访工作条例》规定的信访事项" in page
    assert f"已转为 {petition.matter.reference} 继续办理" in page
    assert "并入" not in page


def test_a_department_that_was_asked_of_a_joined_case_reads_that_case_and_not_the_one_that_goes_on(house):
    at = timezone.now()
    kept, asked = sent(house, "甲案的经过", b"1"), sent(house, "乙案的经过", b"2")
    story.in_hand(house, asked, at=at)
    given: dict[str, Any] = {"asked": house.other, "question": "清运班次？", "actor": house.cast.drafter}
    task = letters.ask_department(asked.pk, **given, at=at)
    do(house.cast.clerk, asked, "join", other=kept.matter.reference)
    page = at_desk(house.other_drafter).get(f"/desk/m/{task.matter.reference}/").content.decode()
    assert "乙案的经过" in page
    assert "甲案的经过" not in page
    assert asked.matter.reference in page
    goes_on = at_desk(house.cast.clerk).get(f"/desk/m/{kept.matter.reference}/").content.decode()
    assert "清运班次？" in goes_on
