"""Somebody who asks for information at a browser, and the acts of officers that answer it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from playwright.sync_api import Locator, expect

from sunshine.kernel import calendar
from tests.journeys.officers import Officer, Officers, today
from tests.journeys.walker import Walker

TYPED = {
    "wanted": "阳光路停车场2025年收费标准及批准文件",
    "name": "测试人甲",
    "document_number": "11010519491231002X",
    "phone": "13800001234",
}
CODE = re.compile(r"[2-9A-HJ-NP-Z]{4}(?:-[2-9A-HJ-NP-Z]{4}){3}")
NUMBER = re.compile(r"S\d{4}-\d{5}")
DEPARTMENT = "停车管理处"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with its number and the code that its applicant alone has."""

    number: str
    code: str


def receipt(page_says: str) -> Asked:
    """Return number and code of a receipt."""
    number, code = NUMBER.search(page_says), CODE.search(page_says)
    assert number is not None, page_says
    assert code is not None, page_says
    return Asked(number[0], code[0])


def file_online(citizen: Walker, wanted: str) -> Asked:
    """Fill in and send the site's form."""
    citizen.open("/requests/new/")
    for name, text in (TYPED | {"wanted": wanted}).items():
        citizen.type_in(f"main [name={name}]", text)
    citizen.tick("[name=confirmed]")
    citizen.press("button[value=file]")
    citizen.page.wait_for_selector("dd strong.code")
    return receipt(citizen.page.inner_text("main"))


def hand_in(clerk: Officer, wanted: str, on: date) -> Asked:
    """Let the office enter what was handed in at the counter on a day that has passed."""
    clerk.open("/desk/requests/new/")
    clerk.fill(
        way="counter",
        arrived_at=f"{on.isoformat()}T09:30",
        applicant_kind="natural_person",
        wanted=wanted,
        form_wanted="electronic",
        delivery="site",
        document="resident_id",
        **{name: TYPED[name] for name in ("name", "document_number", "phone")},
    )
    clerk.press_main_button()
    clerk.page.wait_for_selector("dd strong.code")
    return receipt(clerk.page.inner_text("main"))


def ago(working_days: int) -> date:
    """Return the day so many working days before today."""
    return calendar.bundled().before(date.fromisoformat(today()), working_days)


def follow(citizen: Walker, asked: Asked) -> str:
    """Open one's own page with the code; return what it says."""
    citizen.page.context.clear_cookies()
    citizen.open("/requests/follow/")
    citizen.type_in("main [name=code]", asked.code)
    citizen.page.keyboard.press("Enter")
    citizen.page.wait_for_selector("#story")
    said = citizen.page.inner_text("main")
    assert asked.number in said
    return said


def press(citizen: Walker, act: str) -> None:
    """Send the form of an act on one's own page."""
    citizen.press(f"form[action$='/{act}/'] button[type=submit]")
    assert not citizen.page.locator("[role=alert]").count(), citizen.page.inner_text("main")


def assign(officers: Officers, asked: Asked) -> None:
    """Let the office give a request to the department that then handles it."""
    clerk = officers("jingzhe")
    clerk.open(f"/desk/m/{asked.number}/acts/assign/")
    clerk.choose("[name=department]", DEPARTMENT)
    clerk.press_main_button()
    clerk.expect_matter()


def draft(officers: Officers, asked: Asked, outcome: str, **needs: str) -> None:
    """Let the department draft the reply of a class."""
    drafter = officers("xiaoshu")
    drafter.open(f"/desk/m/{asked.number}/acts/draft_reply/?outcome={outcome}")
    drafter.fill(finding="经查，情况如下。", public_subject="停车场收费标准", **needs)
    drafter.press_main_button()
    drafter.expect_matter()


def answer(officers: Officers, asked: Asked, outcome: str, **needs: str) -> None:
    """Take a request that is being handled to the letter that has gone out."""
    draft(officers, asked, outcome, **needs)
    officers("yushui").act(asked.number, "approve")
    clerk = officers("jingzhe")
    clerk.act(asked.number, "reply", service="electronic")
    assert clerk.stage() == "已答复"


def end_consultation(drafter: Officer, asked: Asked) -> None:
    """End the asking of third parties; the system may do so between the look at the page and the press."""
    drafter.open(f"/desk/m/{asked.number}/")
    button = drafter.page.locator("#acts form[action$='/acts/conclude_consultation/'] button")
    if button.count():
        drafter.press(button)
        drafter.open(f"/desk/m/{asked.number}/")
    expect(drafter.page.locator(".timeline")).to_contain_text("征求第三方意见结束")


def end_by_time(clerk: Officer, asked: Asked, act: str) -> None:
    """Do what the law does when time is over; the system's clock may have been there first."""
    clerk.open(f"/desk/m/{asked.number}/")
    button = clerk.page.locator(f"#acts form[action$='/acts/{act}/'] button, #acts a[href$='/acts/{act}/']")
    if button.count():
        clerk.press(button.first)
        clerk.press_main_button()
    clerk.open(f"/desk/m/{asked.number}/")


def cases_of(clerk: Officer, figure: str) -> Locator:
    """Open the list of a figure of this year; the page says how many cases, and lists as many."""
    clerk.open(f"/desk/report/{today()[:4]}/{figure}/")
    return clerk.page.locator("main tbody tr")


def expect_in_cell(clerk: Officer, reference: str, figure: str, result: str = "") -> None:
    """Expect a case to be counted in a cell of the yearly tables, once."""
    lines = cases_of(clerk, figure).filter(has_text=reference)
    expect(lines).to_have_count(1)
    expect(lines).to_contain_text(result)
