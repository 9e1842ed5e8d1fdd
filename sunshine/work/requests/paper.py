"""Sets a letter as a file: PDF/A for keeping and sending, docx for the files of the house."""

from __future__ import annotations

import html
import io
import warnings

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt

from sunshine.work.requests.rules.letters import Letter

PDF, DOCX = "application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT = "FangSong"

STYLE = """
@page { size: A4; margin: 37mm 26mm 35mm 28mm }
body { font-family: "FangSong", "Noto Serif CJK SC", serif; font-size: 16pt; line-height: 28pt }
.issuer { color: #c00; text-align: center; font-size: 26pt; line-height: 40pt }
.issuer { border-bottom: 1.5pt solid #c00 }
h1 { font-size: 22pt; line-height: 34pt; text-align: center; font-weight: 700 }
.number { text-align: center } p { text-indent: 2em; margin: 0; text-align: justify }
p.to { text-indent: 0 } .foot { text-align: right; margin-top: 28pt }
"""


def pdf(letter: Letter) -> bytes:
    """Return a letter as PDF/A-2u."""
    from weasyprint import CSS, HTML  # loads the type-setting libraries: only when a letter is set

    says = html.escape
    body = "".join(f"<p>{says(text)}</p>" for text in letter.paragraphs)
    page = (
        f'<html lang="zh-Hans"><head><title>{says(letter.title)}</title></head><body>'
        f'<div class="issuer">{says(letter.signed)}</div><h1>{says(letter.title)}</h1>'
        f'<div class="number">{says(letter.number)}</div><p class="to">{says(letter.addressee)}：</p>{body}'
        f'<div class="foot">{says(letter.signed)}<br>{says(letter.dated)}</div></body></html>'
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the library leaves its colour profile to be closed
        made: bytes = HTML(string=page).write_pdf(stylesheets=[CSS(string=STYLE)], pdf_variant="pdf/a-2u")
    return made


def docx(letter: Letter) -> bytes:
    """Return a letter as a docx file that bears nobody's name in its properties."""
    document = Document()
    document.core_properties.author = letter.signed
    document.core_properties.title = letter.title
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(16)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = heading.add_run(letter.title)
    run.bold, run.font.size = True, Pt(22)
    document.add_paragraph(letter.number).alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph(f"{letter.addressee}：")
    for text in letter.paragraphs:
        document.add_paragraph(text).paragraph_format.first_line_indent = Pt(32)
    for text in (letter.signed, letter.dated):
        document.add_paragraph(text).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()
