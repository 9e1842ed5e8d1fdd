"""Titles, dates, numbers and issuers, as they stand in the head or at the end of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sunshine.work.documents.rules import numbers

LONGEST_TITLE = 300
LINES_OF_A_HEAD = 30
LINES_OF_AN_END = 8

_DAY = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_CHINESE_DAY = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_NAMED_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_ADOPTED = re.compile(r"通过|修正|修订|修改|公布|发布|颁布|批准|印发")
_ORDER = re.compile(r"([\u4e00-\u9fff]{2,20}令)\s*(第?\s*[1-9][0-9]*\s*号)")
_IN_FORCE = re.compile(r"自\s*(\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)\s*起(?:施行|实施|执行)")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,12}\s*[〔\[(（【［]\s*\d{4}\s*[〕\])）】］]\s*(?:第)?\s*\d+\s*号")
_SESSION = re.compile(r"第[一二三四五六七八九十百]+届")
_CONGRESS = re.compile(r"([\u4e00-\u9fff]{0,12}?人民代表大会(?:常务委员会)?)")
_ISSUER = re.compile(r"([\u4e00-\u9fff]{2,20}?)(?:令第|第\d+次|发布|公布|颁布|批准|通过)")
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,8}?(?:自治区|自治州|省|市|县)")
_CHAPTER = re.compile(r"^(?:#+\s*)?(?:第[一二三四五六七八九十百]+[章条编]|目\s*录|一、)")
_DIGITS = {
    digit: value
    for value, digits in enumerate(("〇○零", "一", "二", "三", "四", "五", "六", "七", "八", "九"))
    for digit in digits
}


@dataclass(frozen=True, slots=True)
class Head:
    """What a text says of itself; what it does not say is missing."""

    title: str = ""
    number: str = ""
    issuer: str = ""
    formed_on: date | None = None
    effective_from: date | None = None


def of_text(lines: Sequence[str], *, name: str) -> Head:
    """Return what the lines of a text, and the name of its file, say of it."""
    filled = [line.strip() for line in lines if line.strip()]
    head = list(_head(filled))
    formed_on = _adopted_on(head) or _signed_on(filled[-LINES_OF_AN_END:]) or _day_of_name(name)
    return Head(
        title=title_of(filled, name),
        number=_number(head),
        issuer=_issuer(head),
        formed_on=formed_on,
        effective_from=_in_force_from(head, filled),
    )


def title_of(filled: Sequence[str], name: str) -> str:
    """Return the first heading, else a short first line, else what the file is called."""
    heading = next((line for line in filled[:LINES_OF_A_HEAD] if line.startswith("# ")), "")
    if heading:
        return heading.lstrip("# ").strip()[:LONGEST_TITLE]
    if filled and len(filled[0]) <= 100 and not filled[0].endswith(("。", "；", "，")):
        return filled[0].lstrip("# ").strip()
    return _NAMED_DAY.sub("", name).strip(" ()（）_-")[:LONGEST_TITLE]


def issuer_of_folder(name: str, title: str) -> str:
    """Return who issues what lies in a folder of this name, where a collection of laws sorts by issuer.

    Administrative regulations are the State Council's, a ministry's rules lie under its name, and a local
    regulation is of the congress that its title names.
    """
    folders = name.split("/")[:-1]
    if "行政法规" in folders:
        return "国务院"
    if "部门规章" in folders[:-1]:
        return folders[folders.index("部门规章") + 1]
    place = _PLACE.match(title)
    if "地方性法规" in folders and place:
        is_plenary = title.removeprefix(place[0]).startswith("人民代表大会") and "常务委员会" not in title
        return f"{place[0]}人民代表大会{'' if is_plenary else '常务委员会'}"
    return ""


def days_in(text: str) -> list[date]:
    """Return the days that a text names, in their order; what is no day of the calendar is passed over."""
    found = [(match.start(), match.groups()) for match in _DAY.finditer(text)]
    found += [(match.start(), _from_chinese(match)) for match in _CHINESE_DAY.finditer(text)]
    days = (_day(*parts) for _place, parts in sorted(found))
    return [day for day in days if day is not None]


def _head(filled: Sequence[str]) -> Iterable[str]:
    """Yield the lines between the title and the first chapter."""
    for line in filled[1:LINES_OF_A_HEAD]:
        if _CHAPTER.match(line):
            return
        yield line


def _adopted_on(head: Iterable[str]) -> date | None:
    """Return the newest day on which the text as it stands was adopted, amended or promulgated."""
    days = [day for line in head if len(line) < 200 and _ADOPTED.search(line) for day in days_in(line)[:1]]
    return max(days, default=None)


def _signed_on(end: Sequence[str]) -> date | None:
    """Return the day that stands alone on one of the last lines."""
    for line in reversed(end):
        bare = re.sub(r"\s|[()（）]|印发", "", line)
        found = days_in(bare)
        if len(found) == 1 and len(bare) <= 14:
            return found[0]
    return None


def _day_of_name(name: str) -> date | None:
    match = _NAMED_DAY.search(name)
    return _day(*match.groups()) if match else None


def _in_force_from(head: Sequence[str], filled: Sequence[str]) -> date | None:
    said = [day for line in head if line.endswith(("施行", "实施")) for day in days_in(line)[-1:]]
    if said:
        return said[-1]
    for line in reversed(filled[-LINES_OF_AN_END:]):
        match = _IN_FORCE.search(line)
        if match:
            return next(iter(days_in(match[1])), None)
    return None


def _number(head: Iterable[str]) -> str:
    """Return the number as it must be written, where the head has one."""
    for line in head:
        match = _NUMBER.search(line)
        found = match[0] if match else ""
        order = _ORDER.search(line)
        if not found and order:
            found = f"{order[1]}{order[2]}" if order[2].startswith("第") else f"{order[1]}第{order[2]}"
        normal = numbers.document_number(found)[0] if found else ""
        if normal:
            return normal
    return ""


def _issuer(head: Iterable[str]) -> str:
    """Return who adopted or promulgated it."""
    for line in head:
        after = _SESSION.sub("", _DAY.sub("", line)).strip(" 　()（）")
        congress = _CONGRESS.match(after)
        match = congress or _ISSUER.match(after)
        if match and _ADOPTED.search(line):
            return match[1].removesuffix("令")
    return ""


def _from_chinese(match: re.Match[str]) -> tuple[str, str, str]:
    year = "".join(str(_DIGITS[digit]) for digit in match[1])
    return year, str(_small(match[2])), str(_small(match[3]))


def _small(written: str) -> int:
    """Return a number below a hundred: 三, 十三, 三十, 三十一."""
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return _DIGITS[written] if len(written) == 1 else 0
    return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
