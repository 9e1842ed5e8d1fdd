"""The log's name and its private key, kept in a file only the installation can read."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from sunshine.kernel import note


def signer() -> note.Signer:
    """Return the key that signs checkpoints; raise `FileNotFoundError` before `sunshine setup` made it."""
    return _read(Path(settings.LOG_KEY), settings.LOG_ORIGIN)


def make_key(path: Path, origin: str) -> None:
    """Make the log's key once; an existing key is kept, for a log never changes its key by accident."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(note.Signer.generate(origin).to_pem())
    path.with_name("log.origin").write_text(origin, "ascii")


@lru_cache(maxsize=4)
def _read(path: Path, origin: str) -> note.Signer:
    return note.Signer.from_pem(origin, path.read_bytes())
