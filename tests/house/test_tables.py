"""What must be true of every table: foreign keys point down, and rows are saved in the plain way."""

from __future__ import annotations

import re
from pathlib import Path

from django.apps import apps
from django.db import models

from tests.house import tree

FLOORS = ("kernel", "text", "core", "city", "work", "design", "lenses", "doors", "project")
CORE = ("people", "ledger", "matters", "publishing")


def ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("sunshine.")]


def room(model: type[models.Model]) -> tuple[str, str]:
    """Return the floor and the room of a model; what is not ours lies below everything."""
    parts = model.__module__.split(".")
    return (parts[1], parts[2]) if parts[0] == "sunshine" else ("", "")


def may_point(source: tuple[str, str], target: tuple[str, str]) -> bool:
    """Say whether a row of one room may hold a foreign key to a row of another."""
    if source == target or target == ("", ""):
        return True
    if source[0] == target[0] == "core":
        return CORE.index(source[1]) > CORE.index(target[1])
    return FLOORS.index(source[0]) > FLOORS.index(target[0])


def test_foreign_keys_point_down() -> None:
    upward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in ours()
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if field.remote_field
        and isinstance(field.related_model, type)
        and not may_point(room(model), room(field.related_model))
    ]
    assert ours(), "no tables were found at all"
    assert upward == []


def test_a_key_that_points_up_or_sideways_is_seen() -> None:
    assert may_point(("work", "documents"), ("core", "matters"))
    assert may_point(("core", "publishing"), ("core", "people"))
    assert not may_point(("core", "people"), ("core", "ledger"))
    assert not may_point(("core", "matters"), ("work", "documents"))
    assert not may_point(("work", "documents"), ("work", "requests"))


def test_no_table_overrides_how_a_row_is_saved_or_deleted() -> None:
    overridden = [
        f"{model._meta.label}.{name}"
        for model in ours()
        for base in model.__mro__
        if base.__module__.startswith("sunshine.")
        for name in ("save", "delete", "asave", "adelete")
        if name in vars(base)
    ]
    assert overridden == []


def test_no_key_points_to_just_anything() -> None:
    generic = [f"{m._meta.label}.{f.name}" for m in ours() for f in m._meta.private_fields]
    assert generic == []


def test_rooms_do_not_send_each_other_signals() -> None:
    pattern = re.compile(r"\b(post|pre)_(save|delete|init)\b|\bm2m_changed\b")
    users = [
        tree.place(path)
        for path in tree.files(".py", under="sunshine")
        if pattern.search(path.read_text("utf-8"))
    ]
    assert users == []


def test_migrations_are_named_for_their_purpose() -> None:
    nameless = [
        tree.place(path)
        for path in sorted(tree.HOUSE.rglob("migrations/0*.py"))
        if re.search(r"\d{4}_(auto_|.*_and_more$|rename_|alter_|remove_.*_and)", Path(path).stem)
    ]
    assert nameless == []
