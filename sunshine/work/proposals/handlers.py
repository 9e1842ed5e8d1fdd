"""What this room does when the ledger tells it of a record."""

from __future__ import annotations

from sunshine.core.ledger.models import Entry
from sunshine.work.proposals import operations


def note_publication(entry: Entry) -> None:
    """End the clock of a reply whose record became public; an entry heard twice changes nothing."""
    operations.note_record(entry.subject, at=entry.at)
