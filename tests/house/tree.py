"""The source as these tests read it: files, syntax trees, packages, floors and rooms."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
HOUSE = ROOT / "sunshine"
OURS = ("sunshine", "tests", "tools", "benchmarks")


@cache
def files(*suffixes: str, under: str = "") -> tuple[Path, ...]:
    """Return our own files with these endings, without what Django wrote (migrations)."""
    places = [ROOT / under] if under else [ROOT / name for name in OURS]
    found = [path for place in places for path in sorted(place.rglob("*")) if path.suffix in suffixes]
    return tuple(
        path for path in found if not {"migrations", "__pycache__", "node_modules"} & set(path.parts)
    )


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def nodes(under: str = "sunshine") -> Iterator[tuple[Path, ast.AST]]:
    """Walk every syntax node of every Python file below a folder."""
    for path in files(".py", under=under):
        for node in ast.walk(parsed(path)):
            yield path, node


def place(path: Path, node: ast.AST | None = None) -> str:
    """Return where something stands, as a person would write it."""
    name = path.relative_to(ROOT).as_posix()
    return f"{name}:{getattr(node, 'lineno', 1)}" if node else name


def belongs(path: Path, *folders: str) -> bool:
    """Say whether the file lies in one of these folders of the tree."""
    return any(path.is_relative_to(ROOT / folder) for folder in folders)


@cache
def project() -> dict[str, Any]:
    """Return pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def contracts() -> list[dict[str, Any]]:
    """Return the import contracts as pyproject.toml has them."""
    return list(project()["tool"]["importlinter"]["contracts"])


def rooms(folder: Path) -> list[Path]:
    """Return the packages directly inside a folder."""
    return [path.parent for path in sorted(folder.glob("*/__init__.py"))]
