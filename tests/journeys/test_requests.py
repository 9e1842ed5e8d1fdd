"""A citizen asks on a phone, by keyboard alone; the office answers; the citizen reads the letter."""

from __future__ import annotations

import pytest

from tests.journeys.asking import TYPED, receipt
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.officers import Officers
from tests.journeys.walker import Walker

pytestmark = pytest.mark.browser


def file_by_keyboard(citizen: Walker) -> tuple[str, str]:
    """Fill in and send the form with keys only; return number and code."""
    page = citizen.page
    citizen.open("/requests/new/")
    for name, text in TYPED.items():
        page.locator(f"[name={name}]").focus()
        page.keyboard.type(text)
    page.locator("[name=confirmed]").focus()
    page.keyboard.press("Space")
    page.locator("button[value=file]").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("dd strong.code")
    asked = receipt(page.inner_text("main"))
    return asked.number, asked.code


def answer_at_the_desk(officers: Officers, number: str) -> None:
    """Let clerk and head take a request from the register to the letter that goes out."""
    clerk, head = officers("jingzhe"), officers("yushui")
    clerk.open(f"/desk/m/{number}/")
    assert clerk.flaws() == []
    clerk.page.click("form[action$='/who/'] button")
    assert "测试人甲" in clerk.page.inner_text("main")
    assert clerk.flaws() == []
    clerk.open(f"/desk/m/{number}/acts/assign/")
    clerk.page.select_option("[name=department]", index=1)
    clerk.press_main_button()
    clerk.expect_matter()
    clerk.open(f"/desk/m/{number}/acts/draft_reply/")
    assert clerk.flaws() == []
    clerk.open(f"/desk/m/{number}/acts/draft_reply/?outcome=disclosed")
    assert clerk.flaws() == []
    clerk.fill(finding="见附件", public_subject="停车场收费标准", handover="电子文本")
    clerk.press_main_button()
    clerk.expect_matter()
    head.act(number, "approve")
    clerk.act(number, "reply", service="electronic")
    assert clerk.stage() == "已答复"
    clerk.open(f"/desk/m/{number}/")
    flaws = clerk.flaws()
    assert flaws == [], "\n".join(flaws)


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_the_form_its_errors_and_the_receipt_shut_nobody_out(walker, width: int) -> None:
    citizen = walker(width)
    citizen.open("/requests/new/")
    assert citizen.flaws() == []
    citizen.page.locator("button[value=file]").click()
    citizen.page.wait_for_selector(".errors")
    assert citizen.flaws() == []
    file_by_keyboard(citizen)
    assert citizen.flaws() == []


def test_a_request_goes_from_the_phone_to_the_letter(walker, officers) -> None:
    citizen = walker(PHONE)
    number, code = file_by_keyboard(citizen)
    assert code not in citizen.page.url
    citizen.open("/requests/follow/")
    assert citizen.flaws() == []
    citizen.page.fill("[name=code]", code)
    citizen.page.keyboard.press("Enter")
    citizen.page.wait_for_selector("#story")
    assert citizen.flaws() == []
    assert number in citizen.page.inner_text("main")
    stranger = walker(DESKTOP)
    stranger.open("/requests/")
    assert number in stranger.page.inner_text("main")
    assert "测试人甲" not in stranger.page.content()
    assert stranger.flaws() == []
    stranger.open(f"/requests/{number}/")
    assert stranger.flaws() == []
    answer_at_the_desk(officers, number)
    citizen.open("/requests/follow/")
    assert citizen.flaws() == []
    with citizen.page.expect_download() as fetched:
        citizen.page.click("a[href*='/papers/'] >> nth=0")
    assert fetched.value.suggested_filename == "政府信息公开告知书.pdf"


def test_what_is_public_already_comes_while_one_writes(walker) -> None:
    citizen = walker(DESKTOP)
    citizen.open("/requests/new/")
    citizen.page.locator("[name=wanted]").press_sequentially("共享单车")
    citizen.page.wait_for_selector("#near a[href*='/r/']")
    assert citizen.flaws() == []
    assert "单车" not in citizen.page.url


def test_the_form_works_without_scripts(walker) -> None:
    citizen = walker(PHONE, java_script_enabled=False)
    citizen.open("/requests/new/")
    citizen.page.fill("[name=wanted]", "共享单车")
    citizen.page.click("button[value=look]")
    assert citizen.page.locator("#near a[href*='/r/']").count() > 0
    assert citizen.page.input_value("[name=wanted]") == "共享单车"
