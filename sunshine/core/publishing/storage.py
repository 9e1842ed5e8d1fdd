"""The store of bytes, content-addressed: written once, and checked against its own name."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

CHUNK = 1 << 20


def path_of(sha256: str) -> str:
    """Return where the bytes with this digest lie."""
    return f"blobs/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def keep(data: bytes) -> str:
    """Store bytes under their own digest and return the digest; storing twice is storing once."""
    sha256 = hashlib.sha256(data).hexdigest()
    path = path_of(sha256)
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(data))
    return sha256


def open_bytes(path: str) -> IO[bytes]:
    """Open stored bytes for reading; raise `FileNotFoundError` when the store has lost them."""
    return default_storage.open(path, "rb")


def read(path: str) -> bytes:
    """Return stored bytes."""
    with open_bytes(path) as file:
        return file.read()


def is_kept(path: str) -> bool:
    """Say whether bytes lie at a path."""
    return default_storage.exists(path)


def digest_of(path: str) -> str:
    """Return the digest of the bytes that lie at a path now."""
    digest = hashlib.sha256()
    with open_bytes(path) as file:
        for chunk in _chunks(file):
            digest.update(chunk)
    return digest.hexdigest()


def forget(path: str) -> None:
    """Delete stored bytes; only a lawful erasure does this."""
    default_storage.delete(path)


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk
