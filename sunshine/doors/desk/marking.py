"""Findings where they stand: marked in the text as it is, and beside it the text as it is proposed.

The checks speak of places in the plain text, the reviewer reads the text as it is laid out. Both have the
same characters but for blanks, so a place is carried over by counting the characters that are none.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from sunshine.text import markup

PLACE = re.compile(r"(?P<check>\w+):(?P<part>\d+)\.(?P<name>.+):(?P<start>\d+)-(?P<end>\d+)", re.DOTALL)
HIDDEN = "＊"


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding with its number on the page; `start` and `end` count characters that are no blanks."""

    number: int
    start: int
    end: int
    severity: str
    proposal: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with its findings marked, and the same text as proposed; both are HTML."""

    original: str
    proposed: str
    count: int


def marked(source: str, place: str, findings: Sequence[Mapping[str, Any]]) -> Marked:
    """Return the HTML `source`, which stands at `place` (part.name), with its findings marked.

    :param findings: the rows of the checks, numbered on the page by their order
    """
    plain = markup.to_text(source)
    marks = list(_apart(_marks(plain, place, findings)))
    original, proposed = _Marker(marks), _Marker(marks, is_proposal=True)
    for each in (original, proposed):
        each.feed(source)
        each.close()
    return Marked("".join(original.out), "".join(proposed.out), len(marks))


def paragraphs(text: str) -> str:
    """Return a plain text as the HTML in which its findings can be marked."""
    return "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in text.split("\n") if line.strip())


def _marks(plain: str, place: str, findings: Sequence[Mapping[str, Any]]) -> Iterable[Mark]:
    for number, finding in enumerate(findings):
        told = PLACE.fullmatch(finding["key"])
        if told is None or f"{told['part']}.{told['name']}" != place:
            continue
        start, end = (_solid(plain[: int(told[side])]) for side in ("start", "end"))
        yield Mark(number, start, end, finding["severity"], _proposal(finding, end - start))


def _proposal(finding: Mapping[str, Any], length: int) -> str:
    """Return what may stand there instead; personal data is hidden whole, what is a mere hint stays."""
    if finding.get("suggestion"):
        return str(finding["suggestion"])
    is_hidden = finding["check"] == "privacy" and finding["severity"] != "hint"
    return HIDDEN * length if is_hidden else str(finding["text"])


def _apart(marks: Iterable[Mark]) -> Iterable[Mark]:
    """Yield the marks by place; of two that overlap the first stays."""
    place = -1
    for mark in sorted(marks, key=lambda each: (each.start, -each.end)):
        if mark.start >= place and mark.end > mark.start:
            place = mark.end
            yield mark


def _solid(text: str) -> int:
    """Return how many characters of a text are no blanks."""
    return sum(not character.isspace() for character in text)


class _Marker(HTMLParser):
    """Copies clean HTML and lays the marks around the characters that they are about."""

    def __init__(self, marks: Sequence[Mark], *, is_proposal: bool = False) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self._marks = list(marks)
        self._is_proposal = is_proposal
        self._place = 0
        self._begun = -1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # the base's shape
        self.out.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        at = 0
        while at < len(data):
            if not self._marks:
                self.out.append(html.escape(data[at:], quote=False))
                return
            mark = self._marks[0]
            is_inside = self._place >= mark.start and not (data[at].isspace() and self._place == mark.start)
            upto = self._reach(data, at, mark.end if is_inside else mark.start)
            if upto == at:  # blanks before the mark's first character
                upto = at + 1
            piece = html.escape(data[at:upto], quote=False)
            self.out.append(self._laid(mark, piece) if is_inside else piece)
            if self._place >= mark.end:
                self._marks.pop(0)
            at = upto

    def _reach(self, data: str, at: int, goal: int) -> int:
        """Go on until `goal` solid characters were passed; return where that is in `data`."""
        while at < len(data) and self._place < goal:
            self._place += not data[at].isspace()
            at += 1
        return at

    def _laid(self, mark: Mark, piece: str) -> str:
        is_first, self._begun = mark.number != self._begun, mark.number
        if self._is_proposal:
            return f'<ins class="found-proposal">{html.escape(mark.proposal)}</ins>' if is_first else ""
        name = f' id="found-{mark.number}" tabindex="-1"' if is_first else ""
        return f'<mark class="found found--{html.escape(mark.severity)}"{name}>{piece}</mark>'
