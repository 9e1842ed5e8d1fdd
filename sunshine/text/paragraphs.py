"""A body cut into its paragraphs, each with the number by which people speak of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sunshine.text import markup

_TAG = re.compile(r"<(?P<end>/?)(?P<tag>p|h2|h3|h4|blockquote|table|ul|ol)\b[^>]*>", re.IGNORECASE)
HEADINGS = ("h2", "h3", "h4")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One piece of a body: its number from 1, its HTML, what a reader sees of it."""

    number: int
    html: str
    text: str
    is_heading: bool


def cut(body: str) -> list[Paragraph]:
    """Return the paragraphs of a cleaned body in their order; a table or a list counts as one."""
    found: list[Paragraph] = []
    for tag, html in _pieces(body):
        text = markup.to_text(html)
        if text:
            found.append(Paragraph(len(found) + 1, html, text, tag in HEADINGS))
    return found


def _pieces(body: str) -> Iterator[tuple[str, str]]:
    """Yield the outermost blocks with their tags."""
    depth = begun = 0
    tag = ""
    for match in _TAG.finditer(body):
        if match["end"]:
            depth = max(0, depth - 1)
            if depth == 0 and tag:
                yield tag, body[begun : match.end()]
                tag = ""
        else:
            if depth == 0:
                begun, tag = match.start(), match["tag"].lower()
            depth += 1
