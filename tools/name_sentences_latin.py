"""Names in Latin letters and other things written in them, made for learning."""

from __future__ import annotations

import random

from sunshine.text import known_words

_ONSETS = ["", *"bcdfghjklmnprstvwz", "ch", "th", "st", "br", "kr", "sv", "sch", "fl", "gr", "sh"]
_CODAS = ["", "", "", "n", "r", "s", "l", "t", "ck", "rd", "ll", "x", "m", "nd"]
LONGEST_GLUED = 18
"""Letters of the longest title that is written without gaps."""

_GIVEN, _THINGS = known_words.of_sort("G"), known_words.of_sort("L")


def person(chance: random.Random) -> str:
    """Return a given name with or without a surname, or a name that a player gives himself."""
    share = chance.random()
    if share < 0.35:
        return chance.choice(_GIVEN).capitalize()
    if share < 0.6:
        return chance.choice(_GIVEN).capitalize() + " " + _syllables(chance, 2, 3).capitalize()
    if share < 0.75:
        return _syllables(chance, 2, 3).capitalize()
    word = _syllables(chance, 1, 3)
    forms = (word.capitalize(), word, word.upper(), word.upper()[:4] + str(chance.randrange(10, 1000)))
    return chance.choice((*forms, word[:2].capitalize() + word[2:].capitalize(), word.capitalize()))


def small(chance: random.Random) -> str:
    """Return a name as portals write it in small letters and without a gap, or as players write theirs."""
    share = chance.random()
    if share < 0.45:
        return chance.choice(_GIVEN) + _syllables(chance, 2, 3)
    if share < 0.65:
        return _syllables(chance, 2, 3)
    if share < 0.75:
        return chance.choice(_GIVEN)
    word = _syllables(chance, 1, 2) + chance.choice(("", _syllables(chance, 1, 1).capitalize()))
    return chance.choice((word, word, word.upper(), word + str(chance.randrange(1, 100))))


def thing(chance: random.Random) -> str:
    """Return a brand, an abbreviation or another thing."""
    share = chance.random()
    if share < 0.35:
        word = chance.choice(_THINGS)
        return chance.choice((word, word.upper(), word.upper(), word.capitalize()))
    if share < 0.45:
        return "".join(chance.choices(_THINGS, k=chance.randrange(2, 5)))[:LONGEST_GLUED]
    if share < 0.7:
        return "".join(chance.choices("ABCDEFGHIKLMNOPRSTUVWX", k=chance.randrange(2, 5)))
    if share < 0.76:
        return _syllables(chance, 1, 3).capitalize() + str(chance.choice((2, 3, 4, 2008, 2010, 2012, 2019)))
    if share < 0.82:
        letters = chance.choice("ABCDGHKLMNPRSTVXZ") * chance.randrange(1, 3)
        return letters + str(chance.randrange(10, 9999))
    forms = (
        _syllables(chance, 2, 3),
        _syllables(chance, 1, 3).capitalize(),
        _syllables(chance, 1, 2).upper(),
    )
    if share < 0.9:
        return chance.choice(forms)
    return chance.choice(forms).capitalize() + _syllables(chance, 1, 2).capitalize()


def _syllables(chance: random.Random, least: int, most: int) -> str:
    size = chance.randint(least, most)
    return "".join(
        chance.choice(_ONSETS) + chance.choice("aeiou") + chance.choice(_CODAS) for _ in range(size)
    )
