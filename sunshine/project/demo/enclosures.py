"""The demo's attachments: real files, made from what the texts say."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import docx
import openpyxl

MADE = datetime(2026, 1, 1)  # noqa: DTZ001  # the formats keep moments without a zone
_STYLE = "@page { size: A4; margin: 25mm } body { font: 12pt 'Noto Serif CJK SC', serif; line-height: 1.8 } "
_TABLE = "table { border-collapse: collapse; width: 100% } td, th { border: 0.5pt solid; padding: 2mm }"


def make(told: Mapping[str, Any]) -> bytes:
    """Return the bytes of a file of the kind that its name says: a title, paragraphs, rows of a table."""
    maker = _MAKERS[told["name"].rpartition(".")[2]]
    return maker(told.get("title", ""), told.get("paragraphs", ()), told.get("rows", ()))


Rows = Sequence[Sequence[object]]


def _xlsx(title: str, paragraphs: Sequence[str], rows: Rows) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\\/*?:\[\]]", "", title)[:31])
    for letter in "ABCDEFGH":
        sheet.column_dimensions[letter].width = 22
    for row in [[title], *([text] for text in paragraphs), *rows]:
        sheet.append(list(row))
    book.properties.created = book.properties.modified = MADE
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _docx(title: str, paragraphs: Sequence[str], rows: Rows) -> bytes:
    document = docx.Document()
    document.core_properties.created = document.core_properties.modified = MADE
    document.core_properties.author = ""
    document.add_heading(title, level=1)
    for text in paragraphs:
        document.add_paragraph(text)
    if rows:
        table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
        for row in rows:
            for cell, value in zip(table.add_row().cells, row, strict=True):
                cell.text = str(value)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def _pdf(title: str, paragraphs: Sequence[str], rows: Rows) -> bytes:
    from weasyprint import HTML  # loads the system's type-setting libraries: only when a PDF is made

    lines = [f"<h1>{html.escape(title)}</h1>", *(f"<p>{html.escape(text)}</p>" for text in paragraphs)]
    cells = ["".join(f"<td>{html.escape(str(value))}</td>" for value in row) for row in rows]
    table = f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>" if rows else ""
    head = f"<html lang='zh-Hans'><title>{html.escape(title)}</title><style>{_STYLE}{_TABLE}</style>"
    made: bytes = HTML(string=head + "".join(lines) + table).write_pdf()
    return made


_MAKERS: Mapping[str, Callable[[str, Sequence[str], Rows], bytes]] = {
    "xlsx": _xlsx,
    "docx": _docx,
    "pdf": _pdf,
}
