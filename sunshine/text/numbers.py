"""Numbers as people type them into an address or a form that no field checks."""

from __future__ import annotations


def typed(text: str, *, digits: int = 9) -> int | None:
    """Return the number that up to so many digits 0-9 write, or None for anything else.

    `str.isdigit` alone is a trap: it holds for “²”, which `int` refuses, and a number of any length passes,
    which no column holds. Nine digits are what every integer column takes.
    """
    is_number = text.isascii() and text.isdigit() and len(text) <= digits
    return int(text) if is_number else None


def all_typed(texts: list[str], *, digits: int = 9) -> list[int]:
    """Return the numbers among what was chosen in a form."""
    return [number for text in texts if (number := typed(text, digits=digits)) is not None]
