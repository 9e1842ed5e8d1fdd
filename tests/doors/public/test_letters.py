"""A citizen writes without an account, follows by the code, rates, contests; everybody sees the figures."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from time_machine import travel

from sunshine.core.ledger.models import Entry
from sunshine.core.matters.operations import sending
from sunshine.core.publishing import incoming
from sunshine.lenses.reporting import letters as figures
from sunshine.work.correspondence import operations as letters
from sunshine.work.correspondence.models import Case, Notice, Post, SentFile
from tests.rooms import letters_story as story
from tests.rooms.letters_story import Bureau
from tests.rules.test_pictures import photograph

pytestmark = pytest.mark.django_db
CODE = re.compile(r"[2-9A-Z]{4}(?:-[2-9A-Z]{4}){3}")


@pytest.fixture
def house() -> Bureau:
    cache.clear()
    return story.bureau()


def write(client: Client, **given: Any) -> Any:
    typed = {"channel": "message_board", "sort": "complaint", "text": story.TEXT, "once": "1", **given}
    return client.post("/en/letters/new/", typed)


def code_in(answer: Any) -> str:
    found = CODE.search(answer.content.decode())
    assert found is not None, answer.content.decode()
    return found[0]


def opened(code: str) -> Client:
    client = Client()
    assert client.post("/en/letters/follow/", {"code": code.lower()}).status_code == 302
    return client


def test_a_letter_without_a_name_waits_for_a_look_and_is_then_followed_by_the_same_code(house):
    client = Client()
    assert client.get("/letters/new/").status_code == 200
    answer = write(client)
    code = code_in(answer)
    assert "no-store" in answer.headers["Cache-Control"]
    assert code_in(write(client)) == code, "pressing twice sends once, and both times the code is shown"
    waits = opened(code).get("/en/letters/follow/").content.decode()
    assert "waits for a look" in waits
    at = timezone.now()
    [case] = letters.release(
        Post.objects.values_list("pk", flat=True), office=house.cast.office, actor=house.cast.clerk, at=at
    )
    page = opened(code).get("/en/letters/follow/").content.decode()
    assert case.matter.reference in page
    assert story.TEXT in page


def test_a_page_that_was_opened_while_the_letter_waited_shows_the_case_once_it_goes_on(house):
    client = opened(code_in(write(Client())))
    assert "waits for a look" in client.get("/en/letters/follow/").content.decode()
    given = {"office": house.cast.office, "actor": house.cast.clerk, "at": timezone.now()}
    [case] = letters.release(Post.objects.values_list("pk", flat=True), **given)
    assert case.matter.reference in client.get("/en/letters/follow/").content.decode()
    client.post("/en/letters/follow/urge/")
    assert Entry.objects.filter(subject=case.matter.reference, kind="citizen_case.urge").exists()


def test_who_looks_after_a_letter_was_erased_is_not_told_that_it_can_go_on(house):
    code, at = code_in(write(Client())), timezone.now()
    given = {"reason": "广告", "actor": house.cast.clerk}
    letters.set_aside(Post.objects.values_list("pk", flat=True), **given, at=at - timedelta(days=40))
    assert "it goes on" in opened(code).get("/en/letters/follow/").content.decode()
    assert letters.forget_set_aside(at=at) == 1
    page = opened(code).get("/en/letters/follow/").content.decode()
    assert "was erased then" in page
    assert "it goes on" not in page


def test_somebody_elses_number_is_warned_of_once_and_then_sent_as_it_is(house):
    text = "邻居占道经营，电话13855566677，请处理。"
    warned = write(Client(), text=text)
    assert warned.status_code == 422
    assert "13855566677" in warned.content.decode()
    assert Post.objects.count() == 0
    assert code_in(write(Client(), text=text, warned="yes"))


def test_a_photo_from_the_form_loses_its_place(house):
    photo = SimpleUploadedFile("IMG.jpg", photograph(), content_type="image/jpeg")
    code_in(write(Client(), attachments=photo))
    letters.release(
        Post.objects.values_list("pk", flat=True), office=house.cast.office, actor=None, at=timezone.now()
    )
    assert b"SecretCamera" not in incoming.read(SentFile.objects.get().path)


@pytest.mark.parametrize(
    "given", [{"text": " "}, {"sort": "none"}, {"phone": "call me"}, {"service": "none"}]
)
def test_what_is_missing_is_said_at_its_field_and_nothing_typed_is_lost(house, given):
    answer = write(Client(), **{"address": "长江路1号", **given})
    assert answer.status_code == 422
    assert "长江路1号" in answer.content.decode()


def test_a_reply_is_read_rated_once_and_contested_by_an_explicit_press(house):
    at = timezone.now() - timedelta(hours=2)
    case, code = story.entered(house, at=at)
    story.in_hand(house, case, at=at)
    story.replied(
        house, case, at=at, outcome="promised", promised_on=timezone.localdate() + timedelta(days=9)
    )
    client = opened(code)
    page = client.get("/en/letters/follow/").content.decode()
    assert story.REPLY in page
    assert "It will be done by" in page
    assert Notice.objects.get().seen_at is not None
    for name in ("rate", "contest", "urge", "take_back"):
        assert client.get(f"/en/letters/follow/{name}/").status_code == 405, (
            "a link that is followed does nothing"
        )
    client.post("/en/letters/follow/rate/", {"rating": "2", "words": "慢"})
    assert client.post("/en/letters/follow/rate/", {"rating": "5"}).status_code == 409
    assert client.post("/en/letters/follow/contest/", {"reason": " "}).status_code == 422
    client.post("/en/letters/follow/contest/", {"reason": "并未清运"})
    assert story.stage(case) == "contested"
    client.post("/en/letters/follow/leave/")
    assert story.REPLY not in client.get("/en/letters/follow/").content.decode()


def test_a_letter_that_was_lost_to_a_fault_can_be_sent_again_and_arrives(house, monkeypatch):
    def full(*_given: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    client = Client(raise_request_exception=False)
    given = {"once": "abc123", "warned": "yes", "channel": "message_board", "sort": "complaint"}
    given |= {"text": "路灯坏了", "service": ""}
    with monkeypatch.context() as patched:
        patched.setattr(letters, "post", full)
        assert client.post("/letters/new/", given).status_code == 500
    assert client.post("/letters/new/", given).status_code == 200
    later = timezone.now() + sending.SHOWN_AGAIN + timedelta(minutes=1)
    with travel(later):
        assert client.post("/letters/new/", given).status_code == 409
    assert Post.objects.count() == 1


def test_one_of_several_takes_the_letter_back_once_and_for_the_others_it_goes_on(house):
    case, code = story.entered(house, at=timezone.now())
    other = story.letter(who={"phone": "13855599999"})
    letters.add_reporter(case.matter.reference, other, came_at=timezone.now(), actor=None, at=timezone.now())
    client = opened(code)
    assert "Take the letter back" in client.get("/en/letters/follow/").content.decode()
    client.post("/en/letters/follow/take_back/")
    page = client.get("/en/letters/follow/").content.decode()
    assert "for them it goes on" in page
    for name in ("Take the letter back", "Urge an answer"):
        assert name not in page
    client.post("/en/letters/follow/urge/")
    client.post("/en/letters/follow/take_back/")
    assert story.stage(case) == "case_registered"
    kinds = set(Entry.objects.values_list("kind", flat=True))
    assert "citizen_case.leave_case" in kinds
    assert "citizen_case.urge" not in kinds


def test_who_guesses_codes_is_stopped(house):
    client = Client()
    answers = [client.post("/letters/follow/", {"code": f"AAAA-{n:04d}"}).status_code for n in range(52)]
    assert (answers[0], answers[-1]) == (404, 429)


def test_the_register_pages_by_place_and_costs_the_same_anywhere(house, django_assert_max_num_queries):
    at = timezone.now() - timedelta(hours=1)
    for number in range(53):
        story.entered(house, at=at, text=f"第{number}件", who={})
    with django_assert_max_num_queries(3):
        first = Client().get("/en/letters/").content.decode()
    assert first.count("/en/letters/X") == 50
    following = re.search(r"\?before=([\d_-]+)", first)
    assert following is not None
    with django_assert_max_num_queries(3):
        second = Client().get(f"/en/letters/?before={following[1]}").content.decode()
    assert second.count("/en/letters/X") == 3
    assert Client().get("/letters/?before=2026-02-31_x").status_code == 200


def test_every_figure_is_as_large_as_its_list_and_persons_are_counted_as_persons(house):
    at = timezone.now() - timedelta(hours=3)
    on, year = timezone.localdate(), timezone.localdate().year
    made = [story.entered(house, at=at, who={"phone": f"1385550000{n}"})[0] for n in range(4)]
    joined = letters.add_reporter(
        made[0].matter.reference, story.letter(who={"phone": "13855599999"}), came_at=at, actor=None, at=at
    )
    letters.join(made[3].pk, other=made[0].matter.reference, actor=house.cast.clerk, at=at)
    story.in_hand(house, made[0], at=at)
    story.replied(house, made[0], at=at)
    letters.pass_on(made[1].pk, other_way="lawsuit", note="请向法院起诉", actor=house.cast.clerk, at=at)
    told = {each.name: each for each in figures.figures(year, on=on)}
    assert (told["received"].value, told["persons"].value) == (4, 5)
    assert (told["replied"].value, told["in_time"].value, told["outcome.joined"].value) == (1, 1, 1)
    assert (told["rated"].value, told["silent"].value, told["average"].value) == (0, 3, "—")
    for name, each in told.items():
        if each.has_list:
            assert len(figures.listed(year, name, on=on)[1]) == each.value, name
    assert joined[0].case_id == made[0].pk
    page = Client().get(f"/en/letters/figures/{year}/").content.decode()
    assert f"/en/letters/figures/{year}/outcome.resolved/" in page
    listed = Client().get(f"/en/letters/figures/{year}/outcome.resolved/").content.decode()
    assert made[0].matter.reference in listed
    assert Client().get(f"/letters/figures/{year}/nothing/").status_code == 404
    assert Client().get("/letters/figures/").status_code == 302


def test_figures_are_counted_once_a_minute_however_many_ask(house: Bureau):
    def counted() -> bool:
        with CaptureQueriesContext(connection) as queries:
            Client().get(f"/letters/figures/{timezone.localdate().year}/")
        return any("COUNT" in each["sql"] for each in queries)

    cache.clear()
    assert counted()
    assert not counted()


def test_figures_cost_a_fixed_number_of_queries(house, django_assert_num_queries):
    on = timezone.localdate()
    for number in (1, 4):
        for _ in range(number):
            story.entered(house, at=timezone.now(), who={})
        with django_assert_num_queries(6):
            figures.figures(on.year, on=on)
    assert Case.objects.count() == 5
