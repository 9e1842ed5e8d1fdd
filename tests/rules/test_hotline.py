"""The list of a hotline: columns by many headings, every mistake by row and column, hostile files refused."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, timedelta

import pytest

from sunshine.kernel.period import SHANGHAI
from sunshine.text import sheets
from sunshine.work.correspondence.rules import foreign, hotline
from tests.rooms import hotline_story as story
from tests.rooms.hotline_story import line

NOW = datetime(2026, 3, 3, 9, tzinfo=SHANGHAI)
AS_A_CELL = datetime(2026, 3, 1, 9, 12, 33)  # noqa: DTZ001  # a workbook knows no zone


def read(data: bytes) -> hotline.Listed:
    return hotline.read(data, channel="hotline_12345", at=NOW)


@pytest.mark.parametrize(
    "data",
    [
        story.sheet([line()]),
        story.separated([line()]),
        story.separated([line()], encoding="utf-8-sig"),
        story.separated([line()], encoding="utf-16"),
    ],
)
def test_a_list_says_the_same_as_workbook_and_as_separated_values(data: bytes) -> None:
    listed = read(data)
    [only] = listed.lines
    assert (only.number, only.arrived_at) == (
        "HF20260301001",
        datetime(2026, 3, 1, 9, 12, 33, tzinfo=SHANGHAI),
    )
    assert only.letter.text.startswith("垃圾桶满溢\n长江路与金寨路")
    assert (only.letter.sort, only.letter.address, only.status) == ("complaint", "长江路1号", "open")
    assert only.letter.who == {"name": "王小明", "phone": "13855512345", "address": ""}
    assert listed.left_out == ("承办期限",)


def test_columns_are_found_by_the_usual_other_headings_and_the_better_one_counts() -> None:
    names = (
        "受理编号",
        "受理时间",
        "来电时间",
        "姓名",
        "来电号码",
        "联系电话",
        "工单类型",
        "反映内容",
        "事发地点",
    )
    given = (
        "A-1",
        "2026-03-02 08:00",
        "2026-03-01 07:30",
        "李四",
        "62345678",
        "",
        "咨询类",
        "何时开放？",
        "政务区",
    )
    [only] = read(story.sheet([given], headings=names)).lines
    assert only.arrived_at == datetime(2026, 3, 1, 7, 30, tzinfo=SHANGHAI)
    assert only.letter.who["phone"] == "62345678"
    assert (only.letter.sort, only.letter.text, only.letter.address) == (
        "consultation",
        "何时开放？",
        "政务区",
    )


@pytest.mark.parametrize(
    ("told", "hour"),
    [
        ("2026-03-01 09:12:33", 9),
        ("2026/3/1 9:12", 9),
        ("2026年3月1日 9时12分", 9),
        ("2026-03-01T21:12:33.5", 21),
        ("20260301091233", 9),
        (AS_A_CELL, 9),
        ("2026-03-01", 0),
        (AS_A_CELL.date(), 0),
    ],
)
def test_a_moment_is_read_however_the_platform_wrote_it(told: object, hour: int) -> None:
    [only] = read(story.sheet([line(来电时间=told)])).lines
    assert (only.arrived_at.day, only.arrived_at.hour) == (1, hour)
    assert only.arrived_at.utcoffset() == timedelta(hours=8)


@pytest.mark.parametrize(
    ("given", "column", "said"),
    [
        ({"工单编号": ""}, "工单编号", "must be given"),
        ({"工单编号": "9" * 121}, "工单编号", "characters"),
        ({"工单编号": 2026030109123300001}, "工单编号", "last digits"),
        ({"工单编号": "2.02603E+18"}, "工单编号", "last digits"),
        ({"来电时间": ""}, "来电时间", "must be given"),
        ({"来电时间": "三月一日"}, "来电时间", "no day and time"),
        ({"来电时间": "2026-02-30 09:00"}, "来电时间", "no day and time"),
        ({"来电时间": "2026-03-01 25:00"}, "来电时间", "no day and time"),
        ({"来电时间": "2026-03-04 09:00"}, "来电时间", "lies ahead"),
        ({"来电时间": "1999-03-04 09:00"}, "来电时间", "too long ago"),
        ({"联系电话": "12"}, "联系电话", "no telephone number"),
        ({"诉求类型": "骚扰"}, "诉求类型", "not on the list"),
        ({"工单状态": "神秘"}, "工单状态", "not on the list"),
        ({"诉求标题": "", "诉求内容": " "}, "诉求内容", "what it is about"),
        ({"诉求内容": "字" * 4001}, "诉求内容", "too long"),
        ({"来电人": "名" * 81}, "来电人", "characters"),
        ({"诉求内容": '=HYPERLINK("http://example.com")'}, "诉求内容", "formula"),
        ({"地址": "@SUM(A1)"}, "地址", "formula"),
        ({"联系电话": "+cmd|' /C calc'!A0"}, "联系电话", "formula"),
    ],
)
def test_a_mistake_names_its_row_and_column_and_the_other_lines_stay_good(
    given: dict[str, object], column: str, said: str
) -> None:
    listed = read(story.sheet([line("HF-1"), line(**given), line("HF-2")]))
    assert [each.number for each in listed.lines] == ["HF-1", "HF-2"]
    assert (listed.slips[0].row, listed.slips[0].heading) == (4, column)
    assert said in listed.slips[0].text


def test_every_mistake_of_a_line_is_named_at_once() -> None:
    listed = read(story.sheet([line("", 来电时间="x", 诉求类型="y")]))
    assert {slip.heading for slip in listed.slips} == {"工单编号", "来电时间", "诉求类型"}


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("138****2345", ""),
        ("保密", ""),
        ("未知、13855512345", "13855512345"),
        ("+86 13855512345", "+86 13855512345"),
        (13855512345, "13855512345"),
        ("0551-62345678", "0551-62345678"),
    ],
)
def test_a_masked_or_withheld_number_is_none_and_does_not_hold_the_line_up(told: object, kept: str) -> None:
    [only] = read(story.sheet([line(联系电话=told, 来电人="匿名")])).lines
    assert (only.letter.who["phone"], only.letter.who["name"]) == (kept, "")


def test_a_sort_that_is_none_of_ours_is_left_to_the_clerk() -> None:
    assert read(story.sheet([line(诉求类型="表扬类")])).lines[0].letter.sort == ""


def whole(data: bytes) -> str:
    with pytest.raises(sheets.Unreadable) as refusal:
        read(data)
    return refusal.value.slip.text


def test_a_file_that_is_no_list_is_refused_as_a_whole() -> None:
    assert "not empty" in whole(b"")
    assert "at most" in whole(b"x" * (sheets.MOST_BYTES + 1))
    assert "no xlsx file" in whole(b"PK\x03\x04 broken")
    assert "old .xls" in whole(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    assert "neither" in whole(b"\x00\x01\x02\x00")
    assert "no row" in whole(story.sheet([]))
    assert "No column" in whole(story.separated([("1", "2")], headings=("甲", "乙")))
    assert "No column" in whole(story.sheet([("1", "2026-03-01")], headings=("工单编号", "来电时间")))
    assert "two columns" in whole(story.sheet([(*line(), "x")], headings=(*story.HEADINGS, "工单编号")))
    assert "rows" in whole(story.separated([line()] * (hotline.MOST_ROWS + 1)))


def test_a_bomb_and_a_program_are_refused_before_anything_is_read() -> None:
    for name, data in (("xl/worksheets/sheet1.xml", b"0" * (64 << 20)), ("xl/vbaProject.bin", b"x")):
        kept = io.BytesIO()
        with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
            made.writestr(name, data)
        assert "not accepted" in whole(kept.getvalue())


def test_a_line_that_is_known_tells_only_what_is_new_and_always_under_the_same_number() -> None:
    def told(**given: object) -> foreign.Update | None:
        [only] = read(story.sheet([line(**{"工单状态": "", **given})])).lines
        return hotline.update(only, said={"垃圾桶满溢\n" + str(line()[6])}, at=NOW)

    assert told() is None
    urged, again = told(工单状态="催办"), told(工单状态="催办")
    assert urged == again
    assert urged is not None
    assert (urged.status, urged.words, urged.at) == ("urged", "", NOW)
    noted = told(备注="市民再次来电")
    assert noted is not None
    assert (noted.status, noted.words) == ("open", "市民再次来电")
    other = told(诉求内容="另一个垃圾桶也满了")
    assert other is not None
    assert other.words.endswith("另一个垃圾桶也满了")
    assert len({urged.number, noted.number, other.number}) == 3
