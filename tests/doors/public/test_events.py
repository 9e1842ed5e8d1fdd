"""Events as everybody meets them: a form where there are seats, decisions once minutes are public."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sunshine.core.matters.models import SentPage
from sunshine.core.publishing.models import Record
from sunshine.kernel import errors
from sunshine.work.participation.models import FollowedItem, Gathering
from sunshine.work.participation.operations import gathering
from tests import cast as plays
from tests.rooms import gathering_story as story

pytestmark = pytest.mark.django_db


def meeting(cast: plays.Cast, openness: str) -> Gathering:
    """Announce a meeting of the coming weeks that was decided to be so open."""
    now = timezone.now()
    times = {"signup_closes_at": now + timedelta(days=8), "starts_at": now + timedelta(days=9)}
    row = story.make_planned(cast, sort="meeting", seats=5, ends_at=now + timedelta(days=10), **times)
    gathering.propose_openness(row.pk, openness=openness, actor=cast.drafter, at=now)
    gathering.decide_openness(row.pk, openness=openness, actor=cast.leader, at=now)
    notice = plays.make_record(cast, kind="announcement", title="公告", at=now).reference
    gathering.announce(row.pk, notice=notice, actor=cast.clerk, at=now)
    return row


@pytest.mark.parametrize(("openness", "is_offered"), [("seats", True), ("minutes", False)])
def test_signing_up_is_offered_only_where_there_are_seats(client: Client, openness: str, is_offered: bool):
    row = meeting(plays.make_cast(), openness)
    told = client.get(f"/events/{row.matter.reference}/").content.decode()
    assert ('name="phone"' in told) is is_offered


def test_who_presses_twice_has_one_seat_and_reads_its_code(client: Client):
    row = meeting(plays.make_cast(), "seats")
    path = f"/events/{row.matter.reference}/"
    once = client.get(path).context["form"].initial["once"]
    sent = {"name": "晴川", "phone": "13900007001", "once": once}
    first, second = (client.post(path, sent) for _ in range(2))
    assert first.context["code"] == second.context["code"]
    assert row.signups.count() == 1
    other = client.post(path, {"name": "夜雨", "phone": "13900007002", "once": once})
    assert other.context["code"] != first.context["code"], "somebody else on a page that was gone back to"
    assert row.signups.count() == 2
    SentPage.objects.update(at=timezone.now() - timedelta(minutes=11))
    later = client.post(path, sent)
    assert later.status_code == 409
    assert "第一次点击时您已报名" in later.content.decode()
    assert row.signups.count() == 2


def test_what_was_decided_is_read_once_the_minutes_are_public_and_tells_of_nobody(client: Client):
    cast = plays.make_cast()
    row = story.make_announced(cast)
    gathering.close_what_is_due(at=story.CLOSES)
    given: dict[str, Any] = {"actor": cast.clerk, "at": story.STARTS}
    gathering.hold(row.pk, **given)
    decided: dict[str, Any] = {"department": cast.department, "due_on": date(2026, 4, 1), **given}
    with pytest.raises(errors.RuleBroken, match="holds personal data"):
        gathering.follow(row.pk, what="联系王小明，电话13855512345", **decided)
    gathering.follow(row.pk, what="首小时免费再测算", **decided)
    # Entered before such lines were looked at.
    FollowedItem.objects.create(
        gathering=row, what="回电13855512345", department=cast.department, due_on=date(2026, 4, 1)
    )
    address = f"/events/{row.matter.reference}/"
    assert "首小时免费再测算" not in client.get(address).content.decode()
    report = plays.make_record(cast, kind="adoption_report", title="听证报告").reference
    gathering.minute(row.pk, minutes=report, **given)
    told = client.get(address).content.decode()
    assert "首小时免费再测算" in told
    assert "回电" in told
    assert "13855512345" not in told


def test_an_event_that_was_moved_and_cancelled_says_why_on_its_page_and_in_calendars(client: Client):
    cast = plays.make_cast()
    row = meeting(cast, "seats")
    page, entry = f"/events/{row.matter.reference}/", f"/feeds/event/{row.matter.reference}.ics"
    plain = client.get(page).content.decode() + client.get(entry).content.decode()
    assert "原因" not in plain
    now = timezone.now()
    moved: dict[str, Any] = {"starts_at": now + timedelta(days=20), "place": "二楼会议室", "at": now}
    gathering.change(row.pk, reason="会场检修", actor=cast.clerk, **moved)
    assert "会场检修" in client.get(page).content.decode()
    assert "DESCRIPTION:变更原因：会场检修" in client.get(entry).content.decode()
    gathering.cancel(row.pk, reason="台风预警", actor=cast.office_head, at=now)
    told = client.get(page).content.decode()
    assert "会场检修" in told
    assert "台风预警" in told
    for address in (entry, "/feeds/events.ics"):
        said = client.get(address).content.decode()
        assert "DESCRIPTION:取消原因：台风预警" in said
        assert "会场检修" not in said


def test_the_reason_goes_with_the_notice_that_is_withdrawn(client: Client):
    cast = plays.make_cast()
    row = meeting(cast, "seats")
    gathering.cancel(row.pk, reason="台风预警", actor=cast.office_head, at=timezone.now())
    Record.objects.update(withdrawn_at=timezone.now(), withdrawal_reason="有误")
    assert "台风预警" not in client.get("/feeds/events.ics").content.decode()
    assert client.get(f"/events/{row.matter.reference}/").status_code == 404
