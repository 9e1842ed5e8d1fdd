"""What the search does when the ledger tells it of a record."""

from __future__ import annotations

from collections.abc import Sequence

from sunshine.core.ledger import operations as ledger
from sunshine.core.ledger.models import Entry
from sunshine.lenses.search import operations


def _index_records(entries: Sequence[Entry]) -> None:
    """Let the index know the records that some entries are about as they stand now."""
    operations.index([entry.subject for entry in entries])


index_record = ledger.Together(_index_records)
