"""Sealing what says who asks: AES-256-GCM with a key that lies in a file only the installation can read."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

KEY_BYTES, NONCE_BYTES = 32, 12
OF_CHINA = re.compile(r"\+?86(1[3-9]\d{9})|\+860?([1-9]\d{8,10})")
"""A number of China with its country before it: a mobile one, or one with its area."""


class Unopenable(Exception):
    """A seal that this key does not open: another key, another place, or altered bytes."""


def make_key(path: Path) -> None:
    """Make the key once; an existing key is kept, for what it sealed could never be opened again."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(os.urandom(KEY_BYTES))


def seal(data: bytes, *, place: str) -> bytes:
    """Return sealed bytes that open only for the same place (a table's row, so that no seal can be moved)."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(_key()).encrypt(nonce, data, place.encode())


def unseal(sealed: bytes, *, place: str) -> bytes:
    """Return what was sealed.

    :raises Unopenable: another key, another place, or altered bytes
    """
    try:
        return AESGCM(_key()).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place.encode())
    except (InvalidTag, ValueError) as error:
        raise Unopenable(place) from error


def seal_values(values: Mapping[str, object], *, place: str) -> bytes:
    """Return sealed JSON values, padded so that their length tells little."""
    data = json.dumps(values, ensure_ascii=False, sort_keys=True).encode()
    return seal(data + b" " * (-len(data) % 256), place=place)


def unseal_values(sealed: bytes | memoryview, *, place: str) -> dict[str, str]:
    """Return sealed JSON values; raise as `unseal` does."""
    found: dict[str, str] = json.loads(unseal(bytes(sealed), place=place))
    return found


def mark(text: str, *, purpose: str) -> str:
    """Return a keyed digest: the same text gives the same mark, and the mark gives nothing away."""
    message = f"{purpose}:{''.join(text.split()).upper()}".encode()
    return hmac.new(_key(), message, hashlib.sha256).hexdigest()


def phone_mark(phone: str, *, purpose: str) -> str:
    """Return the mark of a telephone, the same one however its number is written.

    Of a number written as bare figures it is what `mark` gives, so that older marks of those are met again.
    """
    return mark(bare_phone(phone), purpose=purpose)


def bare_phone(phone: str) -> str:
    """Return a telephone's figures: a number of China without its +86, any other country's with its plus."""
    text = unicodedata.normalize("NFKC", phone).strip()
    figures = "".join(str(unicodedata.decimal(each)) for each in text if each.isdecimal())
    if not figures:
        return text  # no number at all: let no two of them be one telephone
    written = f"+{figures}" if text.lstrip("( ").startswith("+") else re.sub(r"^00", "+", figures)
    found = OF_CHINA.fullmatch(written)
    if found is None:
        return written
    return found[1] or f"0{found[2]}"


def _key() -> bytes:
    return _read(Path(settings.IDENTITY_KEY))


@lru_cache(maxsize=2)
def _read(path: Path) -> bytes:
    return path.read_bytes()
