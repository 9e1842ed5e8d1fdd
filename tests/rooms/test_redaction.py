"""Redacted copies: what was masked is in no layer of them, and what cannot be masked is refused."""

from __future__ import annotations

import gc
import hashlib
import io
import zipfile
from datetime import timedelta
from typing import Any

import docx
import openpyxl
import pypdf
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl.comments import Comment
from PIL import Image, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

from sunshine.core.ledger.models import Entry
from sunshine.core.matters.models import Matter
from sunshine.kernel import errors
from sunshine.text import extract
from sunshine.work.requests import operations as requests
from sunshine.work.requests import queries, redaction
from sunshine.work.requests.models import Enclosure
from sunshine.work.requests.redaction import Box, NotRedacted, proof
from tests import cast as plays
from tests.cast import MONDAY
from tests.rooms import requests_story as story

NAME, PHONE, IDENTITY = "王测试", "13800001234", "11010519491231002X"
MASKS = (NAME, PHONE, IDENTITY)
KEPT = "停车收费标准"
DAY = timedelta(days=1)


def word_file() -> bytes:
    """Make a file that hides the masked texts wherever Word can."""
    document = docx.Document()
    document.add_heading("关于停车收费标准的调查", level=1)
    split = document.add_paragraph("申请人")
    split.add_run("王测").bold = True
    split.add_run("试，电话138 0000 1234。")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = KEPT, IDENTITY
    hidden = document.add_paragraph("").add_run(f"隐藏{NAME}")
    hidden.font.hidden = True
    deleted, run, text = (OxmlElement(name) for name in ("w:del", "w:r", "w:delText"))
    text.text = f"删去{PHONE}"
    run.append(text)
    deleted.append(run)
    deleted.set(qn("w:author"), NAME)
    document.add_paragraph("正文").add_run("")._r.addprevious(deleted)
    document.sections[0].header.paragraphs[0].text = f"页眉 {NAME}"
    document.core_properties.author = NAME
    document.core_properties.comments = PHONE
    document.add_comment(document.paragraphs[1].runs[0], text=f"批注{IDENTITY}", author=NAME)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def excel_file() -> bytes:
    """Make a book that hides the masked texts wherever Excel can."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "收费"
    sheet.append(["项目", KEPT])
    sheet.append([NAME, int(PHONE)])
    sheet.append(["证件", IDENTITY])
    sheet.append(["隐藏行", NAME])
    sheet.row_dimensions[4].hidden = True
    sheet["D1"] = PHONE
    sheet.column_dimensions["D"].hidden = True
    sheet["A1"].comment = Comment(f"批注{NAME}", NAME)
    book.create_sheet("隐藏").append([IDENTITY])
    book["隐藏"].sheet_state = "hidden"
    book.properties.creator = NAME
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def pdf_file() -> bytes:
    """Make a PDF with a text layer; the name is broken over two lines."""
    from weasyprint import HTML

    page = (
        f"<html><head><title>{NAME}的申请</title><meta name='author' content='{NAME}'></head><body>"
        "<style>@page{size:A5} body{font-family:'Noto Serif CJK SC';font-size:16pt}</style>"
        f"<p>{KEPT}</p><p>申请人王<br>测试</p><p>电话 {PHONE}</p><p>证件 {IDENTITY}</p></body></html>"
    )
    made: bytes = HTML(string=page).write_pdf()
    return made


def scan() -> bytes:
    """Make a scanned page: pixels, and a property that names the applicant."""
    picture = Image.new("RGB", (900, 500), "white")
    font = ImageFont.truetype("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 40)
    brush = ImageDraw.Draw(picture)
    brush.text((60, 60), KEPT, fill="black", font=font)
    brush.text((60, 200), PHONE, fill="black", font=font)
    told = PngInfo()
    told.add_text("Author", NAME)
    kept = io.BytesIO()
    picture.save(kept, "PNG", pnginfo=told)
    return kept.getvalue()


def raw(data: bytes) -> str:
    """Return every part of a packed file as text."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "".join(name + archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())


def repacked(data: bytes, member: str, old: bytes, new: bytes) -> bytes:
    """Return a packed file with other bytes in one of its members."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(kept, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            after.writestr(name, part.replace(old, new) if name == member else part)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"), [(word_file, redaction.DOCX), (excel_file, redaction.XLSX)], ids=["docx", "xlsx"]
)
def test_nothing_masked_is_in_any_layer_of_an_office_file(data: Any, kind: str) -> None:
    original = data()
    assert all(mask in raw(original) for mask in (NAME, IDENTITY))
    copy = redaction.redact(original, kind, masks=MASKS)
    found, text = raw(copy.data), extract.text_of(copy.data, kind)
    assert all(mask not in found and mask not in text for mask in (*MASKS, "王测", "138 0000"))
    assert KEPT in text
    assert copy.proof["readers"] == ["text", "markup"]
    assert all(count >= 1 for count in copy.proof["masked"])


def test_what_is_hidden_together_in_a_book_is_left_out_whether_it_is_masked_or_not() -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append([KEPT, "二列内部", "三列内部", "四列内部", NAME, "零宽内部"])
    sheet.append(["行内部"])
    sheet.append(["末行"])
    sheet.column_dimensions.group("B", "D", hidden=True)
    sheet.column_dimensions["F"].width = sheet.row_dimensions[2].height = 9.75
    kept = io.BytesIO()
    book.save(kept)
    original = repacked(kept.getvalue(), "xl/worksheets/sheet1.xml", b'"9.75"', b'"0"')
    assert extract.text_of(original, redaction.XLSX).count("内部") == 5
    copy = redaction.redact(original, redaction.XLSX, masks=(NAME,))
    assert extract.text_of(copy.data, redaction.XLSX).split() == [KEPT, "████", "末行"]


def test_nothing_masked_is_in_the_text_layer_or_the_properties_of_a_pdf() -> None:
    original = pdf_file()
    copy = redaction.redact(original, redaction.PDF, masks=MASKS)
    reader = pypdf.PdfReader(io.BytesIO(copy.data))
    assert [page.extract_text().strip() for page in reader.pages] == [""]
    assert NAME not in str(reader.metadata)
    assert NAME.encode() not in copy.data
    assert NAME.encode("utf-16-be") not in copy.data
    assert copy.proof["readers"][:2] == ["pypdf", "pdfium"]


def test_the_letters_of_a_pdf_are_painted_over_and_the_rest_is_not() -> None:
    copy = redaction.redact(pdf_file(), redaction.PDF, masks=(PHONE,))
    both = [_page(data) for data in (pdf_file(), copy.data)]
    changed = [
        (x, y)
        for y in range(0, both[0].height, 3)
        for x in range(0, both[0].width, 3)
        if both[0].getpixel((x, y)) != (0, 0, 0) and both[1].getpixel((x, y)) == (0, 0, 0)
    ]
    assert changed
    assert max(y for _, y in changed) - min(y for _, y in changed) < both[0].height / 8


def _page(data: bytes) -> Image.Image:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        picture: Image.Image = document[0].render(scale=200 / 72).to_pil().convert("RGB")
        return picture.resize((800, round(picture.height * 800 / picture.width)))
    finally:
        document.close()


def test_a_scan_loses_the_boxes_and_every_property() -> None:
    box = Box(1, 0.05, 0.35, 0.6, 0.55)
    copy = redaction.redact(scan(), "image/png", boxes=(box,))
    assert NAME.encode() not in copy.data
    page = _page(copy.data)
    assert page.getpixel((page.width // 4, round(page.height * 0.45))) == (0, 0, 0)
    assert page.getpixel((page.width // 2, round(page.height * 0.9))) == (255, 255, 255)


def test_a_reader_of_pictures_finds_nothing_masked_on_pages_and_scans() -> None:
    copy = redaction.redact(pdf_file(), redaction.PDF, masks=MASKS)
    assert "ocr" in copy.proof["readers"]
    box = Box(1, 0.05, 0.35, 0.6, 0.55)
    blackened = redaction.redact(scan(), "image/png", masks=(PHONE,), boxes=(box,))
    assert "ocr" in blackened.proof["readers"]
    wrong = Box(1, 0.05, 0.7, 0.6, 0.9)
    with pytest.raises(NotRedacted, match="can still be read"):
        redaction.redact(scan(), "image/png", masks=(PHONE,), boxes=(wrong,))


def pages_of(*files: bytes) -> bytes:
    """Return one PDF of the pages of several, pictures among them."""
    whole = pypdf.PdfWriter()
    for each in files:
        if each.startswith(b"%PDF"):
            whole.append(io.BytesIO(each))
            continue
        kept = io.BytesIO()
        Image.open(io.BytesIO(each)).save(kept, "PDF")
        whole.append(kept)
    bound = io.BytesIO()
    whole.write(bound)
    return bound.getvalue()


BOX_ON_THE_SCAN = Box(2, 0.05, 0.35, 0.6, 0.55)


def test_a_scanned_page_among_others_is_looked_at_before_anything_is_proved() -> None:
    mixed = pages_of(pdf_file(), scan())
    with pytest.raises(NotRedacted, match="can still be read on page 2"):
        redaction.redact(mixed, redaction.PDF, masks=(PHONE,))
    copy = redaction.redact(mixed, redaction.PDF, masks=(PHONE,), boxes=(BOX_ON_THE_SCAN,))
    assert "ocr" in copy.proof["readers"]


def test_a_text_on_scanned_pages_alone_is_masked_by_a_box_and_proved_to_be_gone() -> None:
    scanned = pages_of(scan())
    with pytest.raises(NotRedacted, match="not found"):
        redaction.redact(scanned, redaction.PDF, masks=(PHONE,))
    box = Box(1, 0.05, 0.35, 0.6, 0.55)
    assert "ocr" in redaction.redact(scanned, redaction.PDF, masks=(PHONE,), boxes=(box,)).proof["readers"]


def test_scanned_pages_that_nobody_looked_at_are_no_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    mixed = pages_of(pdf_file(), scan())
    monkeypatch.setattr(extract, "_picture_reader", lambda: None)  # as where the reader is not installed
    with pytest.raises(NotRedacted, match="no text can be searched on pages 2"):
        redaction.redact(mixed, redaction.PDF, masks=(PHONE,))
    copy = redaction.redact(mixed, redaction.PDF, masks=(PHONE,), boxes=(BOX_ON_THE_SCAN,))
    assert copy.proof["readers"] == ["pypdf", "pdfium"]
    monkeypatch.undo()
    monkeypatch.setattr(
        proof, "MOST_LOOKED_AT", 1
    )  # the scanned page, which is the doubtful one, is the first
    with pytest.raises(NotRedacted, match="can still be read on page 2"):
        redaction.redact(mixed, redaction.PDF, masks=(PHONE,))
    many = pages_of(pdf_file(), scan(), scan())
    with pytest.raises(NotRedacted, match="no text can be searched on pages 3"):
        redaction.redact(many, redaction.PDF, masks=(PHONE,), boxes=(BOX_ON_THE_SCAN,))


def test_a_file_some_of_whose_pages_are_pictures_is_read_in_part() -> None:
    assert extract.read(pdf_file(), redaction.PDF).left == ()
    read = extract.read(pages_of(pdf_file(), scan()), redaction.PDF)
    assert PHONE in read.text
    assert read.left == ("page 2",)
    blank = pypdf.PdfWriter()
    blank.append(io.BytesIO(pdf_file()))
    blank.add_blank_page()
    bound = io.BytesIO()
    blank.write(bound)
    assert extract.read(bound.getvalue(), redaction.PDF).left == ()


@pytest.mark.parametrize(
    ("data", "kind"),
    [(word_file, redaction.DOCX), (excel_file, redaction.XLSX), (pdf_file, redaction.PDF)],
    ids=["docx", "xlsx", "pdf"],
)
def test_a_mask_that_stands_nowhere_is_refused_without_being_told(data: Any, kind: str) -> None:
    with pytest.raises(NotRedacted, match="text 2 of the list") as refusal:
        redaction.redact(data(), kind, masks=(NAME, "李不在"))
    assert "李不在" not in str(refusal.value)


@pytest.mark.parametrize("kind", [redaction.DOCX, redaction.XLSX, redaction.PDF, "image/png", "text/plain"])
def test_what_cannot_be_read_is_refused(kind: str) -> None:
    with pytest.raises(NotRedacted):
        redaction.redact(b"no such file", kind, masks=(NAME,))


def test_no_page_is_held_twice_while_it_is_masked(monkeypatch: pytest.MonkeyPatch) -> None:
    merged, save, held = pypdf.PdfWriter(), Image.Image.save, []
    for _page in range(6):
        merged.append(io.BytesIO(pdf_file()))
    several = io.BytesIO()
    merged.write(several)

    def counted(picture: Image.Image, *given: Any, **more: Any) -> None:
        alive = [each for each in gc.get_objects() if issubclass(type(each), Image.Image)]
        held.append(sum(each.size == picture.size for each in alive))
        save(picture, *given, **more)

    monkeypatch.setattr(Image.Image, "save", counted)
    gc.collect()
    redaction.redact(several.getvalue(), redaction.PDF, masks=MASKS)
    assert held[0] <= 6 + 1


def test_nothing_to_mask_makes_no_copy() -> None:
    with pytest.raises(NotRedacted):
        redaction.redact(word_file(), redaction.DOCX)


# --- in a request ---------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_original_stays_sealed_and_the_applicant_gets_the_copy() -> None:
    cast = plays.make_cast()
    request = story.handled(cast)
    at = MONDAY + timedelta(days=1)
    enclosure = requests.enclose(
        request.pk, name=f"{NAME}的记录.docx", data=word_file(), masks=MASKS, actor=cast.drafter, at=at
    )
    assert enclosure.given is not None
    name, data = requests.opened(enclosure.given)
    assert NAME not in name
    assert name.endswith("（区分处理）.docx")
    assert NAME not in raw(data)
    assert NAME in raw(requests.opened(enclosure.original)[1])
    entry = Entry.objects.get(kind="information_request.enclose")
    assert all(mask not in str(entry.facts) for mask in MASKS)
    assert entry.facts["proof"]["sha256"] == hashlib.sha256(data).hexdigest()
    matter = Matter.objects.get(pk=request.pk)
    assert queries.papers(matter) == []
    part = {"place": "姓名、证件、电话", "ground": "enforcement_file", "why": "当事人的个人信息"}
    details = {"handover": "电子", "withheld": [part]}
    story.answer(cast, request, "partial", at=at, details=details)
    fetched = [requests.opened(file)[0] for file in queries.papers(matter)]
    assert name in fetched
    assert not [each for each in fetched if NAME in each]


@pytest.mark.django_db
@pytest.mark.parametrize("written", [f"{NAME}_{PHONE}", "王 测试-138 0000 1234", "王_测_试"])
def test_the_name_of_a_copy_bears_nothing_masked_however_it_is_written(written: str) -> None:
    cast = plays.make_cast()
    request = story.handled(cast)
    enclosure = requests.enclose(
        request.pk, name=f"{written}.docx", data=word_file(), masks=MASKS, actor=cast.drafter, at=MONDAY + DAY
    )
    assert not set(enclosure.name) & set("王测试138")


@pytest.mark.django_db
def test_a_mask_that_is_nowhere_stops_the_laying_and_keeps_nothing() -> None:
    cast = plays.make_cast()
    request = story.handled(cast)
    at = MONDAY + timedelta(days=1)
    with pytest.raises(errors.RuleBroken, match="not found in the file"):
        requests.enclose(
            request.pk, name="a.docx", data=word_file(), masks=("李不在",), actor=cast.drafter, at=at
        )
    assert not Enclosure.objects.exists()


@pytest.mark.django_db
def test_a_file_that_was_taken_out_is_not_given() -> None:
    cast = plays.make_cast()
    request = story.handled(cast)
    at = MONDAY + timedelta(days=1)
    laid = requests.enclose(request.pk, name="说明.txt", data="收费".encode(), actor=cast.drafter, at=at)
    requests.take_out(request.pk, enclosure=laid.pk, actor=cast.drafter, at=at)
    story.answer(cast, request, at=at)
    names = [requests.opened(file)[0] for file in queries.papers(Matter.objects.get(pk=request.pk))]
    assert "说明.txt" not in names
