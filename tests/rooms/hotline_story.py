"""How tests tell the story of a hotline's list: the columns that a platform exports, as sheet or as text."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import openpyxl

HEADINGS = (
    "工单编号",
    "来电时间",
    "来电人",
    "联系电话",
    "诉求类型",
    "诉求标题",
    "诉求内容",
    "地址",
    "工单状态",
    "备注",
    "承办期限",
)


def line(number: object = "HF20260301001", **given: object) -> tuple[object, ...]:
    """Return a line of a list; name a heading to say something else there."""
    values: dict[str, object] = {
        "工单编号": number,
        "来电时间": "2026-03-01 09:12:33",
        "来电人": "王小明",
        "联系电话": "13855512345",
        "诉求类型": "投诉",
        "诉求标题": "垃圾桶满溢",
        "诉求内容": "长江路与金寨路交口东北角的垃圾桶三天没有清运，气味很大。",
        "地址": "长江路1号",
        "工单状态": "办理中",
        "备注": "",
        "承办期限": "2026-03-06",
        **given,
    }
    return tuple(values[name] for name in HEADINGS)


def sheet(lines: Sequence[Sequence[object]], headings: Sequence[str] = HEADINGS) -> bytes:
    """Return a list as the platform's workbook, below a title."""
    book = openpyxl.Workbook()
    made = book.active
    assert made is not None
    made.append(["12345热线工单导出"])
    made.append(list(headings))
    for each in lines:
        made.append(list(each))
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def separated(
    lines: Sequence[Sequence[object]], headings: Sequence[str] = HEADINGS, encoding: str = "gb18030"
) -> bytes:
    """Return a list as separated values, as an office program of China writes them."""
    text = io.StringIO()
    csv.writer(text).writerows([headings, *lines])
    return text.getvalue().encode(encoding)
