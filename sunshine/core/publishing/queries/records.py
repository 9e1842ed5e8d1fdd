"""What the public may see: the one rule, and every question the public doors ask.

`visible()` is the rule. Page, feed, search, API, attachment, export, site map and log all go through
the functions here; nothing else reads `Record`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet
from django.db.models.fields.json import KT

from sunshine.core.ledger import queries as ledger
from sunshine.core.publishing import rules
from sunshine.core.publishing.models import DirectoryItem, Record, RecordFile, RecordVersion
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop


@dataclass(frozen=True, slots=True)
class File:
    """A published file; `path` is where its bytes lie in the store."""

    position: int
    name: str
    sha256: str
    size: int
    media_type: str
    path: str
    is_erased: bool


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a record as anyone may read it. An erased field is missing from `fields`."""

    number: int
    digest: str
    published_at: datetime
    index: int
    fields: dict[str, Any]
    sealed: dict[str, Any]
    erased: tuple[str, ...]
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A visible record with one of its versions and its relations."""

    record: Record
    version: Version
    validity: rules.Validity
    main: Record | None
    interpretations: tuple[Record, ...]


def visible() -> QuerySet[Record]:
    """Return what everybody may see: records that came through the gate and were not withdrawn."""
    return Record.objects.filter(withdrawn_at=None)


def tombstone(reference: str) -> Record | None:
    """Return a withdrawn record, whose address answers when, why and who decided; nothing of its content."""
    return Record.objects.filter(reference=reference).exclude(withdrawn_at=None).first()


def shown(reference: str, *, on: date, version: int | None = None) -> Shown:
    """Return a visible record with a version (the newest unless named); raise `NotFound` otherwise."""
    record = visible().filter(reference=reference).select_related("item", "main").first()
    if record is None:
        raise errors.NotFound(Reason(gettext_noop("There is no such record")))
    row = _versions().filter(record=record, number=version or record.version).first()
    if row is None:
        raise errors.NotFound(Reason(gettext_noop("The record has no such version")))
    main = record.main if record.main is not None and record.main.withdrawn_at is None else None
    return Shown(
        record=record,
        version=_version(row),
        validity=validity(record, on=on),
        main=main,
        interpretations=tuple(visible().filter(main=record).order_by("id")),
    )


def versions(reference: str) -> list[Version]:
    """Return every version of a visible record, oldest first."""
    rows = _versions().filter(record__in=visible().filter(reference=reference)).order_by("number")
    return [_version(row) for row in rows]


def file(reference: str, version: int, position: int) -> File:
    """Return a published file of a visible record; raise `NotFound` otherwise."""
    row = (
        RecordFile.objects.filter(
            version__record__in=visible().filter(reference=reference),
            version__number=version,
            position=position,
        )
        .select_related("blob")
        .first()
    )
    if row is None or row.blob.erased_at is not None:
        raise errors.NotFound(Reason(gettext_noop("There is no such file")))
    return _file(row)


def validity(record: Record, *, on: date) -> rules.Validity:
    """Return whether a record is in force on a day."""
    return rules.validity(
        effective_from=record.effective_from,
        valid_until=record.valid_until,
        repealed_on=record.repealed_on,
        on=on,
    )


def newest(*, limit: int, kinds: Iterable[str] = (), items: Iterable[int] = ()) -> list[Record]:
    """Return the newest visible records, of some kinds or directory items only when given."""
    rows = visible().select_related("item")
    if kinds := tuple(kinds):
        rows = rows.filter(kind__in=kinds)
    if items := tuple(items):
        rows = rows.filter(item__in=items)
    return list(rows.order_by("-published_at", "-id")[:limit])


def changed(*, since: datetime, limit: int = 60) -> list[Record]:
    """Return the visible records that became public or changed since a moment, newest change first."""
    rows = visible().filter(changed_at__gte=since).select_related("item")
    return list(rows.order_by("-changed_at", "-id")[:limit])


def has_version_of(record: Record, moment: datetime) -> bool:
    """Return whether a version of a record was published at a moment."""
    return RecordVersion.objects.filter(record=record, published_at=moment).exists()


def withdrawn(*, limit: int, items: Iterable[int] = ()) -> list[Record]:
    """Return the newest withdrawals, for feeds (RFC 6721) and the public list of what was taken down."""
    rows = Record.objects.filter(withdrawn_at__isnull=False)  # as the index's condition says it
    if items := tuple(items):
        rows = rows.filter(item__in=items)
    return list(rows.order_by("-withdrawn_at")[:limit])


def of_item(item: DirectoryItem) -> QuerySet[Record]:
    """Return the visible records of one directory item, newest first."""
    return visible().filter(item=item).order_by("-published_at", "-id")


def every(*, after: int = 0, limit: int = 1000) -> list[Record]:
    """Return visible records by id, for the site map, the export and the index; page on with the last id."""
    return list(visible().filter(id__gt=after).select_related("item", "main").order_by("id")[:limit])


def iterate() -> Iterator[Record]:
    """Yield every visible record in the order of publication, a thousand at a time."""
    after = 0
    while rows := every(after=after):
        yield from rows
        after = rows[-1].pk


def visible_references(references: Sequence[str]) -> set[str]:
    """Return those of some references that everybody may see; search asks this before it shows a hit."""
    return set(visible().filter(reference__in=list(references)).values_list("reference", flat=True))


def marks(references: Sequence[str]) -> dict[str, str]:
    """Return for each visible one of some records a mark of what everybody may read in it now.

    The mark is another after a new version and after an erasure, so who kept a text with its mark
    knows whether the text may still be shown.
    """
    rows = RecordVersion.objects.filter(
        record__in=visible().filter(reference__in=list(references)), number=F("record__version")
    )
    told = rows.annotate(erased=Count("erasures")).order_by()
    return {
        reference: f"{digest}-{erased}"
        for reference, digest, erased in told.values_list("record__reference", "digest", "erased")
    }


def named(references: Sequence[str]) -> list[Record]:
    """Return the visible ones of some records, by id."""
    return list(visible().filter(reference__in=list(references)).order_by("id"))


def count() -> int:
    """Return how many records are visible."""
    return visible().count()


def texts(records: Sequence[Record]) -> dict[int, list[str]]:
    """Return name and text of each file of the newest versions, by record id."""
    rows = RecordFile.objects.filter(
        version__record__in=[record.pk for record in records],
        version__number=F("version__record__version"),
        blob__erased_at=None,
    ).order_by("version", "position")
    found: dict[int, list[str]] = {}
    for record_id, name, text in rows.values_list("version__record", "name", "blob__text"):
        found.setdefault(record_id, []).append(f"{name}\n{text}")
    return found


def newest_versions(records: Sequence[Record]) -> dict[int, Version]:
    """Return the newest version of each of some visible records: record id -> version, in two queries."""
    rows = _versions().filter(record__in=[record.pk for record in records], number=F("record__version"))
    return {row.record_id: _version(row) for row in rows}


def newest_say(rows: QuerySet[Record], name: str) -> dict[int, str]:
    """Return what one field says in the newest version of each record: id -> text, without reading bodies."""
    newest = RecordVersion.objects.filter(record__in=rows, number=F("record__version"))
    said = newest.annotate(said=KT(f"sealed__fields__{name}__value")).values_list("record_id", "said")
    return {record_id: str(value) for record_id, value in said if value not in (None, "")}


@dataclass(frozen=True, slots=True)
class Part:
    """A field of a published version that holds a value still."""

    reference: str
    title: str
    version: int
    name: str


def parts_of(matter_reference: str) -> list[Part]:
    """Return what of a matter's records could lawfully be erased, for staff: withdrawn ones too."""
    rows = RecordVersion.objects.filter(record__matter_reference=matter_reference).select_related("record")
    return [
        Part(row.record.reference, row.record.title, row.number, name)
        for row in rows.order_by("record_id", "number")
        for name, field in row.sealed["fields"].items()
        if name in rules.ERASABLE and field.get("value")
    ]


def health() -> dict[str, Any]:
    """Return the site's own figures: records, documents in time, last publication."""
    counted = visible().aggregate(
        records=Count("id"),
        due=Count("id", filter=Q(in_time__isnull=False)),
        in_time=Count("id", filter=Q(in_time=True)),
        newest=Max("published_at"),
    )
    return {**counted, "log_size": ledger.size()}


def _versions() -> QuerySet[RecordVersion]:
    return RecordVersion.objects.select_related("entry__leaf").prefetch_related("files__blob")


def _version(row: RecordVersion) -> Version:
    fields = row.sealed["fields"]
    erased = tuple(sorted(name for name, field in fields.items() if "value" not in field))
    return Version(
        number=row.number,
        digest=row.digest,
        published_at=row.published_at,
        index=row.entry.leaf.index,
        fields={name: field["value"] for name, field in fields.items() if "value" in field},
        sealed=row.sealed,
        erased=erased,
        # What a file was called and its digest, which anyone could guess by, are erased with it.
        files=() if "attachments" in erased else tuple(_file(each) for each in row.files.all()),
    )


def _file(row: RecordFile) -> File:
    blob = row.blob
    return File(
        row.position, row.name, blob.sha256, blob.size, blob.media_type, blob.path, blob.erased_at is not None
    )
