"""A complaint by a program goes through two departments; three hundred calls on one pipe are one case."""

from __future__ import annotations

import json
import re
import uuid
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from tests.journeys.officers import Officer, Officers
from tests.journeys.walker import DESKTOP, PHONE
from tests.rooms import hotline_story

pytestmark = pytest.mark.browser

CALLS, BY_HAND = 300, 2
PIPE = "望江路与潜山路交口的自来水主管爆裂，路面大量积水，请立即抢修。"
PUBLIC = (
    *("/letters/", "/letters/new/", "/letters/follow/", "/letters/answers/", "/letters/figures/"),
    *("/en/letters/new/", "/zh-hant/letters/"),
)


def asked(site: str, path: str, **given: str) -> list[dict[str, Any]]:
    """Ask the Open311 interface, or report through it when something is given."""
    data = urlencode(given).encode() if given else None
    with urlopen(f"{site}/open311/v2/{path}", data, timeout=30) as answer:
        told: list[dict[str, Any]] = json.load(answer)
    return told


def key_for_a_program(officers: Officers) -> str:
    """Let the head of the office give a program its key."""
    head = officers("yushui")
    head.open("/desk/letters/programs/")
    head.fill(name="市民随手拍", source="snapshots", per_minute="600")
    head.tick("[name=is_trusted]")
    assert head.flaws() == []
    head.press_main_button()
    return head.page.locator("strong.code").inner_text()


def test_a_complaint_by_a_program_goes_through_two_departments_is_contested_and_resolved(
    site: str, walker, officers: Officers
) -> None:
    key = key_for_a_program(officers)
    sent = {
        "service_code": "toilets",
        "description": "翠湖公园西门公厕停水三天。",
        "address_string": "翠湖公园西门",
    }
    [made] = asked(site, "requests.json", api_key=key, **sent)
    number, code = made["service_request_id"], made["follow_code"]
    clerk, first, second = officers("jingzhe"), officers("shuangjiang"), officers("xiaoxue")
    departments = {"appearance": "市容管理处", "sanitation": "环境卫生管理处"}

    def offer(where: str) -> None:
        clerk.open(f"/desk/m/{number}/acts/offer/")
        clerk.choose("[name=department]", departments[where])
        clerk.press_main_button()

    offer("appearance")
    first.open(f"/desk/m/{number}/acts/give_back/")
    first.fill(reason="公厕由环境卫生管理处管理")
    first.press_main_button()
    offer("sanitation")
    second.act(number, "accept_case")
    assert second.flaws_at(PHONE, DESKTOP) == []
    second.act(number, "draft_case_reply", outcome="resolved", text="已联系供水单位，恢复供水。")
    head = officers("lidong")
    head.act(number, "approve_case_reply")
    second.act(number, "send_reply", told_by="program")

    citizen = walker(PHONE)
    citizen.open("/letters/follow/")
    citizen.type_in("main [name=code]", code)
    citizen.page.keyboard.press("Enter")
    citizen.page.wait_for_selector("text=恢复供水")
    assert citizen.flaws() == []
    citizen.type_in("[name=reason]", "今天早上去看，仍然没有水。")
    citizen.press("form[action$='/contest/'] button")
    assert asked(site, f"requests/{number}.json")[0]["status"] == "open"

    clerk.open(f"/desk/m/{number}/acts/hand_to_another/")
    clerk.choose("[name=department]", departments["sanitation"])
    choices = clerk.page.locator("[name=officer] option").all_inner_texts()
    assert not [each for each in choices if each.endswith("小雪")], "who replied is not offered again"
    clerk.choose("[name=officer]", "环境卫生管理处 · 立冬")
    clerk.press_main_button()
    head.act(number, "draft_case_reply", outcome="resolved", text="经复查，阀门损坏，已更换并现场试水。")
    officers("yushui").act(number, "approve_case_reply")
    clerk.open("/desk/")
    head.act(number, "send_reply", told_by="program")
    citizen.open("/letters/follow/")
    citizen.page.wait_for_selector("text=现场试水")
    citizen.choose("[name=rating]", "5")
    citizen.press("form[action$='/rate/'] button")
    [row] = asked(site, f"requests/{number}.json?extensions=true")
    assert (row["status"], row["outcome"], row["contested"]) == ("closed", "resolved", True)


def test_three_hundred_calls_on_one_burst_pipe_are_one_case(site: str, officers: Officers) -> None:
    clerk = officers("jingzhe")
    clerk.open("/desk/letters/")
    assert clerk.flaws_at(PHONE, DESKTOP) == []
    clerk.fill(text=PIPE, phone="13800002000", track="register_danger")
    clerk.press_main_button()
    if clerk.page.locator("button[name=joins]").count():  # something alike was there before: it is none of it
        clerk.press_main_button()
    clerk.page.wait_for_selector("strong.code")
    number = re.search(r"X\d{4}-\d{5,}", clerk.page.inner_text("main"))
    assert number is not None
    for call in range(BY_HAND):
        clerk.open("/desk/letters/")
        clerk.fill(text="望江路潜山路口水管爆裂，路面积水很深", phone=f"1380000300{call}")
        clerk.press_main_button()
        joins = clerk.page.locator(f"button[name=joins][value='{number[0]}']")
        joins.wait_for()
        if not call:
            assert clerk.flaws_at(PHONE, DESKTOP) == []
        clerk.press(joins)
        clerk.page.wait_for_selector("strong.code")
    # The other calls are sent by the same form, each with a key of its own, without drawing the pages.
    clerk.open("/desk/letters/")
    form = clerk.page.locator("main form").first
    told = form.evaluate("form => Object.fromEntries(new FormData(form))")
    for call in range(CALLS - BY_HAND - 1):
        typed = {
            **told,
            "once": uuid.uuid4().hex,
            "text": PIPE,
            "phone": f"138{call:08d}",
            "joins": number[0],
        }
        answer = clerk.page.request.post(f"{site}/desk/letters/", form=typed, headers={"Referer": site})
        assert answer.ok
    clerk.open(f"/desk/m/{number[0]}/")
    persons = clerk.page.locator("dt", has_text="人数").locator("xpath=following-sibling::dd[1]").inner_text()
    assert persons.strip() == str(CALLS)


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_the_pages_of_letters_shut_nobody_out_and_need_no_script(walker, width: int) -> None:
    citizen = walker(width, java_script_enabled=True)
    for path in PUBLIC:
        assert citizen.open(path) == 200
        assert citizen.flaws() == [], path
    plain = walker(width, java_script_enabled=False)
    plain.open("/letters/new/")
    plain.reach("[name=sort]")
    plain.page.keyboard.press("Space")
    plain.type_in("[name=text]", "请问公厕夜间开放到几点？")
    plain.press("main form .form__acts button")
    plain.page.wait_for_selector("strong.code")


def test_what_waits_and_what_is_promised_shut_no_officer_out(officers: Officers) -> None:
    clerk = officers("jingzhe")
    for path in (
        "waiting/",
        "waiting/?state=set_aside",
        "promises/",
        "services/",
        "services/new/",
        "services/bins/",
    ):
        clerk.open(f"/desk/letters/{path}")
        assert clerk.flaws_at(PHONE, DESKTOP) == [], path


def test_a_hotlines_list_is_looked_at_and_taken_in_and_a_case_is_taken_apart(officers: Officers) -> None:
    clerk = officers("jingzhe")
    clerk.open("/desk/letters/lists/")
    assert clerk.flaws_at(PHONE, DESKTOP) == []
    lines = [
        hotline_story.line("HF20260301001", 诉求内容="芙蓉路公厕夜间无照明，行走不便。"),
        hotline_story.line("HF20260301002", 诉求内容="石门路菜场外占道经营严重。", 来电时间="明天"),
        hotline_story.line("HF20260301003", 诉求内容="翡翠路行道树枯枝掉落，砸中车辆。"),
    ]
    clerk.choose("[name=channel]", "12345热线")
    kind, sheet = "application/octet-stream", hotline_story.sheet(lines)
    clerk.lay("[name=file]", {"name": "工单.xlsx", "mimeType": kind, "buffer": sheet})
    clerk.press_main_button()
    clerk.page.wait_for_selector("text=来电时间")
    assert clerk.flaws_at(PHONE, DESKTOP) == []
    clerk.press_main_button()
    clerk.page.wait_for_selector("text=新登记 2 件")
    first, second = list_cases(clerk)
    clerk.act(second, "join", other=first)
    clerk.act(second, "take_apart", reason="两件不同的事")
    clerk.open(f"/desk/m/{second}/")
    clerk.page.wait_for_selector("text=已从所并入的办件中拆出")
    assert clerk.flaws_at(PHONE, DESKTOP) == []
    clerk.act(second, "turn_into_petition", petition_kind="appeal", reason="属信访事项")
    clerk.open(f"/desk/m/{second}/")
    assert clerk.flaws_at(PHONE, DESKTOP) == []
    clerk.press("a[href^='/desk/m/XF']")
    clerk.page.wait_for_selector(f"a[href='/desk/m/{second}/']")
    assert clerk.flaws_at(PHONE, DESKTOP) == []


def list_cases(clerk: Officer) -> list[str]:
    """Return the numbers of the cases that the list entered, as the worklist shows them."""
    clerk.open("/desk/?whose=waiting")
    rows = clerk.page.locator("main tbody tr", has_text=re.compile("芙蓉路公厕|翡翠路行道树"))
    found = [re.search(r"X\d{4}-\d{5,}", row) for row in rows.all_inner_texts()]
    return sorted(each[0] for each in found if each is not None)
