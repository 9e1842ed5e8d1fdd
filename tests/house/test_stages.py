"""A matter changes its stage in one place, where its procedure was asked first."""

from __future__ import annotations

import ast

import pytest

from tests.house import tree


def sets_a_stage(node: ast.AST) -> bool:
    """Say whether this node gives a row a stage: `x.stage = …`, `.update(stage=…)`, `setattr`."""
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        parts = [part for target in targets for part in ast.walk(target)]
        return any(isinstance(part, ast.Attribute) and part.attr == "stage" for part in parts)
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Attribute) and node.func.attr == "update":
        return any(keyword.arg == "stage" for keyword in node.keywords)
    names = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
    return isinstance(node.func, ast.Name) and node.func.id == "setattr" and "stage" in names


def test_a_stage_is_assigned_in_one_place_only() -> None:
    places = [tree.place(path, node) for path, node in tree.nodes() if sets_a_stage(node)]
    assert len(places) == 1, places
    assert places[0].startswith("sunshine/core/matters/"), places


@pytest.mark.parametrize(
    "line",
    ["matter.stage = 'x'", "a, matter.stage = 1, 2", "rows.update(stage='x')", "setattr(m, 'stage', 1)"],
)
def test_a_planted_assignment_is_seen(line: str) -> None:
    assert any(sets_a_stage(node) for node in ast.walk(ast.parse(line)))


def test_reading_a_stage_is_not_taken_for_setting_it() -> None:
    assert not any(
        sets_a_stage(node) for node in ast.walk(ast.parse("if matter.stage == x: y = matter.stage"))
    )
