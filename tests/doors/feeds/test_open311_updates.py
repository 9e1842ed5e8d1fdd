"""What programs are told of a case after its end, and what they tell twice: it stays closed, it stays one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from sunshine.work.correspondence import operations as letters
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
