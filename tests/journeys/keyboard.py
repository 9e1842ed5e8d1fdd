"""An officer without a mouse: Tab to what is wanted, look whether it can be seen, then press or type."""

from __future__ import annotations

from typing import Any

from tests.journeys.officers import Officer

MOST_TABS = 160
IS_HERE = "selector => document.activeElement?.matches(selector) || false"
IS_SEEN = """() => {
    const here = document.activeElement, style = getComputedStyle(here), box = here.getBoundingClientRect();
    const target = here.matches("[type=radio], [type=checkbox]") ? here.parentElement : here;
    const outlined = [here, target, here.closest("label, tr, .prose-editor, .field__choice")].filter(Boolean)
        .some((each) => { const seen = getComputedStyle(each);
            const hasOutline = seen.outlineStyle !== "none" && parseFloat(seen.outlineWidth) > 0;
            return hasOutline || seen.boxShadow !== "none"; });
    return { outlined, inView: box.bottom > 0 && box.top < innerHeight, name: here.outerHTML.slice(0, 120) };
}"""


class Hands:
    """Ten fingers on the keyboard."""

    def __init__(self, officer: Officer) -> None:
        self.officer = officer
        self.page = officer.page

    def go(self, path: str) -> None:
        self.officer.open(path)

    def reach(self, selector: str, *, backwards: bool = False) -> None:
        """Press Tab until what is wanted has the focus; it must show that it has."""
        for _ in range(MOST_TABS):
            if self.page.evaluate(IS_HERE, selector):
                break
            self.page.keyboard.press("Shift+Tab" if backwards else "Tab")
        else:
            raise AssertionError(f"{selector} cannot be reached by keyboard on {self.page.url}")
        seen: dict[str, Any] = self.page.evaluate(IS_SEEN)
        assert seen["outlined"], f"nobody sees that this has the focus: {seen['name']}"
        assert seen["inView"], f"the focus is out of sight: {seen['name']}"

    def press(self, selector: str, *, backwards: bool = False) -> None:
        self.reach(selector, backwards=backwards)
        before = self.page.url
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        wrong = self.page.locator(".errors, .notice--error")
        assert not wrong.count(), f"{before}: {wrong.first.inner_text()}"

    def write(self, selector: str, text: str) -> None:
        self.reach(selector)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def write_day(self, selector: str, day: str) -> None:
        """Type a day into a date field as the browser takes it: month, day, year."""
        self.reach(selector)
        year, month, of_month = day.split("-")
        self.page.keyboard.type(f"{month}{of_month}{year}")
        assert self.page.locator(selector).input_value() == day

    def choose(self, selector: str, label: str) -> None:
        """Choose in a list by typing what stands there."""
        self.reach(selector)
        for _ in range(60):
            option = "document.activeElement.selectedOptions[0]"
            value, chosen = self.page.evaluate(f"() => [{option}.value, {option}.textContent.trim()]")
            if label == value or chosen.startswith(label) or chosen.endswith(label):
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{label} cannot be chosen in {selector}")

    def choose_radio(self, selector: str, value: str) -> None:
        self.reach(selector)
        self.page.keyboard.press("Space")
        for _ in range(8):
            if self.page.evaluate("() => document.activeElement.value") == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{value} cannot be chosen among {selector}")

    def open_from_worklist(self, title: str) -> None:
        """Find a matter in the worklist with j and open it with Enter."""
        self.go("/desk/")
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
            assert self.page.evaluate(IS_HERE, f"#found-{number}, #finding-{number} *")
            self.page.keyboard.press("2")
            self.page.keyboard.insert_text("原文如此，依法可以公开")
            self.page.keyboard.press("Escape")
            self.page.evaluate("() => document.activeElement.blur()")
