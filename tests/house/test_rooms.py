"""Every floor, room and package is covered by a contract and introduces itself."""

from __future__ import annotations

import ast

from tests.house import tree

LINES_OF_AN_INTRODUCTION = 3
MECHANICAL = {"migrations", "templatetags", "management", "commands"}  # packages because a tool asks for one


def exhaustive_containers() -> set[str]:
    return {
        container
        for contract in tree.contracts()
        if contract["type"] == "layers" and contract.get("exhaustive")
        for container in contract["containers"]
    }


def test_every_floor_with_rooms_has_a_contract_that_names_them_all() -> None:
    floors = {f"sunshine.{floor.name}" for floor in tree.rooms(tree.HOUSE) if floor.name != "project"}
    with_rooms = {floor for floor in floors if _rooms_of(floor)}
    assert "sunshine.core" in with_rooms
    assert with_rooms - exhaustive_containers() == set()
    assert "sunshine" in exhaustive_containers()


def _rooms_of(floor: str) -> list[str]:
    """Return a floor's rooms; a package inside a room that is a floor of its own (`design`) is no room."""
    return [
        room.name for room in tree.rooms(tree.ROOT / floor.replace(".", "/")) if room.name not in MECHANICAL
    ]


def test_every_rules_module_is_held_to_plain_python() -> None:
    pure = next(contract for contract in tree.contracts() if contract["id"] == "pure")
    assert {"sunshine.kernel", "sunshine.text", "sunshine.*.*.rules"} <= set(pure["source_modules"])
    modules = [path for path in tree.files(".py", under="sunshine") if path.stem == "rules"]
    packages = [path.parent for path in tree.files(".py", under="sunshine") if path.parent.name == "rules"]
    places = {path.relative_to(tree.HOUSE).with_suffix("").parts for path in [*modules, *packages]}
    assert places, "no rules module was found at all"
    assert [parts for parts in places if len(parts) != 3] == [], (
        "a rules module that the contract does not reach"
    )


def test_every_floor_and_every_room_introduces_itself() -> None:
    floors = tree.rooms(tree.HOUSE)
    rooms = [room for floor in floors for room in tree.rooms(floor) if room.name not in MECHANICAL]
    introductions = {
        place: ast.get_docstring(tree.parsed(place / "__init__.py")) or "" for place in [*floors, *rooms]
    }
    assert len(floors) > 4
    assert [
        tree.place(place)
        for place, text in introductions.items()
        if len(text.splitlines()) < LINES_OF_AN_INTRODUCTION
    ] == []


def test_every_folder_of_code_is_a_package() -> None:
    folders = {path.parent for path in tree.files(".py", under="sunshine")}
    assert [tree.place(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        tree.place(path)
        for path in tree.files(".py")
        if path.name != "apps.py" and not ast.get_docstring(tree.parsed(path))  # an app says only its name
    ]
    assert silent == []
