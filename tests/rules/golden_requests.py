"""Clock cases of information requests, 2008–2027, computed by hand rules that share no code with the product.

`python -m tests.rules.golden_requests` writes `golden_requests.json`. The working days come from the package
`chinesecalendar` (2004–2026); for 2027, not announced yet, from the statutory days written out below. A
case tells a story in days (received, asked, completed, a letter to a third party, an answer, an extension,
a fee) and says on which day the reply is due, which days were counted, which paused, which holidays and
which moved working days explain it.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar

CASES = 1000
FILE = Path(__file__).with_suffix(".json")
DAY = timedelta(days=1)
FIRST, NEW_TEXT, LAST = date(2008, 5, 1), date(2019, 5, 15), date(2027, 8, 31)

# The statutory days of 2027 by the rule of 2025: the days that the law itself names.
STATUTORY_2027 = {
    date(2027, 1, 1),
    *(date(2027, 2, day) for day in (5, 6, 7, 8)),
    date(2027, 4, 5),
    date(2027, 5, 1),
    date(2027, 5, 2),
    date(2027, 6, 9),
    date(2027, 9, 15),
    *(date(2027, 10, day) for day in (1, 2, 3)),
}


def works(day: date) -> bool:
    """Say whether people work on a day."""
    if day.year >= 2027:
        return day.weekday() < 5 and day not in STATUTORY_2027
    return bool(chinese_calendar.is_workday(day))


def days_after(day: date) -> Iterator[date]:
    """Yield the days after a day, one by one."""
    while True:
        day += DAY
        yield day


def working_after(day: date, number: int) -> date:
    """Walk forward until so many working days were met."""
    for each in days_after(day):
        number -= works(each)
        if number == 0:
            return each
    raise AssertionError


def walk(start: date, length: int, pauses: list[tuple[date, date]]) -> tuple[date, list[date], list[date]]:
    """Count day by day: the due day, the days counted, the working days that a pause took.

    A pause takes the days after the one on which it begins, up to and with the one on which it ends.
    """
    counted: list[date] = []
    paused: list[date] = []
    for day in days_after(start):
        if not works(day):
            continue
        if any(began < day <= ended for began, ended in pauses):
            paused.append(day)
            continue
        counted.append(day)
        if len(counted) == length:
            break
    # A pause that begins on the last day itself: the period ends with the working day of its end.
    due = counted[-1]
    for began, ended in pauses:
        if began == due:
            due = ended if works(ended) else working_after(ended, 1)
            paused += [day for day in days_between(began, ended) if works(day)]
    return due, counted, paused


def days_between(first: date, last: date) -> list[date]:
    """Return the days after the first, up to and with the last."""
    return [first + DAY * number for number in range(1, (last - first).days + 1)]


def story(chance: random.Random, number: int) -> dict[str, object]:
    """Make one case."""
    received = FIRST + DAY * chance.randrange((LAST - FIRST).days)
    if number % 10 == 0:  # the law's own edge, both sides of it
        received = NEW_TEXT + DAY * chance.randrange(-40, 20)
    new = received >= NEW_TEXT
    term = 20 if new else 15
    case: dict[str, object] = {
        "number": number,
        "version": "2019" if new else "2008",
        "received_on": received,
    }
    start, pauses, length = received, [], term
    kind = chance.choice(("plain", "complete", "third_party", "extend", "both", "fee", "all"))
    if kind == "fee" and received < date(2021, 1, 1):
        kind = "third_party"
    if kind in ("complete", "all"):
        case["asked_on"] = asked = working_after(received, chance.randint(1, 6))
        case["completed_on"] = start = asked + DAY * chance.randint(1, 18)
    now = start
    if kind == "fee":
        case["charged_on"] = charged = working_after(start, chance.randint(1, 8))
        case["paid_on"] = start = now = charged + DAY * chance.randint(1, 20)
    if kind in ("third_party", "both", "all"):
        for _round in range(chance.choice((1, 1, 2))):
            sent = working_after(now, chance.randint(1, 6))
            got = sent + DAY * chance.randint(0, 6)
            back = got + DAY * chance.randint(0, 15)
            pauses.append((sent, back))
            now = back
    if kind in ("extend", "both", "all"):
        case["extended_on"] = max(now, working_after(start, chance.randint(1, 3)))
        length += term
    case["pauses"] = pauses
    due, counted, paused = walk(start, length, pauses)
    case |= {"due_on": due, "counted": counted[-1], "total": length, "paused_days": sorted(set(paused))}
    case["started_on"] = start
    span = [start, *days_between(start, due)]
    case["swapped"] = [day for day in counted if day.weekday() >= 5]
    case["days_off"] = [day for day in span if day.weekday() < 5 and not works(day)]
    return case


def cases() -> list[dict[str, object]]:
    """Return all cases; the same ones each time."""
    chance = random.Random(20190515)  # noqa: S311  # reproducible cases, no secret
    return [story(chance, number) for number in range(CASES)]


if __name__ == "__main__":
    FILE.write_text(json.dumps(cases(), default=str, separators=(",", ":")), "ascii")
