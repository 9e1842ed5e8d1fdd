"""People come and go: somebody stands in for somebody, and who leaves a post leaves nothing behind."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.officers import Officers, drafted, today

pytestmark = pytest.mark.browser


def test_who_stands_in_does_what_the_absent_officer_would_do(officers: Officers) -> None:
    clerk, stand_in = officers("jingzhe"), officers("xiaohan")
    matter = drafted(officers, "关于西站停车场检修的通知")
    officers("xiaoshu").act(matter, "submit")
    stand_in.open(f"/desk/m/{matter}/")
    assert not stand_in.page.locator("#acts form[action$='/acts/accept/']").count()
    clerk.open("/desk/people/delegate/")
    taker = clerk.page.locator("[name=taker] option", has_text="小寒").get_attribute("value") or ""
    clerk.fill(taker=taker, since=today(), until=today(), reason="外出培训")
    clerk.press_main_button()
    expect(clerk.page.locator("main")).to_contain_text("外出培训")
    stand_in.act(matter, "accept")
    assert stand_in.stage() == "审查中"


def test_who_leaves_a_post_hands_over_the_open_work_in_the_same_act(officers: Officers) -> None:
    leaving, administrator = officers("heming"), officers("guyu")
    matter = leaving.begin("notice", "关于预算公开时间的通知")
    administrator.open("/desk/people/")
    row = administrator.page.locator("main tbody tr", has_text="鹤鸣")
    administrator.press(row.locator("a[href$='/leave/']"))
    administrator.page.wait_for_url("**/leave/")
    expect(administrator.page.locator("main")).to_contain_text(matter)
    administrator.press_main_button()
    expect(administrator.page.locator(".errors")).to_be_visible()
    successor = administrator.page.locator("[name=successor] option", has_text="清和")
    administrator.fill(successor=successor.get_attribute("value") or "")
    administrator.press_main_button()
    administrator.page.wait_for_url("**/desk/people/")
    heir = officers("qinghe")
    heir.open("/desk/?whose=mine")
    expect(heir.page.locator("main")).to_contain_text(matter)
