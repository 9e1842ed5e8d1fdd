"""The drawing of a clock: what it leaves out, and that nothing else is left out."""

from __future__ import annotations

from datetime import date, timedelta

from sunshine.design import ruler

START = date(2026, 3, 2)


def drawn(*, length: int, due: int, pause: range = range(0)) -> ruler.Ruler:
    """Return a ruler of so many days from a Monday on; `due` and `pause` count days from there."""
    days = []
    for place in range(length):
        day = START + timedelta(days=place)
        rests = day.weekday() > 4
        days.append(
            ruler.Day(
                day,
                "weekend" if rests else "working",
                counted=not rests and place > 0,
                paused=place in pause,
                today=place == length - 1,
                due=place == due,
            )
        )
    return ruler.Ruler(tuple(days))


def dates(svg: str) -> list[str]:
    return [each.split("</title>")[0] for each in svg.split("<title>")[1:]]


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
    value = drawn(length=400, due=399, pause=range(20, 390))
    svg = ruler.svg(value, width=740, labels=ruler.Labels(left_out="{weeks} 周"))
    weeks = int(svg.split(" 周")[0].rsplit(">", 1)[1])
    assert weeks % 6 == 0
    assert len(dates(svg)) == 400 - weeks * 7


def test_a_number_of_three_figures_fits_into_its_day():
    days = tuple(
        ruler.Day(START + timedelta(days=place), "working", counted=True, number=place + 80)
        for place in range(42)
    )
    svg = ruler.svg(ruler.Ruler(days), width=740)
    assert 'font-size="9" text-anchor="middle"' in svg.split(">100<")[0].rsplit("<text", 1)[1]
    assert 'font-size="11"' in svg.split(">99<")[0].rsplit("<text", 1)[1]
