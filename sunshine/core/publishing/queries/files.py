"""Questions about stored files, for the upkeep of an installation."""

from __future__ import annotations

from collections.abc import Iterator

from sunshine.core.publishing.models import Blob


def every_path() -> Iterator[tuple[str, bool]]:
    """Yield the path of every file that was ever taken in, and whether it was erased, in constant memory."""
    rows = Blob.objects.order_by("sha256").values_list("path", "erased_at")
    for path, erased_at in rows.iterator(chunk_size=2000):
        yield path, erased_at is not None
