"""People take part: a draft is spoken of on a phone, looked through, answered at the desk."""

from __future__ import annotations

import re

import pytest

from tests.journeys.officers import Officers
from tests.journeys.walker import DESKTOP, PHONE

pytestmark = pytest.mark.browser

CODE = re.compile(r"[2-9A-HJ-NP-Z]{4}(?:-[2-9A-HJ-NP-Z]{4}){3}")
OPEN_CALL = "a[href^='/calls/YZ']:has-text('总量调控')"


def test_somebody_comments_on_a_phone_without_scripts_saves_comes_back_and_sends(walker, officers: Officers):
    citizen = walker(PHONE, java_script_enabled=False)
    citizen.open("/calls/")
    citizen.press(OPEN_CALL)
    address = citizen.page.url
    citizen.press("#par-2 summary", leaves=False)
    citizen.type_in("#p2", "第二段请写明邮箱")
    citizen.press("button[value=save]")
    saved = CODE.search(citizen.page.inner_text("main"))
    assert saved is not None
    again = walker(PHONE)
    again.open(address)
    assert again.flaws() == []
    again.type_in("#id_saved-code", saved[0])
    again.press("button[value=restore]")
    assert again.page.input_value("#p2") == "第二段请写明邮箱"
    again.type_in("#p0", "总体赞成，电话13800001234")
    again.press("button[value=send]")
    again.page.wait_for_selector("dd strong.code")
    assert again.flaws() == []
    code = CODE.search(again.page.inner_text("main"))
    number = re.search(r"(YZ\d{4}-\d{5})-(\d+)", again.page.inner_text("main"))
    assert code is not None
    assert number is not None
    _looks_through(officers, number[1], int(number[2]))
    reader = walker(DESKTOP)
    reader.open(f"/calls/{number[1]}/opinions/")
    assert "总体赞成" in reader.page.inner_text("main")
    assert "13800001234" not in reader.page.content()
    assert reader.flaws() == []
    reader.open("/calls/follow/")
    reader.type_in("main [name=code]", code[0])
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_selector("h1:has-text('Z')")
    assert "尚未答复" in reader.page.inner_text("main")
    assert reader.flaws() == []


def _looks_through(officers: Officers, reference: str, number: int) -> None:
    """Let the clerk look at the message, who sent it, and show it."""
    clerk = officers("jingzhe")
    clerk.open(f"/desk/m/{reference}/")
    assert clerk.flaws_at(PHONE, DESKTOP) == []
    clerk.open(f"/desk/m/{reference}/messages/")
    assert clerk.flaws_at(PHONE, DESKTOP) == []
    clerk.press(f"button[formaction$='/{number}/sender/']")
    clerk.page.wait_for_selector("section[role=status]")
    assert clerk.flaws() == []
    clerk.tick(f"[name=number][value='{number}']")
    clerk.press("button[value=release]")
    clerk.page.wait_for_selector("text=已处理：1 件留言")
    clerk.open(f"/desk/m/{reference}/opinions/?answer=all")
    assert clerk.flaws_at(PHONE, DESKTOP) == []


def test_what_was_typed_outlives_a_reload_until_it_is_sent(walker):
    citizen = walker(PHONE)
    citizen.open("/calls/")
    citizen.press(OPEN_CALL)
    address = citizen.page.url
    citizen.press("#par-1 summary", leaves=False)
    citizen.reach("#p1")
    citizen.page.keyboard.type("请留出过渡期")
    citizen.open("/calls/")
    citizen.open(address)
    assert citizen.page.input_value("#p1") == "请留出过渡期"
    assert citizen.page.locator("[data-brought-back]").is_visible()
    assert citizen.flaws_at(PHONE, DESKTOP) == []
    citizen.press("button[value=send]")
    citizen.page.wait_for_selector("dd strong.code")
    citizen.open(address)
    assert citizen.page.input_value("#p1") == ""
    assert not citizen.page.locator("[data-brought-back]").is_visible()


def test_what_became_of_an_ended_call_is_read_with_its_answers(walker):
    reader = walker(DESKTOP)
    reader.open("/calls/")
    assert reader.flaws_at(PHONE, DESKTOP) == []
    reader.press("a[href^='/calls/YZ']:has-text('定时定点')")
    assert "采纳 5" in " ".join(reader.page.inner_text("main").split())
    assert reader.flaws_at(PHONE, DESKTOP) == []
    reader.press("main a.button[href^='/r/']")
    assert "意见采纳情况" in reader.page.inner_text("h1")
