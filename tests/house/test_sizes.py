"""Nothing is longer than a person can hold in mind."""

from __future__ import annotations

import ast

from tests.house import tree

LINES_OF_A_FILE = 400
LINES_OF_A_FUNCTION = 80


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    lengths = {
        path: len(path.read_text("utf-8").splitlines()) for path in tree.files(".py", ".html", ".css", ".js")
    }
    assert lengths, "no source was found at all"
    assert [f"{tree.place(path)}: {n}" for path, n in lengths.items() if n > LINES_OF_A_FILE] == []


def test_no_function_is_longer_than_eighty_lines() -> None:
    too_long = [
        f"{tree.place(path, node)} {node.name}"
        for folder in tree.OURS
        for path, node in tree.nodes(folder)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno + 1 > LINES_OF_A_FUNCTION
    ]
    assert too_long == []
