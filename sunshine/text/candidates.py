"""Where a personal name could stand, and what speaks for or against it.

A text is cut into words first. A candidate begins where a word begins: with a surname, with a Japanese
surname, with characters that write foreign names or given names, with Latin letters, or as a word that the
dictionary or the list of known persons has for a name (`begins`); a surname with a form of address or a
title is none. For each candidate `sights` says what can be seen: its characters, how the words are cut under
it, and its neighbours. `people` weighs them; `tools/name_model.py` learned the weights from the same lines.
"""

from __future__ import annotations

import string
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

import rjieba

from sunshine.text import japanese_names, names, telling
from sunshine.text.begins import DOTTED, LATIN, TOLD, Begin, Cut, Statistics, Words

LONGEST = 18
"""Characters of the longest name looked for: 阿卜杜热西提·阿卜杜热合曼 and the like."""

LONGEST_NATIVE = 6
"""Characters of the longest Chinese or Japanese name looked for."""

LONGEST_PART = 8
"""Characters of the longest foreign name without a dot."""

MOST_ENDS = 8
"""Ends of a foreign name weighed at one start."""

MOST_DOTS = 4
MOST_STRANGE = 2
"""Characters of a name with a dot that foreign names are not usually written with."""

MOST_LATIN = 3
"""Latin words of the longest name looked for."""

JOINTS = "·-."
"""What joins the parts of a foreign name; the last two only between its letters."""

LEAST_SMALL = 3
"""Letters of the shortest name that begins with a small letter."""

_JOINTS_OF_LATIN = frozenset(" ·-")
_BESIDE_LATIN = frozenset("'.@/\\_:&+%#=-") | frozenset(string.ascii_letters + string.digits)
"""What stands beside Latin letters that are a part of something longer: an address, a model."""


class Start(NamedTuple):
    """A word at which a name may begin, and the (end, kind) of the names that may begin there."""

    token: int
    place: int
    ends: tuple[tuple[int, str], ...]


def tokens(text: str) -> Cut:
    """Return the words of a text with their places."""
    words = rjieba.cut(text, False)
    return Cut(list(accumulate(map(len, words), initial=0)), words)


def starts(text: str, cut: Cut, known: Statistics) -> Iterator[Start]:
    """Yield where names may begin, in the order of places."""
    for index in known.words.beginning(cut.words):
        if start := start_at(text, cut, index, known):
            yield start


def start_at(text: str, cut: Cut, index: int, known: Statistics) -> Start | None:
    """Return the names that may begin at a word; nothing when none may."""
    begin, place = known.words.begin(cut.words[index]), cut.places[index]
    if begin is None:
        begin = DOTTED if telling.leads_to_dot(cut.words, index) else TOLD
    if text[place : place + 3] == text[place] * 3 or names.is_surname_alone(text, place):
        return None
    if begin.is_latin:
        latin = tuple((end, "L") for end in _latin_ends(text, cut, index))
        return Start(index, place, latin) if latin else None
    ends = _ends(text, cut, index, begin, known.words)
    if begin.is_listed:
        ends = dict.fromkeys(known.words.listed_ends(text, place), "K") | ends
    if begin.is_given and (end := known.words.given_end(text, cut, index)):
        ends = {end: "G"} | ends
    return Start(index, place, tuple(sorted(ends.items()))) if ends else None


def outlook(text: str, cut: Cut, index: int, known: Statistics) -> str:
    """Return the kind of name that alone may begin at a word: H, nothing, or ? where it may be several."""
    word, words = cut.words[index], known.words
    begin = words.begin(word)
    if begin is None:
        return "?" if telling.is_told(text, cut.places, cut.words, index) else ""
    if begin.is_known or begin.is_familiar or begin.is_latin:
        return "?"
    if begin.is_listed and words.listed_ends(text, cut.places[index]):
        return "?"
    if begin.is_given and words.given_end(text, cut, index):
        return "?"
    if begin.is_foreign and (len(word) > 1 or _goes_on(cut, index + 1, words)):
        return "?"
    if telling.leads_to_dot(cut.words, index):
        return "?"
    if begin.is_japanese or begin.is_double:
        place = cut.places[index]
        if text[place : place + 2] in names.DOUBLE_SURNAMES or japanese_names.surname_at(text, place):
            return "?"
    if begin.is_chinese:
        return "H"
    return "?" if telling.is_told(text, cut.places, cut.words, index) else ""


def _ends(text: str, cut: Cut, index: int, begin: Begin, words: Words) -> dict[int, str]:
    """Return the ends of possible names; of two kinds with one end the later one counts."""
    place, word = cut.places[index], cut.words[index]
    ends: dict[int, str] = (
        {} if begin.is_chinese else dict.fromkeys(telling.told_ends(text, cut.places, cut.words, index), "A")
    )
    if begin.is_known:
        ends[place + len(word)] = "N"
    may_be_foreign = begin.is_foreign or (begin.is_known and not begin.is_chinese)
    if (may_be_foreign and (len(word) > 1 or _goes_on(cut, index + 1, words))) or telling.leads_to_dot(
        cut.words, index
    ):
        for end in _foreign_ends(text, cut, index, words):
            ends[end] = "F"
    if not begin.is_native:
        return ends
    most = _han(text, place)
    if begin.is_familiar and text[place + 1 : place + 2] in names.SURNAMES and most > 1:
        ends[place + 2] = "X"
    if begin.is_familiar and len(word) == 1 and _goes_on(cut, index + 1, words):
        ends |= dict.fromkeys(_foreign_ends(text, cut, index + 1, words), "Y")
    if begin.is_japanese:
        size = japanese_names.surname_at(text, place) or most
        ends |= dict.fromkeys(range(place + size + 1, place + min(size + 3, most) + 1), "J")
    if begin.is_chinese and most > 1:
        least = names.least_size(text[place + 1])
        ends |= dict.fromkeys(range(place + least, place + min(3, most) + 1), "H")
    if begin.is_double and text[place : place + 2] in names.DOUBLE_SURNAMES:
        ends |= dict.fromkeys(range(place + 3, place + min(4, most) + 1), "D")
    return ends


def _han(text: str, place: int) -> int:
    """Return how many Han characters follow each other from a place on, of those that a name may have."""
    match = telling.HAN.match(text, place, place + LONGEST_NATIVE)
    return match.end() - place if match else 0


def _goes_on(cut: Cut, index: int, words: Words) -> bool:
    if index >= len(cut.words):
        return False
    return cut.words[index] in ("·", "-") or words.is_foreign(cut.words[index])


def _latin_ends(text: str, cut: Cut, index: int) -> Iterator[int]:
    """Yield the ends of names in Latin letters that begin with a word; none within something longer."""
    words, begun = cut.words, cut.places[index]
    if text[begun - 1 : begun] in _BESIDE_LATIN:
        return
    if index > 1 and words[index - 1] in _JOINTS_OF_LATIN and words[index - 2].isascii():
        return
    run = [index]
    while len(run) <= MOST_LATIN and run[-1] + 2 < len(words) and words[run[-1] + 1] in _JOINTS_OF_LATIN:
        if not words[run[-1] + 2].isascii():
            break
        run.append(run[-1] + 2)
    if any(words[at] in names.FIRMS_IN_LATIN for at in run):
        return
    if words[index][0].islower() and (len(run) > 1 or len(words[index]) < LEAST_SMALL):
        return
    for at in run[:MOST_LATIN]:
        if not LATIN.fullmatch(words[at]):
            return
        end = cut.places[at] + len(words[at])
        if text[end : end + 1] not in _BESIDE_LATIN or text[end + 1 : end + 2] in ("", "\n"):
            yield end


def _foreign_ends(text: str, cut: Cut, index: int, words: Words) -> Iterator[int]:
    begun = end = cut.places[index]
    yielded = strange = dots = 0
    before_dot = telling.leads_to_dot(cut.words, index)
    for at, word in enumerate(cut.words[index : index + LONGEST], index + 1):
        is_written = words.is_foreign(word)
        if word == "·" or (word in ("-", ".") and at < len(cut.words) and words.is_foreign(cut.words[at])):
            dots += 1
            before_dot = False
            if end == begun or dots > MOST_DOTS:
                return
            end += 1
        elif is_written or before_dot or (strange < MOST_STRANGE and dots and _is_strange(word)):
            strange += not is_written
            end += len(word)
            longest = LONGEST if dots else LONGEST_PART
            may_end = (is_written or not before_dot) and not _ends_with_function(text, end, word)
            if may_end and 2 <= end - begun <= longest and yielded < MOST_ENDS:
                yielded += 1
                yield end
        else:
            return
        if end - begun >= LONGEST:
            return


def _is_strange(word: str) -> bool:
    """Return whether a word is one character that a name with a dot, begun already, may have all the same."""
    return len(word) == 1 and word not in telling.FUNCTION and bool(telling.HAN.match(word))


def _ends_with_function(text: str, end: int, word: str) -> bool:
    """Return whether the last word is one like 都, but for 阿不都."""
    return word in telling.FUNCTION and text[end - 2 : end] != "不都"
