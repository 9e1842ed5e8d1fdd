"""Writing: nothing typed is lost, what comes from Word comes clean, and a table stays a table."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from tests.journeys.officers import Officer, Officers

pytestmark = pytest.mark.browser

FROM_WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office">
<head><style>p.MsoNormal {margin:0}</style></head>
<body lang=ZH-CN><!--StartFragment-->
<h2 style='mso-outline-level:2'><span style='font-family:仿宋_GB2312'>一、收费标准<o:p></o:p></span></h2>
<p class=MsoNormal style='text-indent:32.0pt;mso-char-indent-count:2.0'>
<b><span style='color:red'>小型车</span></b>每小时三元。<o:p></o:p></p>
<table class=MsoTableGrid border=1 style='border-collapse:collapse;mso-yfti-tbllook:1184'>
<tr style='mso-yfti-irow:0'><td width=200 style='width:150pt'><p class=MsoNormal>时段</p></td>
<td><p class=MsoNormal>每小时</p></td></tr>
<tr><td><p class=MsoNormal>夜间</p></td><td><p class=MsoNormal>一元</p></td></tr></table>
<script>document.title = "taken over"</script><!--EndFragment--></body></html>"""
PASTE = """(area, html) => {
    const carried = new DataTransfer();
    carried.setData("text/html", html);
    const told = { clipboardData: carried, bubbles: true, cancelable: true };
    area.dispatchEvent(new ClipboardEvent("paste", told));
}"""


@pytest.fixture(scope="module")
def author(officers: Officers) -> Officer:
    return officers("xiaoshu")


@pytest.fixture
def matter(author: Officer) -> str:
    return author.begin("notice", "关于停车收费标准的通告")


def open_editor(author: Officer, matter: str) -> Page:
    author.open(f"/desk/m/{matter}/write/0/")
    author.page.wait_for_selector(".ProseMirror")
    return author.page


def kept_body(page: Page) -> str:
    return page.locator("textarea[data-body]").input_value()


def test_what_was_typed_and_never_saved_is_there_after_coming_back(author: Officer, matter: str) -> None:
    page = open_editor(author, matter)
    author.type_body("还没有保存的一段话。")
    state = page.locator("[data-autosave-state]")
    with page.expect_response(re.compile(r"/autosave/$")) as answered:
        pass
    assert answered.value.ok
    expect(state).to_contain_text(re.compile(r"\d\d:\d\d"))
    author.open("/desk/")
    page = open_editor(author, matter)
    assert "还没有保存" not in kept_body(page), "it was saved though nobody pressed the button"
    author.press("a[href='?restore=1']")
    expect(page.locator(".ProseMirror")).to_contain_text("还没有保存的一段话。")
    author.save()
    assert "还没有保存的一段话。" in kept_body(page)
    assert not page.locator("a[href='?restore=1']").count()


def test_what_is_pasted_from_word_keeps_its_structure_and_nothing_else(author: Officer, matter: str) -> None:
    page = open_editor(author, matter)
    author.reach(".ProseMirror")
    page.locator(".ProseMirror").evaluate(PASTE, FROM_WORD)
    expect(page.locator(".ProseMirror table")).to_contain_text("夜间")
    author.save()
    body = kept_body(page)
    assert re.search(r"<h2>\s*一、收费标准", body)
    assert "<strong>小型车</strong>" in body
    assert len(re.findall("<tr>", body)) == 2
    assert not re.search(r"mso|style=|class=|<o:|<span|script|taken over", body, re.IGNORECASE)


def test_a_word_file_becomes_the_text_and_its_table_stays_a_table(author: Officer, matter: str) -> None:
    word = Document()
    word.add_heading("开放时间", level=1)
    word.add_paragraph("各停车场按下表开放。")
    table = word.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ("停车场", "时间", "人民路", "全天"), strict=True):
        cell.text = text
    held = BytesIO()
    word.save(held)

    page = open_editor(author, matter)
    author.press("details:has([name=docx]) summary", leaves=False)
    author.lay(
        "[name=docx]",
        {
            "name": "开放时间.docx",
            "mimeType": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "buffer": held.getvalue(),
        },
    )
    author.press("[name=take_docx]")
    expect(page.locator(".ProseMirror table")).to_contain_text("人民路")
    author.complaints.clear()
    assert author.flaws() == []
    author.save()
    page = open_editor(author, matter)
    expect(page.locator(".ProseMirror table tr")).to_have_count(2)
    assert "各停车场按下表开放。" in kept_body(page)
