"""The yearly list: a sheet of what was assigned, read with patience and refused with row, column and rule.

The file comes from outside and is not trusted: no programs, no formulas, no bombs, no more rows than a
year can have. Contact data of deputies is never taken in; its columns are named as left out.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from sunshine.kernel.words import gettext_noop as _
from sunshine.text import containers, normal
from sunshine.work.proposals.rules import naming, terms

MOST_BYTES = 10 << 20
MOST_ROWS = 5_000
MOST_COLUMNS = 60
MOST_BEFORE_HEADINGS = 10
LONGEST_TITLE, LONGEST_TEXT = 300, 20_000
LIST = "PRP-LEAD: local rule"
FILE = "own rule: files from outside"

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

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]\d{1,2}:.*)?")
_ROLE_WORDS = {"协办": terms.JOINT, "会办件": terms.JOINT, "主办件": terms.LEAD, "牵头": terms.LEAD}
_FORMULA = re.compile(r"[=+@]|-(?!\d)")


@dataclass(frozen=True, slots=True)
class Slip:
    """One mistake: in which row and column, what is wrong, which rule asks; row 0 is the file itself."""

    column: str
    text: str
    rule: str
    params: Mapping[str, object] = field(default_factory=dict)
    row: int = 0

    def at_row(self, row: int) -> Slip:
        """Return the slip with its row."""
        return replace(self, row=row)

    @property
    def heading(self) -> str:
        """The column as a sheet calls it."""
        return HEADINGS[self.column][0] if self.column in HEADINGS else self.column


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


class Unreadable(Exception):
    """The file as a whole cannot be taken in."""

    def __init__(self, slip: Slip) -> None:
        super().__init__(slip.text)
        self.slip = slip


def read(data: bytes) -> Sheet:
    """Return what the first sheet of a workbook lists.

    :raises Unreadable: no workbook, made to harm, without the columns that are needed, or without a row
    """
    rows = _cells(data)
    line, columns, left_out = _headings(rows)
    found: list[Row] = []
    slips: list[Slip] = []
    seen: dict[str, int] = {}
    for number, cells in enumerate(rows[line:], start=line + 1):
        if not any(_text(cell) for cell in cells):
            continue
        values = {name: cells[place] if place < len(cells) else None for name, place in columns.items()}
        entry, wrong = _entry(values)
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
    return Sheet(tuple(found), tuple(slips), left_out)


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


def _cells(data: bytes) -> list[tuple[Any, ...]]:
    """Return the rows of the first sheet; formulas stay visible as such, so that they can be refused."""
    if not data or len(data) > MOST_BYTES:
        raise Unreadable(
            Slip("", _("A list has at most %(most)d MB and is not empty."), FILE, {"most": MOST_BYTES >> 20})
        )
    try:
        _refuse_hostile(data)
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        try:
            return _limited(book.worksheets[0])
        finally:
            book.close()
    except containers.Hostile as error:
        raise Unreadable(Slip("", _("This file is built in a way that is not accepted."), FILE)) from error
    except (
        *(zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, AttributeError),
        *(IndexError, EOFError, OverflowError, SyntaxError, RecursionError, NotImplementedError),
    ) as error:  # what the reader lets through for broken input
        raise Unreadable(Slip("", _("This is no xlsx file, or it is damaged."), FILE)) from error


def _refuse_hostile(data: bytes) -> None:
    with containers.checked(data) as archive:
        for name in archive.namelist():
            lower = name.lower()
            if lower.endswith((".bin", ".exe", ".dll", ".js", ".vbs")) and "printersettings" not in lower:
                raise containers.Hostile("it carries programs")
            if lower.endswith((".xml", ".rels")):
                head = containers.member(archive, name)
                if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                    raise containers.Hostile("its markup declares entities")


def _limited(sheet: Any) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for row in sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS):
        if len(rows) > MOST_ROWS:
            raise Unreadable(Slip("", _("A list has at most %(most)d rows."), FILE, {"most": MOST_ROWS}))
        rows.append(row)
    return rows


def _headings(rows: list[tuple[Any, ...]]) -> tuple[int, dict[str, int], tuple[str, ...]]:
    """Return the number of the row of headings, the place of each column, and what is left out.

    The headings may stand below a title; the row that names most of our columns is theirs.
    """
    ranked = [(len(_columns(row)), number) for number, row in enumerate(rows[:MOST_BEFORE_HEADINGS], start=1)]
    most, line = max(ranked, key=lambda each: (each[0], -each[1]), default=(0, 1))
    columns = _columns(rows[line - 1]) if most else {}
    missing = [HEADINGS[name][0] for name in NEEDED if name not in columns]
    if missing:
        text = _("No column has the heading: %(missing)s.")
        raise Unreadable(Slip("、".join(missing), text, LIST, {"missing": "、".join(missing)}, row=line))
    twice = [name for name, places in _places(rows[line - 1]).items() if len(places) > 1]
    if twice:
        heading = HEADINGS[twice[0]][0]
        raise Unreadable(Slip(heading, _("This heading stands over two columns."), LIST, row=line))
    known = set(columns.values())
    others = [_text(cell) for place, cell in enumerate(rows[line - 1]) if place not in known and _text(cell)]
    return line, columns, tuple(others)


def _places(row: tuple[Any, ...]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, cell in enumerate(row):
        bare = _text(cell).replace(" ", "").lower()
        if CONTACT.search(bare):
            continue
        for name, headings in HEADINGS.items():
            if bare in headings:
                found.setdefault(name, []).append(place)
    return found


def _columns(row: tuple[Any, ...]) -> dict[str, int]:
    return {name: places[0] for name, places in _places(row).items()}


def _entry(values: Mapping[str, Any]) -> tuple[Entry | None, list[Slip]]:
    """Return the entry of a row, or None with a slip for each cell that cannot be used."""
    told = {name: _text(value) for name, value in values.items()}
    slips = [
        Slip(name, _("A formula or a sign of one stands here; a list holds plain values."), FILE)
        for name, value in values.items()
        if isinstance(value, str) and _FORMULA.match(value.strip())
    ]
    slips += [Slip(name, _("This must be given."), LIST) for name in NEEDED if not told[name]]
    assigned_on = _day(values["assigned_on"])
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


def _text(value: Any) -> str:
    """Return a cell as it is read: no blanks around it, a whole number without its point."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return normal.printable(str(value)).strip()


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    match = _DAY.fullmatch(_text(value))
    try:
        return date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        return None
