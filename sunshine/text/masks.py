"""How each kind of structured data is masked: what stays readable, so that two can still be told apart."""

from __future__ import annotations

import re
from collections.abc import Callable


def ends(head: int, tail: int) -> Callable[[str], str]:
    """Return a mask that keeps so many characters at both ends."""

    def masked(text: str) -> str:
        hidden = max(len(text) - head - tail, 1)
        return text[:head] + "*" * hidden + (text[-tail:] if tail else "")

    return masked


def kept(_text: str) -> str:
    """Return nothing: it may stay."""
    return ""


def hidden(_text: str) -> str:
    """Return stars alone, which tell not even the length."""
    return "***"


def birth(_text: str) -> str:
    """Return a date without its figures."""
    return "****年**月**日"


def mobile(text: str) -> str:
    """Return a mobile number with its head and tail, without what is before it."""
    return f"{text[-11:-8]}****{text[-4:]}"


def landline(text: str) -> str:
    """Return a telephone number with its area and its last four digits."""
    digits = re.sub(r"\D", "", text.partition("转")[0])
    if not digits.startswith("0"):
        return f"****{digits[-4:]}"
    area = 3 if digits.startswith(("010", "02")) else 4
    return f"{digits[:area]}-****{digits[area : area + 8][-4:]}"


def email(text: str) -> str:
    """Return an address with its first letter and its host; an office's may stay."""
    is_office = text.lower().endswith((".gov.cn", ".org.cn"))
    return "" if is_office else f"{text[0]}***@{text.partition('@')[2]}"


def organisation(code: str) -> str:
    """Return the mask of an organisation's code: nothing, unless it may name a person."""
    return ends(2, 4)(code) if code.startswith("92") else ""  # 92: a sole trader's code may name a person
