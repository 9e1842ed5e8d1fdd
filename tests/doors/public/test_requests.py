"""Citizens at the public door: filing, following, the register; nothing personal where it must not be."""

from __future__ import annotations

import logging
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from time_machine import travel

from sunshine.core.matters import operations as matter_operations
from sunshine.core.matters import queries as matters
from sunshine.core.matters.models import Matter, SentPage
from sunshine.core.matters.operations import sending
from sunshine.doors.public import following
from sunshine.kernel.period import day_of
from sunshine.project import pages
from sunshine.work.requests import operations as requests
from sunshine.work.requests import queries
from sunshine.work.requests.models import Request
from tests import cast as plays
from tests.cast import MONDAY, Cast
from tests.rooms import requests_story as story

pytestmark = pytest.mark.django_db

CODE = re.compile(r"[2-9A-HJ-NP-Z]{4}(?:-[2-9A-HJ-NP-Z]{4}){3}")
TYPED = {
    **story.PERSON,
    "once": "page-1",
    "do": "file",
    "applicant_kind": "natural_person",
    "wanted": story.WANTED,
    "form_wanted": "electronic",
    "delivery": "site",
    "confirmed": "on",
}


@pytest.fixture
def cast() -> Cast:
    cache.clear()
    return plays.make_cast()


def filed(client: Client, **fields: Any) -> tuple[Request, str]:
    answer = client.post("/en/requests/new/", {**TYPED, **fields})
    assert answer.status_code == 200, answer.content.decode()
    found = CODE.search(answer.content.decode())
    assert found is not None
    return Request.objects.select_related("matter").latest("matter_id"), found[0]


def opened(client: Client, code: str) -> str:
    answer = client.post("/en/requests/follow/", {"code": code}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_citizen_files_without_an_account_and_learns_number_day_and_code(
    cast: Cast, client: Client
) -> None:
    answer = client.post("/en/requests/new/", TYPED)
    said = answer.content.decode()
    request = Request.objects.select_related("matter").get()
    assert request.matter.reference in said
    assert "received on the day on which both sides confirmed it" in said
    assert "art. 31" in said
    assert CODE.search(said)
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("field", "given", "words"),
    [
        ("document_number", "110105194912310021", "digit by digit"),
        ("name", "", "Give the name"),
        ("wanted", " ", "which information"),
        ("phone", "123", "no telephone number"),
        ("confirmed", "", "Confirm what you file"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_nothing_is_lost(
    cast: Cast, client: Client, field: str, given: str, words: str
) -> None:
    answer = client.post("/en/requests/new/", {**TYPED, field: given})
    said = answer.content.decode()
    assert answer.status_code == 422
    assert words in said
    assert "applicant@example.com" in said
    assert not Request.objects.exists()


def test_pressing_twice_files_once_and_the_answer_that_is_seen_has_number_and_code(
    cast: Cast, client: Client
) -> None:
    request, code = filed(client)
    assert filed(client) == (request, code)
    assert Request.objects.count() == 1
    with travel(timezone.now() + sending.SHOWN_AGAIN + timedelta(minutes=1)):
        answer = client.post("/en/requests/new/", TYPED)
    assert answer.status_code == 409
    assert code not in answer.content.decode()


def test_a_request_that_a_server_error_lost_is_filed_when_its_page_is_sent_again(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.raise_request_exception = False

    def broken(*_given: object, **_named: object) -> None:
        raise OperationalError("disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(matter_operations, "open_matter", broken)
        assert client.post("/en/requests/new/", TYPED).status_code == 500
    assert not Request.objects.exists()
    filed(client)
    later = timezone.now() + sending.SHOWN_AGAIN + timedelta(minutes=1)
    assert SentPage.objects.get().sealed
    assert matter_operations.forget_pages(at=later) == 0
    assert not SentPage.objects.get().sealed
    assert client.post("/en/requests/new/", TYPED).status_code == 409
    assert matter_operations.forget_pages(at=timezone.now() + sending.REMEMBERED + timedelta(minutes=1)) == 1


def test_a_hostile_file_is_refused_at_its_field_and_the_page_may_be_sent_again(
    cast: Cast, client: Client
) -> None:
    bad = SimpleUploadedFile("letter.pdf", b"MZ\x90\x00 a program")
    answer = client.post("/en/requests/new/", {**TYPED, "attachments": bad})
    assert answer.status_code == 422
    assert "refuses this file" in answer.content.decode()
    good = SimpleUploadedFile("map.txt", "停车场位置图说明".encode())
    request, _code = filed(client, attachments=good)
    assert request.matter.sealed_files.count() == 1


def test_what_was_typed_is_saved_and_comes_back_by_its_code(cast: Cast, client: Client) -> None:
    saved = client.post("/en/requests/new/", {**TYPED, "do": "save", "name": ""}).content.decode()
    code = CODE.search(saved)
    assert code is not None
    back = client.post("/en/requests/new/saved/", {"saved-code": code[0]}).content.decode()
    assert story.WANTED in back
    assert story.PERSON["phone"] in back
    wrong = client.post("/en/requests/new/saved/", {"saved-code": "AAAA-BBBB-CCCC-DDDD"})
    assert "Nothing is saved under this code" in wrong.content.decode()


def test_what_is_public_already_is_shown_while_writing(cast: Cast, client: Client) -> None:
    from sunshine.project import worker

    record = plays.make_record(cast, title="路内停车收费标准")
    while worker.work_once(at=MONDAY + timedelta(hours=3)):
        pass
    answer = client.post("/en/requests/new/near/", {"words": "停车收费标准"}).content.decode()
    assert f"/r/{record.reference}/" in answer
    looked = client.post("/en/requests/new/", {**TYPED, "do": "look"}).content.decode()
    assert f"/r/{record.reference}/" in looked
    assert not Request.objects.exists()


def test_the_code_opens_stage_clocks_and_story_without_naming_an_officer(cast: Cast, client: Client) -> None:
    request, code = filed(client)
    requests.assign(
        request.pk, department=cast.department, officer=cast.drafter, actor=cast.clerk, at=request.arrived_at
    )
    said = opened(client, code.lower().replace("-", ""))
    assert "Being handled" in said
    assert "Working day 0 of 20" in said
    assert cast.clerk.name not in said
    assert cast.drafter.name not in said


def test_a_wrong_code_opens_nothing_and_guessing_is_stopped(cast: Cast, client: Client) -> None:
    for _ in range(following.TRIES):
        assert client.post("/en/requests/follow/", {"code": "AAAA-BBBB-CCCC-DDDD"}).status_code == 404
    assert client.post("/en/requests/follow/", {"code": "AAAA-BBBB-CCCC-DDDD"}).status_code == 429


def test_without_the_code_the_page_of_a_request_stays_shut(cast: Cast, client: Client) -> None:
    filed(client)
    said = Client().get("/en/requests/follow/").content.decode()
    assert "Type the code" in said
    assert Client().post("/en/requests/follow/withdraw/").status_code == 302
    assert Request.objects.get().outcome == ""


def test_leaving_the_page_shuts_it_on_this_computer(cast: Cast, client: Client) -> None:
    _request, code = filed(client)
    opened(client, code)
    client.post("/en/requests/follow/leave/")
    assert "Type the code" in client.get("/en/requests/follow/").content.decode()


def test_the_applicant_completes_withdraws_and_rates_on_the_page(cast: Cast, client: Client) -> None:
    request, code = filed(client)
    requests.ask_to_complete(
        request.pk,
        what="请说明年度",
        notified_on=day_of(request.arrived_at),
        actor=cast.clerk,
        at=request.arrived_at,
    )
    assert "请说明年度" in opened(client, code)
    client.post("/en/requests/follow/complete/", {"text": "2025年度"})
    assert "Being handled" in client.get("/en/requests/follow/").content.decode()
    assert request.words.get(kind="completed").text == "2025年度"
    client.post("/en/requests/follow/withdraw/")
    assert Request.objects.get().outcome == "withdrawn"
    other, other_code = filed(client, once="page-2")
    requests.assign(
        other.pk, department=cast.department, officer=cast.drafter, actor=cast.clerk, at=other.arrived_at
    )
    story.answer(cast, other, at=other.arrived_at + timedelta(minutes=5))
    opened(client, other_code)
    client.post("/en/requests/follow/rate/", {"rating": "5", "words": ""})
    assert Request.objects.get(pk=other.pk).rating == 5


def test_what_is_asked_late_can_be_completed_on_the_page_and_the_period_runs_on(
    cast: Cast, client: Client
) -> None:
    at = timezone.now() - timedelta(days=40)
    request, code = requests.file_online(story.filing(), office=cast.office, at=at)
    requests.assign(request.pk, department=cast.department, officer=cast.drafter, actor=cast.clerk, at=at)
    due_on = matters.readings(request.matter, now=timezone.now())["reply"].due_on
    assert "lacks something" not in opened(client, code)
    requests.ask_too_late(
        request.pk,
        what="请说明年度",
        notified_on=timezone.localdate(),
        actor=cast.drafter,
        at=timezone.now(),
    )
    shown = client.get("/en/requests/follow/").content.decode()
    assert "请说明年度" in shown
    assert "the period of the answer runs on" in shown
    assert client.post("/en/requests/follow/complete_late/", {"text": "2025年度"}).status_code == 302
    assert request.words.get(kind="completed").text == "2025年度"
    assert "lacks something" not in client.get("/en/requests/follow/").content.decode()
    assert matters.readings(request.matter, now=timezone.now())["reply"].due_on == due_on


def test_a_code_opens_the_parts_that_were_split_off_and_no_other_request(cast: Cast, client: Client) -> None:
    request, code = filed(client)
    [part] = requests.split(request.pk, parts=["公厕数量"], actor=cast.clerk, at=request.arrived_at)
    other = story.file(cast)
    said = opened(client, code)
    assert part.matter.reference in said
    assert other.matter.reference not in said
    address = "/en/requests/follow/parts/"
    assert client.post(address, {"reference": other.matter.reference}).status_code == 404
    assert client.post("/en/requests/follow/approve/").status_code == 404
    stranger = Client()
    assert stranger.post(address, {"reference": part.matter.reference}).status_code == 404
    shown = client.post(address, {"reference": part.matter.reference}, follow=True).content.decode()
    assert "公厕数量" in shown
    client.post("/en/requests/follow/withdraw/")
    assert Request.objects.get(pk=part.pk).outcome == "withdrawn"
    assert Request.objects.get(pk=request.pk).outcome == ""


def test_an_act_that_is_not_open_is_refused_in_words(cast: Cast, client: Client) -> None:
    _request, code = filed(client)
    opened(client, code)
    answer = client.post("/en/requests/follow/complete/", {"text": "x"})
    assert answer.status_code == 409
    assert "does not allow this act" in answer.content.decode()


SECRETS = ("测试人甲", "11010519491231002X", "13800001234", "applicant@example.com", "测试路1号")


def test_nothing_of_who_asks_stands_in_an_address_a_log_or_what_the_public_reads(
    cast: Cast, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        request, code = filed(client)
        opened(client, code)
    told = caplog.text
    reference = request.matter.reference
    stranger = Client()
    public = [
        stranger.get(address).content.decode()
        for address in (
            "/requests/",
            f"/requests/{reference}/",
            "/ledger/",
            f"/api/v1/search?q={SECRETS[0]}",
            f"/search/?q={SECRETS[0]}&x=1",
        )
    ]
    assert reference in public[0]
    assert reference in public[1]
    for secret in (*SECRETS, code, story.WANTED):
        assert secret not in told
        assert all(secret not in page.replace(f"?q={secret}", "") or secret == SECRETS[0] for page in public)
    assert all(SECRETS[0] not in page for page in public[:3])


def test_the_register_shows_the_subject_only_when_the_request_is_answered(cast: Cast, client: Client) -> None:
    request = story.handled(cast, at=MONDAY)
    before = client.get("/en/requests/?page=1").content.decode()
    story.answer(cast, request, at=MONDAY + timedelta(days=3))
    after = client.get("/en/requests/?page=1").content.decode()
    assert "停车收费标准" not in before
    assert "停车收费标准" in after
    assert "Disclosed" in after
    one = client.get(f"/en/requests/{request.matter.reference}/").content.decode()
    assert "closed_on" in one
    assert str(date(2026, 3, 5)) in one


def test_the_home_page_leads_to_the_form(cast: Cast, client: Client) -> None:
    assert "/requests/new/" in client.get("/").content.decode()
    assert client.get("/columns/on-request/").content.decode().count("/requests/") >= 3


def test_the_applicant_fetches_the_letter_with_the_code_and_nobody_else_does(cast: Cast) -> None:
    request, code = requests.file_online(story.filing(), office=cast.office, at=MONDAY)
    requests.assign(request.pk, department=cast.department, actor=cast.clerk, at=MONDAY)
    client = Client()
    client.post("/requests/follow/", {"code": code})
    assert queries.papers(Matter.objects.get(pk=request.pk)) == []
    story.answer(cast, request, at=MONDAY + timedelta(days=1))
    pdf = queries.papers(Matter.objects.get(pk=request.pk))[0]
    answer = client.get(f"/requests/follow/papers/{pdf.pk}/")
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")
    assert "no-store" in answer.headers["Cache-Control"]
    assert Client().get(f"/requests/follow/papers/{pdf.pk}/").status_code == 404


def test_the_applicant_reads_the_notices_and_the_fee_that_they_must_obey(cast: Cast) -> None:
    request, code = requests.file_online(story.filing(), office=cast.office, at=MONDAY)
    at = MONDAY + timedelta(days=1)
    requests.assign(request.pk, department=cast.department, actor=cast.clerk, at=MONDAY)
    requests.propose_extension(request.pk, reason="年份多", actor=cast.drafter, at=at)
    requests.extend(request.pk, reason="年份多，需要逐份核对", actor=cast.office_head, at=at)
    requests.demand_reasons(
        request.pk, reason="本月第40件", until=day_of(at) + timedelta(days=9), actor=cast.clerk, at=at
    )
    client = Client()
    said = opened(client, code)
    assert "年份多，需要逐份核对" in said
    for kind, title in (("receipt", "登记回执"), ("extend", "延期答复"), ("reasons", "说明理由")):
        address = f"/en/requests/follow/notices/{kind}.pdf"
        assert address in said
        assert title in said
        assert Client().get(address).status_code == 404, "without the code"
    assert client.get("/en/requests/follow/notices/fee.pdf").status_code == 404
    answer = client.get("/en/requests/follow/notices/extend.pdf")
    assert answer.content.startswith(b"%PDF")
    assert "no-store" in answer.headers["Cache-Control"]
    requests.give_reasons(request.pk, text="研究", actor=cast.clerk, at=at)
    assert "processing fee" not in client.get("/en/requests/follow/").content.decode()
    requests.charge_fee(
        request.pk, scale="page", quantity=100, notified_on=day_of(at), actor=cast.office_head, at=at
    )
    shown = client.get("/en/requests/follow/").content.decode()
    assert "A processing fee of 700 yuan is to be paid" in shown
    assert "How to pay" in shown
    assert "/en/requests/follow/notices/fee.pdf" in shown


@pytest.mark.parametrize(
    "said",
    [("Cache-Control", "no-store, private"), ("Vary", "Cookie"), ("Set-Cookie", "sessionid=c")],
    ids=lambda said: said[0],
)
def test_a_page_that_is_somebodys_own_is_made_with_that_readers_own_cookies(said: tuple[str, str]) -> None:
    asked: list[str] = []

    def application(given: dict[str, Any], start: Any) -> list[bytes]:
        asked.append(given.get("HTTP_COOKIE", ""))
        headers = {"Content-Type": "text/html", "Cache-Control": "public, no-cache"} | dict([said])
        start("200 OK", list(headers.items()))
        return [given.get("HTTP_COOKIE", "").encode()]

    front = pages.Pages(application, state=lambda: "a state")
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/calls/follow/"}
    for cookie in ("sessionid=a", "sessionid=b"):
        assert b"".join(front({**environ, "HTTP_COOKIE": cookie}, lambda *_: None)) == cookie.encode()
    assert asked == ["", "sessionid=a", "sessionid=b"], "whose own a page is, is asked once"


@pytest.mark.parametrize("language", ["", "/en", "/zh-hant"])
@pytest.mark.parametrize("room", ["requests", "letters", "calls", "events"])
def test_no_shelf_ever_holds_a_page_that_a_code_opens(client: Client, language: str, room: str) -> None:
    answer = client.get(f"{language}/{room}/follow/")
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
