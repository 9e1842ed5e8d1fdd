"""Officers of the demo bureau at their browsers: drafters, reviewers, the office, leaders."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, expect

from tests.journeys.walker import PHONE, Walker

PASSWORD = "sunshine-demo"
REVIEWERS = ("qiufen", "dahan", "qingming", "mangzhong")
"""Proofreading, personal data, confidentiality, legality."""

HAS_FOCUS = "selector => document.activeElement.matches(selector)"

Officers = Callable[..., "Officer"]


class Officer(Walker):
    """Somebody of the bureau who has signed in."""

    def act(self, matter: str, name: str, **facts: str) -> None:
        """Do one act: press its button on the matter's page, fill in its form where it has one."""
        self.open(f"/desk/m/{matter}/")
        button = self.page.locator(f"#acts form[action$='/acts/{name}/'] button")
        if button.count():
            self.press(button)
        else:
            self.press(f"#acts a[href$='/acts/{name}/']")
            self.fill(**facts)
            self.press_main_button()
        self.expect_matter()

    def fill(self, **facts: str) -> None:
        """Fill in the form's fields by their names; a choice by its value."""
        for name, value in facts.items():
            field = f"main [name='{name}']"
            kind = self.page.locator(field).first.evaluate("field => field.type")
            match kind:
                case "select-one":
                    self.choose(field, value)
                case "radio":
                    self.choose_radio(field, value)
                case "checkbox":
                    self.tick(f"{field}[value='{value}']")
                case "date" | "datetime-local":
                    self.type_day(field, value)
                case _:
                    self.type_in(field, value)

    def press_main_button(self) -> None:
        self.press(self.page.locator("main form .form__acts button[type=submit]").first)

    def expect_matter(self) -> None:
        """Wait for the matter's page; where a form came back instead, say what it says."""
        self.page.wait_for_load_state()
        wrong = self.page.locator(".errors, .notice--error")
        assert not wrong.count(), wrong.first.inner_text()
        expect(self.page).to_have_url(re.compile(r"/desk/m/[\w-]+/$"))

    def stage(self) -> str:
        """Return the stage that the open matter page shows."""
        return self.page.locator(".matter__head .tag").first.inner_text()

    def open_from_worklist(self, title: str) -> None:
        """Find a matter in the worklist with j and open it with Enter."""
        self.open("/desk/")
        for _ in range(60):
            self.page.keyboard.press("j")
            if title in self.page.evaluate("() => document.activeElement.textContent"):
                break
        else:
            raise AssertionError(f"{title} does not wait in the worklist")
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def decide_findings(self) -> None:
        """Walk the findings with n and leave each as it is, with a reason."""
        for number in range(self.page.locator(".finding").count()):
            self.page.keyboard.press("n")
            assert self.page.evaluate(HAS_FOCUS, f"#found-{number}, #finding-{number} *")
            self.page.keyboard.press("2")
            self.page.keyboard.insert_text("原文如此，依法可以公开")
            self.page.keyboard.press("Escape")
            self.page.evaluate("() => document.activeElement.blur()")

    # --- the way of a document ------------------------------------------------------------------------

    def begin(self, kind: str, title: str) -> str:
        """Begin a document; return the reference of its matter."""
        self.open("/desk/new/")
        self.fill(kind=kind, title=title)
        self.press_main_button()
        self.page.wait_for_url(re.compile(r"/write/0/$"))
        return self.page.url.split("/m/")[1].split("/")[0]

    def write(self, matter: str, text: str, *, part: int = 0, **fields: str) -> None:
        """Write in the editor and save."""
        self.open(f"/desk/m/{matter}/write/{part}/")
        self.fill(**fields)
        self.type_body(text)
        self.save()

    def type_body(self, text: str) -> None:
        """Write at the end of what stands in the editor."""
        self.reach(".ProseMirror")
        self.page.keyboard.press("Control+End")
        self.page.keyboard.insert_text(text)

    def save(self) -> None:
        """Save in the editor and stay there."""
        self.press("button[name=stay]")
        self.page.wait_for_selector(".ProseMirror")
        assert not self.page.locator(".errors").count(), self.page.inner_text("main")

    def set_attribute(self, matter: str, item: str = "norms", **more: str) -> None:
        self.open(f"/desk/m/{matter}/attribute/")
        self.fill(**{"attribute": "proactive", "item": item, **more})
        self.press_main_button()
        self.expect_matter()

    def review(self, matter: str) -> None:
        """Pass the one review that this officer may take."""
        self.open(f"/desk/m/{matter}/review/")
        self.fill(passed="yes")
        self.press_main_button()
        self.expect_matter()

    def sign(self, matter: str) -> None:
        self.open(f"/desk/m/{matter}/sign/")
        self.press_main_button()
        self.expect_matter()


@contextmanager
def signed_in(site: str, browser: Browser) -> Iterator[Officers]:
    """Lend a function that gives an officer by name and width of the screen, signed in once."""
    there: dict[tuple[str, int], Officer] = {}

    def officer(name: str, width: int = PHONE) -> Officer:
        if (name, width) not in there:
            context = browser.new_context(
                base_url=site, viewport={"width": width, "height": 800}, locale="zh-CN"
            )
            context.set_default_timeout(15_000)
            there[name, width] = Officer(context.new_page())
            there[name, width].sign_in(name, PASSWORD)
        return there[name, width]

    try:
        yield officer
    finally:
        for each in there.values():
            each.page.context.close()


def drafted(officers: Officers, title: str, *, kind: str = "notice", publish_at: str = "") -> str:
    """Let the parking department draft a document with its attribute; return its matter."""
    drafter = officers("xiaoshu")
    matter = drafter.begin(kind, title)
    drafter.write(matter, f"{title}的正文。", formed_on=today())
    more = {"publish_at": publish_at} if publish_at else {}
    drafter.set_attribute(matter, "activities", **more)
    return matter


def approved(officers: Officers, title: str, **story: str) -> str:
    """Take a notice through office, reviews and signature; return its matter."""
    matter = drafted(officers, title, **story)
    officers("xiaoshu").act(matter, "submit")
    officers("jingzhe").act(matter, "accept")
    for name in REVIEWERS[:3]:
        officers(name).review(matter)
    officers("jingzhe").act(matter, "pass_on")
    officers("lixia").sign(matter)
    return matter


def published(officers: Officers, title: str) -> tuple[str, str]:
    """Publish a notice; return its matter and its public path."""
    matter = approved(officers, title)
    head = officers("yushui")
    head.act(matter, "publish")
    return matter, public_path(head)


def public_path(officer: Officer) -> str:
    """Return where the open matter's document is public."""
    return officer.page.locator(".matter__head a[href^='/r/']").get_attribute("href") or ""


def today() -> str:
    from django.utils import timezone

    return timezone.localdate().isoformat()
