"""A citizen asks on a phone; the office answers; the citizen reads the letter."""

from __future__ import annotations

import pytest

from tests.journeys.asking import TYPED, file_online
from tests.journeys.officers import Officer, Officers
from tests.journeys.walker import DESKTOP, PHONE, Walker

pytestmark = pytest.mark.browser


def answer_at_the_desk(officers: Officers, number: str) -> None:
    """Let clerk and head take a request from the register to the letter that goes out."""
    clerk, head = officers("jingzhe"), officers("yushui")
    clerk.open(f"/desk/m/{number}/")
    assert clerk.flaws() == []
    clerk.press("form[action$='/who/'] button")
    assert "测试人甲" in clerk.page.inner_text("main")
    assert clerk.flaws() == []
    clerk.open(f"/desk/m/{number}/acts/assign/")
    clerk.choose("[name=department]", "停车管理处")
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
    citizen.press("button[value=file]")
    citizen.page.wait_for_selector(".errors")
    assert citizen.flaws() == []
    file_online(citizen, TYPED["wanted"])
    assert citizen.flaws() == []


def test_a_request_goes_from_the_phone_to_the_letter(walker, officers) -> None:
    citizen = walker(PHONE)
    asked = file_online(citizen, TYPED["wanted"])
    number, code = asked.number, asked.code
    assert code not in citizen.page.url
    citizen.open("/requests/follow/")
    assert citizen.flaws() == []
    citizen.type_in("main [name=code]", code)
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
        citizen.press(citizen.page.locator("a[href*='/papers/']").first, leaves=False)
    assert fetched.value.suggested_filename == "政府信息公开告知书.pdf"


def follow(citizen: Walker, code: str) -> str:
    """Open with a code what it opens; return what the page says."""
    citizen.page.context.clear_cookies()
    citizen.open("/requests/follow/")
    citizen.type_in("main [name=code]", code)
    citizen.page.keyboard.press("Enter")
    citizen.page.wait_for_selector("#story")
    assert citizen.flaws() == []
    return citizen.page.inner_text("main")


def shown_code(clerk: Officer) -> str:
    """Return the code that the desk shows this once."""
    clerk.page.wait_for_selector("dd strong.code")
    assert clerk.flaws() == []
    return clerk.page.inner_text("dd strong.code")


def test_a_lost_code_is_replaced_at_the_counter_and_a_letter_of_two_subjects_opens_both(
    walker, officers
) -> None:
    citizen, clerk = walker(PHONE), officers("jingzhe")
    number = file_online(citizen, "停车场收费标准；公厕数量").number
    clerk.act(number, "split", parts="公厕数量")
    clerk.open(f"/desk/m/{number}/")
    assert clerk.flaws() == []
    clerk.open(f"/desk/m/{number}/acts/issue_code/")
    assert clerk.flaws() == []
    clerk.fill(proof="document")
    clerk.press_main_button()
    assert number in follow(citizen, shown_code(clerk))
    citizen.press("form[action$='/parts/'] button")
    assert "公厕数量" in citizen.page.inner_text("main")
    assert citizen.flaws() == []


def test_who_had_data_corrected_follows_it_with_the_code(walker, officers) -> None:
    clerk = officers("jingzhe")
    clerk.open("/desk/requests/correction/")
    clerk.fill(wanted="本人车牌登记有误")
    clerk.press_main_button()
    clerk.page.wait_for_selector(".errors")
    assert clerk.flaws() == []
    clerk.fill(**{name: TYPED[name] for name in ("name", "document_number", "phone")})
    clerk.press_main_button()
    assert "本人车牌登记有误" in follow(walker(PHONE), shown_code(clerk))


def test_what_is_public_already_comes_while_one_writes(walker) -> None:
    citizen = walker(DESKTOP)
    citizen.open("/requests/new/")
    citizen.reach("[name=wanted]")
    citizen.page.keyboard.type("共享单车")
    citizen.page.wait_for_selector("#near a[href*='/r/']")
    assert citizen.flaws() == []
    assert "单车" not in citizen.page.url


def test_the_form_works_without_scripts(walker) -> None:
    citizen = walker(PHONE, java_script_enabled=False)
    citizen.open("/requests/new/")
    citizen.type_in("[name=wanted]", "共享单车")
    citizen.press("button[value=look]")
    assert citizen.page.locator("#near a[href*='/r/']").count() > 0
    assert citizen.page.input_value("[name=wanted]") == "共享单车"
