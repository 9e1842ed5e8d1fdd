"""The rules of suggestions and proposals: the hostile list, the named deputy, the commitment's light."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import pytest

from sunshine.kernel.clock import Light
from sunshine.text import sheets
from sunshine.work.proposals import rules
from sunshine.work.proposals.rules import commitments, lists, naming
from tests.rooms import proposals_story as story
from tests.rooms.proposals_story import row, workbook

TODAY = date(2026, 3, 3)
AS_A_CELL = datetime(2026, 3, 2, 9)  # noqa: DTZ001  # a workbook knows no zone


def slips(data: bytes, body: str = "congress") -> list[tuple[int, str, str]]:
    """Return row, column and text of each mistake that a list has."""
    sheet = lists.read(data)
    found = list(sheet.slips)
    for each in sheet.rows:
        found += [slip.at_row(each.line) for slip in lists.check(each.entry, body=body, today=TODAY)]
    return [(slip.row, slip.heading, slip.text) for slip in found]


def test_a_sound_list_is_read_below_its_title_and_leaves_contact_data_out() -> None:
    sheet = lists.read(workbook([row(), row(编号=2, 办理方式="会办", 主办单位="市公安局")]))
    assert [(each.line, each.entry.number, each.entry.role) for each in sheet.rows] == [
        (3, "1", "lead"),
        (4, "2", "joint"),
    ]
    assert sheet.left_out == ("联系电话",)
    assert "138" not in repr(sheet)


@pytest.mark.parametrize(
    "day", ["2026-03-02", "2026/3/2", "2026年3月2日", "2026.3.2", date(2026, 3, 2), AS_A_CELL]
)
def test_a_day_is_read_however_it_was_typed(day: object) -> None:
    (only,) = lists.read(workbook([row(交办日期=day)])).rows
    assert only.entry.assigned_on == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("given", "column", "said"),
    [
        ({"编号": ""}, "编号", "must be given"),
        ({"标题": " "}, "标题", "must be given"),
        ({"标题": "题" * 301}, "标题", "characters"),
        ({"标题": "关于110101199003070716同志的建议"}, "标题", "personal data"),
        ({"标题": "=HYPERLINK(1)"}, "标题", "formula"),
        ({"提出人": "@SUM(A1)"}, "提出人", "formula"),
        ({"办理方式": "代办"}, "办理方式", "Neither"),
        ({"办理方式": "会办"}, "主办单位", "the body that leads"),
        ({"类别": "议题"}, "类别", "not on the list"),
        ({"类别": "提案"}, "类别", "does not belong"),
        ({"交办日期": "三月"}, "交办日期", "no day"),
        ({"交办日期": "2026-02-30"}, "交办日期", "no day"),
        ({"交办日期": "2026-04-01"}, "交办日期", "lies ahead"),
    ],
)
def test_a_mistake_names_its_row_its_column_and_what_is_wrong(
    given: dict[str, object], column: str, said: str
) -> None:
    found = slips(workbook([row(编号=9), row(**given)]))
    assert [(number, where) for number, where, _text in found] == [(4, column)]
    assert said in found[0][2]


def test_every_mistake_of_a_list_is_named_at_once() -> None:
    found = slips(workbook([row(编号=""), row(编号=2, 办理方式="x"), row(编号=3), row(编号=3)]))
    assert [number for number, _column, _text in found] == [3, 4, 6]


def whole(data: bytes) -> sheets.Slip:
    with pytest.raises(lists.Unreadable) as refusal:
        lists.read(data)
    return refusal.value.slip


def test_a_list_without_rows_or_without_a_needed_column_is_no_success() -> None:
    assert "no row" in whole(workbook([])).text
    assert whole(workbook([("1", "题")], headings=("编号", "标题"))).heading == "提出人、办理方式、交办日期"
    assert "two columns" in whole(workbook([row()], headings=(*story.HEADINGS[:-1], "编号"))).text


def packed(**members: bytes) -> bytes:
    """Return a sound workbook with members put beside its own, or over them."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook([row()]))) as sound, zipfile.ZipFile(kept, "w") as made:
        for name in sound.namelist():
            if name not in members:
                made.writestr(name, sound.read(name))
        for name, data in members.items():
            made.writestr(name, data)
    return kept.getvalue()


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not empty"),
        (b"PK\x03\x04 broken", "no xlsx file"),
        (b"a,b,c\n1,2,3\n", "no xlsx file"),
        (packed(**{"xl/vbaProject.bin": b"x"}), "not accepted"),
        (packed(**{"xl/sharedStrings.xml": ENTITIES}), "not accepted"),
        (packed(**{"xl/worksheets/sheet1.xml": b"<worksheet"}), "no xlsx file"),
        (packed(**{"xl/workbook.xml": b"<a/>"}), "no xlsx file"),
        (b"x" * (lists.MOST_BYTES + 1), "at most"),
    ],
)
def test_a_file_made_to_harm_or_damaged_is_refused_as_a_whole(data: bytes, said: str) -> None:
    assert said in whole(data).text


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/worksheets/sheet1.xml", b"0" * (64 << 20))
    assert "not accepted" in whole(kept.getvalue()).text


def test_more_rows_than_a_year_can_have_are_refused() -> None:
    rows = [row(编号=number) for number in range(lists.MOST_ROWS + 1)]
    assert "rows" in whole(workbook(rows)).text


@pytest.mark.parametrize(
    ("proposer", "sort", "rule", "said"),
    [
        ("王杏花", "person", "full", "王杏花代表"),
        ("王杏花", "person", "surname", "王代表"),
        ("欧阳杏花、王梨花", "person", "surname", "欧阳代表、王代表"),
        ("王杏花等3人", "person", "surname", "王代表"),
        ("王杏花", "person", "unnamed", "代表同志"),
        ("市工商联", "group", "unnamed", "市工商联"),
    ],
)
def test_a_deputy_is_named_as_the_session_says_and_a_group_in_full(
    proposer: str, sort: str, rule: str, said: str
) -> None:
    assert naming.addressed(proposer, sort, "congress", rule) == said


def test_a_full_name_in_the_text_of_a_reply_gives_way_to_the_sessions_rule() -> None:
    text = "王杏花代表提出，感谢王杏花。"
    assert naming.without_names(text, "王杏花", "person", "congress", "surname") == "王代表提出，感谢王代表。"
    assert "杏花" not in naming.without_names(text, "王杏花", "person", "congress", "unnamed")
    assert naming.without_names(text, "王杏花", "person", "congress", "full") == text


@pytest.mark.parametrize(
    ("due_on", "kept_on", "light"),
    [
        (date(2026, 6, 1), None, Light.GREEN),
        (date(2026, 4, 2), None, Light.YELLOW),
        (date(2026, 3, 3), None, Light.YELLOW),
        (date(2026, 3, 2), None, Light.RED),
        (date(2026, 3, 2), date(2026, 3, 2), Light.GREEN),
        (date(2026, 3, 1), date(2026, 3, 2), Light.RED),
    ],
)
def test_a_commitment_shows_its_light_and_kept_late_stays_red(
    due_on: date, kept_on: date | None, light: Light
) -> None:
    assert commitments.light(due_on, kept_on, TODAY) is light


def test_a_promise_is_read_from_its_line_and_a_line_without_a_day_is_a_slip() -> None:
    read = commitments.read(["2026-12-31 建成", "2026年6月30日：开放", "尽快办理", "", "2026-02-30 建成"])
    assert read == [
        (date(2026, 12, 31), "建成"),
        (date(2026, 6, 30), "开放"),
        commitments.Slip("尽快办理"),
        commitments.Slip("2026-02-30 建成"),
    ]


def test_each_text_of_the_law_gives_three_months_and_three_more() -> None:
    led = [each for each in rules.PROCEDURES if each.kind in rules.LED]
    assert {(each.kind, each.version) for each in led} == {
        (rules.SUGGESTION, "2015"),
        (rules.SUGGESTION, "2025"),
        (rules.PROPOSAL, "2015"),
    }
    for each in led:
        (extension,) = [effect.period for effect in each.act_named("extend").clocks]
        assert extension is not None
        assert each.clocks["reply"].length + extension.length == 6
