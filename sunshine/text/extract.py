"""The text of files from outside, with what looks do not show: headers, comments, hidden rows, notes."""

from __future__ import annotations

import functools
import importlib
import importlib.util
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

import openpyxl
import pypdf

from sunshine.text import containers, markup

MOST_TEXT = 5_000_000
MOST_PAGES = 2_000
DEEPEST = 2
BLANK = 80
"""Bytes of drawing that a blank page may have: a state saved and restored, a margin set."""


_BREAKS = frozenset({"p", "h", "tr", "row", "br", "TextObject", "table-row"})
_LETTERS = frozenset({"t", "TextCode", "span", "a", "p", "h", "delText"})
_APART = frozenset({"tab", "tc", "table-cell"})
_WORD = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
_SLIDES = re.compile(r"ppt/(slides|notesSlides|comments)/[^/]+\.xml")
_NOTES = re.compile(r"xl/(?:comments|threadedComments|drawings)[^.]*\.xml")
_OPEN = re.compile(r"(content|styles|meta)\.xml")
_OFD = re.compile(r".*Content\.xml|.*Annot.*\.xml", re.IGNORECASE)
_CHARSET = re.compile(rb"charset=[\"']?([\w-]+)", re.IGNORECASE)


class NotReadable(Exception):
    """No text can be read from a file; `is_hostile` when it was made to harm or to hide."""

    def __init__(self, reason: str, *, is_hostile: bool = False) -> None:
        super().__init__(reason)
        self.is_hostile = is_hostile


@dataclass(frozen=True, slots=True)
class Read:
    """The text of a file, and what none could be read from: files of an archive, pages that are pictures."""

    text: str
    left: tuple[str, ...] = ()


def read(data: bytes, media_type: str) -> Read:
    """Return the text of a file, a line for each paragraph, and what was left unread in it.

    :raises NotReadable: pictures, sound and film; damaged, encrypted or hostile files
    """
    left: list[str] = []
    text = _text_of(data, media_type, left, depth=0)
    return Read(text, tuple(left))


def text_of(data: bytes, media_type: str) -> str:
    """Return the text of a file as far as it can be read; raise as `read` does."""
    return read(data, media_type).text


def media_type_of(name: str) -> str:
    """Return the kind of file that a name's ending promises; what promises nothing is plain text."""
    return _KINDS.get(name.rpartition(".")[2].lower(), "text/plain")


def decoded(data: bytes) -> str:
    """Return bytes as text: UTF-8 or UTF-16 with its mark, what the page says, else GB 18030."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    said = _CHARSET.search(data[:2048])
    for encoding in ("utf-8-sig", said[1].decode("ascii") if said else "", "gb18030"):
        try:
            return data.decode(encoding or "gb18030")
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("gb18030", "replace")


def _text_of(data: bytes, media_type: str, left: list[str], *, depth: int) -> str:
    if media_type == "application/zip":
        return _guarded(lambda: _of_archive(data, left, depth=depth))[:MOST_TEXT]
    if media_type == "application/pdf":
        return _guarded(lambda: _pdf(data, left))[:MOST_TEXT]
    reader = _READERS.get(media_type)
    if reader is None:
        raise NotReadable("no text can be read from files of this kind")
    return _guarded(lambda: reader(data))[:MOST_TEXT]


def _guarded(read: Callable[[], str]) -> str:
    """Return what was read; every way in which a file can be broken has one name."""
    try:
        return read()
    except containers.Hostile as error:
        raise NotReadable(str(error), is_hostile=True) from error
    except containers.UNREADABLE as error:
        raise NotReadable("the file is damaged") from error


def _plain(data: bytes) -> str:
    return decoded(data)


def _html(data: bytes) -> str:
    return markup.to_text(decoded(data))


def _packed(data: bytes, wanted: re.Pattern[str]) -> str:
    """Return the text of the XML members whose names are wanted.

    :raises containers.Hostile: also when it carries programs
    """
    with containers.checked(data) as archive:
        names = archive.namelist()
        if any(name.endswith(("vbaProject.bin", ".exe", ".dll", ".js")) for name in names):
            raise containers.Hostile("it carries programs")
        parts = (_xml_text(containers.member(archive, name)) for name in names if wanted.fullmatch(name))
        return "\n".join(part for part in parts if part)


def _xml_text(data: bytes) -> str:
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise containers.Hostile("its markup declares entities")
    parser = ElementTree.XMLParser(target=_Words())  # noqa: S314  # entities are refused above
    parser.feed(data)
    return str(parser.close())


class _Words:
    """What an XML parser tells, kept where it is text that someone reads."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._open: list[str] = []

    def start(self, tag: str, _attributes: Mapping[str, str]) -> None:
        self._open.append(tag.rpartition("}")[2])

    def data(self, text: str) -> None:
        if self._open[-1] in _LETTERS:
            self._pieces.append(text)

    def end(self, _tag: str) -> None:
        name = self._open.pop()
        if name in _BREAKS:
            self._pieces.append("\n")
        elif name in _APART:
            self._pieces.append("\t")

    def close(self) -> str:
        lines = (line.strip() for line in "".join(self._pieces).split("\n"))
        return "\n".join(line for line in lines if line)


def _sheets(data: bytes) -> str:
    with containers.checked(data) as archive:
        if any(name.endswith("vbaProject.bin") for name in archive.namelist()):
            raise containers.Hostile("it carries programs")
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    try:
        lines = [line for sheet in book.worksheets for line in _rows(sheet.iter_rows(values_only=True))]
        return "\n".join([*lines, _notes(data)]).strip()
    finally:
        book.close()


def _notes(data: bytes) -> str:
    """Return the comments of a workbook, which its cells do not hold."""
    with containers.checked(data) as archive:
        names = [name for name in archive.namelist() if _NOTES.fullmatch(name)]
        return "\n".join(_xml_text(containers.member(archive, name)) for name in names)


def _rows(rows: Iterator[tuple[object, ...]]) -> Iterator[str]:
    size = 0
    for row in rows:
        line = "\t".join(_cell(value) for value in row).strip()
        size += len(line)
        if line:
            yield line
        if size > MOST_TEXT:  # after the row: who reads the text sees by its length that it was cut
            return


def _cell(value: object) -> str:
    """Return a cell as it is read; a long number must not become 3.4e+17."""
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _pdf(data: bytes, left: list[str]) -> str:
    """Return the text of a PDF's pages; `left` gets those that show something and say nothing."""
    reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise NotReadable("it is encrypted", is_hostile=True)
    if len(reader.pages) > MOST_PAGES:
        raise NotReadable(f"it has more than {MOST_PAGES} pages")
    pieces: list[str] = []
    for number, page in enumerate(reader.pages, 1):
        said = page.extract_text()
        pieces += (said, *_annotations(page))
        if not said.strip() and _shows_something(page):
            left.append(f"page {number}")
        if sum(map(len, pieces)) > MOST_TEXT:
            break
    text = "\n".join(piece for piece in pieces if piece.strip())
    if reader.pages and not text:
        raise NotReadable("its pages are pictures")
    return text


def _shows_something(page: pypdf.PageObject) -> bool:
    """Return whether a page is more than blank paper."""
    resources = page.get("/Resources")
    held = resources.get_object() if resources is not None else {}
    drawn = page.get_contents()
    return bool(isinstance(held, dict) and held.get("/XObject")) or (
        drawn is not None and len(drawn.get_data()) > BLANK
    )


def _annotations(page: pypdf.PageObject) -> Iterator[str]:
    """Yield what notes and form fields of a page say, whether they are shown or not."""
    for annotation in page.annotations or ():
        held = annotation.get_object()
        yield from (str(held[key]) for key in ("/Contents", "/V") if isinstance(held, dict) and held.get(key))


def _picture(data: bytes) -> str:
    """Return the words in a picture, where the extra `ocr` is installed."""
    reader = _picture_reader()
    if reader is None:
        raise NotReadable("no text can be read from pictures here: the extra `ocr` is not installed")
    lines, _ = reader(data)
    return "\n".join(str(line[1]) for line in lines or ())


@functools.cache
def _picture_reader() -> Callable[[bytes], tuple[list[Sequence[object]] | None, object]] | None:
    if importlib.util.find_spec("rapidocr_onnxruntime") is None:
        return None
    module = importlib.import_module("rapidocr_onnxruntime")  # heavy, and only some installations have it
    return module.RapidOCR()  # type: ignore[no-any-return]  # an extra without types


def _of_archive(data: bytes, left: list[str], *, depth: int) -> str:
    """Return the names and texts of an archive's files; `left` gets the names of those without text."""
    if depth >= DEEPEST:
        raise containers.Hostile("archives lie in archives in archives")
    pieces: list[str] = []
    with containers.checked(data) as archive:
        for info in archive.infolist():
            pieces.append(info.filename)
            if info.is_dir():
                continue
            kind = _KINDS.get(info.filename.rpartition(".")[2].lower(), "")
            try:
                member = containers.member(archive, info.filename)
                pieces.append(_text_of(member, kind, left, depth=depth + 1))
            except NotReadable as refusal:
                if refusal.is_hostile:
                    raise
                left.append(info.filename)
    return "\n".join(pieces)


_OFFICE = "application/vnd.openxmlformats-officedocument."
_DOCX, _PPTX = _OFFICE + "wordprocessingml.document", _OFFICE + "presentationml.presentation"
_XLSX = _OFFICE + "spreadsheetml.sheet"
_ODT, _ODS = "application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet"

_READERS: Mapping[str, Callable[[bytes], str]] = {
    "text/plain": _plain,
    "text/csv": _plain,
    "text/markdown": _plain,
    "text/html": _html,
    "application/json": _plain,
    "image/jpeg": _picture,
    "image/png": _picture,
    "image/tiff": _picture,
    "image/bmp": _picture,
    _DOCX: lambda data: _packed(data, _WORD),
    _PPTX: lambda data: _packed(data, _SLIDES),
    _XLSX: _sheets,
    _ODT: lambda data: _packed(data, _OPEN),
    _ODS: lambda data: _packed(data, _OPEN),
    "application/ofd": lambda data: _packed(data, _OFD),
    "application/vnd.ofd": lambda data: _packed(data, _OFD),
}

_KINDS = {
    "txt": "text/plain",
    "csv": "text/csv",
    "md": "text/markdown",
    "html": "text/html",
    "htm": "text/html",
    "pdf": "application/pdf",
    "docx": _DOCX,
    "pptx": _PPTX,
    "xlsx": _XLSX,
    "odt": _ODT,
    "ods": _ODS,
    "ofd": "application/ofd",
    "zip": "application/zip",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "bmp": "image/bmp",
}
