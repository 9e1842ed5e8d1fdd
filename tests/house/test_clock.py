"""The clock is read at the doors and handed inward; below them a moment is an argument."""

from __future__ import annotations

import ast

import pytest

from tests.house import tree

MAY_READ = ("sunshine/doors", "sunshine/project")
CLOCKS = {
    "datetime",
    "date",
    "timezone",
}  # Python's two and Django's module; a reading has a `now` of its own
MOMENTS = {"now", "utcnow", "today"}
TIME_MODULE = {"time", "time_ns", "localtime", "gmtime", "ctime"}
HERE_AND_NOW = {"localdate", "localtime"}  # of Django's timezone: read the clock when given no moment


def reads_the_clock(node: ast.AST) -> bool:
    """Say whether this node asks what time it is (`perf_counter`, which only measures, does not)."""
    if isinstance(node, ast.keyword):
        return node.arg in {"auto_now", "auto_now_add"}
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.attr in HERE_AND_NOW and not node.args and not node.keywords
    if isinstance(node, ast.Attribute):
        of_time = isinstance(node.value, ast.Name) and node.value.id == "time" and node.attr in TIME_MODULE
        return of_time or (node.attr in MOMENTS and last_name(node.value) in CLOCKS)
    return isinstance(node, ast.Name) and node.id == "Now"


def last_name(node: ast.AST) -> str:
    """Return the name nearest to the dot: `datetime` of both `datetime` and `dt.datetime`."""
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def test_nobody_below_the_doors_reads_the_clock() -> None:
    readers = [
        tree.place(path, node)
        for path, node in tree.nodes()
        if not tree.belongs(path, *MAY_READ) and reads_the_clock(node)
    ]
    assert readers == []


@pytest.mark.parametrize(
    "line",
    [
        "datetime.now(UTC)",
        "date.today()",
        "datetime.datetime.today()",
        "timezone.now()",
        "models.DateTimeField(default=timezone.now)",
        "models.DateTimeField(auto_now_add=True)",
        "time.time()",
        "timezone.localdate()",
        "Entry.objects.filter(at__lt=Now())",
    ],
)
def test_a_planted_reading_of_the_clock_is_seen(line: str) -> None:
    assert any(reads_the_clock(node) for node in ast.walk(ast.parse(line)))


@pytest.mark.parametrize(
    "line",
    ["perf_counter()", "timezone.localtime(at)", "time(12, 30)", "row.time", "reading.now", "day.today"],
)
def test_measuring_and_converting_are_not_taken_for_reading_the_clock(line: str) -> None:
    assert not any(reads_the_clock(node) for node in ast.walk(ast.parse(line)))
