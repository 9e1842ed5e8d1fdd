"""After a document is public: it is corrected in sight of everybody, and withdrawn by two."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.officers import REVIEWERS, Officers, published, today
from tests.journeys.walker import DESKTOP, PHONE

pytestmark = pytest.mark.browser

TITLE = "关于湖滨路夜间停车时段的通告"
REASON = "时段经重新测算后另行公布"


def correct(officers: Officers, matter: str, text: str) -> None:
    """Correct what is public, through everybody who has to say yes again."""
    officers("xiaoshu").act(matter, "correct", reason="时段写错")
    officers("xiaoshu").write(matter, text)
    officers("xiaoshu").act(matter, "submit")
    officers("jingzhe").act(matter, "accept")
    for name in REVIEWERS[:3]:
        officers(name).review(matter)
    officers("jingzhe").act(matter, "pass_on")
    officers("lixia").sign(matter)
    officers("yushui").act(matter, "publish")


def test_a_correction_shows_its_difference_and_a_withdrawal_takes_two(officers: Officers, walker) -> None:
    matter, path = published(officers, TITLE)
    correct(officers, matter, "夜间时段自二十一时起。")
    stranger = walker(DESKTOP)
    assert stranger.open(path) == 200
    compared = next(link for link in stranger.links() if "/compare/" in link)
    assert stranger.open(compared) == 200
    expect(stranger.page.locator("main ins", has_text="二十一时").first).to_be_visible()
    assert stranger.flaws_at(PHONE, DESKTOP) == []

    clerk, head = officers("jingzhe"), officers("yushui")
    clerk.open(f"/desk/m/{matter}/acts/propose_withdrawal/")
    ground = clerk.page.locator("[name=ground] option").nth(1).get_attribute("value") or ""
    clerk.act(matter, "propose_withdrawal", reason=REASON, ground=ground)
    assert stranger.open(path) == 200, "one alone took it away"
    assert not clerk.page.locator("#acts a[href$='/acts/withdraw/']").count()
    head.act(matter, "withdraw", reason=REASON, ground=ground)
    assert stranger.open(path) == 410
    said = stranger.page.inner_text("main")
    year, month, day = today().split("-")
    assert REASON in said
    assert "办公室 主任" in said, "it does not say who decided"
    assert today() in said or f"{year}年{int(month)}月{int(day)}日" in said
    assert stranger.flaws_at(PHONE, DESKTOP) == []
