"""One value, one sequence of bytes: canonical JSON (RFC 8785) and its digest.

Two people who hold the same value compute the same digest, whatever language or order of keys they
use. A day or a moment becomes text only by `day` or `moment`, so that nobody's default format ends
up under a digest.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import rfc8785

LARGEST_INTEGER = 2**53 - 1  # beyond it two JSON readers may disagree (RFC 8785, appendix D)


class NotCanonical(ValueError):
    """The value has no canonical form; the message names the place in the value."""


def encode(value: Any) -> bytes:
    """Return the canonical bytes of a JSON value.

    :raises NotCanonical: something inside is no JSON value, or JSON readers would disagree about it
    """
    plain = _plain(value, "$")
    return _QUICK.encode(plain).encode() if _is_quick(plain) else rfc8785.dumps(plain)


_QUICK = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
"""Written in C, and many times quicker; it writes numbers with a fraction and sorts rare keys otherwise."""


def _is_quick(plain: Any) -> bool:
    """Return whether the quick writer writes what the rule says."""
    if isinstance(plain, dict):
        return all(key.isascii() and _is_quick(inner) for key, inner in plain.items())
    if isinstance(plain, list):
        return all(map(_is_quick, plain))
    return not isinstance(plain, float)


def digest(value: Any) -> str:
    """Return the SHA-256 of the canonical bytes, in hex."""
    return hashlib.sha256(encode(value)).hexdigest()


def decode(data: bytes) -> Any:
    """Return the value of canonical bytes; bytes that say the same in another way are refused.

    :raises NotCanonical: no JSON, or not in canonical form
    """
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=_without_repeats)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise NotCanonical(f"not JSON: {error}") from error
    if encode(value) != data:
        raise NotCanonical("JSON, but not in canonical form")
    return value


def day(value: date) -> str:
    """Return a day as text, YYYY-MM-DD.

    :raises NotCanonical: a moment, whose day depends on where one stands
    """
    if isinstance(value, datetime):
        raise NotCanonical("a moment is not a day; say in which place first")
    return value.isoformat()


def moment(value: datetime) -> str:
    """Return a moment as text with its offset.

    :raises NotCanonical: a naive moment, which means another instant in every time zone
    """
    if value.utcoffset() is None:
        raise NotCanonical("a moment without an offset is no instant")
    return value.isoformat()


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise NotCanonical("a key stands twice in one object")
    return value


def _plain(value: Any, where: str) -> Any:
    """Return `value` made of plain dicts and lists, or say where it cannot be."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _text(value, where)
    if isinstance(value, int | float):
        return _number(value, where)
    if isinstance(value, Mapping):
        return {_key(key, where): _plain(inner, f"{where}.{key}") for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner, f"{where}[{position}]") for position, inner in enumerate(value)]
    if isinstance(value, date):  # a datetime is one too
        raise NotCanonical(f"{where}: a {type(value).__name__} becomes text only by canonical.day or .moment")
    raise NotCanonical(f"{where}: a {type(value).__name__} is no JSON value")


def _number(value: float, where: str) -> float:
    if isinstance(value, int):
        if abs(value) > LARGEST_INTEGER:
            raise NotCanonical(f"{where}: {value} is too large for JSON readers to agree on")
    elif not math.isfinite(value):
        raise NotCanonical(f"{where}: {value} is not a finite number")
    return value


def _text(value: str, where: str) -> str:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotCanonical(f"{where}: the text holds half a character (a lone surrogate)") from error
    return value


def _key(key: object, where: str) -> str:
    if not isinstance(key, str):
        raise NotCanonical(f"{where}: the key {key!r} is not text")
    return _text(key, where)
