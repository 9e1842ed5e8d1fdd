"""The head of a document as the national pattern has it (LIB-META): the same places, exact labels."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from sunshine.core.publishing.queries import records
from sunshine.doors.public import wording
from sunshine.work.documents import rules as documents

Row = tuple[str, str, str]
"""Label, value, address (empty where the value leads nowhere)."""


def rows(shown: records.Shown, *, on: date) -> Sequence[Row]:
    """Return the head of a record: of a document, of an interpretation, of anything else."""
    kind = shown.record.kind
    if kind == documents.INTERPRETATION.code:
        return _interpretation(shown)
    if kind == documents.STANDING_PAGE.code:
        return _standing_page(shown)
    return _document(shown, on)


def _document(shown: records.Shown, on: date) -> Sequence[Row]:
    record, fields = shown.record, shown.version.fields
    validity, _tone = wording.validity(record, on=on)
    until = wording.last_valid_day(record)
    optional = (
        ("changed_on", str(fields.get("changed_on", ""))),
        ("effective_from", wording.day(record.effective_from)),
        ("valid_until", wording.day(until) if record.repealed_on is None else ""),
        ("repealed_on", wording.day(record.repealed_on)),
        ("comment_until", str(fields.get("comment_until", ""))),
    )
    return [
        _row("reference", record.reference),
        _row("topic", str(fields.get("topic", ""))),
        _row("issuer", str(fields.get("department", ""))),
        _row("formed_on", str(fields.get("formed_on", ""))),
        _row("title", str(fields.get("title", ""))),
        _row("number", str(fields.get("number", ""))),
        _row("published_at", wording.day(record.published_at)),
        _row("validity", validity),
        *(_row(name, value) for name, value in optional if value),
        _item(shown),
        _row("attribute", wording.openness(str(fields.get("attribute", "")))),
    ]


def _interpretation(shown: records.Shown) -> Sequence[Row]:
    record, fields = shown.record, shown.version.fields
    main = shown.main
    return [
        _row("reference", record.reference),
        _row("form", wording.form(str(fields.get("form", "")))),
        _row("issuer", str(fields.get("department", ""))),
        _row("published_at", wording.day(record.published_at)),
        _row("interprets", main.title, reverse("public:record", args=[main.reference]))
        if main
        else _row("interprets", ""),
        _item(shown),
    ]


def _standing_page(shown: records.Shown) -> Sequence[Row]:
    record = shown.record
    return [
        _row("reference", record.reference),
        _row("issuer", str(shown.version.fields.get("department", ""))),
        _row("published_at", wording.day(shown.version.published_at)),
        _item(shown),
    ]


def _item(shown: records.Shown) -> Row:
    item = shown.record.item
    return _row("item", item.subject, reverse("public:item", args=[item.code]))


def _row(name: str, value: str, url: str = "") -> Row:
    return wording.label(name), value, url
