"""The sheet of metadata that may come with the files: CSV from any office program, read with patience."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath

from sunshine.kernel.words import gettext_noop
from sunshine.text import extract, normal, sheets
from sunshine.work.documents.rules import terms

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "file": ("file", "filename", "path", "文件", "文件名", "文件名称", "路径"),
    "title": ("title", "标题", "题名", "名称"),
    "number": ("number", "发文字号", "文号", "文件编号"),
    "formed_on": ("formed_on", "date", "成文日期", "成文时间", "生成日期", "印发日期", "日期"),
    "kind": ("kind", "类型", "文种", "体裁", "类别", "体裁分类"),
    "topic": ("topic", "主题", "主题分类", "分类"),
    "department": ("department", "发文机关", "发布机构", "发布机关", "发文单位", "公开主体", "部门"),
    "item": ("item", "目录事项", "目录", "目录编码", "公开事项"),
    "effective_from": ("effective_from", "施行日期", "生效日期", "实施日期"),
    "valid_until": ("valid_until", "有效期至", "失效日期"),
    "repealed_on": ("repealed_on", "废止日期"),
    "summary": ("summary", "摘要", "内容概述", "概述"),
}
"""Our names of the columns, each with the headings it is found under."""

DAYS = frozenset({"formed_on", "effective_from", "valid_until", "repealed_on"})
NO_DAY = gettext_noop("The table names no day that can be read: “%(text)s”")
NO_KIND = gettext_noop("The table names a kind of document that we do not have: “%(text)s”")

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]\d{1,2}:.*)?")
_RUN_TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})")


class BadTable(Exception):
    """The sheet cannot be used; the message says what to mend in it."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A cell that cannot be used: a message with its values."""

    text: str
    params: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """What the sheet says of one file: JSON values by our names, and the cells that could not be used."""

    line: int
    file: str
    values: Mapping[str, str] = field(default_factory=dict)
    slips: tuple[Slip, ...] = ()


class Table:
    """The rows of a sheet by the files that they speak of."""

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self.rows = tuple(rows)
        self._by_path = {row.file: row for row in self.rows}
        self._by_name: dict[str, list[Row]] = {}
        for row in self.rows:
            self._by_name.setdefault(PurePosixPath(row.file).name, []).append(row)

    def row(self, name: str) -> Row | None:
        """Return the row of a file: by its whole path, else by its bare name where only one row has it."""
        found = self._by_path.get(name)
        if found is None:
            named = self._by_name.get(PurePosixPath(name).name, [])
            alone = named[0] if len(named) == 1 else None
            found = alone if alone and "/" not in alone.file else None
        return found


def read(data: bytes) -> Table:
    """Return the table that the bytes of a sheet hold: UTF-8, UTF-16 or GB 18030; commas, tabs or semicolons.

    :raises BadTable: no column names the files, a heading stands twice, or a file has two rows
    """
    text = extract.decoded(data)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=sheets.delimiter(text))
    try:
        headings = [_heading(cell) for cell in next(lines, [])]
        _refuse_unclear(headings)
        rows = [
            _row(number, dict(zip(headings, cells, strict=False)))
            for number, cells in enumerate(lines, start=2)
            if any(cell.strip() for cell in cells)
        ]
    except csv.Error as error:
        raise BadTable(f"line {lines.line_num}: {error}") from error
    _refuse_doubles(rows)
    return Table(rows)


def day_of(text: str) -> date | None:
    """Return the day that a cell names: 2018-03-05, 2018/3/5, 2018.3.5, 2018年3月5日 or 20180305."""
    bare = normal.plain(text).strip()
    match = _DAY.fullmatch(bare) or _RUN_TOGETHER.fullmatch(bare)
    try:
        return date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        return None


def kind_of(text: str) -> str:
    """Return the code of the kind that a cell names by code, label or statutory term; empty for none."""
    bare = text.strip()
    for kind in terms.KINDS:
        if bare.lower() in (kind.code, kind.label.lower()) or bare == kind.term:
            return kind.code
    return ""


def _heading(cell: str) -> str:
    bare = cell.strip().lstrip("\ufeff").strip().lower().replace(" ", "_")
    return next((name for name, known in HEADINGS.items() if bare in known), "")


def _refuse_unclear(headings: list[str]) -> None:
    if "file" not in headings:
        raise BadTable("no column names the files: give one the heading “file” (文件)")
    doubled = {name for name in headings if name and headings.count(name) > 1}
    if doubled:
        raise BadTable(f"more than one column says “{'”, “'.join(sorted(doubled))}”")


def _refuse_doubles(rows: list[Row]) -> None:
    seen: dict[str, int] = {}
    for row in rows:
        if row.file in seen:
            raise BadTable(f"lines {seen[row.file]} and {row.line} both speak of {row.file}")
        seen[row.file] = row.line


def _row(line: int, cells: Mapping[str, str]) -> Row:
    values: dict[str, str] = {}
    slips: list[Slip] = []
    for name, cell in cells.items():
        text = cell.strip()
        if not name or name == "file" or not text:
            continue
        if name in DAYS:
            day = day_of(text)
            value, slip = (day.isoformat() if day else ""), NO_DAY
        elif name == "kind":
            value, slip = kind_of(text), NO_KIND
        else:
            value, slip = text, ""
        if value:
            values[name] = value
        else:
            slips.append(Slip(slip, {"text": text[:60]}))
    return Row(line, _path(cells.get("file", "")), values, tuple(slips))


def _path(cell: str) -> str:
    parts = [part for part in cell.strip().replace("\\", "/").split("/") if part not in ("", ".")]
    return "/".join(parts)
