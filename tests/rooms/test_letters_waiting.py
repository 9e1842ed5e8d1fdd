"""What waits for a look always can go on, and what was set aside for good leaves nothing behind."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.storage import default_storage

from sunshine.core.publishing import incoming
from sunshine.work.correspondence import operations as letters
from sunshine.work.correspondence.models import Post
from sunshine.work.correspondence.queries import cases, posts
from sunshine.work.correspondence.rules import posting
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


def aside(house: Bureau, **given: Any) -> Post:
    """Return a post that was set aside, and forgotten after thirty days."""
    post: Post = posted(house, web("垃圾广告", **given)).post
    letters.set_aside([post.pk], reason="广告", actor=house.cast.clerk, at=MONDAY)
    return post


def test_what_was_erased_is_not_taken_back_and_blocks_no_job(house):
    erased = aside(house)
    letters.forget_set_aside(at=MONDAY + 31 * DAY)
    given: dict[str, Any] = {"actor": house.cast.clerk, "at": MONDAY + 31 * DAY}
    assert letters.restore([erased.pk], reason="误", **given) == 0
    assert letters.release([erased.pk], office=house.cast.office, **given) == []
    Post.objects.filter(pk=erased.pk).update(state="waiting")  # as an earlier release let it happen
    posted(house, web("路面坏了，请修补。", phone="13900000001"), at=MONDAY + 31 * DAY)
    assert letters.release_unlooked(at=MONDAY + 40 * DAY) == 1
    assert states() == ["waiting", "released"]


def test_what_a_post_said_is_erased_with_its_files_and_what_is_not_yet_due_keeps_them(house):
    gone, stays = (
        aside(house, phone=phone, files=(("证据.txt", "内容".encode()),))
        for phone in ("13900000001", "13900000002")
    )
    [path], [kept] = posts.paths(gone), posts.paths(stays)
    Post.objects.filter(pk=stays.pk).update(decided_at=MONDAY + 20 * DAY)
    assert letters.forget_set_aside(at=MONDAY + 31 * DAY) == 1
    assert not default_storage.exists(path)
    assert incoming.read(kept) == "内容".encode()
    assert letters.forget_set_aside(at=MONDAY + 31 * DAY) == 0


def known(house: Bureau) -> None:
    """Let an officer look at this sender's first letter and take it for one."""
    first = posted(house, web("第一件事情请处理。")).post
    letters.release([first.pk], office=house.cast.office, actor=house.cast.clerk, at=MONDAY)


def test_the_limits_bind_a_known_sender_too_and_never_refuse(house):
    known(house)
    later: dict[str, Any] = {"at": MONDAY + DAY, "network": "198.51.100.1"}
    taken = [posted(house, web(f"第{number}盏路灯不亮。"), **later) for number in range(8)]
    went_on = [each.case is not None for each in taken]
    assert went_on == [True] * posting.MOST_OF_ONE_SENDER + [False] * 3
    assert [each.post.signs for each in taken if each.post] == [["many_of_sender"]] * 3
    assert posted(house, web("隔天又一件。"), at=MONDAY + 2 * DAY).case is not None


def test_the_same_words_of_known_senders_and_a_network_of_them_wait_as_well(house):
    for number in range(posting.MOST_OF_ONE_NETWORK):
        story.entered(house, who={"phone": f"139{number:08d}"})  # an officer has entered a letter of each
    later: dict[str, Any] = {"at": MONDAY + DAY, "network": "192.0.2.5"}
    same = [posted(house, web("请点赞", phone=f"139{number:08d}"), **later) for number in range(5)]
    assert [each.case is not None for each in same] == [True, True, True, False, False]
    for number in range(5, posting.MOST_OF_ONE_NETWORK):
        posted(house, web(f"第{number}盏路灯不亮。", phone=f"139{number:08d}"), **later)
    last = posted(house, web("最后一件。", phone="13900000000"), **later)
    assert last.post.signs == ["many_of_network"]


def test_whose_letter_nobody_looked_at_is_not_known_by_that(house):
    posted(house, web("第一件事情请处理。"))
    assert letters.release_unlooked(at=MONDAY + 2 * DAY) == 1
    assert posted(house, web("第二件事情请处理。"), at=MONDAY + 3 * DAY).case is None
    case = Post.objects.order_by("id")[0].case
    assert case is not None
    letters.offer(case.pk, department=house.other, actor=house.cast.clerk, at=MONDAY + 3 * DAY)
    assert posted(house, web("第三件事情请处理。"), at=MONDAY + 4 * DAY).case is not None


def test_what_went_on_at_once_is_counted_for_a_day_and_seen_nowhere(house):
    known(house)
    taken = posted(house, web("路灯不亮。"), at=MONDAY + DAY)
    light = Post.objects.get(state="at_once")
    assert bytes(light.sealed) == b""
    assert light not in posts.waiting()
    assert cases.reporter_of_code(taken.code).case == taken.case
    assert letters.forget_at_once(at=MONDAY + 2 * DAY) == 0
    assert letters.forget_at_once(at=MONDAY + 2 * DAY + HOUR) == 1
    assert states() == ["released"]
