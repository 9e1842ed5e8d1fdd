"""The bureau's own lists for proofreading: two files in its data folder, each line with source and day.

`listed_words.txt` and `short_names.txt` are written like the lists that come with the programme
(`sunshine/text/data`). They are read again when they have changed; a line of another form counts for
nothing, and `sunshine check` names it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from django.conf import settings

from sunshine.text import slips

Line = TypeVar("Line", slips.ListedWord, slips.ShortName)


@dataclass(frozen=True, slots=True)
class Lists:
    """What the files say; `unread` names the lines that are of no form: `listed_words.txt:7`."""

    words: tuple[slips.ListedWord, ...] = ()
    short_names: tuple[slips.ShortName, ...] = ()
    unread: tuple[str, ...] = ()


def lists() -> Lists:
    """Return the bureau's own lists as they stand now."""
    words, no_words = _lines(settings.OWN_WORDS / "listed_words.txt", slips.listed_word)
    names, no_names = _lines(settings.OWN_WORDS / "short_names.txt", slips.short_name)
    return Lists(words, names, no_words + no_names)


def _lines(path: Path, read: Callable[[str], Line]) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        return (), ()
    return _read(path, changed, read)


@functools.lru_cache(maxsize=8)
def _read(path: Path, _changed: int, read: Callable[[str], Line]) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    told, unread = [], []
    for number, line in enumerate(path.read_bytes().decode("utf-8-sig", "replace").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            told.append(read(line))
        except ValueError:
            unread.append(f"{path.name}:{number}")
    return tuple(told), tuple(unread)
