"""A page of the desk that is pressed twice begins one thing, and both presses lead to it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.test import Client
from django.utils import timezone

from sunshine.core.ledger.models import Entry
from sunshine.core.matters.models import SentPage
from sunshine.core.people.models import Person
from sunshine.core.publishing.operations import importing
from sunshine.work.correspondence.models import BroughtList, Case
from sunshine.work.correspondence.operations import listing
from sunshine.work.documents.models import Document
from sunshine.work.participation.models import Decision, Gathering, ListedMatter
from sunshine.work.participation.operations import calls
from sunshine.work.proposals.models import Proposal, Publication, Session
from sunshine.work.requests.models import Remedy
from sunshine.work.reviews import operations as reviews
from sunshine.work.reviews.models import Conversion
from tests import cast as plays
from tests.doors.desk.conftest import WalkIn
from tests.rooms import hotline_story, letters_story, proposals_story, requests_story
from tests.rooms.test_calls_ending import AFTER, reported_on

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Page:
    """A page that begins something: whose it is, where, what is typed, and what it makes one of."""

    person: Person
    address: str
    begins: type[Model]
    typed: dict[str, Any] = field(default_factory=dict)


def hidden(client: Client, address: str) -> dict[str, str]:
    """Return what a page sends of itself, such as its key."""
    shown = client.get(address)
    assert shown.status_code == 200
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', shown.content.decode()))


def press_twice(client: Client, address: str, typed: Callable[[], dict[str, Any]]) -> list[Any]:
    """Open a page once and press its button twice."""
    own = hidden(client, address)
    return [client.post(address, {**own, **typed()}) for _press in range(2)]


def today(days: int = 0) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def a_document() -> Page:
    bureau = plays.make_cast()
    typed = {"kind": "notice", "title": "关于停车的通知", "department": bureau.department.pk}
    return Page(bureau.drafter, "/desk/new/", Document, typed)


def a_decision() -> Page:
    return Page(plays.make_cast().drafter, "/desk/participation/decision/", Decision, {"title": "停车收费"})


def a_gathering() -> Page:
    typed = {"title": "公厕开放日", "sort": "open_day", "place": "公厕", "seats": "30", "groups": ""}
    typed |= {"starts_at": f"{today(20)}T09:00", "ends_at": f"{today(20)}T11:00"}
    typed |= {"signup_closes_at": f"{today(10)}T09:00", "stream_url": ""}
    return Page(plays.make_cast().drafter, "/desk/participation/gathering/", Gathering, typed)


def a_line_of_the_yearly_list() -> Page:
    bureau = plays.make_cast()
    typed = {"title": "停车收费", "department": bureau.department.pk, "ways": ["call"], "month": "5"}
    return Page(bureau.clerk, "/desk/participation/list/2026/", ListedMatter, {**typed, "do": "enter"})


def a_session() -> Page:
    typed = {"name": "市人大2018年会议", "code": "c-2018", "body": "congress", "level": "city"}
    typed |= {"year": "2018", "classes": "three", "naming": "full"}
    return Page(plays.make_cast().clerk, "/desk/proposals/new/", Session, typed)


def a_proposal() -> Page:
    bureau = plays.make_cast()
    session = proposals_story.session(bureau, at=timezone.now())
    typed = {"number": "12", "title": "关于增设停车位的建议", "sort": "suggestion", "proposer": "欧阳测试"}
    typed |= {"proposer_sort": "person", "role": "lead", "lead_body": "", "joint_bodies": ""}
    typed |= {"assigned_on": today(), "text": ""}
    return Page(bureau.clerk, f"/desk/proposals/{session.code}/enter/", Proposal, typed)


def a_document_of_a_reply() -> Page:
    bureau, now = plays.make_cast(), timezone.now()
    session = proposals_story.session(bureau, at=now)
    made = proposals_story.handled(bureau, session, at=now - timedelta(hours=2))
    proposals_story.replied(bureau, made, at=now - timedelta(hours=1))
    matter = Publication.objects.select_related("matter").get().matter
    return Page(bureau.drafter, f"/desk/m/{matter.reference}/publish/", Document)


def a_report_on_what_was_adopted() -> Page:
    bureau = plays.make_cast()
    call = reported_on(bureau)
    calls.answer_again(call.matter_id, reason="来信晚到", actor=bureau.drafter, at=AFTER)
    return Page(bureau.drafter, f"/desk/m/{call.matter.reference}/report/", Document, {"final": ""})


def a_selected_answer() -> Page:
    house, at = letters_story.bureau(), timezone.now() - timedelta(hours=1)
    case, _code = letters_story.entered(house, at=at, may_be_shown=True)
    letters_story.in_hand(house, case, at=at)
    letters_story.replied(house, case, at=at)
    typed = {"title": "关于垃圾清运的来信", "message": "垃圾桶未清运", "answer": letters_story.REPLY}
    return Page(house.cast.drafter, f"/desk/m/{case.matter.reference}/acts/show_answer/", Document, typed)


def an_answer_for_everybody() -> Page:
    bureau, at = plays.make_cast(), timezone.now() - timedelta(hours=2)
    handled = requests_story.handled(bureau, at=at)
    request = requests_story.answer(bureau, handled, at=at + timedelta(minutes=9))
    return Page(bureau.drafter, f"/desk/m/{request.matter.reference}/acts/make_public/", Document)


def a_lawsuit() -> Page:
    bureau = plays.make_cast()
    silent = requests_story.handled(bureau, at=timezone.now() - timedelta(days=60))
    typed = {"track": "court", "filed_on": today(), "received_on": today(), "note": ""}
    return Page(bureau.clerk, f"/desk/m/{silent.matter.reference}/remedy/", Remedy, typed)


def what_is_often_asked_for() -> Page:
    bureau = plays.make_cast()
    often = reviews.Often("渣土车核准路线", bureau.department.pk, 3, ("S2026-00001",))
    reviews.propose_conversions([often], at=plays.MONDAY)
    matter = Conversion.objects.select_related("matter").get().matter
    return Page(bureau.clerk, f"/desk/m/{matter.reference}/acts/begin/", Document)


def a_record_of_the_former_site() -> Page:
    bureau = plays.make_cast()
    fields = {"title": "旧停车办法", "body": "<p>旧办法全文。</p>", "department": "某处"}
    fields["formed_on"] = "2017-03-01"
    given = importing.Import("notice", bureau.item, fields, (), "old/1.md", "0" * 64)
    (record,) = importing.publish_imported([given], actor=None, at=plays.MONDAY)
    typed = {"reference": record.reference, "department": bureau.department.pk}
    return Page(bureau.clerk, "/desk/take-up/", Document, typed)


BEGINNINGS = (
    a_document,
    a_decision,
    a_gathering,
    a_line_of_the_yearly_list,
    a_session,
    a_proposal,
    a_document_of_a_reply,
    a_report_on_what_was_adopted,
    a_selected_answer,
    an_answer_for_everybody,
    a_lawsuit,
    what_is_often_asked_for,
    a_record_of_the_former_site,
)


@pytest.mark.parametrize("beginning", BEGINNINGS, ids=lambda beginning: beginning.__name__)
def test_what_is_begun_by_a_button_pressed_twice_is_begun_once_and_found(
    beginning: Callable[[], Page], walk_in: WalkIn
) -> None:
    page = beginning()
    client, stood = walk_in(page.person), page.begins._default_manager.count()
    first, second = press_twice(client, page.address, lambda: page.typed)
    assert page.begins._default_manager.count() == stood + 1
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    found = client.get(second["Location"])
    assert found.status_code == 200
    assert "This was sent before" in found.content.decode()


def test_a_page_that_a_rule_refused_is_mended_and_sent_again(bureau: plays.Cast, walk_in: WalkIn) -> None:
    client, address = walk_in(bureau.drafter), "/desk/participation/decision/"
    own = hidden(client, address)
    assert client.post(address, {**own, "title": " "}).status_code == 422
    client.post(address, {**own, "title": "停车收费"})
    assert Decision.objects.count() == 1


def test_what_was_begun_long_ago_is_not_begun_again_and_the_page_leads_to_what_is_under_way(
    bureau: plays.Cast, walk_in: WalkIn
) -> None:
    client, address = walk_in(bureau.drafter), "/desk/participation/decision/"
    given = {**hidden(client, address), "title": "停车收费"}
    client.post(address, given)
    SentPage.objects.update(sealed=b"")
    assert client.post(address, given)["Location"] == "/desk/participation/"
    assert Decision.objects.count() == 1


def test_a_yearly_list_is_taken_in_once_and_the_log_says_so_once(bureau: plays.Cast, walk_in: WalkIn) -> None:
    session = proposals_story.session(bureau, at=timezone.now())
    data = proposals_story.workbook([proposals_story.row(编号=1, 交办日期=today())])
    address, client = f"/desk/proposals/{session.code}/import/", walk_in(bureau.clerk)
    answers = press_twice(client, address, lambda: {"file": SimpleUploadedFile("交办表.xlsx", data)})
    assert [answer["Location"] for answer in answers] == [f"/desk/proposals/{session.code}/"] * 2
    assert Proposal.objects.count() == 1
    assert Entry.objects.filter(kind="session.imported").count() == 1
    told = client.get(answers[1]["Location"]).content.decode()
    assert "1 entered, 0 stood already" in told
    assert "0 entered" not in told


def test_a_hotlines_list_that_is_brought_twice_is_the_same_list(walk_in: WalkIn) -> None:
    client = walk_in(letters_story.bureau().cast.clerk)
    data = hotline_story.sheet([hotline_story.line("HF-1")])

    def typed() -> dict[str, Any]:
        return {"channel": "hotline_12345", "file": SimpleUploadedFile("工单.xlsx", data)}

    first, second = press_twice(client, "/desk/letters/lists/", typed)
    assert first["Location"] == second["Location"]
    assert BroughtList.objects.get().token in first["Location"]
    assert "1 line is new" in client.get(first["Location"]).content.decode()


def test_one_press_that_was_made_twice_takes_one_portion_of_a_hotlines_list(
    walk_in: WalkIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "ENTERED_AT_ONCE", 1)
    client = walk_in(letters_story.bureau().cast.clerk)
    data = hotline_story.sheet([hotline_story.line(f"HF-{number}") for number in range(3)])
    file = SimpleUploadedFile("工单.xlsx", data)
    address = client.post("/desk/letters/lists/", {"channel": "hotline_12345", "file": file})["Location"]
    answers = press_twice(client, address, dict)
    assert [answer["Location"] for answer in answers] == [address, address]
    assert Case.objects.count() == 1
    assert Entry.objects.filter(kind="hotline.list_taken").count() == 1
    client.post(address, hidden(client, address))
    assert Case.objects.count() == 2
