"""Words that are known: persons whom many know, and towns, clubs, firms that look like names of persons.

They are no order and no ban, for persons bear the names of towns too (华盛顿, 威廉): `sights` says what is
known of the characters where a candidate stands, and the weights say what that is worth.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib import resources

BODIES, PLACES, PERSONS = "known_bodies.txt", "foreign_places.txt", "known_persons.txt"
PERSON = "N"
"""The sort of those who are known as persons: players, writers, emperors, heroes of novels."""

THING = "L"
"""The sort of words in Latin letters that are no names; in small letters none begins one."""

LONGEST = 8
"""Characters of the longest word looked for."""


@functools.cache
def sorts() -> Mapping[str, str]:
    """Return the sort of each known word: a capital letter, but p for a foreign town.

    Latin words are in small letters.
    """
    known = dict.fromkeys(_lines(PLACES), "p")
    known |= {each: PERSON for line in _lines(PERSONS) for each in line.split()}
    sort = ""
    for line in _lines(BODIES):
        if line.startswith("["):
            sort = line.strip("[]")
        else:
            known |= dict.fromkeys(line.split(), sort)
    return known


def of_sort(sort: str) -> list[str]:
    """Return the known words of a sort."""
    return [word for word, its in sorts().items() if its == sort]


def _lines(name: str) -> list[str]:
    text = resources.files("sunshine.text").joinpath("data", name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def known_at(text: str, place: int, end: int, listed: Mapping[str, str]) -> str:
    """Return what is known where a candidate stands: the sort of the longest known word that begins with it.

    Before the sort stands whether the word is the candidate (=), goes on after it (>) or ends within it (<).
    """
    if text[place] < "\u3400":
        return ""  # Latin ones are looked up as a whole
    for size in range(min(LONGEST, len(text) - place), 1, -1):
        sort = listed.get(text[place : place + size])
        if sort:
            sign = "=" if place + size == end else ">" if place + size > end else "<"
            return sign + sort
    return ""
