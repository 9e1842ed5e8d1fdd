"""Slips of the pen at the desk of requests are said at their field: none is entered, none breaks a page."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from sunshine.core.matters.models import Matter
from sunshine.work.requests import operations as requests
from sunshine.work.requests.models import Correction, Request
from tests import cast as plays
from tests.cast import Cast
from tests.doors.desk.test_requests import TYPED, at_desk, now, press
from tests.rooms import requests_story as story

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return plays.make_cast()


@pytest.mark.parametrize(
    "line", ["nan 1 1 20 20", "inf 1 1 20 20", "1 nan 1 20 20", "1 10 10", ",", "9" * 400]
)
def test_a_place_that_is_none_is_said_at_its_field(cast: Cast, line: str) -> None:
    request = story.handled(cast, at=now() - timedelta(hours=1))
    file = SimpleUploadedFile("a.txt", b"x")
    answer = press(cast.drafter, request, "enclose", boxes=line, file=file)
    assert answer.status_code == 422


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2008-04-30", "9999-12-31"])
@pytest.mark.parametrize("way", ["counter", "email"])
def test_nothing_arrives_on_a_day_that_cannot_have_been(cast: Cast, way: str, day: str) -> None:
    given = {**TYPED, "way": way, "arrived_at": f"{day}T09:00"}
    assert at_desk(cast.clerk).post("/desk/requests/new/", given).status_code == 422
    assert not Request.objects.exists()


@pytest.mark.parametrize("day", ["0001-01-01", "2019-05-14", "9999-12-31"])
def test_no_correction_is_received_before_the_article_that_gives_it(cast: Cast, day: str) -> None:
    given = {**story.PERSON, "wanted": "住址", "received_on": day}
    assert at_desk(cast.clerk).post("/desk/requests/correction/", given).status_code == 422
    assert not Correction.objects.exists()


def test_the_number_of_a_mail_is_no_longer_than_what_is_kept_of_it(cast: Cast) -> None:
    at = now() - timedelta(hours=3)
    request = story.handled(cast, at=at)
    said: dict[str, Any] = {"outcome": "disclosed", "finding": "经查", "public_subject": "停车收费标准"}
    details = {"handover": "纸质"}
    requests.draft_reply(
        request.pk, **said, details=details, actor=cast.drafter, at=at + timedelta(minutes=9)
    )
    requests.approve(request.pk, actor=cast.office_head, at=at + timedelta(minutes=10))
    given = {"service": "post", "served_on": timezone.localdate().isoformat()}
    assert press(cast.clerk, request, "reply", **given, mail_number="9" * 61).status_code == 422
    assert press(cast.clerk, request, "reply", **given, mail_number="9" * 60).status_code == 302
    assert Matter.objects.get(pk=request.pk).stage == "answered"


def test_what_is_pressed_twice_at_the_desk_is_entered_once(cast: Cast) -> None:
    at = timezone.localtime(now()).strftime("%Y-%m-%dT%H:%M")
    today = timezone.localdate().isoformat()
    clerk = at_desk(cast.clerk)
    told = set()
    for _press in range(2):
        shown = clerk.post("/desk/requests/new/", {**TYPED, "arrived_at": at, "once": "page-1"})
        correction = {**story.PERSON, "wanted": "住址", "received_on": today, "once": "page-2"}
        again = clerk.post("/desk/requests/correction/", correction)
        told |= {(each.context["reference"], each.context["code"]) for each in (shown, again)}
    assert len(told) == 2, "the second press shows number and code again"
    assert (Request.objects.count(), Correction.objects.count()) == (1, 1)
    other = {**TYPED, "wanted": "另一件", "arrived_at": at, "once": "page-1"}
    assert clerk.post("/desk/requests/new/", other).context["reference"] not in {each for each, _ in told}
    begun = now() - timedelta(hours=3)
    request = story.answer(cast, story.handled(cast, at=begun), at=begun + timedelta(minutes=9))
    filed = {"track": "ordinary", "filed_on": today, "received_on": today, "once": "page-3"}
    places = [
        clerk.post(f"/desk/m/{request.matter.reference}/remedy/", filed)["Location"] for _press in range(2)
    ]
    remedy = request.remedies.get()
    assert places == [f"/desk/m/{remedy.matter.reference}/"] * 2
    empty = clerk.get("/desk/requests/new/").content.decode()
    assert re.search(r'name="once" value="[0-9a-f]{32}"', empty)
