"""Reading single files and sheets of a former site, without a database."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from sunshine.text import markup
from sunshine.work.documents.reading import kinds, reader, sources, table

PLAIN = (
    "# 阳光市停车管理办法\n\n2017年3月1日 阳光市人民政府发布\n\n## 第一章 总则\n\n"
    "第一条 为了规范停车管理，制定本办法。\n\n第二条 本办法自2017年5月1日起施行。\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_sheet_is_read_in_any_of_the_encodings_that_office_programs_write(encoding: str):
    found = table.read("文件名;标题;成文日期\r\n甲\\乙.md;停车办法;2018/3/5\r\n".encode(encoding))
    assert found.row("甲/乙.md") is not None
    assert found.rows[0].values == {"title": "停车办法", "formed_on": "2018-03-05"}


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        ("标题,日期\n甲,乙\n", "file"),
        ("file,title,标题\na,b,c\n", "title"),
        ("file,title\na.md,甲\na.md,乙\n", "lines 2 and 3"),
    ],
)
def test_an_unusable_sheet_says_what_to_mend(sheet: str, said: str):
    with pytest.raises(table.BadTable, match=said):
        table.read(sheet.encode())


@pytest.mark.parametrize(
    ("title", "issuer", "kind"),
    [
        ("中华人民共和国噪声污染防治法", "", "law"),
        ("无障碍环境建设条例", "国务院", "law"),
        ("停车管理办法", "", "normative_document"),
        ("关于规范停车的通知", "", "notice"),
        ("2018年部门决算公开", "", "budget"),
        ("“十四五”规划", "", "plan"),
        ("说明", "", "notice"),
    ],
)
def test_a_title_tells_the_kind_of_document(title: str, issuer: str, kind: str):
    assert kinds.of_title(title, issuer).code == kind


def test_a_page_loses_its_scripts_and_gives_its_title():
    data = (
        "<html><head><meta charset=gb2312><title>停车公告</title><script>alert(1)</script></head>"
        "<body><p onclick=x>正文</p></body></html>"
    ).encode("gb18030")
    read = reader.read(reader.job(sources.Source("a.html", data), "", None))
    assert read.title == "停车公告"
    assert read.fields["body"] == "<p>正文</p>"


@pytest.mark.parametrize(
    "source",
    [
        PLAIN,
        "# 标题\n\n段落一\n续行\n\n### 小节\n\n段落",
        "# 标题\n\n* 甲\n* 乙\n\n1. 丙",
        "标题\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |",
        "标题\n===\n\n文字 **重** <b>x</b>",
        "　　第一条 　全角空格",
        "# 　标题　\n\n　　甲　\n　　乙\n　\n丙\n \n丁\n\n　　\n",
        "关于印发《贯彻<国务院规定>的办法》的通知\n\n甲>乙<3\n\n<丙",
        "> 引文",
        "甲  \n乙",
        "甲 \n 乙",
        "见 <https://example.com> 和 <a@example.com>",
    ],
)
def test_the_quick_reading_of_plain_markdown_gives_what_the_whole_parser_gives(source: str):
    body, text = reader.from_markdown(source)
    assert body == markup.from_markdown(source.strip())
    assert text == markup.to_text(body)


def test_a_zip_whose_list_is_damaged_is_no_source(tmp_path: Path):
    path = tmp_path / "site.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("公告.md", PLAIN)
    path.write_bytes(path.read_bytes().replace(b"PK\x01\x02", b"PK\x00\x02"))
    with pytest.raises(sources.BadSource, match="damaged"):
        sources.count(path)
