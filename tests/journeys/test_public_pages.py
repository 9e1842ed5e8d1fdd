"""Every kind of public page, on a phone and on a desk, for everybody."""

from __future__ import annotations

from datetime import date
from itertools import chain

import pytest

from sunshine.project.demo.days import Days
from tests.journeys.officers import today
from tests.journeys.walker import DESKTOP, PHONE, one_of_each_kind

pytestmark = pytest.mark.browser

FILES = r"\.(json|atom|xml|txt|ics|tlog-proof)$|/files/|^/log/|^/static/|^/desk/|^/api/v1/(?!docs)|openapi"

WANTED = ("requests/", "requests/SREF/", "requests/new/", "report/", "report/YEAR/FIGURE/")
"""Kinds of pages that the walk must have met."""


@pytest.mark.parametrize("start", ["/", "/en/"])
def test_no_kind_of_public_page_shuts_anybody_out(walker, start: str):
    citizen = walker(DESKTOP)
    other = r"^/(?!en/)" if start == "/en/" else r"^/(en|zh-hant)/"
    found: dict[str, list[str]] = {}
    seen: set[str] = set()
    newest_report = f"{start}report/{Days(date.fromisoformat(today())).reported}/"
    for path in chain.from_iterable(
        one_of_each_kind(citizen, first, avoid=f"{FILES}|{other}", seen=seen)
        for first in (start, newest_report)
    ):
        if flaws := citizen.flaws_at(PHONE, DESKTOP):
            found[path] = flaws
    assert not found
    assert len(seen) >= 12
    assert [kind for kind in WANTED if f"{start}{kind}" not in seen] == []


def test_what_is_gone_unknown_searched_or_compared_shuts_nobody_out(walker):
    citizen = walker(DESKTOP)
    citizen.open("/withdrawn/")
    gone = next(path for path in citizen.links() if path.startswith("/r/"))
    expected = {
        gone: 410,
        "/no/such/page/": 404,
        "/search/?q=停车": 200,
        "/search/?q=没有这样的词语": 200,
        "/verify/": 200,
        "/ledger/": 200,
    }
    found = {}
    for path, status in expected.items():
        assert citizen.open(path) == status
        if flaws := citizen.flaws_at(PHONE, DESKTOP):
            found[path] = flaws
    assert not found


def test_the_public_site_works_without_scripts(walker):
    citizen = walker(PHONE, java_script_enabled=False)
    citizen.open("/")
    citizen.type_in("input[name=q]", "停车")
    citizen.page.keyboard.press("Enter")
    citizen.page.wait_for_url("**/search/?q=*")
    citizen.press(citizen.page.locator("main a[href^='/r/']").first)
    assert citizen.page.locator("main h1").count() == 1


def test_the_traditional_pages_are_made_and_say_so(walker):
    citizen = walker()
    assert citizen.open("/zh-hant/") == 200
    assert citizen.page.locator("html").get_attribute("lang") == "zh-hant"
    assert "資訊" in citizen.page.inner_text("body") or "公開" in citizen.page.inner_text("body")
