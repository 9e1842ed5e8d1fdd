"""Somebody at a browser: walks, signs in, fills in forms, and notices what is wrong with a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import ConsoleMessage, Page

from tests.journeys.keyboard import Hands

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PHONE, DESKTOP = 360, 1280
"""Widths of the screens that every page is looked at on."""
ENGLISH_LAW = re.compile(r".{0,30}\b(?:arts?\. ?\d|FOI \d{4}).{0,20}")
CODE = re.compile(r".{0,20}(?<![\w./@:`-])[a-z]+(?:_[a-z]+)+(?![\w./@:-])")
PROSE = """() => {
  const prose = document.querySelector("main").cloneNode(true);
  const meant = "code, pre, script, style, textarea, .hint, .field__hint, [translate=no]";
  prose.querySelectorAll(meant).forEach(each => each.remove());
  return prose.textContent;
}"""
"""The text of a page without what is meant for programs, or is an example of what to type."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@lru_cache(maxsize=1)
def axe_source() -> str:
    """Return the accessibility checker."""
    if not AXE.exists():
        pytest.fail("axe-core is not installed: `make test-browser` installs it")
    return AXE.read_text("utf-8")


class Walker(Hands):
    """A page of the browser with what journeys do on it, by keyboard alone."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "the server responded with a status of" not in message.text:
            self.complaints.append(message.text)

    def open(self, path: str) -> int:
        """Open an address; return the status of the answer."""
        answer = self.page.goto(path)
        return answer.status if answer else 0

    def sign_in(self, username: str, password: str) -> None:
        """Sign in at the desk."""
        self.page.context.clear_cookies()
        self.open("/desk/")
        self.type_in("input[name=login]", username)
        self.type_in("input[name=password]", password)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(re.compile(r"/desk/(?!account)"))

    def flaws(self) -> list[str]:
        """Return what is wrong with the page as it stands: for axe, for the eye, for the console."""
        return [*self._barriers(), *self._layout(), *self.complaints]

    def flaws_at(self, *widths: int) -> list[str]:
        """Return what is wrong with the page on screens of these widths; each flaw says on which."""
        found, own = [], self.page.viewport_size
        for width in widths:
            self.page.set_viewport_size({"width": width, "height": 800})
            self.page.evaluate("() => new Promise(drawn => requestAnimationFrame(() => setTimeout(drawn)))")
            found += [f"{width} px: {flaw}" for flaw in self.flaws()]
        self.complaints.clear()
        if own:
            self.page.set_viewport_size(own)
        return found

    def _barriers(self) -> Iterator[str]:
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(axe_source())
        options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
        found: dict[str, Any] = self.page.evaluate("options => axe.run(document, options)", options)
        for violation in found["violations"]:
            for node in violation["nodes"][:3]:
                yield f"{violation['id']}: {violation['help']} — {node['html'][:160]}"

    def _layout(self) -> Iterator[str]:
        wide = self.page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if wide > 0:
            yield f"the page is {wide} px wider than the screen"
        headings = self.page.locator("h1").count()
        if headings != 1:
            yield f"{headings} first-level headings"
        if not self.page.title().strip():
            yield "the page has no title"
        language = self.page.locator("html").get_attribute("lang") or ""
        if language.startswith("zh") and (cited := ENGLISH_LAW.search(self.page.inner_text("main"))):
            yield f"a law is cited in English: {cited[0]}"
        is_for_programs = urlsplit(self.page.url).path.startswith("/api/")
        if (
            language.startswith("zh")
            and not is_for_programs
            and (bare := CODE.search(self.page.evaluate(PROSE)))
        ):
            yield f"a code stands where a word should: {bare[0]}"

    def links(self) -> list[str]:
        """Return the paths of the site's own pages that the page leads to, in their order."""
        here = urlsplit(self.page.url)
        found = self.page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
        own = (urlsplit(link) for link in found)
        paths = [
            f"{link.path}?{link.query}" if link.query else link.path
            for link in own
            if link.netloc == here.netloc
        ]
        return list(dict.fromkeys(paths))


SAME_KIND = (
    (r"([A-Z]*)\d{4}-\d+", r"\1REF"),
    (r"/directory/[^/]+/$", "/directory/CODE/"),
    (r"/report/\d{4}/[^/]+/$", "/report/YEAR/FIGURE/"),
    (r"/\d+(?=/|$)", "/N"),
    (r"/services/(?!new/)[^/]+/$", "/services/CODE/"),
    (r"/desk/proposals/[^/]+-\d{4}/", "/desk/proposals/SESSION/"),
    (r"/(figures|figures/N|proposals/N)/[a-z_]+(\.[\w.]+)?/$", r"/\1/FIGURE/"),
)
"""What in an address only says which one of a kind is shown, and what stands for it."""


def kind_of(path: str) -> str:
    """Return the kind of page an address is: numbers, codes and questions do not make a new kind.

    The letters of a matter's number stay, because a letter's page is another kind than a document's.
    """
    bare, _, query = path.partition("?")
    shape = bare
    for pattern, kind in SAME_KIND:
        shape = re.sub(pattern, kind, shape)
    return shape + ("?" if query else "")


def one_of_each_kind(
    walker: Walker, start: str, *, avoid: str = r"^$", most: int = 120, seen: set[str] | None = None
) -> Iterator[str]:
    """Open pages from `start` on, one of each kind, and yield the path of each while it is open.

    :param seen: kinds that were met before; what is met here is added
    """
    seen = set() if seen is None else seen
    waiting = [start]
    while waiting and len(seen) < most:
        path = waiting.pop(0)
        kind = kind_of(path)
        if kind in seen or re.search(avoid, path):
            continue
        seen.add(kind)
        walker.open(path)
        yield path
        waiting += [link for link in walker.links() if kind_of(link) not in seen]
