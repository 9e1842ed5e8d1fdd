"""Somebody without a mouse: Tab to what is wanted, look whether it can be seen, then press or type."""

from __future__ import annotations

from typing import Any, TypedDict

from playwright.sync_api import Locator, Page

MOST_TABS = 240
TURNS = """(wanted) => {
    const here = document.activeElement;
    if (wanted.includes(here)) return "";
    const isBefore = (each) => here.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_PRECEDING;
    return here !== document.body && wanted.every(isBefore) ? "Shift+Tab" : "Tab";
}"""
IS_SEEN = """() => {
    const here = document.activeElement, style = getComputedStyle(here), box = here.getBoundingClientRect();
    const target = here.matches("[type=radio], [type=checkbox]") ? here.parentElement : here;
    const outlined = [here, target, here.closest("label, tr, .prose-editor, .field__choice")].filter(Boolean)
        .some((each) => { const seen = getComputedStyle(each);
            const hasOutline = seen.outlineStyle !== "none" && parseFloat(seen.outlineWidth) > 0;
            return hasOutline || seen.boxShadow !== "none"; });
    const inView = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    const at = (part, from, to, most) => Math.min(Math.max(from + (to - from) * part, 1), most - 1);
    const uncovered = [0.1, 0.5, 0.9].some((part) => {
        const top = document.elementFromPoint(
            at(part, box.left, box.right, innerWidth), at(part, box.top, box.bottom, innerHeight));
        return top && (target.contains(top) || top.contains(here));
    });
    return { outlined, inView, uncovered, name: here.outerHTML.slice(0, 120) };
}"""
CHOSEN = "() => [document.activeElement.value, document.activeElement.selectedOptions[0].textContent.trim()]"


class Upload(TypedDict):
    """A file as the browser takes it."""

    name: str
    mimeType: str
    buffer: bytes


class Hands:
    """Ten fingers on the keyboard of a page."""

    page: Page

    def reach(self, wanted: str | Locator) -> None:
        """Press Tab until what is wanted has the focus; it must show that it has."""
        place = self.page.locator(wanted) if isinstance(wanted, str) else wanted
        place.first.wait_for()
        for _ in range(MOST_TABS):
            if not (key := place.evaluate_all(TURNS)):
                break
            self.page.keyboard.press(key)
        else:
            raise AssertionError(f"{wanted} cannot be reached by keyboard on {self.page.url}")
        seen: dict[str, Any] = self.page.evaluate(IS_SEEN)
        assert seen["outlined"], f"nobody sees that this has the focus: {seen['name']}"
        assert seen["inView"], f"the focus is out of sight: {seen['name']}"
        assert seen["uncovered"], f"something lies over what has the focus: {seen['name']}"

    def press(self, wanted: str | Locator, *, leaves: bool = True) -> None:
        """Press a link or button with Enter.

        :param leaves: it leads to another page, which is waited for
        """
        self.reach(wanted)
        if not leaves:
            self.page.keyboard.press("Enter")
            return
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def type_in(self, wanted: str | Locator, text: str) -> None:
        """Replace what stands in a field."""
        self.reach(wanted)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text) if text else self.page.keyboard.press("Delete")

    def type_day(self, wanted: str | Locator, moment: str) -> None:
        """Type a day, or a day with its time, into its field as the browser takes it."""
        self.reach(wanted)
        for _ in range(6):  # to its first part: coming from below, the last has the focus
            self.page.keyboard.press("ArrowLeft")
        day, _, time = moment.partition("T")
        year, month, of_month = day.split("-")
        self.page.keyboard.type(f"{month}{of_month}{year}")
        if time:
            hour, minute = map(int, time.split(":"))
            self.page.keyboard.press("ArrowRight")
            self.page.keyboard.type(f"{(hour + 11) % 12 + 1:02}{minute:02}{'AM' if hour < 12 else 'PM'}")
        typed = self.page.evaluate("() => document.activeElement.value")
        assert typed == moment, f"{typed} stands where {moment} was typed"

    def choose(self, wanted: str | Locator, label: str) -> None:
        """Choose in a list: from its first line down to the one with a value or label."""
        self.reach(wanted)
        self.page.keyboard.press("Home")
        before = None
        while (now := self.page.evaluate(CHOSEN)) != before:
            value, chosen = now
            if label == value or (label and (chosen.startswith(label) or chosen.endswith(label))):
                return
            before = now
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{label} cannot be chosen in {wanted}")

    def choose_radio(self, wanted: str | Locator, value: str) -> None:
        """Choose one of the circles of a group by its value."""
        self.reach(wanted)
        self.page.keyboard.press("Space")
        first = now = self.page.evaluate("() => document.activeElement.value")
        while now != value:
            self.page.keyboard.press("ArrowDown")
            now = self.page.evaluate("() => document.activeElement.value")
            assert now != first, f"{value} cannot be chosen among {wanted}"

    def tick(self, wanted: str | Locator) -> None:
        """Tick a box, if it is not."""
        self.reach(wanted)
        if not self.page.evaluate("() => document.activeElement.checked"):
            self.page.keyboard.press("Space")

    def lay(self, wanted: str | Locator, file: Upload) -> None:
        """Reach the field of a file and lay one there; the system's own window for it is not the site's."""
        self.reach(wanted)
        place = self.page.locator(wanted) if isinstance(wanted, str) else wanted
        place.set_input_files(dict(file))  # type: ignore[arg-type]  # its own type of the same keys has no public name
