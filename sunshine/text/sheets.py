"""Lists from outside as rows of cells: a workbook or separated values, and never trusted.

No programs, no formulas, no bombs, no more rows than are asked for. What is wrong is a `Slip` that names
row and column; which columns a list has, and what a cell must say, is the affair of who asks.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Self

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from sunshine.kernel import period
from sunshine.kernel.words import gettext_noop as _
from sunshine.text import containers, extract, normal

MOST_BYTES = 10 << 20
MOST_COLUMNS = 60
MOST_BEFORE_HEADINGS = 10
FILE = "WEB-SEC"
FORMULA = _("A formula or a sign of one stands here; a list holds plain values.")
PACKED, OLD = b"PK", b"\xd0\xcf\x11\xe0"
EXACT = 10**15
"""Whole numbers from here on are not kept exactly by a sheet: it writes zeros for the last digits."""

Cells = tuple[Any, ...]
Headings = Mapping[str, tuple[str, ...]]
"""Our names of the columns, each with the headings it is found under; the first is shown."""

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]\d{1,2}:.*)?")
_MOMENT = re.compile(
    r"(?P<day>\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?)"
    r"(?:[ T]*(?P<hour>\d{1,2})[:：时点](?P<minute>\d{1,2})分?(?:[:：]?(?P<second>\d{1,2})(?:\.\d+)?秒?)?)?"
)
_RUN_TOGETHER = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)")
_SIGN = re.compile(r"[=+@]|-(?!\d)")
_CUT = re.compile(r"\d(\.\d+)?E\+\d+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Slip:
    """One mistake: in which row and column, what is wrong, which rule asks; row 0 is the file itself."""

    known: ClassVar[Headings] = {}

    column: str
    text: str
    rule: str
    params: Mapping[str, object] = field(default_factory=dict)
    row: int = 0

    def at_row(self, row: int) -> Self:
        """Return the slip with its row."""
        return replace(self, row=row)

    @property
    def heading(self) -> str:
        """The column as a sheet calls it."""
        return self.known[self.column][0] if self.column in self.known else self.column


class Unreadable(Exception):
    """The file as a whole cannot be taken in."""

    def __init__(self, slip: Slip) -> None:
        super().__init__(slip.text)
        self.slip = slip


@dataclass(frozen=True, slots=True)
class Place:
    """Where the headings stand: their row, the places of each column, and the headings nobody knows."""

    line: int
    columns: Mapping[str, tuple[int, ...]]
    left_out: tuple[str, ...]

    def values(self, cells: Cells) -> dict[str, Any]:
        """Return the cells of a row by our names; of several places the first that says something."""
        return {name: _first(cells, places) for name, places in self.columns.items()}


def _first(cells: Cells, places: Sequence[int]) -> Any:
    found = (cells[place] for place in places if place < len(cells))
    return next((cell for cell in found if text(cell)), None)


def rows(data: bytes, *, most: int) -> list[Cells]:
    """Return the rows of a workbook's first sheet, or of a file of separated values.

    :raises Unreadable: empty, too large, of too many rows, made to harm, or neither of the two
    """
    _refuse_size(data)
    if data.startswith(PACKED):
        return workbook(data, most=most)
    if data.startswith(OLD):
        raise Unreadable(Slip("", _("This is an old .xls file; save it as .xlsx or .csv."), FILE))
    return _separated(data, most)


def workbook(data: bytes, *, most: int) -> list[Cells]:
    """Return the rows of the first sheet; formulas stay visible as such, so that they can be refused.

    :raises Unreadable: no workbook, made to harm, too large, or of too many rows
    """
    _refuse_size(data)
    try:
        _refuse_hostile(data)
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        try:
            return _limited(book.worksheets[0].iter_rows(values_only=True, max_col=MOST_COLUMNS), most)
        finally:
            book.close()
    except containers.Hostile as error:
        raise Unreadable(Slip("", _("This file is built in a way that is not accepted."), FILE)) from error
    except (
        *(zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, AttributeError),
        *(IndexError, EOFError, OverflowError, SyntaxError, RecursionError, NotImplementedError),
    ) as error:  # what the reader lets through for broken input
        raise Unreadable(Slip("", _("This is no xlsx file, or it is damaged."), FILE)) from error


def _separated(data: bytes, most: int) -> list[Cells]:
    said = extract.decoded(data)
    if "\x00" in said:
        raise Unreadable(Slip("", _("This is neither an xlsx nor a csv file, or it is damaged."), FILE))
    lines = csv.reader(io.StringIO(said, newline=""), delimiter=delimiter(said))
    try:
        return _limited((tuple(cells[:MOST_COLUMNS]) for cells in lines), most)
    except csv.Error as error:
        raise Unreadable(
            Slip("", _("This is neither an xlsx nor a csv file, or it is damaged."), FILE)
        ) from error


def delimiter(said: str) -> str:
    """Return what most likely parts the cells of a text: by its first line."""
    first = said.partition("\n")[0]
    return max((",", "\t", ";", "，"), key=first.count)


def _refuse_size(data: bytes) -> None:
    if not data or len(data) > MOST_BYTES:
        raise Unreadable(
            Slip("", _("A list has at most %(most)d MB and is not empty."), FILE, {"most": MOST_BYTES >> 20})
        )


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


def _limited(found: Iterable[Cells], most: int) -> list[Cells]:
    kept: list[Cells] = []
    for row in found:
        if len(kept) > most:
            raise Unreadable(Slip("", _("A list has at most %(most)d rows."), FILE, {"most": most}))
        kept.append(row)
    return kept


def headings(
    found: Sequence[Cells],
    known: Headings,
    *,
    needed: Collection[str],
    rule: str,
    never: re.Pattern[str] | None = None,
    may_stand_beside: bool = False,
) -> Place:
    """Return where the headings stand: below a title perhaps; the row that names most of our columns.

    :param never: headings that are nobody's column, whatever they are called
    :param may_stand_beside: two headings of one column may stand in one list; the one named first counts
    :raises Unreadable: a column that is needed is missing, or a heading stands over two columns
    """
    first = found[:MOST_BEFORE_HEADINGS]
    ranked = [(len(_places(row, known, never)), number) for number, row in enumerate(first, start=1)]
    most, line = max(ranked, key=lambda each: (each[0], -each[1]), default=(0, 1))
    row = found[line - 1] if most else ()
    columns = _places(row, known, never)
    missing = [known[name][0] for name in needed if name not in columns]
    if missing:
        said = _("No column has the heading: %(missing)s.")
        raise Unreadable(Slip("、".join(missing), said, rule, {"missing": "、".join(missing)}, row=line))
    bare = [_bare(cell) for cell in row]
    for name, places in columns.items():
        heard = [bare[place] for place in places]
        if len(heard) > (len(set(heard)) if may_stand_beside else 1):
            raise Unreadable(Slip(known[name][0], _("This heading stands over two columns."), rule, row=line))
    taken = {place for places in columns.values() for place in places}
    others = [text(cell) for place, cell in enumerate(row) if place not in taken and text(cell)]
    return Place(line, columns, tuple(others))


def _places(row: Cells, known: Headings, never: re.Pattern[str] | None) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[tuple[int, int]]] = {}
    for place, cell in enumerate(row):
        bare = _bare(cell)
        if never is not None and never.search(bare):
            continue
        for name, said in known.items():
            if bare in said:
                found.setdefault(name, []).append((said.index(bare), place))
    return {name: tuple(place for _rank, place in sorted(places)) for name, places in found.items()}


def _bare(cell: Any) -> str:
    return text(cell).replace(" ", "").lower()


def is_blank(cells: Cells) -> bool:
    """Return whether a row says nothing."""
    return not any(text(cell) for cell in cells)


def is_formula(value: Any) -> bool:
    """Return whether a cell holds a formula, or what a sheet would take for one."""
    return isinstance(value, str) and bool(_SIGN.match(value.strip()))


def is_cut(value: Any) -> bool:
    """Return whether a sheet kept a long number as a figure, and so lost its last digits."""
    if isinstance(value, int | float):
        return abs(value) >= EXACT
    return bool(_CUT.fullmatch(text(value)))


def text(value: Any) -> str:
    """Return a cell as it is read: no blanks around it, a whole number without its point."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return normal.printable(str(value)).strip()


def day(value: Any) -> date | None:
    """Return the day that a cell names, or None."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    match = _DAY.fullmatch(text(value))
    try:
        return date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        return None


def moment(value: Any) -> datetime | None:
    """Return the moment at the bureau that a cell names, or None; a day alone is its beginning."""
    if isinstance(value, datetime):
        return period.start_of(value.date()) + timedelta(
            hours=value.hour, minutes=value.minute, seconds=value.second
        )
    said = _RUN_TOGETHER.sub(r"\1-\2-\3 \4:\5:\6", text(value)) if not isinstance(value, date) else value
    if isinstance(said, date):
        return period.start_of(said)
    match = _MOMENT.fullmatch(said)
    found = day(match["day"].strip()) if match else None
    if match is None or found is None:
        return None
    hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
    if hour > 23 or minute > 59 or second > 59:
        return None
    return period.start_of(found) + timedelta(hours=hour, minutes=minute, seconds=second)
