"""A regulation goes with its interpretation from the empty page to the public, by keyboard alone."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from functools import partial

import pytest
from playwright.sync_api import expect

from tests.journeys.officers import REVIEWERS, Officer, Officers, public_path, today
from tests.journeys.walker import DESKTOP, PHONE

pytestmark = pytest.mark.browser

TITLE = "阳光市共享泊位夜间开放管理办法"


def body_of(walker: Officer, path: str) -> str:
    return walker.page.request.get(path).text()


def places(walker: Officer, regulation: str, interpretation: str) -> dict[str, tuple[bool, bool]]:
    """Return for each door whether a stranger meets the regulation there, and its interpretation."""
    found = body_of(walker, f"/search/?q={TITLE}")
    told = json.loads(body_of(walker, "/api/v1/records?limit=50"))
    feed, site_map = body_of(walker, "/feeds/all.atom"), body_of(walker, "/sitemap-1.xml")
    listed = {record["reference"] for record in told["records"]}

    def at(path: str) -> tuple[bool, bool]:
        return tuple(walker.page.request.get(each + path).ok for each in (regulation, interpretation))  # type: ignore[return-value]  # two paths, two answers

    return {
        "page": at(""),
        "search": (regulation in found, interpretation in found),
        "API": (regulation.split("/")[2] in listed, interpretation.split("/")[2] in listed),
        "feed": (regulation in feed, interpretation in feed),
        "site map": (regulation in site_map, interpretation in site_map),
    }


def begin(drafter: Officer) -> str:
    """Begin the regulation; return the reference of its matter."""
    drafter.open("/desk/new/")
    drafter.choose("[name=kind]", "规范性文件")
    drafter.type_in("[name=title]", TITLE)
    drafter.press_main_button()
    drafter.page.wait_for_url(re.compile(r"/write/0/$"))
    return drafter.page.url.split("/m/")[1].split("/")[0]


def write_regulation(drafter: Officer, matter: str) -> None:
    """See what the gate misses, then write the text and the plan of its interpretation."""
    drafter.open(f"/desk/m/{matter}/")
    expect(drafter.page.locator(".gate")).to_contain_text("起草人")
    expect(drafter.page.locator(".gate")).to_contain_text("ATTR-3")

    drafter.open(f"/desk/m/{matter}/write/0/")
    drafter.fill(formed_on=today())
    drafter.type_body("第一条 机关事业单位停车场夜间向市民开放。")
    drafter.type_in("[name=plan-0-outline]", "为什么开放、怎么开放")
    drafter.choose("[name=plan-0-form]", "text")
    drafter.type_in("[name=plan-0-ways]", "政府网站")
    drafter.type_in("[name=plan-0-time]", "与文件同步")
    drafter.save()


def write_interpretation(drafter: Officer, matter: str) -> None:
    """Write the interpretation beside the regulation."""
    drafter.open(f"/desk/m/{matter}/interpretations/new/")
    drafter.press_main_button()
    drafter.page.wait_for_url(re.compile(r"/write/1/$"))
    drafter.fill(formed_on=today())
    drafter.type_body("白天上班停，夜里居民停。")
    for covered in drafter.page.locator("[name^=covers_]").all():
        drafter.type_in(f"[name={covered.get_attribute('name')}]", "不适用")
    drafter.save()


def submit(drafter: Officer, matter: str) -> None:
    """Choose the openness attribute and its place in the directory, and hand in."""
    drafter.open(f"/desk/m/{matter}/attribute/")
    drafter.choose_radio("[name=attribute]", "proactive")
    drafter.choose("[name=item]", "行政规范性文件")
    drafter.press_main_button()
    drafter.press("#acts form[action$='/acts/submit/'] button")
    expect(drafter.page.locator(".matter__head")).to_contain_text("办公室受理")


def review_and_sign(officers: Officers) -> None:
    """Take it through the office, the four reviews and the leader's signature."""
    clerk = officers("jingzhe")
    clerk.open_from_worklist(TITLE)
    clerk.press("#acts form[action$='/acts/accept/'] button")
    for name in REVIEWERS:
        reviewer = officers(name)
        reviewer.open_from_worklist(TITLE)
        reviewer.press("#acts a[href$='/review/']")
        reviewer.decide_findings()
        reviewer.fill(passed="yes")
        reviewer.press_main_button()
    clerk.open_from_worklist(TITLE)
    clerk.press("#acts form[action$='/acts/pass_on/'] button")
    leader = officers("lixia")
    leader.open_from_worklist(TITLE)
    leader.press("#acts a[href$='/sign/']")
    leader.press_main_button()


def wait_until_public(stranger: Officer, regulation: str, interpretation: str, *, since: datetime) -> None:
    """Look at every door until both stand there; never may one stand there alone."""
    while True:
        seen = places(stranger, regulation, interpretation)
        alone = {door: both for door, both in seen.items() if both[0] != both[1]}
        assert not alone, "one is seen without the other"
        if all(all(both) for both in seen.values()):
            break
        assert (datetime.now(UTC) - since).total_seconds() < 20, seen


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_regulation_and_its_interpretation_become_public_in_the_same_instant_everywhere(
    officers: Officers, width: int
) -> None:
    officers = partial(officers, width=width)
    drafter = officers("xiaoshu")
    matter = begin(drafter)
    write_regulation(drafter, matter)
    write_interpretation(drafter, matter)
    submit(drafter, matter)
    review_and_sign(officers)
    head = officers("yushui")
    head.open_from_worklist(TITLE)
    expect(head.page.locator(".gate")).to_contain_text("全部")
    head.press("#acts a[href$='/acts/publish/']")
    pressed = datetime.now(UTC)
    head.press_main_button()
    head.page.wait_for_url(re.compile(rf"/desk/m/{matter}/$"))
    regulation = public_path(head)
    interpretation = next(path for path in head.links() if path.startswith("/r/") and path != regulation)
    stranger = head
    wait_until_public(stranger, regulation, interpretation, since=pressed)
    told = [
        json.loads(body_of(stranger, f"/api/v1/records/{path.split('/')[2]}"))
        for path in (regulation, interpretation)
    ]
    assert told[0]["published_at"] == told[1]["published_at"]
