"""The rows of the national forms in which an answer counts: closed lists, each with its days.

A class is what the letter says; a row is where the yearly table counts it. The row of an answer is that
of the form in force on the day of the answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sunshine.work.requests.rules.outcomes import (
    ABNORMAL,
    ALREADY_PUBLIC,
    DISCLOSED,
    ENDANGERS,
    LAPSED,
    MERGED,
    NOT_HELD,
    NOT_OURS,
    OTHER,
    PARTIAL,
    REPEATED,
    STATE_SECRET,
    STILL_UNCLEAR,
    THIRD_PARTY,
    UNPAID,
    WITHDRAWN,
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the yearly table: our code, the group it stands in, its string to the character."""

    code: str
    group: str
    term: str


@dataclass(frozen=True, slots=True)
class Form:
    """A national form, in force for answers from one day to another; which outcome counts in which row."""

    version: str
    basis: str
    valid_from: date
    valid_to: date | None
    rows: tuple[Row, ...]
    row_of: Mapping[str, str]

    def applies(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


GRANTED, IN_PART = "（一）予以公开", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"
REFUSED, IMPOSSIBLE, UNTREATED, OTHERWISE = (
    "（三）不予公开",
    "（四）无法提供",
    "（五）不予处理",
    "（六）其他处理",
)
_NO_REPLY_COMPLETED = "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"
_NO_REPLY_PAID = "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"

_SHARED_ROWS = (
    Row("1", GRANTED, GRANTED),
    Row("2", IN_PART, IN_PART),
    Row("3.1", REFUSED, "1.属于国家秘密"),
    Row("3.2", REFUSED, "2.其他法律行政法规禁止公开"),
    Row("3.3", REFUSED, "3.危及“三安全一稳定”"),
    Row("3.4", REFUSED, "4.保护第三方合法权益"),
    Row("3.5", REFUSED, "5.属于三类内部事务信息"),
    Row("3.6", REFUSED, "6.属于四类过程性信息"),
    Row("3.7", REFUSED, "7.属于行政执法案卷"),
    Row("3.8", REFUSED, "8.属于行政查询事项"),
    Row("4.1", IMPOSSIBLE, "1.本机关不掌握相关政府信息"),
    Row("4.2", IMPOSSIBLE, "2.没有现成信息需要另行制作"),
    Row("4.3", IMPOSSIBLE, "3.补正后申请内容仍不明确"),
    Row("5.1", UNTREATED, "1.信访举报投诉类申请"),
    Row("5.2", UNTREATED, "2.重复申请"),
    Row("5.3", UNTREATED, "3.要求提供公开出版物"),
    Row("5.4", UNTREATED, "4.无正当理由大量反复申请"),
    Row("5.5", UNTREATED, "5.要求行政机关确认或重新出具已获取信息"),
)
_SHARED = {
    DISCLOSED: "1",
    ALREADY_PUBLIC: "1",
    PARTIAL: "2",
    STATE_SECRET: "3.1",
    "forbidden_by_law": "3.2",
    ENDANGERS: "3.3",
    THIRD_PARTY: "3.4",
    "internal_affairs": "3.5",
    "process": "3.6",
    "enforcement_file": "3.7",
    "special_inquiry": "3.8",
    NOT_HELD: "4.1",
    NOT_OURS: "4.1",
    "to_be_made": "4.2",
    STILL_UNCLEAR: "4.3",
    "petition": "5.1",
    REPEATED: "5.2",
    "publication": "5.3",
    ABNORMAL: "5.4",
    "confirm_again": "5.5",
}
_REFUSALS = dict.fromkeys(
    (
        STATE_SECRET,
        "forbidden_by_law",
        ENDANGERS,
        THIRD_PARTY,
        "internal_affairs",
        "process",
        "enforcement_file",
    ),
    "08.4",
)

FORMS = (
    Form(
        "2008",
        "政府信息公开统计表 (2008年条例)",
        date(2008, 5, 1),
        date(2018, 12, 31),
        tuple(
            Row(f"08.{number}", "", term)
            for number, term in enumerate(
                (
                    "已主动公开",
                    "同意公开",
                    "同意部分公开",
                    "不同意公开",
                    "不属于本行政机关公开",
                    "申请信息不存在",
                    "告知作出更改补充",
                    "告知通过其他途径办理",
                ),
                1,
            )
        ),
        {
            ALREADY_PUBLIC: "08.1",
            DISCLOSED: "08.2",
            PARTIAL: "08.3",
            **_REFUSALS,
            NOT_OURS: "08.5",
            NOT_HELD: "08.6",
            STILL_UNCLEAR: "08.7",
            LAPSED: "08.7",
            "petition": "08.8",
            OTHER: "08.8",
        },
    ),
    # AR-FORM-2019: the sixth group was one undivided row.
    Form(
        "2019",
        "国办公开办函〔2019〕60号",
        date(2019, 1, 1),
        date(2020, 12, 31),
        (*_SHARED_ROWS, Row("6", OTHERWISE, OTHERWISE)),
        {**_SHARED, **dict.fromkeys((LAPSED, UNPAID, WITHDRAWN, MERGED, OTHER), "6")},
    ),
    # AR-FORM-2021
    Form(
        "2021",
        "国办公开办函〔2021〕30号",
        date(2021, 1, 1),
        None,
        (
            *_SHARED_ROWS,
            Row("6.1", OTHERWISE, _NO_REPLY_COMPLETED),
            Row("6.2", OTHERWISE, _NO_REPLY_PAID),
            Row("6.3", OTHERWISE, "3.其他"),
        ),
        {**_SHARED, LAPSED: "6.1", UNPAID: "6.2", **dict.fromkeys((WITHDRAWN, MERGED, OTHER), "6.3")},
    ),
)


def form_on(day: date) -> Form:
    """Return the form in which an answer of this day counts."""
    return next(form for form in FORMS if form.applies(day))


def row_of(outcome: str, on: date) -> str:
    """Return the code of the row in which an answer counts; empty where the form of that day has none."""
    return form_on(on).row_of.get(outcome, "")
