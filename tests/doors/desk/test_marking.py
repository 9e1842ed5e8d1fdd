"""A finding is marked exactly where it stands, whatever the layout around it."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sunshine.doors.desk import marking
from sunshine.text import markup


def row(source: str, text: str, *, suggestion: str = "", check: str = "privacy") -> dict[str, str]:
    start = markup.to_text(source).index(text)
    key = f"{check}:0.body:{start}-{start + len(text)}"
    return {"key": key, "check": check, "severity": "error", "text": text, "suggestion": suggestion}


def seen(source: str) -> str:
    return re.sub(r"<[^>]+>", "", source)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>电话 13812345678。</p>", "13812345678"),
        ("<p>电话 138<strong>1234</strong>5678。</p>", "13812345678"),
        ("<h2>一、总则</h2>\n<table><tr><td>张三</td><td>13812345678</td></tr></table>", "13812345678"),
        ("<p>甲 &amp; 乙</p><p>  丙丁 </p>", "丙丁"),
        ("<p>开头就是</p>", "开头"),
        ("<p>在结尾</p>", "结尾"),
    ],
)
def test_a_finding_is_marked_where_it_stands(source: str, text: str) -> None:
    done = marking.marked(source, "0.body", [row(source, text)])
    inside = "".join(re.findall(r"<mark[^>]*>(.*?)</mark>", done.original))
    assert (done.count, inside) == (1, text)
    assert done.original.count('id="found-0"') == 1
    assert seen(done.original) == seen(source)


def test_beside_the_original_stands_what_is_proposed() -> None:
    source = "<p>申请人张三，电话 13812345678。</p>"
    found = [row(source, "张三", suggestion="张某"), row(source, "13812345678")]
    done = marking.marked(source, "0.body", found)
    assert seen(done.proposed) == "申请人张某，电话 ＊＊＊＊＊＊＊＊＊＊＊。"


def test_what_is_a_mere_hint_is_marked_and_stays_in_what_is_proposed() -> None:
    source = "<p>由金石负责</p>"
    done = marking.marked(source, "0.body", [{**row(source, "金石"), "severity": "hint"}])
    assert '<mark class="found found--hint" id="found-0" tabindex="-1">金石</mark>' in done.original
    assert seen(done.proposed) == "由金石负责"


def test_a_finding_of_another_part_or_file_is_not_marked_here() -> None:
    source = "<p>申请人张三</p>"
    other = {**row(source, "张三"), "key": "privacy:1.body:3-5"}
    assert marking.marked(source, "0.body", [other]).count == 0


def test_of_two_findings_that_overlap_one_is_marked() -> None:
    source = "<p>申请人张三丰</p>"
    done = marking.marked(source, "0.body", [row(source, "张三"), row(source, "三丰")])
    assert done.count == 1
    assert seen(done.original) == "申请人张三丰"


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text("甲乙丙 \n&<", max_size=8), max_size=5), st.data())
def test_marking_never_changes_a_character(lines: list[str], data: st.DataObject) -> None:
    source = marking.paragraphs("\n".join(lines))
    plain = markup.to_text(source)
    start = data.draw(st.integers(0, len(plain)))
    end = data.draw(st.integers(start, len(plain)))
    found = {"key": f"privacy:0.body:{start}-{end}", "check": "privacy", "severity": "error", "text": ""}
    assert seen(marking.marked(source, "0.body", [found]).original) == seen(source)
