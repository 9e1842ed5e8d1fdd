"""The applicant's page as a request goes on: it asks for what is lacking now, and rates each answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from sunshine.work.requests import operations as requests
from sunshine.work.requests.models import Request
from tests import cast as plays
from tests.cast import Cast
from tests.doors.public.test_requests import opened
from tests.rooms import requests_story as story

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    cache.clear()
    return plays.make_cast()


def test_the_page_says_what_is_to_be_completed_though_reasons_were_asked_for_since(
    cast: Cast, client: Client
) -> None:
    at, now = timezone.now() - timedelta(days=20), timezone.now()
    request, code = requests.file_online(story.filing(), office=cast.office, at=at)
    requests.assign(request.pk, department=cast.department, officer=cast.drafter, actor=cast.clerk, at=at)
    asked: dict[str, Any] = {
        "what": "请说明年度",
        "notified_on": timezone.localdate(),
        "actor": cast.drafter,
        "at": now,
    }
    requests.ask_too_late(request.pk, **asked)
    until = timezone.localdate() + timedelta(days=5)
    requests.demand_reasons(request.pk, reason="本月已申请五十件", until=until, actor=cast.clerk, at=now)
    said = opened(client, code)
    assert "本月已申请五十件" in said
    assert client.post("/en/requests/follow/give_reasons/", {"text": "研究所需"}).status_code == 302
    said = client.get("/en/requests/follow/").content.decode()
    assert "lacks something" in said
    assert "请说明年度" in said
    assert "本月已申请五十件" not in said


def test_an_answer_given_anew_can_be_rated_too(cast: Cast, client: Client) -> None:
    at = timezone.now() - timedelta(hours=5)
    request, code = requests.file_online(story.filing(), office=cast.office, at=at)
    requests.assign(request.pk, department=cast.department, officer=cast.drafter, actor=cast.clerk, at=at)
    story.answer(cast, request, at=at + timedelta(minutes=9))
    opened(client, code)
    client.post("/en/requests/follow/rate/", {"rating": "1", "words": ""})
    assert "Rate the answer" not in client.get("/en/requests/follow/").content.decode()
    again, today = at + timedelta(hours=1), timezone.localdate(at)
    ordered: dict[str, Any] = {"reason": "复议决定", "ordered_on": today, "actor": cast.office_head}
    requests.answer_anew(request.pk, **ordered, at=again)
    story.answer(cast, request, at=again + timedelta(minutes=9))
    assert "Rate the answer" in client.get("/en/requests/follow/").content.decode()
    client.post("/en/requests/follow/rate/", {"rating": "5", "words": ""})
    assert Request.objects.get(pk=request.pk).rating == 5


def test_a_new_code_shuts_the_page_that_the_one_of_before_opened(cast: Cast, client: Client) -> None:
    at = timezone.now() - timedelta(hours=1)
    request, code = requests.file_online(story.filing(), office=cast.office, at=at)
    assert story.WANTED in opened(client, code)
    new = requests.issue_code(request.pk, proof="document", actor=cast.clerk, at=timezone.now())
    assert story.WANTED not in client.get("/en/requests/follow/").content.decode()
    assert client.post("/en/requests/follow/withdraw/").status_code == 302
    assert Request.objects.get(pk=request.pk).outcome == ""
    assert story.WANTED in opened(client, new)
