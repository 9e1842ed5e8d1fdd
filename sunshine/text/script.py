"""Simplified and Traditional script: conversion by phrases, of texts and of whole pages."""

from __future__ import annotations

import functools
import re
from difflib import SequenceMatcher

import opencc
import rjieba

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
def _by_character() -> dict[int, str]:
    converter = _converter("t2s")
    return {ord(each): converter.convert(each) for each in traditional_characters()}


def simplified_characters(text: str) -> str:
    """Return a text with each Traditional character simplified by itself: quick, and as long as it was."""
    return text if traditional_characters().isdisjoint(text) else text.translate(_by_character())


def regional_words(text: str) -> list[tuple[int, int, str]]:
    """Return words that only another region uses in a Traditional text: (start, end, the mainland's word).

    They are what a conversion by machine leaves behind: two dictionaries, one of characters and one of
    phrases, read them differently.
    """
    found: list[tuple[int, int, str]] = []
    for match in _CLAUSE.finditer(text):
        plain, meant = to_simplified(match[0]), _converter("tw2sp").convert(match[0])
        if plain != meant and len(plain) == len(match[0]):
            found += _differing(match[0], plain, meant, match.start())
    return found


_CLAUSE = re.compile(r"[\u3400-\u9fff]+")


def _differing(given: str, plain: str, meant: str, offset: int) -> list[tuple[int, int, str]]:
    """Return the words of a clause in which the two readings differ, each as a whole word."""
    found: list[tuple[int, int, str]] = []
    changes = [
        each
        for each in SequenceMatcher(None, plain, meant, autojunk=False).get_opcodes()
        if each[0] != "equal"
    ]
    place = 0
    for word in rjieba.cut(plain, False):
        start, end = place, place + len(word)
        place = end
        inside = [each for each in changes if start <= each[1] < end]
        if inside and end <= len(given):
            found.append((offset + start, offset + end, _replaced(word, inside, start, meant)))
    return found


def _replaced(word: str, changes: list[tuple[str, int, int, int, int]], start: int, meant: str) -> str:
    """Return a word with its changed characters replaced by those that were meant."""
    pieces, place = [], 0
    for _kind, a, b, c, d in changes:
        pieces += (word[place : a - start], meant[c:d])
        place = max(place, b - start)
    return "".join([*pieces, word[place:]])
