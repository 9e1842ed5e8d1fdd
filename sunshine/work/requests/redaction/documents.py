"""A Word file built anew from its visible paragraphs and tables; everything else stays behind."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from sunshine.kernel.words import gettext_noop as _
from sunshine.text import containers
from sunshine.work.requests.redaction.shapes import Made, NotRedacted, masked, refuse_unless_found

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DELETED = (qn("w:del"), qn("w:moveFrom"))
HIDDEN = qn("w:vanish")


def rebuilt(data: bytes, masks: Sequence[str]) -> Made:
    """Return a new file with what a reader of the old one sees, less what is masked.

    :raises NotRedacted: damaged, hostile, or a mask that stands nowhere
    """
    try:
        containers.checked(data).close()
        old: Document = docx.Document(io.BytesIO(data))
    except (containers.Hostile, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise NotRedacted(_("the file cannot be read")) from error
    new: Document = docx.Document()
    found: dict[str, int] = {}
    for section in old.sections:
        for part in (section.header, section.footer):
            if not part.is_linked_to_previous:
                _copy(part.iter_inner_content(), new, masks, found)
    _copy(old.iter_inner_content(), new, masks, found)
    refuse_unless_found(masks, found)
    _forget_who_wrote(new)
    kept = io.BytesIO()
    new.save(kept)
    return Made(kept.getvalue(), DOCX, found)


def _copy(parts: Iterator[Any], into: Any, masks: Sequence[str], found: dict[str, int]) -> None:
    for part in parts:
        if isinstance(part, Paragraph):
            _copy_paragraph(part, into, masks, found)
        elif isinstance(part, Table):
            _copy_table(part, into, masks, found)


def _copy_paragraph(paragraph: Paragraph, into: Any, masks: Sequence[str], found: dict[str, int]) -> None:
    text = masked(_visible(paragraph), masks, found)
    copy = into.add_paragraph(text)
    copy.alignment = paragraph.alignment
    name = paragraph.style.name if paragraph.style is not None else ""
    if name and name.startswith("Heading ") and name in [style.name for style in copy.part.document.styles]:
        copy.style = name


def _visible(paragraph: Paragraph) -> str:
    """Return the text that is seen: nothing deleted in a revision, nothing hidden, links with their words."""
    pieces = []
    for node in paragraph._p.iter(qn("w:t"), qn("w:tab"), qn("w:br")):  # noqa: SLF001  # the library's own door
        above = list(node.iterancestors())
        if any(each.tag in DELETED for each in above) or _is_hidden(above):
            continue
        pieces.append(node.text or "" if node.tag == qn("w:t") else "\t" if node.tag == qn("w:tab") else "\n")
    return "".join(pieces)


def _is_hidden(above: Sequence[Any]) -> bool:
    run = next((each for each in above if each.tag == qn("w:r")), None)
    return run is not None and run.find(f"{qn('w:rPr')}/{HIDDEN}") is not None


def _copy_table(table: Table, into: Any, masks: Sequence[str], found: dict[str, int]) -> None:
    columns = max((len(row.cells) for row in table.rows), default=0)
    if not columns:
        return
    copy = into.add_table(rows=0, cols=columns)
    for row in table.rows:
        cells = copy.add_row().cells
        for cell, new in zip(row.cells, cells, strict=False):
            _copy(cell.iter_inner_content(), new, masks, found)


def _forget_who_wrote(document: Document) -> None:
    properties = document.core_properties
    for name in ("author", "last_modified_by", "comments", "title", "subject", "keywords", "category"):
        setattr(properties, name, "")
