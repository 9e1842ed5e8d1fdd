"""The floor of texts used alone, as other programmes use it."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
import tracemalloc

import docx
import openpyxl
import pytest
from openpyxl.comments import Comment

from sunshine.text import __main__ as command_line
from sunshine.text import extract, streams


def rows(capsys, *arguments: str) -> list[dict[str, object]]:
    assert command_line.main([*arguments, "--json"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.fixture
def letter(tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text(
        "当事人：王小明，电话13812345678。\n己经公开公开\n当事人：王小明，电话13812345679。\n", "utf-8"
    )
    return str(path)


def test_every_finding_says_its_place_kind_and_reason(capsys, letter):
    for row in rows(capsys, "privacy", letter):
        assert set(row) == {"file", "start", "end", "kind", "text", "confidence", "reason", "suggestion"}
    for row in rows(capsys, "proofread", letter):
        assert set(row) == {"file", "start", "end", "kind", "text", "severity", "reason", "suggestion"}


def test_each_line_may_be_a_document_of_its_own(capsys, letter):
    found = rows(capsys, "privacy", letter, "--lines")
    assert [(row["line"], row["kind"], row["start"]) for row in found][:2] == [
        (1, "person_name", 4),
        (1, "mobile", 10),
    ]
    assert [row["line"] for row in rows(capsys, "duplicates", letter, "--lines")] == [3]


def test_words_scripts_and_key_phrases_are_printed_too(capsys, letter):
    assert "".join(str(row["text"]) for row in rows(capsys, "segment", letter, "--lines")).startswith(
        "当事人：王小明"
    )
    assert rows(capsys, "convert", letter, "--lines")[0]["suggestion"] == "當事人：王小明，電話13812345678。"
    assert {"key_phrase", "summary"} == {row["kind"] for row in rows(capsys, "keywords", letter)}


def test_the_standard_input_is_read_and_django_is_not_needed():
    program = (
        "import sys; sys.modules['django'] = None\n"
        "from sunshine.text.__main__ import main; main(['privacy', '-'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], input="电话13812345678".encode(), capture_output=True, check=True
    )
    assert "mobile" in done.stdout.decode()


def test_lines_are_answered_as_they_come_and_not_at_the_end():
    arguments = [sys.executable, "-m", "sunshine.text", "privacy", "-", "--lines", "--json"]
    with subprocess.Popen(
        arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("电话13812345678\n没有什么\n".encode())
        process.stdin.write(b"\n" * 20_000)  # more than what lies between the two
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["line"] == 1
        process.stdin.write("电话13812345679".encode())
        process.stdin.close()
        assert json.loads(process.stdout.readline())["line"] == 20_003


def test_a_file_of_many_lines_is_read_in_the_memory_of_one(tmp_path):
    path = tmp_path / "many.txt"
    with path.open("w", encoding="utf-8") as opened:
        opened.writelines(f"第{number}行，其余从略，没有什么可看的。\n" for number in range(200_000))
    tracemalloc.start()
    try:
        with path.open("rb") as opened:
            count = sum(1 for _ in streams.lines(opened))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == 200_000
    assert path.stat().st_size > 10_000_000
    assert most < 3_000_000


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_lines_are_those_of_the_whole_text_in_every_encoding(tmp_path, encoding):
    written = "联通\r\n\n当事人：王小明\n没有行尾"
    path = tmp_path / "letter.txt"
    path.write_bytes(written.encode(encoding))
    with path.open("rb") as opened:
        assert list(streams.lines(opened)) == ["联通", "", "当事人：王小明", "没有行尾"]


def test_what_comes_through_a_pipe_is_read_in_the_chinese_encoding_from_the_first_line_that_needs_it():
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    data = b"plain\n" + "当事人：王小明\n".encode("gb18030")
    assert list(streams.lines(Pipe(data))) == ["plain", "当事人：王小明"]


def test_a_stream_of_near_duplicates_is_told_line_by_line(capsys, tmp_path):
    path = tmp_path / "posts.txt"
    hexed = [hashlib.sha256(str(number).encode()).digest() for number in range(2_500)]
    posts = ["".join(chr(0x4E00 + each) for each in one) for one in hexed]
    path.write_text("\n".join([*posts, posts[0], posts[2_400]]) + "\n", "utf-8")
    found = [row for row in rows(capsys, "duplicates", str(path), "--lines") if row["confidence"] == 1.0]
    assert [(row["line"], row["suggestion"]) for row in found] == [
        (2_501, f"{path}:1"),
        (2_502, f"{path}:2401"),
    ]


def test_a_file_that_cannot_be_read_is_said_and_ends_with_two(capsys, tmp_path):
    path = tmp_path / "broken.pdf"
    path.write_bytes(b"no pdf")
    assert command_line.main(["privacy", str(path)]) == 2
    assert "broken.pdf" in capsys.readouterr().err


def test_word_files_are_read_with_what_they_hide(capsys, tmp_path):
    document = docx.Document()
    document.add_paragraph("当事人：王小明")
    document.sections[0].header.paragraphs[0].text = "电话13812345678"
    document.save(str(tmp_path / "paper.docx"))
    assert {row["kind"] for row in rows(capsys, "privacy", str(tmp_path / "paper.docx"))} == {
        "person_name",
        "mobile",
    }


def test_hidden_rows_sheets_and_comments_of_workbooks_are_read():
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "姓名"
    sheet["A2"] = "王小明"
    sheet.row_dimensions[2].hidden = True
    sheet["A1"].comment = Comment("电话13812345678", "x")
    hidden = book.create_sheet("备份")
    hidden["A1"] = "110105 19491231 002X"
    hidden.sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    text = extract.text_of(stream.getvalue(), extract.media_type_of("a.xlsx"))
    assert "王小明" in text
    assert "13812345678" in text
    assert "19491231" in text


def test_pictures_are_read_where_the_extra_is_installed_and_refused_in_words_where_not():
    if extract._picture_reader() is None:
        with pytest.raises(extract.NotReadable, match="ocr"):
            extract.text_of(b"\x89PNG", "image/png")
        return
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.new("RGB", (600, 80), "white")
    ImageDraw.Draw(picture).text((10, 20), "TEL 13812345678", fill="black", font=ImageFont.load_default(40))
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    assert "13812345678" in extract.text_of(stream.getvalue(), "image/png").replace(" ", "")
