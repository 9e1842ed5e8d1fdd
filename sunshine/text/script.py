"""Simplified and Traditional script: conversion by phrases, of texts and of whole pages."""

from __future__ import annotations

import functools
import re

import opencc

_UNTOUCHED = re.compile(
    r"<(script|style|pre|code|textarea)\b.*?</\1\s*>"  # what is no prose
    r"|<!--.*?-->"
    r"|<(\w+)\b[^>]*\bdata-script=\"kept\"[^>]*>.*?</\2\s*>"  # names in their own script
    r"|<[^>]*>",
    re.DOTALL | re.IGNORECASE,
)
_SHOWN = re.compile(r"(\b(?:alt|title|aria-label|placeholder|content|value)=\")([^\"]*)(\")")
_HAN = re.compile(r"[\u3400-\u9fff]")


def to_traditional(text: str) -> str:
    """Return a Simplified text in Traditional script; the words stay those of the mainland."""
    return _converter("s2t").convert(text) if _HAN.search(text) else text


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
    is_field = tag.startswith(("<input", "<option", "<button", "<meta")) and 'type="submit"' not in tag
    return tag if is_field or not _HAN.search(tag) else _SHOWN.sub(_shown, tag)


def _shown(match: re.Match[str]) -> str:
    return f"{match[1]}{to_traditional(match[2])}{match[3]}"


@functools.cache
def _converter(name: str) -> opencc.OpenCC:
    return opencc.OpenCC(name)
