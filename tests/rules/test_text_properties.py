"""Whom a file names without showing it, and that what programmes write there names nobody."""

from __future__ import annotations

import io
import json
import zipfile

import docx
import openpyxl
import pypdf
import pytest
from openpyxl.comments import Comment

from sunshine.text import __main__ as command_line
from sunshine.text import extract, properties


def found(data: bytes, name: str) -> set[tuple[str, str]]:
    return {(each.kind, each.text) for each in properties.hidden_in(data, extract.media_type_of(name))}


def saved(document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def with_member(data: bytes, name: str, change) -> bytes:
    """Return an archive with one member changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for each in old.namelist():
            held = old.read(each)
            new.writestr(each, change(held.decode()) if each == name else held)
    return stream.getvalue()


def test_author_last_editor_and_tracked_changes_of_a_word_file_are_told():
    document = docx.Document()
    document.add_paragraph("通知")
    document.core_properties.author = "王小明"
    document.core_properties.last_modified_by = "李&红"
    document.add_comment(document.paragraphs[0].runs, "再看看", author="赵四")
    data = with_member(
        saved(document),
        "word/document.xml",
        lambda text: text.replace("<w:p>", '<w:p><w:ins w:id="1" w:author="孙五" w:date="2026-01-01"/>', 1),
    )
    assert found(data, "a.docx") == {
        ("file_author", "王小明"),
        ("file_editor", "李&红"),
        ("comment_author", "赵四"),
        ("change_author", "孙五"),
    }


def test_a_workbooks_author_and_commenters_are_told():
    book = openpyxl.Workbook()
    book.properties.creator, book.properties.lastModifiedBy = "王小明", "李红"
    assert book.active is not None
    book.active["A1"].comment = Comment("再看看", "赵四")
    assert found(saved(book), "a.xlsx") == {
        ("file_author", "王小明"),
        ("file_editor", "李红"),
        ("comment_author", "赵四"),
    }


def test_the_author_of_a_pdf_is_told():
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Author": "王小明", "/Creator": "WPS 文字"})
    stream = io.BytesIO()
    writer.write(stream)
    assert found(stream.getvalue(), "a.pdf") == {("file_author", "王小明")}


@pytest.mark.parametrize(
    "name", ["", "python-docx", "Administrator", "微软用户", "Microsoft Office User", "WPS"]
)
def test_what_a_programme_writes_there_names_nobody(name):
    document = docx.Document()
    document.core_properties.author = name
    assert found(saved(document), "a.docx") == set()


@pytest.mark.parametrize("data", [b"", b"no file", b"PK\x03\x04 broken", b"%PDF-1.4 broken"])
def test_a_damaged_file_names_nobody(data):
    assert found(data, "a.docx") == found(data, "a.pdf") == set()


def test_the_command_line_tells_them_before_what_stands_in_the_text(capsys, tmp_path):
    document = docx.Document()
    document.add_paragraph("电话13812345678")
    document.core_properties.author = "王小明"
    path = tmp_path / "a.docx"
    path.write_bytes(saved(document))
    assert command_line.main(["privacy", str(path), "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["kind"], row["text"]) for row in rows] == [
        ("file_author", "王小明"),
        ("mobile", "13812345678"),
    ]


@pytest.mark.parametrize("error", [ValueError, KeyError, IndexError, OverflowError, EOFError])
def test_however_a_file_is_broken_it_names_nobody_and_has_no_text(monkeypatch, error: type[Exception]):
    def broken(*_args, **_options):
        raise error("broken")

    monkeypatch.setattr(pypdf, "PdfReader", broken)
    assert found(b"%PDF-", "a.pdf") == set()
    with pytest.raises(extract.NotReadable):
        extract.read(b"%PDF-", "application/pdf")
