"""What waits for a look always can go on, and what was set aside for good leaves nothing behind."""

from __future__ import annotations

from typing import Any

import pytest

from sunshine.work.correspondence import operations as letters
from sunshine.work.correspondence.models import Post
from tests.cast import MONDAY
from tests.rooms import letters_story as story
from tests.rooms.letters_story import Bureau
from tests.rooms.test_letters_many import DAY, HOUR, posted, web

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> Bureau:
    return story.bureau()


def states() -> list[str]:
    return list(Post.objects.order_by("id").values_list("state", flat=True))


def test_what_reported_a_service_that_was_closed_meanwhile_goes_on_and_keeps_it(house):
    posted(house, web(service="bin"))
    posted(house, web("路面坏了，请修补。", phone="13900000001"))
    clerk: dict[str, Any] = {"actor": house.cast.clerk, "at": MONDAY + HOUR}
    letters.close_service(house.service, on=MONDAY.date(), **clerk)
    assert letters.release_unlooked(at=MONDAY + 2 * DAY) == 2
    first = Post.objects.order_by("id")[0].case
    assert first is not None
    assert first.service == house.service


def test_a_call_of_yesterday_is_entered_under_the_service_of_yesterday(house):
    letters.close_service(house.service, on=(MONDAY + DAY).date(), actor=house.cast.clerk, at=MONDAY)
    case, _code = letters.enter(
        story.letter(service="bin"),
        office=house.cast.office,
        arrived_at=MONDAY,
        actor=house.cast.clerk,
        at=MONDAY + DAY,
    )
    assert case.service == house.service


def test_a_post_that_cannot_go_on_stops_no_other_and_is_not_tried_for_ever(house):
    broken = posted(house, web()).post
    posted(house, web("路面坏了，请修补。", phone="13900000001"))
    Post.objects.filter(pk=broken.pk).update(sealed=b"0" * 300)
    assert letters.release_unlooked(at=MONDAY + 2 * DAY) == 1
    assert states() == ["waiting", "released"]
    broken.refresh_from_db()
    assert broken.signs == ["stuck"], "an officer sees it, and it no longer is among the oldest each time"
    assert letters.release_unlooked(at=MONDAY + 3 * DAY) == 0
