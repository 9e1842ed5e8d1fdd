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


NAMED = {"stage", "outcome"}


def says_by_hand(node: ast.AST) -> bool:
    """Say whether this node asks for a stage or an outcome by a literal, which no rule would miss."""
    if isinstance(node, ast.keyword):
        return bool(NAMED & set((node.arg or "").split("__"))) and _is_literal(node.value)
    if isinstance(node, ast.Compare):
        sides = [node.left, *node.comparators]
        asked = any(isinstance(side, ast.Attribute) and side.attr in NAMED for side in sides)
        return asked and any(_is_literal(side) for side in sides)
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
        return False
    return node.func.id in {"close", "_each"} and any(_is_literal(each) for each in node.args)


def _is_literal(value: ast.AST) -> bool:
    parts = value.elts if isinstance(value, ast.Tuple | ast.List | ast.Set) else [value]
    return any(
        isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value for part in parts
    )


def test_requests_name_their_stages_and_outcomes_by_the_rules() -> None:
    """Requests only: the other rooms are not there yet."""
    said = [
        tree.place(path, node) for path, node in tree.nodes("sunshine/work/requests") if says_by_hand(node)
    ]
    assert said == []


@pytest.mark.parametrize(
    "line",
    [
        "rows.filter(matter__stage='deferred')",
        "rows.filter(outcome__in=('disclosed', x))",
        "if request.outcome == 'partial': pass",
        "close(acting, 'lapsed', at=at)",
    ],
)
def test_a_planted_literal_is_seen(line: str) -> None:
    assert any(says_by_hand(node) for node in ast.walk(ast.parse(line)))


def test_an_empty_outcome_is_none_and_not_a_literal() -> None:
    assert not any(says_by_hand(node) for node in ast.walk(ast.parse("rows.update(outcome='', row='')")))
