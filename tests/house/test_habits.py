"""Small habits that keep the large promises: no back doors, no silent nothing, sentences for names."""

from __future__ import annotations

import ast
import re

from tests.house import tree

BACK_DOORS = {"force", "log", "skip_checks", "skip_validation", "bypass", "no_check"}


def functions(under: str) -> list[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    return [
        (tree.place(path, node), node)
        for path, node in tree.nodes(under)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def test_no_flag_skips_a_rule() -> None:
    flags = [
        f"{place} {argument.arg}"
        for place, function in functions("sunshine")
        for argument in [*function.args.args, *function.args.kwonlyargs]
        if argument.arg in BACK_DOORS
    ]
    assert flags == []


def test_nothing_is_caught_and_forgotten() -> None:
    silent = [
        tree.place(path, node)
        for path, node in tree.nodes()
        if isinstance(node, ast.ExceptHandler) and all(isinstance(line, ast.Pass) for line in node.body)
    ]
    assert silent == []


def test_the_name_of_a_test_is_a_sentence() -> None:
    tests = [(place, f.name) for place, f in functions("tests") if f.name.startswith("test_")]
    assert [f"{place} {name}" for place, name in tests if len(name.split("_")) < 5] == []


def test_templates_hold_no_script_style_or_query_of_their_own() -> None:
    inline = re.compile(
        r"<style\b|<script(?![^>]*\bsrc=)(?![^>]*application/(ld\+)?json)|\sstyle=|\son[a-z]+=\"|\.objects\b|javascript:",
        re.IGNORECASE,
    )
    found = [
        f"{tree.place(path)}:{number}"
        for path in tree.files(".html", under="sunshine")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if inline.search(line)
    ]
    assert found == []


def test_nothing_is_left_for_later() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    found = [
        f"{tree.place(path)}:{number}"
        for path in tree.files(".py", ".html", ".css", ".js")
        if path.name != "test_habits.py"
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if marks.search(line)
    ]
    assert found == []
