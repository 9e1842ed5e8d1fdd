"""Ways beside the straight one: out at its time, back for want of an interpretation, less open by two."""

from __future__ import annotations

import re
import time
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.officers import Officers, approved, public_path, published, today
from tests.journeys.walker import DESKTOP, PHONE

pytestmark = pytest.mark.browser

AT_ITS_TIME = "关于湖滨路夜间泊位启用时刻的通告"
LONGEST_WAIT = timedelta(seconds=20)
ENOUGH_TO_SIGN = timedelta(seconds=75)
"""Within this the notice is written, reviewed, signed and scheduled; a publication lies on a full minute."""


@pytest.fixture(scope="module")
def scheduled(officers: Officers) -> tuple[str, datetime]:
    """Return the matter of a notice that is signed and waits for its time, with that time.

    It comes first and is asked for last, so that the other stories are walked while it waits.
    """
    moment = (timezone.localtime() + ENOUGH_TO_SIGN).replace(second=0, microsecond=0) + timedelta(minutes=1)
    matter = approved(officers, AT_ITS_TIME, publish_at=moment.strftime("%Y-%m-%dT%H:%M"))
    officers("jingzhe").act(matter, "schedule")
    assert timezone.now() < moment, "signing took too long"
    return matter, moment


def test_a_scheduled_document_is_nowhere_before_its_time(
    officers: Officers, walker, scheduled: tuple[str, datetime]
) -> None:
    matter, moment = scheduled
    head = officers("yushui")
    head.open(f"/desk/m/{matter}/")
    expect(head.page.locator(".matter__head")).to_contain_text("定时")
    stranger = walker(DESKTOP)
    told = [stranger.page.request.get(path).text() for path in ("/", "/feeds/all.atom", "/sitemap-1.xml")]
    found = stranger.page.request.get(f"/search/?q={AT_ITS_TIME}").text()
    if timezone.now() < moment:
        assert not any(AT_ITS_TIME in page for page in told)
        assert f">{AT_ITS_TIME}<" not in found


def test_a_policy_without_its_interpretation_comes_back_and_the_return_is_counted(officers: Officers) -> None:
    drafter, clerk = officers("xiaoshu"), officers("jingzhe")
    matter = drafter.begin("normative_document", "阳光市夜间泊位收费暂行办法")
    drafter.write(matter, "第一条 夜间泊位按次收费。", formed_on=today())
    drafter.set_attribute(matter)
    for times in (1, 2):
        drafter.act(matter, "submit")
        clerk.open(f"/desk/m/{matter}/")
        assert not clerk.page.locator("#acts form[action$='/acts/accept/'] button:enabled").count()
        clerk.act(matter, "return_without_interpretation", reason="没有解读方案和解读材料")
        drafter.open(f"/desk/m/{matter}/")
        expect(drafter.page.locator(".matter__head")).to_contain_text(f"因缺少解读退文 {times} 次")
        expect(drafter.page.locator(".timeline")).to_contain_text("没有解读方案和解读材料")
    assert drafter.flaws_at(PHONE, DESKTOP) == []


def test_an_attribute_is_lowered_only_by_a_second_person_and_in_sight_of_everybody(
    officers: Officers, walker
) -> None:
    matter, path = published(officers, "关于北湾停车场监控点位的通告")
    proposer, leader = officers("yushui"), officers("lixia")
    proposer.act(
        matter,
        "lower_attribute_propose",
        attribute="not_public",
        ground="endangers",
        reason="点位涉及公共安全",
    )
    stranger = walker(DESKTOP)
    assert stranger.open(path) == 200, "one alone made it less open"
    assert not proposer.page.locator("#acts a[href$='/acts/lower_attribute/']").count()
    leader.act(matter, "lower_attribute", reason="点位涉及公共安全")
    assert stranger.open(path) == 410
    assert "点位涉及公共安全" in stranger.page.inner_text("main")
    assert stranger.open("/ledger/") == 200
    line = stranger.page.locator("main").get_by_text("降低").first
    expect(line).to_be_visible()
    assert stranger.flaws_at(PHONE, DESKTOP) == []


def test_a_scheduled_document_is_public_at_its_time_without_a_hand(
    officers: Officers, walker, scheduled: tuple[str, datetime]
) -> None:
    matter, moment = scheduled
    head = officers("yushui")
    head.open(f"/desk/m/{matter}/")
    while not head.page.locator(".matter__head a[href^='/r/']").count():
        assert timezone.now() < moment + LONGEST_WAIT, "its time has passed and it is not public"
        time.sleep(0.5)
        head.open(f"/desk/m/{matter}/")
    assert timezone.now() >= moment, "it was public before its time"
    stranger = walker(DESKTOP)
    assert stranger.open(public_path(head)) == 200
    assert stranger.page.inner_text("h1") == AT_ITS_TIME
    assert re.search(moment.strftime("%Y-%m-%d %H:%M"), head.page.inner_text("main"))
