"""Whose digest is this: asked by whoever holds a text or a file and wants to know whether it is ours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sunshine.core.publishing.models import Record, RecordFile, RecordVersion

MOST = 20
"""One file may stand with many versions; more places than this help nobody."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a digest was made public: which version, which entry of the log; `file` where it is a file's.

    The title is empty when the record was withdrawn: nothing of its content is told any more.
    """

    reference: str
    version: int
    index: int
    published_at: datetime
    title: str
    is_newest: bool
    withdrawn_at: datetime | None
    file: str = ""


def versions_with(digest: str) -> list[Place]:
    """Return the versions with this digest; salted as they are, there is one or none."""
    rows = RecordVersion.objects.filter(digest=digest).select_related("record", "entry__leaf")[:MOST]
    return [_place(row) for row in rows]


def files_with(sha256: str) -> list[Place]:
    """Return where a file with this digest was published, newest first."""
    rows = (
        RecordFile.objects.filter(blob_id=sha256, blob__erased_at=None)
        .select_related("version__record", "version__entry__leaf")
        .order_by("-id")[:MOST]
    )
    return [_place(row.version, file=row.name) for row in rows]


def _place(row: RecordVersion, *, file: str = "") -> Place:
    record: Record = row.record
    is_public = record.withdrawn_at is None
    return Place(
        reference=record.reference,
        version=row.number,
        index=row.entry.leaf.index,
        published_at=row.published_at,
        title=record.title if is_public else "",
        is_newest=row.number == record.version,
        withdrawn_at=record.withdrawn_at,
        file=file if is_public else "",
    )
