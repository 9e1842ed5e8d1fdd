"""What the store of bytes must hold: files taken in with documents, and those that people sent, sealed.

The paths of letters that wait for a look stand inside their seals, so what was sent is also found by
where it lies.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.core.files.storage import default_storage

from sunshine.core.publishing import incoming
from sunshine.core.publishing.queries import files
from sunshine.work.correspondence.models import SentFile
from sunshine.work.participation.models import SubmissionFile
from sunshine.work.requests.models import SealedFile

SEALED = (SealedFile, SentFile, SubmissionFile)
"""The tables whose rows each name sealed bytes by their path."""


def named() -> Iterator[tuple[str, bool]]:
    """Yield every path that a row names, and whether its bytes were erased, in constant memory."""
    yield from files.every_path()
    for table in SEALED:
        for path in table.objects.order_by("pk").values_list("path", flat=True).iterator(chunk_size=2000):
            yield path, False


def found_sealed() -> list[str]:
    """Return the paths under which sealed bytes lie, whatever names them."""
    try:
        _folders, names = default_storage.listdir(incoming.FOLDER)
    except FileNotFoundError:  # nobody has sent a file yet
        return []
    return [f"{incoming.FOLDER}/{name}" for name in sorted(names)]


def to_keep() -> Iterator[tuple[str, bool]]:
    """Yield once each path that a backup keeps, and whether a row names it: without one it may be gone."""
    sealed = set(found_sealed())
    for path, is_erased in named():
        sealed.discard(path)
        if not is_erased:
            yield path, True
    yield from ((path, False) for path in sorted(sealed))
