"""Draws a clock as a strip of days: plain values in, SVG text out.

One drawing serves the desk, the citizen's page, the hall board and letters. Colours stand in the
SVG as attributes, so that it is complete on its own; the style sheet overrules them by class, which
is how dark mode reaches it. A strip too long for its width folds at the end of a week; below
`NARROW` it becomes a calendar, one week a row. Of many rows that are paused or late all along
the first and the last are drawn, between them how many weeks are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import groupby
from typing import NamedTuple
from zlib import crc32

NARROW = 480
WEEK = 7
MIN_CELL, MAX_CELL = 17.0, 30.0
CELL_HEIGHT = 30
PAUSE_BAND, NEEDLE_BAND, DATE_BAND, WEEKDAY_BAND = 26, 9, 18, 18
ROW_GAP = 3
LEFT_OUT_BAND = 24
ALIKE_FROM = 4
"""So many rows one after another that show the same are drawn as two."""

REST = frozenset({"weekend", "holiday"})
FILLS = {
    "used": "#c6d6e6",
    "left": "#ffffff",
    "longer-used": "#e2d0ac",
    "longer-left": "#f8f1e1",
    "late": "#f3cfcc",
    "rest": "#f0eee8",
    "idle": "#ffffff",
}
INK, LINE, HATCH = "#1a1c1e", "#9c9a92", "#c4c1b8"
LIGHTS = {"green": "#1d7a3e", "yellow": "#b7791f", "red": "#b3261e"}


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a clock; `number` is its place among the counted days, `kind` one of
    "working", "weekend", "holiday", "swapped"."""

    date: date
    kind: str
    counted: bool = False
    number: int | None = None
    paused: bool = False
    extension: bool = False
    today: bool = False
    due: bool = False
    provisional: bool = False


class Pause(NamedTuple):
    """Days on which the clock stood still, both included, and why."""

    start: date
    end: date
    reason: str


@dataclass(frozen=True, slots=True)
class Ruler:
    """Everything the drawing and the table beside it say; days stand in order."""

    days: tuple[Day, ...]
    light: str = "green"
    sentence: str = ""
    pauses: tuple[Pause, ...] = ()
    stopped: date | None = None
    dropped: bool = False
    """Whether nobody asks any more for what it measured: no day of it is late."""

    @property
    def due(self) -> date | None:
        return next((day.date for day in self.days if day.due), None)

    @property
    def until(self) -> date:
        """The last day spent: the day of the stop, else today, else (the clock is long over) the last one."""
        today = next((day.date for day in self.days if day.today), None)
        return self.stopped or today or self.days[-1].date

    def tone(self, day: Day) -> str:
        """Return how a day is coloured, one of the names in `FILLS`."""
        if self.due and day.date > self.due and (day.counted or day.kind not in REST):
            return "late" if day.date <= self.until and not self.dropped else "idle"
        if day.counted:
            spent = "used" if day.date <= self.until else "left"
            return f"longer-{spent}" if day.extension else spent
        return "rest" if day.kind in REST else "idle"


@dataclass(frozen=True, slots=True)
class Labels:
    """The words in the drawing; 班 is what calendars print on a swapped day in any language."""

    today: str = "Today"
    due: str = "Due"
    swapped: str = "班"
    left_out: str = "… {weeks} weeks …"
    weekdays: tuple[str, ...] = ("M", "T", "W", "T", "F", "S", "S")


def svg(ruler: Ruler, *, width: int, labels: Labels | None = None) -> str:
    """Return the drawing, `width` units wide and as tall as its rows need; empty without days."""
    if not ruler.days:
        return ""
    labels = labels or Labels()
    sheet = _Sheet(ruler, width, labels)
    parts: list[str] = [sheet.weekday_heads()] if sheet.calendar else []
    y = WEEKDAY_BAND if sheet.calendar else 0
    for row in sheet.rows():
        if isinstance(row, int):
            word = labels.left_out.format(weeks=row)
            parts.append(_text(word, width / 2, y + 15, "ruler-left-out", "middle"))
            y += LEFT_OUT_BAND
            continue
        drawing = _RowDrawing(sheet, row, y)
        parts.extend(drawing.parts())
        y = drawing.bottom + ROW_GAP
    kind = "calendar" if sheet.calendar else "strip"
    return (
        f'<svg class="ruler-svg ruler-svg--{kind}" xmlns="http://www.w3.org/2000/svg"'
        f' width="{width}" height="{y}" viewBox="0 0 {width} {y}" font-size="11"'
        f' aria-hidden="true" focusable="false"><defs>{sheet.hatch()}</defs>{"".join(parts)}</svg>'
    )


class _Sheet:
    """How a strip lies in its width: cells a row, their size, where each day falls."""

    def __init__(self, ruler: Ruler, width: int, labels: Labels) -> None:
        self.ruler, self.width, self.labels = ruler, width, labels
        self.calendar = width < NARROW
        self.first = ruler.days[0].date
        span = (ruler.days[-1].date - self.first).days + 1
        self.folds = self.calendar or span * MIN_CELL > width
        weeks = 1 if self.calendar else int(width // (WEEK * MIN_CELL))
        self.columns = weeks * WEEK if self.folds else span
        self.lead = self.first.weekday() if self.folds else 0
        self.cell = (width - 2) / self.columns if self.calendar else min(MAX_CELL, (width - 2) / self.columns)
        self.hatch_id = f"hatch-{crc32(repr((ruler, width)).encode()):08x}"

    def rows(self) -> Iterator[list[Day] | int]:
        """Yield the days of each row, and where rows are left out, of how many weeks."""
        days = groupby(self.ruler.days, key=lambda day: self._slot(day) // self.columns)
        for alike, run in groupby((list(row) for _, row in days), key=self._all_along):
            rows = list(run)
            if alike and len(rows) >= ALIKE_FROM:
                yield rows[0]
                yield (len(rows) - 2) * self.columns // WEEK
                yield rows[-1]
            else:
                yield from rows

    def _all_along(self, row: list[Day]) -> str:
        """Return what every day of a row is alike: in which pause, or late; nothing where it is not alike."""
        if any(day.today for day in row):
            return ""
        first, last = row[0].date, row[-1].date
        for pause in self.ruler.pauses:
            if pause.start <= first and last <= pause.end:
                return f"paused from {pause.start}"
        return "late" if self.ruler.due and self.ruler.due < first and last <= self.ruler.until else ""

    def x(self, day: Day) -> float:
        return 1 + self._slot(day) % self.columns * self.cell

    def _slot(self, day: Day) -> int:
        return (day.date - self.first).days + self.lead

    def hatch(self) -> str:
        return (
            f'<pattern id="{self.hatch_id}" width="5" height="5" patternUnits="userSpaceOnUse"'
            ' patternTransform="rotate(45)">'
            f'<line class="ruler-hatch" x1="0" y1="0" x2="0" y2="5" stroke="{HATCH}" stroke-width="1.6"/>'
            "</pattern>"
        )

    def weekday_heads(self) -> str:
        return "".join(
            _text(word, 1 + (column + 0.5) * self.cell, 12, "ruler-date", anchor="middle")
            for column, word in enumerate(self.labels.weekdays)
        )


class _RowDrawing:
    """One row: brackets of pauses above, cells, dates below. `y` is its top."""

    def __init__(self, sheet: _Sheet, row: list[Day], y: int) -> None:
        self.sheet, self.row = sheet, row
        self.pauses = [(pause, held) for pause in sheet.ruler.pauses if (held := self._held(pause))]
        band = NEEDLE_BAND if self.pauses or any(day.today for day in row) else 2
        if any(self._names(pause) for pause, _ in self.pauses):
            band = PAUSE_BAND
        self.top = y + band
        self.foot = self.top + CELL_HEIGHT
        self.bottom = self.foot + (0 if sheet.calendar else DATE_BAND)

    def parts(self) -> Iterator[str]:
        for day in self.row:
            yield self._cell(day)
        yield from self._brackets()
        yield from (self._needle(day) for day in self.row if day.today)
        for day in self.row:
            yield self._face(day)
        if not self.sheet.calendar:
            yield from self._dates()

    def _names(self, pause: Pause) -> bool:
        """Return whether this row says why: a strip always does, a calendar where the pause begins."""
        return bool(pause.reason) and (not self.sheet.calendar or self.row[0].date <= pause.start)

    def _held(self, pause: Pause) -> list[Day]:
        return [day for day in self.row if pause.start <= day.date <= pause.end]

    def _cell(self, day: Day) -> str:
        sheet, shade = self.sheet, self.sheet.ruler.tone(day)
        box = _box(sheet.x(day) + 0.5, self.top + 0.5, sheet.cell - 1, CELL_HEIGHT - 1)
        marks = "".join(
            f" is-{name}" for name in ("today", "due", "provisional", "paused") if getattr(day, name)
        )
        dashes = ' stroke-dasharray="2 2"' if day.provisional else ""
        cell = (
            f'<rect class="ruler-day ruler-day--{shade}{marks}" {box} fill="{FILLS[shade]}"'
            f' stroke="{LINE}"{dashes}><title>{day.date.isoformat()}</title></rect>'
        )
        parts = [cell]
        if day.kind in REST:
            parts.append(f'<rect class="ruler-rest" {box} fill="url(#{sheet.hatch_id})"/>')
        if day.due:
            edge = sheet.x(day) + sheet.cell - 1
            parts.append(_line("ruler-due", edge, self.top, edge, self.foot, INK, 3))
        return "".join(parts)

    def _face(self, day: Day) -> str:
        """Return what stands in the cell: number, 班, and in the calendar the date and the light."""
        sheet = self.sheet
        x, middle = sheet.x(day), sheet.x(day) + sheet.cell / 2
        parts = []
        if day.number is not None:
            halo, size = sheet.ruler.tone(day), 11 if _width(str(day.number), 11) < sheet.cell else 9
            number = _text(day.number, middle, self.foot - 6, "ruler-number", "middle", size, halo)
            parts.append(number)
        if day.kind == "swapped":
            at = x + sheet.cell - (15 if day.today else 3) if sheet.calendar else middle
            anchor = "end" if sheet.calendar else "middle"
            parts.append(
                _text(sheet.labels.swapped, at, self.top + 11, "ruler-swapped", anchor=anchor, size=9)
            )
        if sheet.calendar:
            word = sheet.labels.today if day.today else _short(day.date)
            weight = "ruler-date is-today" if day.today else "ruler-date"
            parts.append(_text(word, x + 3, self.top + 11, weight, size=9))
            if day.due:
                parts.append(_light(sheet.ruler.light, x + 8, self.foot - 10))
        return "".join(parts)

    def _needle(self, day: Day) -> str:
        x = self.sheet.x(day) + (self.sheet.cell - 8 if self.sheet.calendar else self.sheet.cell / 2)
        head = f"M{x - 5:.1f} {self.top - 8} h10 l-5 7 z"
        return (
            f'<g class="ruler-needle"><path d="{head}" fill="{INK}"/>'
            + _line("ruler-needle__line", x, self.top - 2, x, self.foot + 2, INK, 1.5)
            + "</g>"
        )

    def _brackets(self) -> Iterator[str]:
        """Yield a bracket over each pause, open where it goes on in another row, and its reason."""
        x, cell = self.sheet.x, self.sheet.cell
        edges = [(x(held[0]) + 2, x(held[-1]) + cell - 2) for _, held in self.pauses]
        free = 0.0
        for index, (pause, held) in enumerate(self.pauses):
            left, right = edges[index]
            opening = f"V{self.top - 9}" if pause.start == held[0].date else ""
            start = self.top - 3 if opening else self.top - 9
            closing = f"V{self.top - 3}" if pause.end == held[-1].date else ""
            yield (
                f'<path class="ruler-pause" d="M{left:.1f} {start} {opening} H{right:.1f} {closing}"'
                f' fill="none" stroke="{INK}"><title>{escape(pause.reason)}</title></path>'
            )
            if self._names(pause):
                limit = edges[index + 1][0] if index + 1 < len(edges) else self.sheet.width
                word, at = self._reason(pause.reason, left, right, free, limit)
                free = at + _width(word, 11)
                yield _text(word, at, self.top - 13, "ruler-reason")

    def _reason(self, reason: str, left: float, right: float, free: float, limit: float) -> tuple[str, float]:
        """Return the reason and its place: over its bracket, else ending with it, else clipped."""
        room = _width(reason, 11) + 4
        if room > limit - left and room <= right - free:
            return reason, right - room
        return _clipped(reason, limit - left - 4, 11), left

    def _dates(self) -> Iterator[str]:
        """Yield dates under the cells, the ones that matter first, none over another."""
        taken: list[tuple[float, float]] = []
        for day in sorted(self.row, key=self._weight):
            if self._weight(day) > 3:
                break
            word = self._date_word(day)
            room = _width(word, 12) + (14 if day.due else 0)
            left = min(max(self.sheet.x(day) + self.sheet.cell / 2 - room / 2, 0), self.sheet.width - room)
            if any(left < end + 4 and start < left + room + 4 for start, end in taken):
                continue
            taken.append((left, left + room))
            yield self._date(day, word, left)

    def _date(self, day: Day, word: str, left: float) -> str:
        strong = " is-today" if day.today else " is-due" if day.due else ""
        shift = 14 if day.due else 0
        light = _light(self.sheet.ruler.light, left + 5, self.foot + 9) if day.due else ""
        return light + _text(word, left + shift, self.foot + 13, f"ruler-date{strong}")

    def _date_word(self, day: Day) -> str:
        word = self.sheet.labels.today if day.today else self.sheet.labels.due if day.due else ""
        return f"{word} {_short(day.date)}".strip()

    def _weight(self, day: Day) -> int:
        if day.due:
            return 0
        if day.today:
            return 1
        if day.date == self.sheet.first:
            return 2
        return 3 if day.date.weekday() == 0 else 4


def _light(colour: str, x: float, y: float) -> str:
    """Return the light as colour and shape, centred on a point."""
    fill = LIGHTS.get(colour, INK)
    name = f'class="ruler-light ruler-light--{escape(colour)}" fill="{fill}"'
    if colour == "green":
        return f'<circle {name} cx="{x:.1f}" cy="{y:.1f}" r="4.5"/>'
    if colour == "yellow":
        return f'<path {name} d="M{x:.1f} {y - 5:.1f} l5.5 9.5 h-11 z"/>'
    return f"<rect {name} {_box(x - 4.5, y - 4.5, 9, 9)}/>"


def _text(
    word: object, x: float, y: float, name: str, anchor: str = "start", size: int = 11, halo: str = ""
) -> str:
    """Return a word; `halo` is the tone of its cell, which keeps it legible over the needle."""
    stroke = ""
    if halo:
        name = f"{name} ruler-halo--{halo}"
        stroke = f' stroke="{FILLS[halo]}" stroke-width="4" paint-order="stroke" stroke-linejoin="round"'
    return (
        f'<text class="{name}" x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}"'
        f' fill="{INK}"{stroke}>{escape(str(word))}</text>'
    )


def _line(name: str, x1: float, y1: float, x2: float, y2: float, stroke: str, weight: float) -> str:
    return (
        f'<line class="{name}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
        f' stroke="{stroke}" stroke-width="{weight}"/>'
    )


def _box(x: float, y: float, width: float, height: float) -> str:
    return f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'


def _short(day: date) -> str:
    return f"{day.month}/{day.day}"


def _width(word: str, size: float) -> float:
    """Estimate how wide `word` is set: a Chinese character fills its square, a Latin one about half."""
    return sum(size if ord(character) > 0x2E7F else size * 0.56 for character in word)


def _clipped(word: str, room: float, size: float) -> str:
    if _width(word, size) <= room:
        return word
    kept = ""
    while len(kept) < len(word) and _width(kept + word[len(kept)] + "…", size) <= room:
        kept += word[len(kept)]
    return f"{kept}…" if kept else ""
