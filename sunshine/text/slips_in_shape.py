"""Slips in the shape of a text: blocks that stand twice, signs without a partner, numbering that skips."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from sunshine.kernel.words import gettext_noop
from sunshine.text import numerals
from sunshine.text.reading import Reading
from sunshine.text.slips import ERROR, WARNING, Knowledge, Slip

LEAST_DOUBLED = 30
"""Characters of the shortest paragraph that is worth calling doubled."""

SURELY_DOUBLED = 300
"""Characters of a doubled block that nobody can have meant."""

SHINGLE = 8
ALIKE = 0.7
"""Share of a long paragraph's pieces of eight characters that must stand in an earlier one."""

ALIKE_AT_SIGHT = 0.6
"""Share of the sampled pieces from which all of them are looked at."""

LEAST_ALIKE = 80
"""Characters of the shortest paragraph that counts as doubled though some characters differ."""

BETWEEN = 3
"""Short lines, as headings are, that may stand between the doubled paragraphs of one block."""

_BEGINNINGS = "".join(map(chr, [*range(0x30, 0x3A), *range(0x4E00, 0xA000, 2)]))
_SAMPLE = re.compile(rf"[{_BEGINNINGS}](?=(.{{{SHINGLE - 1}}}))")
_LINE = re.compile(r"[^\n]+")
_PAIRS = {"（": "）", "《": "》", "“": "”", "【": "】", "〔": "〕", "「": "」", "『": "』"}
_CLOSING = {closing: opening for opening, closing in _PAIRS.items()}
_SIGNS = re.compile("[" + "".join([*_PAIRS, *_CLOSING]) + "]")
_NUMBERING = re.compile(
    r"\n[ \t　]*(?:([一二三四五六七八九十百]{1,5})、|第([一二三四五六七八九十百零]{1,7})条(?!之)"
    r"|[（(]([一二三四五六七八九十百]{1,5})[）)]|(\d{1,2})[.．、](?!\d))"
)


def doubled_blocks(read: Reading, _known: Knowledge) -> Iterator[Slip]:
    """Yield each run of paragraphs that stood before already, also with a few characters changed."""
    doubled: list[tuple[int, int]] = []
    between = 0
    for start, end, is_long, is_doubled in _compared(read.text):
        if is_doubled:
            doubled.append((start, end))
            between = 0
        elif doubled and not is_long and between < BETWEEN:
            between += 1
        elif doubled:
            yield _block(doubled)
            doubled = []
    if doubled:
        yield _block(doubled)


def _block(lines: Sequence[tuple[int, int]]) -> Slip:
    start, end = lines[0][0], lines[-1][1]
    is_sure = len(lines) > 1 and sum(last - first for first, last in lines) >= SURELY_DOUBLED
    reason = gettext_noop("This passage stood before already")
    return start, end, "doubled_block", ERROR if is_sure else WARNING, reason, ""


def _compared(text: str) -> Iterator[tuple[int, int, bool, bool]]:
    """Yield the lines: start, end, whether long enough to compare, whether it stood before.

    Half of a line's pieces say whether all of them are worth looking at.
    """
    seen: set[str] = set()
    earlier = _Earlier()
    for number, match in enumerate(_LINE.finditer(text)):
        line = match[0].strip()
        if len(line) < LEAST_DOUBLED:
            yield *match.span(), False, False
            continue
        sample = _SAMPLE.findall(line)
        is_long = len(line) >= LEAST_ALIKE
        known = sum(map(seen.__contains__, sample))
        is_doubled = known >= len(sample) * (ALIKE_AT_SIGHT if is_long else 1.0) and (
            earlier.holds(line, ALIKE if is_long else 1.0)
        )
        seen.update(sample)
        earlier.add(number, line)
        yield *match.span(), True, is_doubled


class _Earlier:
    """In which line each piece stood first; worked out only once a line looks doubled."""

    def __init__(self) -> None:
        self._waiting: list[tuple[int, str]] = []
        self._first: dict[int, int] = {}

    def add(self, number: int, line: str) -> None:
        """Take note of a line."""
        self._waiting.append((number, line))

    def holds(self, line: str, share: float) -> bool:
        """Return whether so much of a line comes from few earlier ones, not a phrase from each of many."""
        for number, waiting in self._waiting:
            for piece in _pieces(waiting):
                self._first.setdefault(piece, number)
        self._waiting = []
        pieces = _pieces(line)
        lines = [self._first[piece] for piece in pieces if piece in self._first]
        times = Counter(lines)
        is_one = 0 < len(times) < 50 and max(times.values()) >= ALIKE / 2 * len(pieces)
        return is_one and len(lines) >= share * len(pieces)


def _pieces(line: str) -> list[int]:
    return [hash(line[place : place + SHINGLE]) for place in range(len(line) - SHINGLE + 1)]


def pairs(read: Reading, _known: Knowledge) -> Iterator[Slip]:
    """Yield brackets and quotation marks without their partner; a quotation may run over paragraphs."""
    text = read.text
    waiting: list[tuple[str, int]] = []
    reason = gettext_noop("The partner of this sign is missing")
    for match in _SIGNS.finditer(text.replace("(", "（").replace(")", "）")):
        sign, place = match[0], match.start()
        if sign in _PAIRS:
            waiting.append((sign, place))
        elif waiting and waiting[-1][0] == _CLOSING[sign]:
            waiting.pop()
        elif not _numbers_an_item(text, place):
            yield place, place + 1, "pair", WARNING, reason, ""
    for _sign, place in waiting:
        yield place, place + 1, "pair", WARNING, reason, ""


def _numbers_an_item(text: str, place: int) -> bool:
    """Return whether a closing bracket stands after an item's number: 1) or 一）."""
    return text[place] in ")）" and bool(
        re.search(r"(?:^|[\n 　。；;，,])[\da-z一二三四五六七八九十]{1,3}$", text[max(0, place - 4) : place])
    )


def numbering(read: Reading, _known: Knowledge) -> Iterator[Slip]:
    """Yield headings whose number is neither the next nor a new beginning."""
    last = dict.fromkeys(range(1, _NUMBERING.groups + 1), 0)
    for match in _NUMBERING.finditer("\n" + read.text):
        sort = match.lastindex or 1
        written = match[sort]
        is_digits = written.isdecimal()
        number = int(written) if is_digits else numerals.value(written)
        if number > last[sort] + 1 and last[sort]:
            reason = gettext_noop("The numbering skips")
            meant = str(last[sort] + 1) if is_digits else numerals.written(last[sort] + 1)
            start, end = match.span(sort)
            yield start - 1, end - 1, "numbering", WARNING, reason, meant
        last[sort] = number
