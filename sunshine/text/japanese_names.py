"""Surnames and given names of Japan, as they are written in Simplified Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources

LONGEST_SURNAME = 4


def _sections() -> Mapping[str, frozenset[str]]:
    lists: dict[str, list[str]] = {}
    text = resources.files("sunshine.text").joinpath("data", "japanese_names.txt").read_text("utf-8")
    for line in text.splitlines():
        if line.startswith("["):
            words = lists.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            words += line.split()
    return {section: frozenset(words) for section, words in lists.items()}


_LISTS = _sections()
USUAL = _LISTS["usual surnames"]
SURNAMES = USUAL | _LISTS["surnames"]
GIVEN = _LISTS["given names"]


def surname_at(text: str, place: int) -> int:
    """Return how many characters the longest surname of Japan has that stands at a place; 0 for none."""
    sizes = range(min(LONGEST_SURNAME, len(text) - place), 1, -1)
    return next((size for size in sizes if text[place : place + size] in SURNAMES), 0)
