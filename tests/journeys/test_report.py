"""The yearly report: drafted anew and worked on at the desk, its figures links; counted again by anybody."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys.officers import REVIEWERS, Officers
from tests.journeys.walker import DESKTOP, PHONE, Walker

pytestmark = pytest.mark.browser

FIGURE = re.compile(r"/report/\d{4}/([a-z0-9_.]+)/")
WORDS = "今年起统计信息按月公开。"


def figures(body: str) -> list[str]:
    """Return the figures that a text of HTML leads to, in order."""
    return FIGURE.findall(body)


def body_of(page: Page) -> str:
    return page.locator("textarea[name=body]").input_value()


def test_the_editor_keeps_every_figure_of_the_report_a_link(officers: Officers) -> None:
    drafter = officers("xiaohan")
    drafter.open("/desk/report/")
    year = drafter.page.locator("main tr", has=drafter.page.locator("a[href^='/r/']")).first
    drafter.press(year.locator("a").first)
    assert drafter.flaws_at(PHONE, DESKTOP) == []
    address = drafter.page.url
    matter = drafter.page.locator("main a[href*='/desk/m/']").first.inner_text().split()[-1]
    drafter.act(matter, "correct", reason="补充改进情况")
    drafter.open(address)
    drafter.type_in("[name=improvements]", "把时限写入公开目录，逐项显示是否按时。")
    drafter.press_main_button()
    drafter.expect_matter()
    drafter.open(f"/desk/m/{matter}/write/0/")
    drafter.page.wait_for_selector(".ProseMirror")
    before = body_of(drafter.page)
    assert len(figures(before)) > 50
    drafter.type_body(WORDS)
    drafter.save()
    drafter.open(f"/desk/m/{matter}/write/0/")
    after = body_of(drafter.page)
    assert WORDS in after
    assert figures(after) == figures(before)
    assert [after.count(mark) for mark in ("rowspan", "colspan")] == [
        before.count(mark) for mark in ("rowspan", "colspan")
    ]
    drafter.act(matter, "submit")
    assert drafter.stage() == "办公室受理"


def test_anybody_counts_the_report_again_over_the_network(site: str, tmp_path: Path) -> None:
    sunshine = str(Path(sys.executable).with_name("sunshine"))
    environment = {**os.environ, "SUNSHINE_HOME": str(tmp_path / "nobody"), "PYTEST_PLUGINS": ""}
    told = subprocess.run(
        [sunshine, "recount", site], env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert told.returncode == 0, told.stderr
    assert "every figure follows from the log" in told.stdout
    assert not (tmp_path / "nobody").exists()


def test_an_officer_records_a_fact_and_the_report_of_2018_tells_it_in_its_next_version(
    officers: Officers, walker: Callable[[int], Walker]
) -> None:
    drafter = officers("xiaohan")
    drafter.open("/desk/report/2018/")
    assert drafter.flaws_at(PHONE, DESKTOP) == []
    matter = drafter.page.locator("main a[href*='/desk/m/']").first.inner_text().split()[-1]
    drafter.press("main a[href$='/report/2018/facts/']")
    assert drafter.flaws_at(PHONE, DESKTOP) == []
    drafter.fill(code="meetings", name="召开领导小组会议", value="4", unit="次", as_of="2018-12-28")
    drafter.fill(source="领导小组会议纪要", topic="organisation")
    drafter.press_main_button()
    drafter.page.wait_for_url(re.compile(r"/desk/report/2018/#facts$"))
    assert "[[facts.meetings]]" in drafter.page.inner_text("main")

    drafter.act(matter, "correct", reason="补充会议次数")
    drafter.open("/desk/report/2018/")
    section = drafter.page.locator("[name=organisation]")
    drafter.type_in(section, f"{section.input_value()}\n全年召开领导小组会议5次。")
    drafter.press_main_button()
    refused = drafter.page.locator(".errors, .notice--error").first.inner_text()
    assert "5" in refused
    assert drafter.flaws_at(DESKTOP) == []
    section = drafter.page.locator("[name=organisation]")
    drafter.type_in(section, section.input_value().replace("会议5次", "会议[[facts.meetings]]次"))
    drafter.press_main_button()
    drafter.expect_matter()
    drafter.act(matter, "submit")
    officers("jingzhe").act(matter, "accept")
    for name in REVIEWERS[:3]:
        officers(name).review(matter)
    officers("jingzhe").act(matter, "pass_on")
    officers("lichun").sign(matter)
    officers("yushui").act(matter, "publish")

    citizen = walker(DESKTOP)
    citizen.open("/report/2018/")
    assert citizen.flaws_at(PHONE, DESKTOP) == []
    said = citizen.page.inner_text("main")
    assert "提案64件，其中主办件32件，会办件32件" in said
    assert "召开领导小组会议4次" in said
    citizen.press("a[href$='/report/2018/facts.meetings/']")
    assert "领导小组会议纪要" in citizen.page.inner_text("main")
    assert citizen.flaws_at(PHONE, DESKTOP) == []
    citizen.open("/report/2018/proposals.joint/")
    assert citizen.page.locator("main tbody tr").count() == 32
    assert citizen.flaws_at(PHONE, DESKTOP) == []
