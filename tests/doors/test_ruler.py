"""The drawing of a clock: what it leaves out, and that nothing else is left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sunshine.design import ruler

START = date(2026, 3, 2)


def drawn(*, length: int, due: int, pauses: Sequence[range] = (), **more: Any) -> ruler.Ruler:
    """Return a ruler of so many days from a Monday on; `due` and `pauses` count days from there."""
    days = []
    held = [
        ruler.Pause(START + timedelta(days=each[0]), START + timedelta(days=each[-1]), f"原因{number}")
        for number, each in enumerate(pauses)
    ]
    for place in range(length):
        day = START + timedelta(days=place)
        rests = day.weekday() > 4
        days.append(
            ruler.Day(
                day,
                "weekend" if rests else "working",
                counted=not rests and place > 0,
                paused=any(place in each for each in pauses),
                today=place == length - 1,
                due=place == due,
            )
        )
    return ruler.Ruler(tuple(days), pauses=tuple(held), **more)


def dates(svg: str) -> list[str]:
    return re.findall(r"<title>(\d{4}-\d\d-\d\d)</title>", svg)


def test_a_clock_within_its_time_shows_every_day_at_both_widths():
    value = drawn(length=60, due=59)
    for width in (308, 740):
        assert len(dates(ruler.svg(value, width=width))) == 60


def test_of_many_late_weeks_a_calendar_draws_the_first_and_the_last_and_says_how_many_lie_between():
    value = drawn(length=200, due=28)
    svg = ruler.svg(value, width=308)
    shown = dates(svg)
    assert "… 21 weeks …" in svg
    assert shown[-1] == (START + timedelta(days=199)).isoformat()
    assert value.due is not None
    assert value.due.isoformat() in shown
    assert len(shown) == 200 - 21 * 7


def test_a_long_pause_is_folded_in_a_strip_too_by_whole_rows():
    value = drawn(length=400, due=399, pauses=[range(20, 390)])
    svg = ruler.svg(value, width=740, labels=ruler.Labels(left_out="{weeks} 周"))
    weeks = int(svg.split(" 周")[0].rsplit(">", 1)[1])
    assert weeks % 6 == 0
    assert len(dates(svg)) == 400 - weeks * 7


def test_of_each_of_several_long_pauses_the_reason_is_drawn():
    value = drawn(length=320, due=319, pauses=[range(7, 105), range(105, 203), range(203, 301)])
    for width in (308, 740):
        svg = ruler.svg(value, width=width)
        assert [f"原因{number}" in svg for number in range(3)] == [True] * 3

    assert " weeks …" in ruler.svg(value, width=308)


def test_of_a_clock_that_was_dropped_no_day_is_late():
    late, dropped = (drawn(length=60, due=28, dropped=is_dropped) for is_dropped in (False, True))
    assert "ruler-day--late" in ruler.svg(late, width=740)
    assert "ruler-day--late" not in ruler.svg(dropped, width=740)


def test_a_number_of_three_figures_fits_into_its_day():
    days = tuple(
        ruler.Day(START + timedelta(days=place), "working", counted=True, number=place + 80)
        for place in range(42)
    )
    svg = ruler.svg(ruler.Ruler(days), width=740)
    assert 'font-size="9" text-anchor="middle"' in svg.split(">100<")[0].rsplit("<text", 1)[1]
    assert 'font-size="11"' in svg.split(">99<")[0].rsplit("<text", 1)[1]
