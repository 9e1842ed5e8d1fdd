"""The markup of bodies: a small HTML that an official document needs, and nothing else.

Whatever comes in — a paste from Word, a docx, Markdown, plain lines — leaves as that HTML.
"""

from __future__ import annotations

import html
import io
import re
from html.parser import HTMLParser

import mammoth
import nh3
from markdown_it import MarkdownIt

from sunshine.text import containers, normal

_PROSE = ("p", "br", "h2", "h3", "h4", "strong", "em", "u", "s", "sub", "sup", "blockquote", "hr", "a")
_LISTS = ("ul", "ol", "li")
_TABLES = ("table", "caption", "thead", "tbody", "tr", "th", "td")
TAGS = frozenset((*_PROSE, *_LISTS, *_TABLES))
ATTRIBUTES = {
    "a": {"href", "title"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start"},
}
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
DROPPED = frozenset(
    {"script", "style", "title", "head", "template", "iframe", "object", "svg", "math", "xml", "noscript"}
)
_BLOCKS = TAGS - {"br", "strong", "em", "u", "s", "sub", "sup", "a", "td", "th"}
_RENAMED = {
    "b": "strong",
    "i": "em",
    "h1": "h2",
    "h5": "h4",
    "h6": "h4",
    "strike": "s",
    "del": "s",
    "div": "p",
}
_RENAMING = re.compile(r"<(/?)(b|i|h1|h5|h6|strike|del|div)(?=[\s>/])", re.IGNORECASE)
_CONDITIONAL = re.compile(r"<!\[(?:if|endif)[^>]*>|<\?xml[^>]*>|</?[ovw]:[^>]*>", re.IGNORECASE)
_EMPTY = re.compile(r"<(p|h2|h3|h4|li|strong|em|u|s)>(?:\s|&nbsp;|\u00a0|<br>)*</\1>")
_STYLES = """
p[style-name='Title'] => h2:fresh
p[style-name='标题'] => h2:fresh
p[style-name='heading 1'] => h2:fresh
p[style-name='heading 2'] => h3:fresh
p[style-name='heading 3'] => h4:fresh
r[style-name='Strong'] => strong
u => u
"""
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


class NotMarkup(ValueError):
    """The file is not what its name says, or it is hostile."""


def clean(source: str) -> str:
    """Return HTML with only the tags of an official document; what Word brings along is gone.

    Scripts, styles and comments vanish with what is in them; other unknown tags leave their text.
    """
    known = _RENAMING.sub(
        lambda match: f"<{match[1]}{_RENAMED[match[2].lower()]}", _CONDITIONAL.sub("", source)
    )
    cleaned = nh3.clean(
        known,
        tags=set(TAGS),
        clean_content_tags=set(DROPPED),
        attributes=ATTRIBUTES,
        url_schemes=set(SCHEMES),
        link_rel="noopener nofollow",
    )
    for _ in range(2):  # a cleaned paragraph may leave an empty item around it
        cleaned = _EMPTY.sub("", cleaned)
    return cleaned.strip()


def to_text(source: str) -> str:
    """Return what a reader sees: a line for each paragraph, cells apart by tabs."""
    if "<" not in source and "&" not in source:
        return source.strip()
    reader = _Reader()
    reader.feed(source)
    reader.close()
    return reader.text()


def from_plain(text: str) -> str:
    """Return plain lines as paragraphs."""
    lines = (line.strip() for line in normal.printable(text).split("\n"))
    return "\n".join(f"<p>{html.escape(line, quote=False)}</p>" for line in lines if line)


def from_markdown(text: str) -> str:
    """Return Markdown as the HTML of a body; HTML inside it is shown, not obeyed."""
    return clean(_MARKDOWN.render(normal.printable(text)))


def from_docx(data: bytes) -> str:
    """Return the body of a Word file by its styles, not by its looks; pictures are left out.

    :raises NotMarkup: no Word file, encrypted, or packed so that it would fill the memory
    """
    try:
        containers.checked(data)
        done = mammoth.convert_to_html(
            io.BytesIO(data), style_map=_STYLES, convert_image=mammoth.images.img_element(lambda _image: {})
        )
    except (
        *containers.BROKEN,
        containers.Hostile,
        KeyError,
        ValueError,
        TypeError,
        IndexError,
        AttributeError,
        SyntaxError,
    ) as error:
        raise NotMarkup(str(error)) from error
    return clean(done.value)


class _Reader(HTMLParser):
    """Gathers the visible text, block by block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[list[str]] = [[]]
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # the base's shape
        if tag in DROPPED:
            self._hidden += 1
        elif tag in _BLOCKS or tag == "br":
            self._lines.append([])
        elif tag in ("td", "th") and self._lines[-1]:
            self._lines[-1].append("\t")

    def handle_endtag(self, tag: str) -> None:
        if tag in DROPPED:
            self._hidden = max(0, self._hidden - 1)
        elif tag in _BLOCKS:
            self._lines.append([])

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._lines[-1].append(data.replace("\n", " ") if data.strip() else "")

    def text(self) -> str:
        lines = ("".join(line).strip() for line in self._lines)
        return "\n".join(line for line in lines if line)
