"""The list that a hotline's platform hands over: its columns, its lines, and what each of them says.

CH-LIST: the number of the platform makes a line known again, so a list that comes twice, or one that
overlaps another, enters nothing twice. A line that cannot be used says why; the others go in without it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sunshine.kernel import canonical, period
from sunshine.kernel.words import gettext_noop as _
from sunshine.text import sheets
from sunshine.work.correspondence.rules import foreign, posting, terms
from sunshine.work.correspondence.rules.posting import Letter
from sunshine.work.correspondence.rules.table import CASES_FROM

MOST_ROWS: Final = 2_000
LONGEST_NUMBER, LONGEST_NAME, LONGEST_PLACE = 120, 80, 300
LIST: Final = "CH-LIST: own rule"

HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "number": ("工单编号", "工单号", "受理编号", "受理单号", "诉求编号", "案件编号", "流水号", "编号"),
    "arrived_at": ("来电时间", "诉求时间", "反映时间", "受理时间", "登记时间", "创建时间"),
    "name": ("来电人", "来电人姓名", "姓名", "诉求人", "诉求人姓名", "市民姓名", "反映人", "联系人"),
    "phone": (
        "联系电话",
        "联系方式",
        "联系号码",
        "手机号码",
        "手机号",
        "手机",
        "电话",
        "来电号码",
        "主叫号码",
    ),
    "home": ("联系地址", "来电人地址", "住址"),
    "sort": ("诉求类型", "诉求类别", "诉求性质", "工单类型", "受理类型", "类型"),
    "title": ("诉求标题", "工单标题", "标题", "主题"),
    "text": ("诉求内容", "工单内容", "反映内容", "诉求描述", "问题描述", "具体内容", "内容"),
    "address": ("地址", "诉求地址", "事发地址", "事发地点", "问题地址", "问题地点", "地点", "位置"),
    "status": ("工单状态", "办理状态", "当前状态", "状态"),
    "note": ("办理情况", "补充内容", "催办内容", "追加内容", "备注"),
    "told_at": ("更新时间", "状态时间", "催办时间", "办结时间"),
}
NEEDED: Final = ("number", "arrived_at")
SAYS: Final = ("text", "title")
"""Columns of which one says what a line is about."""

SORTS: Final[Mapping[str, str]] = {
    **{each.term: each.code for each in terms.SORTS},
    **dict.fromkeys(("意见", "意见建议"), terms.SUGGESTION.code),
    **dict.fromkeys(("求决", "诉求", "咨询求助"), terms.HELP.code),
    **dict.fromkeys(("表扬", "感谢", "其他", "其它"), ""),
    "投诉举报": terms.COMPLAINT.code,
}
"""Words of the platforms and our sorts; what is none of ours waits for the clerk to sort it."""

STATUSES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("办结", "已办结", "已结案", "结案", "已关闭", "已归档", "已完成"), foreign.CLOSED),
    **dict.fromkeys(("催办", "已催办", "催办中"), foreign.URGED),
    **dict.fromkeys(("待受理", "已受理", "待派单", "已派单", "待签收", "已签收"), foreign.OPEN),
    **dict.fromkeys(("待办理", "办理中", "处理中", "待办", "在办", "转办", "已转办"), foreign.OPEN),
    **dict.fromkeys(("重办", "退回", "已退回", "延期", "已延期"), foreign.OPEN),
    **dict.fromkeys(("待回复", "已回复", "待回访", "已回访"), foreign.OPEN),
}
NOBODY: Final = frozenset(("匿名", "保密", "不详", "未知", "无", "-", "—", "/", "未提供", "不愿透露"))
_APART = re.compile(r"[、,，;；/]")


class Slip(sheets.Slip):
    """One mistake of a hotline's list."""

    __slots__ = ()
    known = HEADINGS


@dataclass(frozen=True, slots=True)
class Line:
    """A line that could be read; `status` is empty where the list says nothing of it."""

    row: int
    number: str
    arrived_at: datetime
    letter: Letter
    status: str = ""
    note: str = ""
    told_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list holds: the lines that can be used, the mistakes of the others, the columns left out."""

    lines: tuple[Line, ...]
    slips: tuple[Slip, ...]
    left_out: tuple[str, ...]


def read(data: bytes, *, channel: str, at: datetime) -> Listed:
    """Return what a list says, line by line.

    :raises Unreadable: no list, made to harm, too long, without a column that is needed, or without a line
    """
    rows = sheets.rows(data, most=MOST_ROWS)
    head = sheets.headings(rows, HEADINGS, needed=NEEDED, rule=LIST, may_stand_beside=True)
    if not any(name in head.columns for name in SAYS):
        missing = HEADINGS["text"][0]
        text = _("No column has the heading: %(missing)s.")
        raise sheets.Unreadable(Slip("text", text, LIST, {"missing": missing}, row=head.line))
    lines: list[Line] = []
    slips: list[Slip] = []
    for row, cells in enumerate(rows[head.line :], start=head.line + 1):
        if sheets.is_blank(cells):
            continue
        line, wrong = _line(row, head.values(cells), channel, at)
        slips += [slip.at_row(row) for slip in wrong]
        lines += [line] if line is not None else []
    if not lines and not slips:
        raise sheets.Unreadable(Slip("", _("The list holds no row below its headings."), LIST))
    return Listed(tuple(lines), tuple(slips), head.left_out)


def _line(row: int, cells: Mapping[str, Any], channel: str, at: datetime) -> tuple[Line | None, list[Slip]]:
    """Return the line of a row, or None with a slip for each cell that cannot be used."""
    told = {name: sheets.text(cells.get(name)) for name in HEADINGS}
    slips = [
        Slip(name, sheets.FORMULA, sheets.FILE)
        for name, value in cells.items()
        if sheets.is_formula(value) and not (name == "phone" and posting.PHONE_ANYWHERE.fullmatch(told[name]))
    ]
    slips += [Slip(name, _("This must be given."), LIST) for name in NEEDED if not told[name]]
    slips += _too_long(told)
    if sheets.is_cut(cells.get("number")):
        text = _("The sheet cut the last digits of this number; hand it over with the column as text.")
        slips.append(Slip("number", text, LIST))
    arrived_at, told_at = (_moment(name, cells, slips, at) for name in ("arrived_at", "told_at"))
    sort = _chosen("sort", told, SORTS, slips, ending="类")
    status = _chosen("status", told, STATUSES, slips)
    letter = Letter(
        channel=channel,
        text=_said(told),
        sort=sort,
        address=told["address"],
        who={"name": _somebody(told["name"]), "phone": _phone(told["phone"]), "address": told["home"]},
    )
    slips += [
        Slip(reason.field or "text", reason.text, reason.basis or LIST, reason.params)
        for reason in posting.letter_is_sound(letter).reasons
    ]
    if slips or arrived_at is None:
        return None, slips
    return Line(row, told["number"], arrived_at, letter, status, told["note"], told_at), []


def _too_long(told: Mapping[str, str]) -> list[Slip]:
    limits = {
        "number": LONGEST_NUMBER,
        "name": LONGEST_NAME,
        "home": LONGEST_PLACE,
        "address": LONGEST_PLACE,
        "note": posting.MOST_WORDS,
    }
    text = _("At most %(most)d characters stand here.")
    return [Slip(name, text, LIST, {"most": most}) for name, most in limits.items() if len(told[name]) > most]


def _moment(name: str, cells: Mapping[str, Any], slips: list[Slip], at: datetime) -> datetime | None:
    text = sheets.text(cells.get(name))
    found = sheets.moment(cells.get(name))
    if text and found is None:
        slips.append(Slip(name, _("This is no day and time: “%(text)s”."), LIST, {"text": text[:40]}))
    elif found is not None and found > at:
        slips.append(Slip(name, _("This moment lies ahead."), LIST))
    elif found is not None and period.day_of(found) < CASES_FROM:
        slips.append(Slip(name, _("This is too long ago to be true."), LIST))
    return found


def _chosen(
    name: str, told: Mapping[str, str], known: Mapping[str, str], slips: list[Slip], *, ending: str = ""
) -> str:
    """Return what the platform’s word means here; an empty cell means nothing, an unknown one is a slip."""
    word = told[name]
    bare = word.removesuffix(ending) if ending else word
    if word and word not in known and bare not in known:
        slips.append(Slip(name, _("This is not on the list: “%(text)s”."), LIST, {"text": word[:40]}))
    return known.get(word, known.get(bare, ""))


def _said(told: Mapping[str, str]) -> str:
    title, text = told["title"], told["text"]
    return text if not title or title in text else "\n".join(filter(None, (title, text)))


def _somebody(name: str) -> str:
    return "" if name in NOBODY else name


def _phone(text: str) -> str:
    """Return the first number that a cell holds; one that the platform has masked is none."""
    numbers = [each.strip() for each in _APART.split(text) if each.strip()]
    sound = [each for each in numbers if posting.PHONE.fullmatch(each)]
    if sound or text in NOBODY or "*" in text:
        return sound[0] if sound else ""
    return text


def update(line: Line, *, said: Collection[str], at: datetime) -> foreign.Update | None:
    """Return what a line says of a case that is known by its number, or None where that is nothing.

    The update bears a digest of the line as its number, so the same line says it once; what the list
    gives no time for counts from the moment at which it is heard.

    :param said: texts under which the case is known here
    """
    text = line.letter.text.strip()
    words = "\n".join(filter(None, ("" if text in said else text, line.note)))
    if not line.status and not words:
        return None
    known = {
        "status": line.status,
        "text": text,
        "note": line.note,
        "at": line.told_at.isoformat() if line.told_at else "",
    }
    number = f"list-{hashlib.sha256(canonical.encode(known)).hexdigest()[:32]}"
    return foreign.Update(number, line.told_at or at, line.status or foreign.OPEN, words)
