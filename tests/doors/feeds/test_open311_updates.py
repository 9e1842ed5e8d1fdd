"""What programs are told of a case after its end, and what they tell twice: it stays closed, it stays one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from sunshine.work.correspondence import operations as letters
from sunshine.work.correspondence.models import Alias, ApiKey, Case, Post
from sunshine.work.correspondence.operations import posting
from sunshine.work.correspondence.rules import foreign
from tests.cast import MONDAY
from tests.rooms import letters_story as story
from tests.rooms.letters_story import Bureau

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
V2 = "/open311/v2"


@pytest.fixture
def house() -> Bureau:
    return story.bureau()


def test_a_promise_that_is_moved_and_kept_opens_no_case_again(house):
    case, _code = story.entered(house)
    story.in_hand(house, case)
    day = (MONDAY + 9 * DAY).date()
    story.replied(house, case, at=MONDAY, outcome="promised", promised_on=day)
    moved: dict[str, Any] = {"promised_on": day + DAY, "reason": "连日降雨", "actor": house.cast.head}
    letters.move_promise(case.pk, **moved, at=MONDAY + DAY)
    done: dict[str, Any] = {"note": "已修复", "kept_on": day, "actor": house.cast.drafter}
    letters.keep_promise(case.pk, **done, at=MONDAY + 10 * DAY)
    asked = {"service_request_id": case.matter.reference}
    span = {"start_date": "2026-03-01T00:00:00+08:00", "end_date": "2026-03-30T00:00:00+08:00"}
    told = Client().get(f"{V2}/servicerequestupdates.json", asked | span).json()
    assert [each["status"] for each in told] == ["open", "open", "closed", "closed", "closed"]
    assert Client().get(f"{V2}/requests/{case.matter.reference}.json").json()[0]["status"] == "closed"
    letters.contest(case.pk, reason="没有解决", actor=house.cast.clerk, at=MONDAY + 10 * DAY)
    told = Client().get(f"{V2}/servicerequestupdates.json", asked | span).json()
    assert told[-1]["status"] == "open"


def program() -> ApiKey:
    given: dict[str, Any] = {"is_trusted": True, "per_minute": 60, "actor": None, "at": MONDAY}
    return letters.issue_key(name="市民通", source="app", **given)[0]


def reported(house: Bureau, key: ApiKey, once: str, *, is_trusted: bool = True) -> letters.Taken:
    return letters.post(
        story.letter(channel="open311"),
        office=house.cast.office,
        network="",
        at=MONDAY,
        program=key,
        is_trusted=is_trusted,
        once=once,
    )


def test_a_programs_number_goes_back_with_its_case(house):
    key = program()
    taken = reported(house, key, "K1")
    other, _code = story.entered(house, text="目标案件")
    assert taken.case is not None
    clerk: dict[str, Any] = {"actor": house.cast.clerk, "at": MONDAY}
    letters.join(taken.case.pk, other=other.matter.reference, **clerk)
    assert Alias.objects.get().case == other
    letters.take_apart(taken.case.pk, reason="误并", **clerk)
    assert Alias.objects.get().case == taken.case


def test_a_number_of_which_something_was_heard_before_is_reported_and_keeps_what_was_heard(house):
    key = program()
    told = foreign.Update("u1", MONDAY, "closed", "已派单")
    letters.hear("app", [letters.Message("K2", told)], actor=None, at=MONDAY)
    taken = reported(house, key, "K2")
    alias = Alias.objects.get()
    assert (alias.case, alias.first, alias.status) == (taken.case, taken.case, "closed")


@pytest.mark.parametrize("is_trusted", [True, False])
def test_the_same_report_twice_at_once_is_one(house, monkeypatch, is_trusted):
    key = program()
    first = reported(house, key, "K3", is_trusted=is_trusted)
    monkeypatch.setattr(posting, "_sent_before", lambda *_given: None)  # both looked before either was in
    again = reported(house, key, "K3", is_trusted=is_trusted)
    assert (again.code, again.case, again.post) == ("", first.case, first.post)
    assert (Case.objects.count(), Post.objects.count()) == ((1, 0) if is_trusted else (0, 1))
