"""Simplified and Traditional script: conversion by phrases, of texts and of whole pages."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterator
from difflib import SequenceMatcher

import opencc

from sunshine.text import normal

_UNTOUCHED = re.compile(
    r"<(script|style|pre|code|textarea)\b.*?</\1\s*>"  # what is no prose
    r"|<!--.*?-->"
    r"|<(\w+)\b[^>]*\bdata-script=\"kept\"[^>]*>.*?</\2\s*>"  # names in their own script
    r"|<[^>]*>",
    re.DOTALL | re.IGNORECASE,
)
_SHOWN = re.compile(r"(\b(?:alt|title|aria-label|placeholder|content|value)=\")([^\"]*)(\")")
_SHOWN_OF_FIELD = re.compile(r"(\b(?:title|aria-label|placeholder)=\")([^\"]*)(\")")
_HAN = re.compile(r"[\u3400-\u9fff]")


def to_traditional(text: str) -> str:
    """Return a Simplified text in Traditional script; the words stay those of the mainland.

    Of a character's forms the one in general use is taken: 核驗 and 為, not 覈驗 and 爲.
    """
    return _converter("s2tw").convert(text) if _HAN.search(text) else text


def to_traditional_keeping(text: str, kept: Collection[str]) -> str:
    """Return a Simplified text in Traditional script; protected names stay as they write themselves."""
    ordered = sorted((each for each in set(kept) if each), key=len, reverse=True)
    if not ordered:
        return to_traditional(text)
    pieces = re.split("(" + "|".join(map(re.escape, ordered)) + ")", text)
    return "".join(piece if place % 2 else to_traditional(piece) for place, piece in enumerate(pieces))


def lost_on_return(text: str) -> list[tuple[int, int, str]]:
    """Return the spans of a Simplified text that come back otherwise from Traditional script, with what came.

    They are where a reader of the Traditional page may read another word than was written.
    """
    returned = to_simplified(to_traditional(text))
    if returned == text:
        return []
    lines = zip(text.split("\n"), returned.split("\n"), strict=False)
    found: list[tuple[int, int, str]] = []
    place = 0
    for given, came in lines:
        found += [(place + start, place + end, other) for start, end, other in _changed(given, came)]
        place += len(given) + 1
    return found


def _changed(given: str, came: str) -> list[tuple[int, int, str]]:
    if given == came:
        return []
    if len(given) == len(came):
        pairs = enumerate(zip(given, came, strict=True))
        return [(place, place + 1, other) for place, (one, other) in pairs if one != other]
    changes = SequenceMatcher(None, given, came, autojunk=False).get_opcodes()
    return [(a, b, came[c:d]) for kind, a, b, c, d in changes if kind != "equal"]


def to_simplified(text: str) -> str:
    """Return a text in Simplified script; what is Simplified already comes back the same."""
    return _converter("t2s").convert(text) if _HAN.search(text) else text


def html_to_traditional(html: str) -> str:
    """Return a page with its prose in Traditional script; markup, addresses, scripts and kept names stay."""
    pieces: list[str] = []
    place = 0
    for match in _UNTOUCHED.finditer(html):
        pieces += (to_traditional(html[place : match.start()]), _tag(match[0]))
        place = match.end()
    pieces.append(to_traditional(html[place:]))
    return "".join(pieces)


def _tag(tag: str) -> str:
    """Return a tag with the attributes that people see or hear converted; a form's own values stay."""
    if not _HAN.search(tag):
        return tag
    is_field = tag.startswith(("<input", "<option", "<button", "<meta")) and 'type="submit"' not in tag
    return (_SHOWN_OF_FIELD if is_field else _SHOWN).sub(_shown, tag)


def _shown(match: re.Match[str]) -> str:
    return f"{match[1]}{to_traditional(match[2])}{match[3]}"


@functools.cache
def _converter(name: str) -> opencc.OpenCC:
    return opencc.OpenCC(name)


@functools.cache
def traditional_characters() -> frozenset[str]:
    """Return the Han characters that a conversion to Simplified script changes."""
    converter = _converter("t2s")
    return frozenset(each for each in map(chr, range(0x4E00, 0xA000)) if converter.convert(each) != each)


@functools.cache
def _by_character() -> dict[str, str]:
    converter = _converter("t2s")
    return {each: converter.convert(each) for each in traditional_characters()}


@functools.cache
def _traditional() -> re.Pattern[str]:
    return re.compile(f"[{''.join(sorted(traditional_characters()))}]")


def simplified_characters(text: str) -> str:
    """Return a text with each Traditional character simplified by itself: quick, and as long as it was."""
    simple = _by_character()
    found = set(_traditional().findall(text))
    return normal.exchanged(text, {each: simple[each] for each in found}) if found else text


def traditional_runs(text: str, but: Collection[str] = ()) -> Iterator[tuple[int, int]]:
    """Yield the spans of the Traditional characters in a text, without those that are excepted."""
    begun = end = -1
    for match in _traditional().finditer(text):
        if match[0] in but:
            continue
        if match.start() != end:
            if end > 0:
                yield begun, end
            begun = match.start()
        end = match.end()
    if end > 0:
        yield begun, end
