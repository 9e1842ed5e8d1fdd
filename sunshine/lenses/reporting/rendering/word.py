"""The report as a Word file, set like an official document."""

from __future__ import annotations

import html
import io
from dataclasses import replace

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from sunshine.lenses.reporting.rules.forms import Cell, Table
from sunshine.lenses.reporting.rules.prose import filled
from sunshine.lenses.reporting.rules.report import Report

FONT = "Noto Serif CJK SC"


def document(report: Report) -> bytes:
    """Return the report as the bytes of a docx file."""
    made = docx.Document()
    _style(made)
    title = made.add_heading(report.title, level=0)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for section in report.sections:
        if section.heading:
            made.add_heading(section.heading, level=1)
        for is_subhead, text in section.paragraphs:
            said = filled(text, report.said)
            if is_subhead:
                made.add_heading(said, level=2)
            else:
                made.add_paragraph(said).paragraph_format.first_line_indent = Pt(24)
        for table in report.tables:
            if table.section == section.heading:
                _table(made, report, table)
    if report.differences:
        _differences(made, report)
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def _style(made: Document) -> None:
    page = made.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = page.page_height, page.page_width
    for name in ("Normal", "Title", "Heading 1", "Heading 2"):
        style = made.styles[name]
        style.font.name = FONT
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    made.styles["Normal"].font.size = Pt(12)


def _table(made: Document, report: Report, table: Table) -> None:
    """Draw a table with its spans: each cell takes the next free place of the grid."""
    lines = (*table.heads, *table.body)
    width = sum(cell.columns for cell in lines[0])
    hanging: dict[int, Cell] = {}
    rows = []
    for line in lines:
        waiting, drawn, column = iter(line), [], 0
        while column < width:
            cell = hanging.pop(column, None)
            if cell is None:
                cell = next(waiting)
                drawn.append(_cell(cell.text or report.said(cell.figure), cell.columns, cell.rows > 1, True))
            else:
                drawn.append(_cell("", cell.columns, True, False))
            if cell.rows > 1:
                hanging[column] = replace(cell, rows=cell.rows - 1)
            column += cell.columns
        rows.append("".join(drawn))
    _draw(made, width, rows)


def _cell(text: str, columns: int = 1, spans_rows: bool = False, begins: bool = True) -> str:
    """Return a cell as the format wants it; one that goes on from above says so."""
    merge = '<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>"
    goes_on = merge if spans_rows else ""
    said = f'<w:r><w:rPr><w:sz w:val="18"/></w:rPr><w:t xml:space="preserve">{html.escape(text)}</w:t></w:r>'
    return (
        f'<w:tc><w:tcPr><w:gridSpan w:val="{columns}"/>{goes_on}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{said}</w:p></w:tc>'
    )


def _draw(made: Document, width: int, rows: list[str]) -> None:
    """Put a table of ready rows at the end; cell by cell through the library takes seconds."""
    grid = "<w:gridCol/>" * width
    lines = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    drawn = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/>'
        f'<w:tblW w:type="pct" w:w="5000"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>'
    )
    made.add_paragraph()._p.addprevious(drawn)  # noqa: SLF001  # the library offers no other place


def _differences(made: Document, report: Report) -> None:
    made.add_heading("附：更正对照表", level=1)
    rows = [("指标", "更正前", "更正后")]
    rows += [(report.label(each.name), each.before, each.now) for each in report.differences]
    _draw(made, 3, ["".join(_cell(text) for text in row) for row in rows])
