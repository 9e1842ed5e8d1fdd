"""Slips in figures: days that do not exist, sums that do not add up, two figures for one thing."""

from __future__ import annotations

import calendar
import datetime
import re
from collections import defaultdict
from collections.abc import Iterator

from sunshine.kernel.words import gettext_noop
from sunshine.text.reading import Reading
from sunshine.text.slips import ERROR, WARNING, Knowledge, Slip

_DATE = re.compile(
    r"(\d(?<!\d\d)\d{3})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日(?:\s?[（(]?\s?(?:星期|周)([一二三四五六日天])\s?[）)]?)?"
)
_SHORT_DATE = re.compile(r"(\d(?<![年\d ]\d)\d?)月(\d{1,2})日")
_WEEKDAYS = "一二三四五六日"
_LEAP = 2000

_UNITS = (
    "件|个|人|次|处|项|户|家|起|条|份|名|辆|台|座|所|吨|元|万元|亿元|篇|宗|批|间|公里|平方米|户次|人次|件次"
)
_TOTAL = re.compile(
    rf"(\d\d{{0,8}}(?:\.\d{{1,4}})?)\s?(万?)({_UNITS})\s?[,，;；:：(（]?\s?(?:其中|包括|分别(?:为|是)|含)?[:：,，]?\s?"
)
_PART = re.compile(
    r"[^\d\n。；;]{0,16}?(\d{1,9}(?:\.\d{1,4})?)\s?(万?)("
    + _UNITS
    + r")(?:[^\d\n。；;,，、]{0,6})?[,，、和及]?"
)
_TOTAL_WORDS = re.compile(r"共|合计|总计|总数|总共|累计|全年|全部|一共")
_FIGURE = re.compile(rf"(\d\d{{0,8}}(?:\.\d{{1,4}})?)\s?(万?(?:{_UNITS}))")
_LABEL = re.compile(r"[\u4e00-\u9fff]+$")
LEAST_LABEL, LONGEST_LABEL = 4, 14
_OF_ANOTHER_TIME = re.compile(
    r"同比|增长|环比|上年|去年|年度|月份|季度|其中|平均|每|第|新增|减少|超过|以上|不低于|不少于|约|近"
)
_SUM_ROW = re.compile(r"^(?:合\s*计|总\s*计|小\s*计|共\s*计)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
MOST_PARTS = 12
LABEL = 6
"""Characters before a figure that say what it counts."""


def dates(read: Reading, _known: Knowledge) -> Iterator[Slip]:
    """Yield days that do not exist, and days that are another day of the week."""
    text = read.text
    for match in _DATE.finditer(text):
        try:
            day = datetime.date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            yield *match.span(), "date", ERROR, gettext_noop("There is no such day"), ""
            continue
        right = _WEEKDAYS[day.weekday()]
        if match[4] and match[4].replace("天", "日") != right:
            yield *match.span(4), "weekday", ERROR, gettext_noop("That day is another day of the week"), right
    for match in _SHORT_DATE.finditer(text):
        month, number = int(match[1]), int(match[2])
        if not (1 <= month <= 12 and 1 <= number <= calendar.monthrange(_LEAP, month)[1]):
            yield *match.span(), "date", ERROR, gettext_noop("There is no such day"), ""


def sums(read: Reading, _known: Knowledge) -> Iterator[Slip]:
    """Yield totals that their parts, named right after them, do not make up (64 = 32 + 32)."""
    text = read.text
    place = 0
    while match := _TOTAL.search(text, place):
        place = match.end()
        begun = text[max(0, match.start() - 12) : match.start()]
        parts, end = _parts(text, match.end(), match[2], match[3])
        if len(parts) < 2 or not (_TOTAL_WORDS.search(begun) or "其中" in match[0] or "分别" in match[0]):
            continue
        place = end
        total = float(match[1])
        if sum(parts) != total and not _is_close(sum(parts), total):
            severity = ERROR if sum(parts) > total else WARNING
            reason = gettext_noop("The parts do not add up to the total")
            shown = f"{'+'.join(f'{each:g}' for each in parts)}={sum(parts):g}"
            yield match.start(1), match.end(3), "sum", severity, reason, shown
    yield from _column_sums(text)


def _parts(text: str, place: int, scale: str, unit: str) -> tuple[list[float], int]:
    parts: list[float] = []
    while len(parts) < MOST_PARTS and (match := _PART.match(text, place)):
        if (match[2], match[3]) != (scale, unit):
            break
        parts.append(float(match[1]))
        place = match.end()
    return parts, place


def _is_close(one: float, other: float) -> bool:
    return abs(one - other) < 1e-6 * max(1.0, abs(other))


def _column_sums(text: str) -> Iterator[Slip]:
    """Yield the cells of a sum row that their column does not make up; cells stand apart by tabs."""
    if "\t" not in text:
        return
    rows: list[list[str]] = []
    place = 0
    for line in text.split("\n"):
        cells = line.split("\t")
        if len(cells) > 1 and _SUM_ROW.match(cells[0].strip()) and len(rows) > 1:
            yield from _wrong_cells(rows, cells, place)
            rows = []
        elif len(cells) > 1:
            rows.append(cells)
        else:
            rows = []
        place += len(line) + 1


def _wrong_cells(rows: list[list[str]], cells: list[str], place: int) -> Iterator[Slip]:
    for column, cell in enumerate(cells):
        above = [row[column].strip() for row in rows if column < len(row)]
        numbers = [float(each) for each in above if _NUMBER.fullmatch(each)]
        given = cell.strip()
        is_summed = (
            column and _NUMBER.fullmatch(given) and len(numbers) > 1 and len(numbers) >= len(above) - 1
        )
        if is_summed and not _is_close(sum(numbers), float(given)):
            start = place + cell.index(given)
            reason = gettext_noop("The column does not add up to this sum")
            yield start, start + len(given), "sum", WARNING, reason, f"{sum(numbers):g}"
        place += len(cell) + 1


def inconsistent_figures(read: Reading, _known: Knowledge) -> Iterator[Slip]:
    """Yield a figure that differs from the one given for the same thing before."""
    first: dict[tuple[str, str], str] = {}
    said: dict[tuple[str, str], set[str]] = defaultdict(set)
    end = 0
    for match in _FIGURE.finditer(read.text):
        before = _LABEL.search(read.text[max(end, match.start() - LONGEST_LABEL) : match.start()])
        label = before[0] if before else ""
        if len(label) < LEAST_LABEL:
            continue
        end = match.end()
        if _OF_ANOTHER_TIME.search(label) or len(label) < LABEL:
            continue
        key = (label[-LABEL:].rstrip("共为达了有是"), match[2])
        figure = match[1]
        if len(key[0]) >= LABEL - 2 and first.setdefault(key, figure) != figure and figure not in said[key]:
            said[key].add(figure)
            reason = gettext_noop("Another figure stands for the same thing before")
            yield match.start(1), match.end(2), "inconsistent_figure", WARNING, reason, first[key] + match[2]
