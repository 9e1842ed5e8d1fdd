"""A suggestion with three joint departments, a deputy who is not satisfied, and a promise that is kept."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.journeys.officers import REVIEWERS, Officer, Officers, today
from tests.journeys.walker import DESKTOP, PHONE

pytestmark = pytest.mark.browser

TITLE = "关于老城区停车难综合治理的建议"


def session_of(clerk: Officer) -> str:
    """Return the address of the newest session."""
    clerk.open("/desk/proposals/")
    assert clerk.flaws_at(PHONE, DESKTOP) == []
    return clerk.page.locator("main table a").first.get_attribute("href") or ""


def entered(clerk: Officer) -> str:
    """Enter the suggestion; return the reference of its matter."""
    session = session_of(clerk)
    clerk.open(session)
    assert clerk.flaws_at(PHONE, DESKTOP) == []
    clerk.open(f"{session}enter/")
    clerk.fill(number="901", title=TITLE, proposer="欧阳青竹", role="lead", assigned_on=today())
    clerk.press_main_button()
    clerk.expect_matter()
    return clerk.page.url.split("/m/")[1].split("/")[0]


def asked(drafter: Officer, matter: str) -> list[str]:
    """Ask three departments for their opinions; return the references of their matters."""
    drafter.open(f"/desk/m/{matter}/acts/ask_opinions/")
    assert drafter.flaws_at(PHONE, DESKTOP) == []
    drafter.fill(question="请就职责范围内的事项提出意见")
    for name in ("政策法规处", "市容管理处", "渣土管理处"):
        drafter.tick(drafter.page.get_by_label(name, exact=True))
    drafter.press_main_button()
    drafter.expect_matter()
    return re.findall(r"H\d{4}-\d{5}", drafter.page.inner_text("main"))[:3]


def answered(officers: Officers, matter: str, text: str, *, promise: str, round_: str) -> None:
    """Talk with the deputy, draft, sign and hand over one reply."""
    drafter = officers("xiaoshu")
    drafter.act(matter, "record_contact", contacted_on=today(), way="visit", said="当面听取意见")
    drafter.open(f"/desk/m/{matter}/answer/")
    drafter.fill(reply_class="B" if promise else "A", text=text, mark="proactive", commitments=promise)
    assert drafter.flaws_at(PHONE, DESKTOP) == []
    drafter.press_main_button()
    drafter.expect_matter()
    officers("lixia").act(matter, f"sign{round_}", without_opinions="")
    drafter.act(matter, f"reply{round_}", replied_on=today(), way="visit")


def published(officers: Officers, matter: str) -> str:
    """Take the document of the newest reply through reviews, signature and gate; return its public path."""
    drafter = officers("xiaoshu")
    drafter.open(f"/desk/m/{matter}/")
    drafter.press(drafter.page.locator("main a[href*='/m/W']").last)
    drafter.press("#acts a[href$='/publish/']")
    assert "欧阳代表" in drafter.page.inner_text("main")
    assert "欧阳青竹" not in drafter.page.inner_text("main")
    assert drafter.flaws_at(PHONE, DESKTOP) == []
    drafter.press_main_button()
    drafter.expect_matter()
    document = drafter.page.url.split("/m/")[1].split("/")[0]
    drafter.set_attribute(document, "proposals")
    drafter.act(document, "submit")
    clerk = officers("jingzhe")
    clerk.act(document, "accept")
    for reviewer in REVIEWERS[:3]:
        officers(reviewer).review(document)
    clerk.act(document, "pass_on")
    officers("lixia").sign(document)
    head = officers("yushui")
    head.act(document, "publish")
    return head.page.locator(".matter__head a[href^='/r/']").get_attribute("href") or ""


def test_three_departments_join_the_deputy_is_not_satisfied_and_the_promise_is_kept(
    officers: Officers, walker
) -> None:
    clerk, drafter = officers("jingzhe"), officers("xiaoshu")
    matter = entered(clerk)
    clerk.act(matter, "accept")
    clerk.open(f"/desk/m/{matter}/acts/assign/")
    clerk.choose("[name=department]", "停车管理处")
    clerk.press_main_button()
    clerk.expect_matter()
    opinions = asked(drafter, matter)
    for opinion, writer, head in zip(
        opinions, ("xiazhi", "shuangjiang", "nuanyang"), ("mangzhong", "dashu", "dongzhi"), strict=True
    ):
        officers(writer).act(opinion, "draft_opinion", opinion="同意，建议同步施划停放线。")
        officers(head).act(opinion, "hand_in_opinion")
    due_on = (timezone.localdate() + timedelta(days=60)).isoformat()
    answered(officers, matter, "欧阳青竹代表：\n已列入计划。", promise=f"{due_on} 新增泊位三百个", round_="")
    first = published(officers, matter)

    drafter.act(matter, "rate", rating="dissatisfied", rating_words="泊位仍然不够。")
    assert drafter.stage() == "重新办理"
    answered(officers, matter, "欧阳青竹代表：\n再增一百个泊位。", promise="", round_="_again")
    drafter.act(matter, "rate", rating="satisfied", rated_on=today())
    assert drafter.stage() == "已答复，跟踪承诺"

    reader = walker(PHONE)
    reader.open(f"/proposals/{matter}/")
    assert "新增泊位三百个" in reader.page.inner_text("main")
    assert "不满意" in reader.page.inner_text("main")
    assert "欧阳青竹" not in reader.page.content()
    assert reader.flaws_at(PHONE, DESKTOP) == []
    clerk.open(f"/desk/m/{matter}/acts/keep_commitment/")
    clerk.tick("[name=commitment]")
    clerk.fill(kept_on=today(), proof="验收单17号")
    clerk.press_main_button()
    clerk.expect_matter()
    assert clerk.stage() == "已办结"
    reader.open("/proposals/commitments/?show=kept")
    assert "验收单17号" in reader.page.inner_text("main")
    reader.open(first)
    assert "欧阳代表" in reader.page.inner_text("main")
    assert reader.flaws_at(PHONE, DESKTOP) == []


def test_a_year_and_its_figures_are_read_on_a_phone_without_scripts(walker) -> None:
    reader = walker(PHONE, java_script_enabled=False)
    reader.open("/proposals/2018/")
    said = reader.page.inner_text("main")
    assert all(number in said for number in ("64", "32"))
    reader.press("a[href$='/proposals.joint/']")
    assert "32件" in reader.page.inner_text("main")
    seeing = walker(PHONE)
    for path in (
        "/proposals/",
        "/proposals/2018/",
        "/proposals/2018/proposals.lead/",
        "/proposals/commitments/",
    ):
        seeing.open(path)
        assert seeing.flaws_at(PHONE, DESKTOP) == [], path
