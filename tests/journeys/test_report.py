"""The yearly report: drafted anew and worked on at the desk, its figures links; counted again by anybody."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.officers import Officers

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
    year.locator("a").first.click()
    assert drafter.flaws_at(PHONE, DESKTOP) == []
    address = drafter.page.url
    matter = drafter.page.locator("main a[href*='/desk/m/']").first.inner_text().split()[-1]
    drafter.act(matter, "correct", reason="补充改进情况")
    drafter.open(address)
    drafter.page.fill("[name=improvements]", "把时限写入公开目录，逐项显示是否按时。")
    drafter.press_main_button()
    drafter.expect_matter()
    drafter.open(f"/desk/m/{matter}/write/0/")
    drafter.page.wait_for_selector(".ProseMirror")
    before = body_of(drafter.page)
    assert len(figures(before)) > 50
    drafter.page.locator(".ProseMirror p", has_text="把时限写入").click()
    drafter.page.keyboard.press("End")
    drafter.page.keyboard.insert_text(WORDS)
    drafter.page.click("button[name=stay]")
    drafter.page.wait_for_load_state()
    assert not drafter.page.locator(".errors").count(), drafter.page.inner_text("main")
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
