"""The reply at the desk: its form asks for what its class needs, its draft is kept, it may become public."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sunshine.core.matters.models import Matter
from sunshine.work.documents import operations as documents
from sunshine.work.requests import operations as requests
from tests import cast as plays
from tests.cast import Cast
from tests.doors.desk.test_requests import at_desk, now, page_of
from tests.rooms import requests_story as story

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return plays.make_cast()


def test_the_reply_form_asks_for_exactly_what_the_class_needs(cast: Cast) -> None:
    request = story.handled(cast, at=now() - timedelta(hours=1))
    address = f"/desk/m/{request.matter.reference}/acts/draft_reply/"
    shown = at_desk(cast.drafter).get(f"{address}?outcome=process").content.decode()
    assert "讨论记录" in shown
    seen = Matter.objects.get(pk=request.pk).version
    typed = {"seen": seen, "finding": "属于过程稿", "public_subject": "停车方案"}
    refused = at_desk(cast.drafter).post(f"{address}?outcome=process", typed)
    assert refused.status_code == 422
    partial = {**typed, "handover": "电子", "place_0": "第3页", "ground_0": "process", "why_0": "会议记录"}
    assert at_desk(cast.drafter).post(f"{address}?outcome=partial", partial).status_code == 302
    part = {"place": "第3页", "ground": "process", "why": "会议记录"}
    assert request.answers.get().details["withheld"] == [part]
    requests.return_draft(request.pk, reason="补充理由", actor=cast.office_head, at=now())
    again = at_desk(cast.drafter).get(f"{address}?outcome=partial").content.decode()
    assert again.count("会议记录") == 1


def test_the_earlier_answer_is_chosen_among_those_of_the_same_applicant(cast: Cast) -> None:
    at = now() - timedelta(hours=3)
    first = story.answer(cast, story.handled(cast, at=at), at=at + timedelta(minutes=9))
    request = story.handled(cast, at=at + timedelta(hours=1))
    address = f"/desk/m/{request.matter.reference}/acts/draft_reply/?outcome=repeated"
    shown = at_desk(cast.drafter).get(address).content.decode()
    assert f'<option value="{first.matter.reference}">' in shown
    assert f'<option value="{request.matter.reference}">' not in shown
    typed = {"seen": Matter.objects.get(pk=request.pk).version, "finding": "x", "public_subject": "停车"}
    typed["earlier"] = first.matter.reference
    assert at_desk(cast.drafter).post(address, typed).status_code == 302


def test_who_approves_sees_the_subject_and_who_drafts_again_finds_it(cast: Cast) -> None:
    at = now() - timedelta(hours=1)
    request = story.handled(cast, at=at)
    requests.draft_reply(
        request.pk,
        outcome="disclosed",
        finding="见附件",
        public_subject="停车收费批复",
        details={"handover": "电子"},
        actor=cast.drafter,
        at=at + timedelta(minutes=9),
    )
    assert "停车收费批复" in page_of(cast.office_head, request.matter.reference)
    requests.return_draft(request.pk, reason="错字", actor=cast.office_head, at=at + timedelta(minutes=19))
    address = f"/desk/m/{request.matter.reference}/acts/draft_reply/?outcome=disclosed"
    assert "停车收费批复" in at_desk(cast.drafter).get(address).content.decode()


def test_parts_beyond_the_usual_are_folded_away_until_they_say_something(cast: Cast) -> None:
    request = story.handled(cast, at=now() - timedelta(hours=1))
    address = f"/desk/m/{request.matter.reference}/acts/draft_reply/?outcome=partial"
    shown = at_desk(cast.drafter).get(address).content.decode()
    assert (
        shown.index("place_1") < shown.index("<details><summary>More withheld parts") < shown.index("place_2")
    )
    refused = at_desk(cast.drafter).post(address, {"seen": 0, "place_3": "第四处"})
    assert "<details open><summary>More withheld parts" in refused.content.decode()


def test_a_class_that_the_text_of_the_request_does_not_know_is_not_there(cast: Cast) -> None:
    request = story.handled(cast, at=now() - timedelta(hours=1))
    address = f"/desk/m/{request.matter.reference}/acts/draft_reply/?outcome=lapsed"
    assert at_desk(cast.drafter).get(address).status_code == 404


def test_an_answer_becomes_a_document_that_goes_the_way_of_every_document(cast: Cast) -> None:
    at = now() - timedelta(hours=2)
    request = story.answer(cast, story.handled(cast, at=at), at=at + timedelta(minutes=9))
    address = f"/desk/m/{request.matter.reference}/acts/make_public/"
    assert "停车收费标准" in at_desk(cast.drafter).get(address).content.decode()
    assert at_desk(cast.drafter).post(address).status_code == 422, "what was not seen is not pressed"
    seen = {"seen": Matter.objects.get(pk=request.pk).version}
    assert at_desk(cast.drafter).post(address, seen).status_code == 302
    document = Matter.objects.get(kind="document")
    assert (document.title, document.stage) == ("停车收费标准", "drafting")
    assert document.reference in page_of(cast.drafter, request.matter.reference)
    refused = story.answer(
        cast,
        story.handled(cast, at=at),
        "process",
        at=at + timedelta(minutes=30),
        details={"which": "过程稿"},
    )
    nothing = f"/desk/m/{refused.matter.reference}/acts/make_public/"
    seen = {"seen": Matter.objects.get(pk=refused.pk).version}
    assert at_desk(cast.drafter).post(nothing, seen).status_code == 422
    assert Matter.objects.filter(kind="document").count() == 1


def test_pressing_twice_begins_one_document_and_another_only_when_it_was_given_up(cast: Cast) -> None:
    at = now() - timedelta(hours=2)
    request = story.answer(cast, story.handled(cast, at=at), at=at + timedelta(minutes=9))
    address = f"/desk/m/{request.matter.reference}/acts/make_public/"
    client, seen = at_desk(cast.drafter), {"seen": Matter.objects.get(pk=request.pk).version}
    assert [client.post(address, seen).status_code for _press in range(2)] == [302, 409]
    document = Matter.objects.get(kind="document")
    again = {"seen": Matter.objects.get(pk=request.pk).version}
    assert client.post(address, again).status_code == 422
    assert f"{document.reference} was begun from this answer" in client.get(address).content.decode()
    assert Matter.objects.filter(kind="document").count() == 1
    documents.abandon(document.pk, reason="重复", actor=cast.drafter, at=now())
    assert client.post(address, again).status_code == 302
    assert Matter.objects.filter(kind="document").count() == 2
