"""The yearly list: a sheet of what was assigned, read with patience and refused with row, column and rule.

The file comes from outside and is not trusted: no programs, no formulas, no bombs, no more rows than a
year can have. Contact data of deputies is never taken in; its columns are named as left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sunshine.kernel.words import gettext_noop as _
from sunshine.text import sheets
from sunshine.text.sheets import FILE, MOST_BYTES, Unreadable
from sunshine.work.proposals.rules import naming, terms

__all__ = ["HEADINGS", "MOST_BYTES", "NEEDED", "Entry", "Row", "Sheet", "Slip", "Unreadable", "check", "read"]

MOST_ROWS = 5_000
LONGEST_TITLE, LONGEST_TEXT = 300, 20_000
LIST = "PRP-LEAD: local rule"

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "number": ("编号", "建议编号", "提案编号", "建议号", "提案号", "案号", "number"),
    "title": ("标题", "案由", "建议标题", "提案标题", "题目", "建议名称", "提案名称", "title"),
    "proposer": ("提出人", "领衔代表", "代表姓名", "提案人", "第一提案人", "提案者", "提出者", "proposer"),
    "proposer_sort": ("提出人类别", "提案者类别", "proposer_sort"),
    "sort": ("类别", "种类", "sort"),
    "role": ("办理方式", "承办方式", "办理类型", "role"),
    "lead_body": ("主办单位", "牵头单位", "lead_body"),
    "joint_bodies": ("会办单位", "协办单位", "joint_bodies"),
    "assigned_on": ("交办日期", "交办时间", "交办日", "assigned_on"),
    "text": ("内容", "建议内容", "提案内容", "正文", "text"),
}
"""Our names of the columns, each with the headings it is found under; the first is shown."""

NEEDED = ("number", "title", "proposer", "role", "assigned_on")
CONTACT = re.compile(r"电话|手机|邮箱|邮件|地址|住址|身份证|微信|传真|邮编|联系方式|通讯")

_ROLE_WORDS = {"协办": terms.JOINT, "会办件": terms.JOINT, "主办件": terms.LEAD, "牵头": terms.LEAD}


class Slip(sheets.Slip):
    """One mistake of a yearly list."""

    __slots__ = ()
    known = HEADINGS


@dataclass(frozen=True, slots=True)
class Entry:
    """One suggestion or proposal as a list or a form gives it; without a sort it is the body's usual one."""

    number: str
    title: str
    proposer: str
    role: str
    assigned_on: date
    sort: str = ""
    proposer_sort: str = terms.PERSON.code
    lead_body: str = ""
    joint_bodies: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the sheet that could be read."""

    line: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a list holds: its rows, its slips, and the columns that are not taken in."""

    rows: tuple[Row, ...]
    slips: tuple[Slip, ...]
    left_out: tuple[str, ...]


def read(data: bytes) -> Sheet:
    """Return what the first sheet of a workbook lists.

    :raises Unreadable: no workbook, made to harm, without the columns that are needed, or without a row
    """
    rows = sheets.workbook(data, most=MOST_ROWS)
    head = sheets.headings(rows, HEADINGS, needed=NEEDED, rule=LIST, never=CONTACT)
    found: list[Row] = []
    slips: list[Slip] = []
    seen: dict[str, int] = {}
    for number, cells in enumerate(rows[head.line :], start=head.line + 1):
        if sheets.is_blank(cells):
            continue
        entry, wrong = _entry(head.values(cells))
        slips += [slip.at_row(number) for slip in wrong]
        if entry is None:
            continue
        if entry.number in seen:
            text = _("Row %(other)d has the same number.")
            slips.append(Slip("number", text, LIST, {"other": seen[entry.number]}, row=number))
        seen.setdefault(entry.number, number)
        found.append(Row(number, entry))
    if not found and not slips:
        raise Unreadable(Slip("", _("The list holds no row below its headings."), LIST))
    return Sheet(tuple(found), tuple(slips), head.left_out)


def check(entry: Entry, *, body: str, today: date) -> list[Slip]:
    """Return what is wrong with an entry whose cells could be read."""
    return list(_checked(entry, body, today))


def _checked(entry: Entry, body: str, today: date) -> Iterator[Slip]:
    if entry.assigned_on > today:
        yield Slip("assigned_on", _("The day of assignment lies ahead."), LIST)
    if entry.role == terms.JOINT.code and not entry.lead_body:
        yield Slip("lead_body", _("Where we give our opinion, the body that leads is named."), LIST)
    is_proposal = entry.sort == terms.PROPOSAL.code
    if entry.sort and is_proposal != (body == terms.CPPCC.code):
        yield Slip("sort", _("This sort does not belong to the body of the session."), LIST)
    if naming.holds_personal_data([entry.title]):
        yield Slip("title", _("The title holds personal data."), "PII-GATE")


def _entry(values: Mapping[str, Any]) -> tuple[Entry | None, list[Slip]]:
    """Return the entry of a row, or None with a slip for each cell that cannot be used."""
    told = {name: sheets.text(value) for name, value in values.items()}
    slips = [Slip(name, sheets.FORMULA, FILE) for name, value in values.items() if sheets.is_formula(value)]
    slips += [Slip(name, _("This must be given."), LIST) for name in NEEDED if not told[name]]
    assigned_on = sheets.day(values["assigned_on"])
    if told["assigned_on"] and assigned_on is None:
        slips.append(_unknown("assigned_on", told, _("This is no day: “%(text)s”.")))
    role = _ROLE_WORDS.get(told["role"]) or terms.by_term(told["role"], terms.ROLES)
    if told["role"] and role is None:
        slips.append(_unknown("role", told, _("Neither 主办, 分办 nor 会办: “%(text)s”.")))
    sort = _chosen(told, "sort", terms.SORTS, slips)
    proposer_sort = _chosen(told, "proposer_sort", terms.PROPOSERS, slips)
    for name, most in (("title", LONGEST_TITLE), ("text", LONGEST_TEXT), ("number", 20), ("proposer", 300)):
        if len(told.get(name, "")) > most:
            text = _("At most %(most)d characters stand here.")
            slips.append(Slip(name, text, LIST, {"most": most}))
    if slips or role is None or assigned_on is None:
        return None, slips
    chosen = {"sort": sort, "proposer_sort": proposer_sort}
    plain = {name: told.get(name, "") for name in ("number", "title", "proposer", "lead_body", "text")}
    limits = {"lead_body": 120}
    kept = {name: value[: limits.get(name, LONGEST_TEXT)] for name, value in plain.items()}
    return (
        Entry(
            **kept,
            joint_bodies=told.get("joint_bodies", "")[:500],
            role=role.code,
            assigned_on=assigned_on,
            **{name: term.code for name, term in chosen.items() if term is not None},
        ),
        [],
    )


def _chosen(
    told: Mapping[str, str], name: str, among: tuple[terms.Term, ...], slips: list[Slip]
) -> terms.Term | None:
    """Return the term that a cell names; an empty cell names none, another word is a slip."""
    text = told.get(name, "")
    words = {"代表": terms.PERSON, "委员": terms.PERSON, "建议": terms.SUGGESTION, "提案": terms.PROPOSAL}
    words |= dict.fromkeys(("党派", "界别", "集体", "团体", "专委会", "人民团体"), terms.GROUP)
    found = terms.by_term(text, among) or (words.get(text) if words.get(text) in among else None)
    if text and found is None:
        slips.append(_unknown(name, told, _("This is not on the list: “%(text)s”.")))
    return found


def _unknown(name: str, told: Mapping[str, str], text: str) -> Slip:
    return Slip(name, text, LIST, {"text": told[name][:40]})
