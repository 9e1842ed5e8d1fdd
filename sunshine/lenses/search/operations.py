"""Verbs of the search: take records into the index, build it anew, mend it when it is damaged."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from sunshine.core.ledger import queries as ledger
from sunshine.core.publishing.models import Record
from sunshine.core.publishing.queries import records
from sunshine.kernel import period
from sunshine.lenses.search import matching, store
from sunshine.text import markup
from sunshine.work.documents import rules as documents

logger = logging.getLogger(__name__)

HEARS = "sunshine.lenses.search.handlers.index_record"
"""The handler that takes records in, as the wiring names it."""
AT_ONCE = 200
"""Records read from the database in one go."""


def index(references: Sequence[str]) -> int:
    """Let the index know these records as they stand now; what is no longer public it forgets.

    Doing it again changes nothing. An index that is absent or damaged is built anew.
    """
    wanted = list(dict.fromkeys(references))
    try:
        return store.add(_folder(), _pages_of(wanted), gone=wanted)
    except store.Absent:
        return rebuild()


def rebuild() -> int:
    """Build the index anew from all visible records; the old one serves until the new one is whole."""
    return store.build(_folder(), _every_page())


def mend(*, at: datetime) -> int:  # noqa: ARG001  # a timed operation is told the time
    """Build the index anew when none can be read, or when it knows another number of records.

    While it has records to hear of still it is behind and not wrong. What others could not hear, or what it
    gave up on itself, does not keep it from being mended.
    """
    try:
        held = store.reader(_folder()).searcher().num_docs
    except store.Absent:
        held = None
    if held is not None and (held == records.count() or not ledger.has_heard_all(HEARS)):
        return 0
    logger.warning("the search index is built anew")
    return rebuild()


def _folder() -> Path:
    return Path(settings.SEARCH_INDEX)


def _every_page() -> Iterator[store.Page]:
    after = 0
    while rows := records.every(after=after, limit=AT_ONCE):
        yield from _pages(rows)
        after = rows[-1].pk


def _pages_of(references: Sequence[str]) -> Iterator[store.Page]:
    for start in range(0, len(references), AT_ONCE):
        yield from _pages(records.named(references[start : start + AT_ONCE]))


def _pages(rows: Sequence[Record]) -> Iterator[store.Page]:
    marks = records.marks([record.reference for record in rows])
    texts = records.texts(rows)
    versions = records.newest_versions(rows)
    for record in rows:
        version = versions.get(record.pk)
        if version is not None and record.reference in marks:
            files = () if "attachments" in version.erased else texts.get(record.pk, ())
            yield _page(record, version, marks[record.reference], files)


def _page(record: Record, version: records.Version, mark: str, files: Iterable[str]) -> store.Page:
    fields = version.fields
    day = record.formed_on or period.day_of(record.published_at)
    until = documents.last_valid_day(record.kind, record.effective_from, record.valid_until)
    return store.Page(
        reference=record.reference,
        mark=mark,
        kind=record.kind,
        title=str(fields.get("title", "")),
        text="\n".join(filter(None, (*_texts(fields), *files))),
        number=str(fields.get("number", "")),
        topic=str(fields.get("topic", "")),
        department=str(fields.get("department", "")),
        year=day.year,
        published=int(record.published_at.timestamp()),
        effective=_number(record.effective_from, 0),
        until=_number(until, store.NEVER),
        repealed=_number(record.repealed_on, store.NEVER),
    )


def _texts(fields: dict[str, Any]) -> Iterator[str]:
    yield str(fields.get("summary", ""))
    yield markup.to_text(str(fields.get("body", "")))
    yield from map(str, (fields.get("coverage") or {}).values())


def _number(day: date | None, otherwise: int) -> int:
    return matching.day_number(day) if day else otherwise
