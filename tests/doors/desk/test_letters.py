"""Letters at the desk: the operator's screen, every act with its form, what waits, promises, programs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sunshine.core.ledger.models import Entry
from sunshine.core.matters.models import Matter
from sunshine.core.people.models import Person
from sunshine.doors.desk import deeds, letters_facts
from sunshine.work.correspondence import operations as letters
from sunshine.work.correspondence import rules
from sunshine.work.correspondence.models import ApiKey, Case, Post, Service
from sunshine.work.correspondence.queries import cases
from sunshine.work.documents.models import Document
from tests.rooms import letters_story as story
from tests.rooms.letters_story import Bureau

pytestmark = pytest.mark.django_db
PIPE = "望江西路与潜山路交口自来水管爆裂，路面大量积水。"


@pytest.fixture
def house() -> Bureau:
    return story.bureau()


def at_desk(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["django_language"] = "en"
    return client


def typed(**given: Any) -> dict[str, Any]:
    at = timezone.localtime(timezone.now() - timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M")
    return {
        "text": PIPE,
        "service": "",
        "sort": "complaint",
        "channel": "hotline_12345",
        "track": "register_case",
        "phone": story.PHONE,
        "arrived_at": at,
        **given,
    }


def do(person: Person, case: Case, act: str, **given: Any) -> Any:
    """Do an act through its form, as the officer who has the matter before them."""
    seen = Matter.objects.values_list("version", flat=True).get(pk=case.pk)
    address = f"/desk/m/{case.matter.reference}/acts/{act}/"
    client = at_desk(person)
    assert client.get(address).status_code == 200
    answer = client.post(address, {"seen": seen, **given})
    assert answer.status_code == 302, answer.content.decode()
    return answer


def test_every_act_of_a_letter_has_a_deed_and_every_fact_a_field():
    for procedure in rules.PROCEDURES:
        for act in procedure.acts:
            if not act.label:
                continue
            deed = deeds.deed(procedure.kind, act.name)
            assert deed.page or set(deed.facts(act)) <= set(letters_facts.MAKERS), act.name


def test_the_second_caller_is_shown_the_first_case_and_added_in_one_press(house):
    client = at_desk(house.cast.clerk)
    first = client.post("/desk/letters/", typed())
    assert "X" in first.content.decode()
    case = Case.objects.get()
    shown = client.post(
        "/desk/letters/", typed(text="望江西路潜山路口水管爆了，路面大量积水", phone="13800000001")
    )
    assert shown.status_code == 200
    assert f'value="{case.matter.reference}"' in shown.content.decode()
    assert Case.objects.count() == 1
    added = client.post("/desk/letters/", typed(phone="13800000001", joins=case.matter.reference))
    assert "Code for the reporter" in added.content.decode()
    assert (Case.objects.count(), cases.persons(case)) == (1, 2)
    new = client.post("/desk/letters/", typed(phone="13800000002", looked="yes"))
    assert new.status_code == 200
    assert Case.objects.count() == 2


def test_a_case_goes_through_two_departments_by_the_forms_of_the_desk(house):
    at_desk(house.cast.clerk).post("/desk/letters/", typed(service="bin", address="长江路1号"))
    case = Case.objects.select_related("matter").get()
    clerk, drafter = house.cast.clerk, house.cast.drafter
    do(clerk, case, "offer", department=house.other.pk)
    do(house.other_head, case, "give_back", reason="属停车管理处")
    do(clerk, case, "offer", department=house.cast.department.pk)
    do(drafter, case, "accept_case")
    do(drafter, case, "ask_department", asked=house.other.pk, question="清运班次？")
    task = Case.objects.get().tasks.get()
    page = at_desk(house.other_drafter).get(f"/desk/m/{task.matter.reference}/")
    assert "清运班次？" in page.content.decode()
    seen = Matter.objects.get(pk=task.pk).version
    answered = at_desk(house.other_drafter).post(
        f"/desk/m/{task.matter.reference}/acts/answer_task/", {"seen": seen, "answer": "每日两班"}
    )
    assert answered.status_code == 302
    refused = at_desk(drafter).post(
        f"/desk/m/{case.matter.reference}/acts/draft_case_reply/",
        {"seen": Matter.objects.get(pk=case.pk).version, "outcome": "resolved", "text": "请联系{姓名}"},
    )
    assert refused.status_code == 422
    do(drafter, case, "draft_case_reply", outcome="promised", text=story.REPLY, promised_on="2199-01-01")
    do(house.cast.head, case, "approve_case_reply")
    do(clerk, case, "send_reply", told_by="phone")
    do(clerk, case, "record_delivery", notice=1, told_by="phone", note="10:20 已电话告知")
    do(drafter, case, "keep_promise", note="已修复", kept_on=timezone.localdate().isoformat())
    do(clerk, case, "contest", reason="仍有积水")
    do(clerk, case, "hand_to_another", department=house.cast.department.pk, officer=house.colleague.pk)
    shown = at_desk(house.colleague).get(f"/desk/m/{case.matter.reference}/").content.decode()
    for told in (story.REPLY, "仍有积水", "每日两班"):
        assert told in shown
    assert story.PHONE not in shown
    opened = at_desk(house.colleague).post(f"/desk/m/{case.matter.reference}/who/").content.decode()
    assert story.PHONE in opened
    assert Entry.objects.filter(kind="citizen_case.identity_viewed").count() == 1


def test_who_has_nothing_to_do_with_a_case_does_not_know_that_there_is_one(house):
    case, _code = story.entered(house, at=timezone.now())
    for address in ("", "clocks/answer.json", "acts/offer/"):
        answer = at_desk(house.other_drafter).get(f"/desk/m/{case.matter.reference}/{address}")
        assert answer.status_code == 404
    assert at_desk(house.other_drafter).get("/desk/letters/").status_code == 403
    assert at_desk(house.other_drafter).get("/desk/letters/waiting/").status_code == 403
    assert (
        at_desk(house.cast.clerk).get(f"/desk/m/{case.matter.reference}/clocks/answer.json").status_code
        == 200
    )


def test_what_waits_is_let_go_on_or_set_aside_and_taken_back(house):
    for number in range(3):
        letter = story.letter(f"第{number}封来信", channel="message_board", who={})
        letters.post(letter, office=house.cast.office, network="", at=timezone.now())
    client, first = at_desk(house.cast.clerk), Post.objects.order_by("id").first()
    assert first is not None
    assert "第0封来信" in client.get("/desk/letters/waiting/").content.decode()
    client.post("/desk/letters/waiting/decide/", {"do": "release", "post": [first.pk]})
    assert Case.objects.count() == 1
    rest = list(Post.objects.filter(state="waiting").values_list("pk", flat=True))
    client.post("/desk/letters/waiting/decide/", {"do": "set_aside", "post": rest})
    assert Post.objects.filter(state="set_aside").count() == 0, "without a reason nothing is set aside"
    client.post("/desk/letters/waiting/decide/", {"do": "set_aside", "post": rest, "reason": "广告"})
    assert "第1封来信" in client.get("/desk/letters/waiting/?state=set_aside").content.decode()
    client.post("/desk/letters/waiting/decide/", {"do": "restore", "post": rest})
    assert Post.objects.filter(state="waiting").count() == 2


def test_of_several_reporters_the_office_enters_which_one_leaves(house):
    case, _code = story.entered(house, at=timezone.now())
    do(house.cast.clerk, case, "take_back")
    assert story.stage(case) == "taken_back_by_reporter"
    case, _code = story.entered(house, at=timezone.now())
    for number in range(2):
        letter = story.letter(who={"phone": f"1380000000{number}"})
        given: dict[str, Any] = {"came_at": timezone.now(), "actor": None, "at": timezone.now()}
        letters.add_reporter(case.matter.reference, letter, **given)
    page = at_desk(house.cast.clerk).get(f"/desk/m/{case.matter.reference}/").content.decode()
    assert "Several reported this" in page
    one, *others = cases.reporters(case)
    do(house.cast.clerk, case, "leave_case", reporter=one.pk)
    assert cases.reporters(case) == others


def test_no_officer_is_told_that_the_public_reads_a_reason_that_it_never_reads(house):
    case, _code = story.entered(house, at=timezone.now())
    story.in_hand(house, case, at=timezone.now())
    address = f"/desk/m/{case.matter.reference}/acts/"
    turning = at_desk(house.cast.clerk).get(f"{address}turn_into_petition/").content.decode()
    assert "The public reads this reason" not in turning
    assert "Everybody who reported this reads it" not in turning
    letters.ask_for_extension(case.pk, reason="待雨停", actor=house.cast.drafter, at=timezone.now())
    extending = at_desk(house.cast.office_head).get(f"{address}extend_case/").content.decode()
    assert "Everybody who reported this reads it" in extending


def test_services_and_programs_are_kept_and_a_key_is_shown_once(house):
    client = at_desk(house.cast.office_head)
    given = {
        "code": "lamp",
        "name": "路灯不亮",
        "sort": "help",
        "department": house.other.pk,
        "has_place": "on",
    }
    assert client.post("/desk/letters/services/new/", given).status_code == 302
    assert Service.objects.get(code="lamp").department == house.other
    assert client.post("/desk/letters/services/new/", given).status_code == 422
    assert client.post("/desk/letters/services/lamp/", {**given, "name": "路灯损坏"}).status_code == 302
    assert "路灯损坏" in client.get("/desk/letters/services/").content.decode()
    made = client.post("/desk/letters/programs/", {"name": "市民通", "source": "app", "per_minute": "60"})
    key = ApiKey.objects.get()
    assert "The key of the program" in made.content.decode()
    assert "The key of the program" not in client.get("/desk/letters/programs/").content.decode()
    client.post(f"/desk/letters/programs/{key.pk}/end/")
    key.refresh_from_db()
    assert key.ended_at is not None
    assert client.get("/desk/letters/promises/").status_code == 200


def test_a_selected_answer_is_begun_as_a_document_masked_and_only_with_consent(house):
    at, text = timezone.now() - timedelta(hours=1), f"{story.TEXT}我的电话{story.PHONE}。"
    for consents in (False, True):
        case, _code = story.entered(house, at=at, text=text, may_be_shown=consents)
        story.in_hand(house, case, at=at)
        story.replied(house, case, at=at)
        address = f"/desk/m/{case.matter.reference}/acts/show_answer/"
        shown = at_desk(house.cast.drafter).get(address).content.decode()
        assert story.PHONE not in shown
        given = {"title": "关于垃圾清运的来信", "message": "垃圾桶未清运", "answer": story.REPLY}
        answer = at_desk(house.cast.drafter).post(address, given)
        assert answer.status_code == (302 if consents else 422)
    document = Document.objects.get()
    assert (document.kind, document.matter.stage) == ("letter_answer", "drafting")


def test_a_letter_that_cannot_go_on_stops_no_other_and_is_told(house):
    for number in range(2):
        letter = story.letter(f"第{number}封来信", channel="message_board", who={})
        letters.post(letter, office=house.cast.office, network="", at=timezone.now())
    ids = list(Post.objects.order_by("id").values_list("pk", flat=True))
    Post.objects.filter(pk=ids[0]).update(sealed=b"0" * 300)
    answer = at_desk(house.cast.clerk).post(
        "/desk/letters/waiting/decide/", {"do": "release", "post": ids}, follow=True
    )
    page = answer.content.decode()
    for told in ("1 letter goes on.", "1 could not go on.", "Its seal does not open", "It could not go on"):
        assert told in page


@pytest.mark.parametrize("typed_number", ["²", "٣", "9" * 30, "9" * 5000])
def test_a_number_that_is_none_chooses_no_post_and_no_page(house, typed_number):
    client = at_desk(house.cast.clerk)
    assert client.get("/desk/letters/waiting/", {"before": typed_number}).status_code == 200
    given = {"do": "release", "post": [typed_number]}
    assert client.post("/desk/letters/waiting/decide/", given).status_code == 302
    assert not Case.objects.exists()


def test_a_question_is_withdrawn_by_a_form_and_the_department_that_was_asked_reads_why(house):
    at_desk(house.cast.clerk).post("/desk/letters/", typed(service="bin", address="长江路1号"))
    case = Case.objects.select_related("matter").get()
    drafter, address = house.cast.drafter, f"/desk/m/{case.matter.reference}/"
    do(house.cast.clerk, case, "offer", department=house.cast.department.pk)
    do(drafter, case, "accept_case")
    label = "Withdraw a question"
    assert label not in at_desk(drafter).get(address).content.decode()
    do(drafter, case, "ask_department", asked=house.other.pk, question="清运班次？")
    assert label in at_desk(drafter).get(address).content.decode()
    task = Case.objects.get().tasks.get()
    do(drafter, case, "withdraw_question", task=task.pk, reason="已自行查明")
    page = at_desk(house.other_drafter).get(f"/desk/m/{task.matter.reference}/").content.decode()
    for told in (
        "The question was withdrawn",
        "no answer is expected any more",
        "已自行查明",
        "no longer asked for",
    ):
        assert told in page
    assert "· withdrawn" in at_desk(drafter).get(address).content.decode()
