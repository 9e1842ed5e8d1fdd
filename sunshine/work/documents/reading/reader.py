"""What one file of the former site becomes: its fields, its body, and what the automatic checks found."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from sunshine.core.publishing import checks
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.text import extract, markup, proofread
from sunshine.work.documents.reading import heads, kinds, sources, table
from sunshine.work.documents.rules import numbers

LONGEST_ORIGIN = 300
MOST_BODY = 5_000_000

UNREADABLE = gettext_noop("It cannot be read: %(why)s")
EMPTY = gettext_noop("There is no text in it")
TOO_LONG = gettext_noop("It holds more text than we take")
ODD_NUMBER = gettext_noop("The table’s document number cannot be read: “%(text)s”")

_TITLE = re.compile(rb"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_FIRST_HEADING = re.compile(r"\s*<h2>(.*?)</h2>", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_MARKED = re.compile(
    r"[*_`~\[\]&|\\!]|<(?=[A-Za-z/?])|^(?:\s*(?:[-+=>]|\d+[.)]\s)|\t| {4})|^#+[^ #\n]|#\s*$| {2}$",
    re.MULTILINE,
)
_HEADING = re.compile(r"(#{1,6}) +(.+)")
_EMPTY_LINE = re.compile(r"\n *\n")
_WIDE_SPACE = "\u3000"
"""To Markdown a character like any other, and no empty line."""
_ENDS_A_PARAGRAPH = ("。", "；", "：", "！", "？", "”", ".", ";", ":")
_MEDIA = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
}


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read, with what the table says of it; `origin` is its lasting name."""

    source: sources.Source
    origin: str
    sha256: str
    row: table.Row | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says. `problem` says why nothing could be read; `slips` are cells to be mended.

    `findings` are rows of the automatic checks; `original` is kept beside the text where the text
    alone is not the document (a Word or PDF file).
    """

    name: str
    origin: str
    sha256: str
    kind: str = ""
    item: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    original: bytes = b""
    findings: tuple[Mapping[str, Any], ...] = ()
    slips: tuple[Reason, ...] = ()
    problem: Reason | None = None

    @property
    def title(self) -> str:
        return str(self.fields.get("title") or PurePosixPath(self.name).stem)


def job(source: sources.Source, root: str, row: table.Row | None) -> Job:
    """Return the job of reading a file that lies in the folder or archive called `root`."""
    origin = f"{root}/{source.name}" if root else source.name
    if len(origin) > LONGEST_ORIGIN:  # two long names must not become one by being cut
        origin = f"{origin[: LONGEST_ORIGIN - 17]}#{hashlib.sha256(origin.encode()).hexdigest()[:16]}"
    return Job(source, origin, hashlib.sha256(source.data).hexdigest(), row)


def read(job: Job) -> Reading:
    """Return what a file says, checked by the automatic checks; never raises for what a file holds."""
    name, ending = job.source.name, PurePosixPath(job.source.name).suffix.lower()
    try:
        title, body, text = _READERS[ending](job.source.data)
    except (extract.NotReadable, markup.NotMarkup) as refusal:
        return _unread(job, Reason(UNREADABLE, params={"why": str(refusal)}))
    if not text.strip():
        return _unread(job, Reason(EMPTY))
    if len(body) > MOST_BODY:
        return _unread(job, Reason(TOO_LONG))
    values = dict(job.row.values) if job.row else {}
    lines = text.split("\n")
    head = heads.of_text([f"# {title}", *lines] if title else lines, name=PurePosixPath(name).stem)
    if not title:
        body, text = _without_first(body, text, head.title)
    number, slips = _number(values.pop("number", ""), head.number)
    said = {
        "title": head.title,
        "number": number,
        "department": head.issuer or heads.issuer_of_folder(name, head.title),
        "formed_on": head.formed_on.isoformat() if head.formed_on else "",
        "effective_from": head.effective_from.isoformat() if head.effective_from else "",
    }
    kind = values.pop("kind", "") or kinds.of_title(values.get("title", head.title), head.issuer).code
    item = values.pop("item", "")
    fields = {key: value for key, value in {**said, **values, "body": body}.items() if value}
    cells = tuple(Reason(slip.text, params=slip.params) for slip in job.row.slips) if job.row else ()
    known = proofread.Knowledge(on=table.day_of(str(fields.get("formed_on", ""))))
    return Reading(
        name=name,
        origin=job.origin,
        sha256=job.sha256,
        kind=kind,
        item=item,
        fields=fields,
        original=job.source.data if ending in _MEDIA else b"",
        findings=(
            *(
                row
                for place, said in ({**checks.texts({**fields, "body": ""}), "body": text}).items()
                for row in checks.check_text(said, prefix=f"0.{place}", known=known)
            ),
        ),
        slips=(*cells, *slips),
    )


def from_markdown(source: str) -> tuple[str, str]:
    """Return the body of a Markdown text and what is read in it.

    Plain headings and paragraphs, which laws are made of, are turned directly: the whole parser gives
    the same for them and takes twenty times as long.
    """
    told = _COMMENT.sub("", source.replace("\r\n", "\n")).strip()
    if _MARKED.search(told) or not told.replace("\n", "").replace(_WIDE_SPACE, "").isprintable():
        body = markup.from_markdown(told)
        return body, markup.to_text(body)
    blocks: list[tuple[str, str]] = []
    for paragraph in _EMPTY_LINE.split(told):
        blocks += _blocks(paragraph)
    body = "\n".join(f"<{tag}>{html.escape(words, quote=False)}</{tag}>" for tag, words in blocks)
    return body, "\n".join(words.replace("\n", " ") for _tag, words in blocks)


def _blocks(paragraph: str) -> list[tuple[str, str]]:
    """Return the headings and the paragraph that stand together without an empty line."""
    blocks: list[tuple[str, str]] = []
    held: list[str] = []
    for line in paragraph.split("\n"):
        heading = _HEADING.fullmatch(line.strip(" "))
        if heading is None:
            held.append(line.strip(" "))
            continue
        blocks += _paragraph(held)
        held = []
        blocks.append((_TAGS[len(heading[1])], heading[2].strip()))
    return [*blocks, *_paragraph(held)]


def _paragraph(lines: list[str]) -> list[tuple[str, str]]:
    words = "\n".join(lines).strip()
    return [("p", words)] if words else []


_TAGS = {1: "h2", 2: "h2", 3: "h3", 4: "h4", 5: "h4", 6: "h4"}


def _markdown(data: bytes) -> tuple[str, str, str]:
    return _headed(*from_markdown(extract.decoded(data)))


def _html(data: bytes) -> tuple[str, str, str]:
    source = extract.decoded(data)
    body = markup.clean(source)
    title, body, text = _headed(body, markup.to_text(body))
    named = _TITLE.search(source.encode())
    if not title and named:
        title = markup.to_text(named[1].decode()).split("\n")[0].strip()[: heads.LONGEST_TITLE]
    return title, body, text


def _docx(data: bytes) -> tuple[str, str, str]:
    body = markup.from_docx(data)
    return _headed(body, markup.to_text(body))


def _pdf(data: bytes) -> tuple[str, str, str]:
    text = "\n".join(_flowing(extract.text_of(data, _MEDIA[".pdf"]).split("\n")))
    return "", markup.from_plain(text), text


def _plain(data: bytes) -> tuple[str, str, str]:
    body = markup.from_plain(extract.decoded(data))
    return "", body, markup.to_text(body)


_READERS: Mapping[str, Callable[[bytes], tuple[str, str, str]]] = {
    ".md": _markdown,
    ".html": _html,
    ".htm": _html,
    ".docx": _docx,
    ".pdf": _pdf,
    ".txt": _plain,
}
"""Each gives title (where marked as one), body and the body's text."""


def _headed(body: str, text: str) -> tuple[str, str, str]:
    """Take the heading that a body begins with as its title: the page shows it above the text."""
    match = _FIRST_HEADING.match(body)
    if match is None:
        return "", body, text
    title = markup.to_text(match[1]).replace("\n", " ").strip()[: heads.LONGEST_TITLE]
    return title, body[match.end() :].strip(), text.partition("\n")[2]


def _without_first(body: str, text: str, title: str) -> tuple[str, str]:
    """Take the first line away where it is the title."""
    first, _, rest = text.partition("\n")
    paragraph = f"<p>{html.escape(first, quote=False)}</p>"
    if first.strip() == title and body.startswith(paragraph):
        return body[len(paragraph) :].strip(), rest
    return body, text


def _flowing(lines: list[str]) -> list[str]:
    """Join the lines that a page's width broke: a full line that ends no sentence goes on in the next."""
    filled = [line.strip() for line in lines if line.strip()]
    width = max((len(line) for line in filled), default=0)
    joined: list[str] = []
    goes_on = False
    for line in filled:
        if goes_on:
            joined[-1] += line
        else:
            joined.append(line)
        goes_on = len(line) >= width * 0.8 and not line.endswith(_ENDS_A_PARAGRAPH)
    return joined


def _number(given: str, found: str) -> tuple[str, tuple[Reason, ...]]:
    """Return the number as it must be written: the table's before the text's."""
    if not given:
        return found, ()
    normal, _slips = numbers.document_number(given)
    return (normal, ()) if normal else (found, (Reason(ODD_NUMBER, params={"text": given[:60]}),))


def _unread(job: Job, problem: Reason) -> Reading:
    return Reading(job.source.name, job.origin, job.sha256, problem=problem)
