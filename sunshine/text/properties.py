"""Whom a file names without showing it: author, last editor, who commented, whose changes are tracked.

Word, Excel, PowerPoint, OpenDocument, OFD and PDF files are asked, also those in an archive. Names that
programmes put there by themselves say nothing about anybody and are left out.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdf

from sunshine.kernel.words import gettext_noop
from sunshine.text import containers, extract

MOST = 50
"""Names reported of one file."""

LONGEST = 200
MOST_PAGES = 500

AUTHOR = gettext_noop("The file's properties name its author")
EDITOR = gettext_noop("The file's properties name who saved it last")
COMMENTER = gettext_noop("The file holds comments under this name")
CHANGER = gettext_noop("The file holds tracked changes under this name")

_NOBODY = re.compile(
    r"\s*(?:administrator|admin|user|users|owner|author|unknown|root|pc|microsoft.*|windows.*|hp|lenovo|dell|asus|apple"
    r"|python-docx|openpyxl|libreoffice.*|openoffice.*|wps.*|kingsoft.*|adobe.*|reportlab.*|anonymous|\(?anonymous\)?"
    r"|管理员|用户|微软用户|未知|匿名|作者|雨林木风|番茄花园|深度技术|系统管理员)?\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Hidden:
    """A name that a file carries where nobody reads."""

    kind: str
    text: str
    reason: str


def _said(*tags: str) -> re.Pattern[str]:
    """Return the shape of an element with text in it, under any of some names."""
    return re.compile(rf"<(?:{'|'.join(tags)})(?:\s[^<>]{{0,300}})?>([^<]{{1,{LONGEST}}})</")


def _attribute(tags: str, attribute: str) -> re.Pattern[str]:
    return re.compile(rf'<(?:{tags})\s[^<>]{{0,600}}?{attribute}="([^"<>]{{1,{LONGEST}}})"')


_AUTHOR = ("file_author", AUTHOR)
_EDITOR = ("file_editor", EDITOR)
_COMMENT = ("comment_author", COMMENTER)
_CHANGE = ("change_author", CHANGER)

_PLACES: Sequence[tuple[re.Pattern[str], re.Pattern[str], tuple[str, str]]] = (
    (re.compile(r"docProps/core\.xml"), _said("dc:creator"), _AUTHOR),
    (re.compile(r"docProps/core\.xml"), _said("cp:lastModifiedBy"), _EDITOR),
    (re.compile(r"docProps/app\.xml"), _said("Manager"), _AUTHOR),
    (re.compile(r"word/comments\.xml"), _attribute("w:comment", "w:author"), _COMMENT),
    (
        re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml"),
        _attribute("w:(?:ins|del|moveFrom|moveTo|rPrChange|pPrChange|cellIns|cellDel)", "w:author"),
        _CHANGE,
    ),
    (re.compile(r"xl/comments[^/]*\.xml|xl/comments/[^/]+\.xml"), _said("author"), _COMMENT),
    (re.compile(r"xl/persons/[^/]+\.xml"), _attribute("person", "displayName"), _COMMENT),
    (re.compile(r"xl/revisions/[^/]+\.xml"), _attribute("header", "userName"), _CHANGE),
    (re.compile(r"ppt/commentAuthors\.xml"), _attribute("p:cmAuthor", "name"), _COMMENT),
    (re.compile(r"meta\.xml"), _said("meta:initial-creator"), _AUTHOR),
    (re.compile(r"meta\.xml"), _said("dc:creator"), _EDITOR),
    (re.compile(r"content\.xml"), _said("dc:creator"), _COMMENT),
    (re.compile(r"(?:.*/)?OFD\.xml", re.IGNORECASE), _said("ofd:Author", "Author"), _AUTHOR),
)


def hidden_in(data: bytes, media_type: str) -> list[Hidden]:
    """Return the names that a file carries unseen, each once; none where it cannot be read."""
    kept = [each for each in _in_file(data, media_type, depth=0) if not _NOBODY.fullmatch(each.text)]
    return list(dict.fromkeys(kept))[:MOST]


def _in_file(data: bytes, media_type: str, *, depth: int) -> list[Hidden]:
    try:
        if media_type == "application/zip":
            return list(_in_archive(data, depth=depth))
        return list(_in_pdf(data) if media_type == "application/pdf" else _in_package(data))
    except containers.UNREADABLE:
        return []  # what is damaged or hostile is refused where its text is read


def _in_archive(data: bytes, *, depth: int) -> Iterator[Hidden]:
    """Yield what each file of an archive carries; a broken one hides no other."""
    if depth >= extract.DEEPEST:
        return
    with containers.checked(data) as archive:
        for name in archive.namelist():
            kind = extract.media_type_of(name)
            if not kind.startswith("application/"):
                continue
            try:
                member = containers.member(archive, name)
            except containers.UNREADABLE:
                continue
            yield from _in_file(member, kind, depth=depth + 1)


def _in_package(data: bytes) -> Iterator[Hidden]:
    if not data.startswith(b"PK"):
        return
    with containers.checked(data) as archive:
        for name in archive.namelist():
            wanted = [each for each in _PLACES if each[0].fullmatch(name)]
            if not wanted:
                continue
            text = containers.member(archive, name).decode("utf-8", "replace")
            for _name, shape, (kind, reason) in wanted:
                for match in shape.finditer(text):
                    yield Hidden(kind, html.unescape(match[1]).strip(), reason)


def _in_pdf(data: bytes) -> Iterator[Hidden]:
    reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        return
    said = reader.metadata
    if said is not None and said.author:
        yield Hidden("file_author", str(said.author)[:LONGEST].strip(), AUTHOR)
    for creator in (reader.xmp_metadata.dc_creator if reader.xmp_metadata else None) or ():
        yield Hidden("file_author", str(creator)[:LONGEST].strip(), AUTHOR)
    for page in reader.pages[:MOST_PAGES]:
        for annotation in page.annotations or ():
            held = annotation.get_object()
            if isinstance(held, dict) and held.get("/Subtype") not in ("/Widget", "/Link") and held.get("/T"):
                yield Hidden("comment_author", str(held["/T"])[:LONGEST].strip(), COMMENTER)
