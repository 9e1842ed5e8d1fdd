"""From what the house knows to the shapes of version 1."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import quote

from django.conf import settings

from sunshine.core.publishing import rules
from sunshine.core.publishing.models import Record
from sunshine.core.publishing.queries import directory, records
from sunshine.doors.api import shapes
from sunshine.work.documents import rules as documents

KINDS = {kind.code: kind.term for kind in documents.KINDS}
LONGEST = {documents.NORMATIVE_DOCUMENT.code: 60}
"""NORM-5Y: after how many months these lapse where they state no last day."""


def line(record: Record, on: date) -> shapes.RecordLine:
    """Tell of a record in a list."""
    return shapes.RecordLine(**_line(record, on))


def whole(shown: records.Shown, on: date) -> shapes.RecordWhole:
    """Tell all of a record."""
    record, version = shown.record, shown.version
    fields = version.fields
    attribute = fields.get("attribute")
    return shapes.RecordWhole(
        **_line(record, on),
        summary=str(fields.get("summary", "")),
        body=str(fields.get("body", "")),
        files=[_file(record.reference, version.number, file) for file in version.files],
        form=str(fields.get("form", "")),
        coverage={str(name): str(text) for name, text in (fields.get("coverage") or {}).items()},
        interpretations=[each.reference for each in shown.interpretations],
        attribute_term=documents.ATTRIBUTE_TERMS[rules.Attribute(attribute)] if attribute else "",
        erased=list(version.erased),
        digest=version.digest,
        index=version.index,
        sealed_url=_page(f"/r/{record.reference}/v{version.number}.json"),
        proof_url=_page(f"/r/{record.reference}/v{version.number}.tlog-proof"),
    )


def version(reference: str, told: records.Version) -> shapes.VersionLine:
    """Tell of one version."""
    return shapes.VersionLine(
        number=told.number,
        title=str(told.fields.get("title", "")),
        published_at=told.published_at,
        digest=told.digest,
        index=told.index,
        erased=list(told.erased),
        url=_page(f"/r/{reference}/v/{told.number}/"),
        sealed_url=_page(f"/r/{reference}/v{told.number}.json"),
        proof_url=_page(f"/r/{reference}/v{told.number}.tlog-proof"),
    )


def item(kept: directory.Kept) -> shapes.Item:
    """Tell of an item of the directory and how its promise is kept."""
    listed = kept.item
    same = ("code", "column", "subject", "content", "statutory_key", "basis", "limit_length", "limit_unit")
    return shapes.Item(
        **{name: getattr(listed, name) for name in (*same, "renewed_every", "channels", "audience")},
        url=_page(f"/directory/{listed.code}/"),
        feed_url=_page(f"/feeds/item/{listed.code}.atom"),
        owner=listed.owner.department.name if listed.owner else "",
        records=kept.records,
        due=kept.due,
        in_time=kept.in_time,
        newest=kept.newest,
        covered=kept.is_covered,
        stale=kept.is_stale,
    )


def column(told: rules.Column, kept: list[directory.Kept]) -> shapes.ColumnLine:
    """Tell of a national column."""
    return shapes.ColumnLine(
        slug=told.slug,
        term=told.term,
        url=_page(f"/columns/{told.slug}/"),
        feed_url=_page(f"/feeds/{told.slug}.atom"),
        items=len(kept),
        records=sum(each.records for each in kept),
    )


def _line(record: Record, on: date) -> dict[str, Any]:
    last_day = documents.last_valid_day(record.kind, record.effective_from, record.valid_until)
    days = {"effective_from": record.effective_from, "repealed_on": record.repealed_on}
    copied = ("reference", "kind", "title", "number", "topic", "department", "formed_on", "published_at")
    main = record.main
    return {
        **{name: getattr(record, name) for name in (*copied, "changed_at", "version", "due_on", "in_time")},
        **days,
        "valid_until": last_day,
        "url": _page(f"/r/{record.reference}/"),
        "api_url": _page(f"/api/v1/records/{record.reference}"),
        "kind_term": KINDS.get(record.kind, record.kind),
        "item": record.item.code,
        "column": record.item.column,
        "validity": rules.validity(**days, valid_until=last_day, on=on).value,
        "validity_term": documents.validity_term(on, kind=record.kind, **days, valid_until=last_day),
        "imported": bool(record.imported_from),
        "interprets": main.reference if main is not None and main.withdrawn_at is None else None,
    }


def _file(reference: str, number: int, file: records.File) -> shapes.File:
    address = f"/r/{reference}/v/{number}/files/{file.position}/{quote(file.name, safe='')}"
    return shapes.File(
        position=file.position,
        name=file.name,
        url=None if file.is_erased else _page(address),
        media_type=file.media_type,
        size=file.size,
        sha256=file.sha256,
    )


def _page(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
