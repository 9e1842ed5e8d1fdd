"""Taking over what stood on the former site: many records in one instant, marked as what they are."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from sunshine.core.ledger import operations as ledger
from sunshine.core.matters import operations as matters
from sunshine.core.matters.queries import BUREAU_TIME
from sunshine.core.people.models import Person
from sunshine.core.publishing import rules
from sunshine.core.publishing.models import Blob, DirectoryItem, Record, RecordFile, RecordVersion
from sunshine.core.publishing.operations import releasing
from sunshine.kernel import commitment, errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop

IMPORTED = "record.imported"
"""What the wiring calls it: no kind of work waits for what the former site had published."""


@dataclass(frozen=True, slots=True)
class Import:
    """What one document of the former site becomes; `record` is the record it is a new version of.

    `origin` names where it came from and `sha256` the bytes it was read from; both are sealed with it.
    """

    kind: str
    item: DirectoryItem
    fields: Mapping[str, Any]
    files: tuple[tuple[str, Blob], ...]
    origin: str
    sha256: str
    record: int | None = None


def publish_imported(imports: Sequence[Import], *, actor: Person | None, at: datetime) -> list[Record]:
    """Publish what stood on the former site, all of it in one instant or none, under one checkpoint.

    Nobody's review is claimed: the caller has run the automatic checks. The moment recorded is now,
    for the log never back-dates, and no time limit is said to have been kept or missed.

    :raises StaleStage: a record that would get a new version was withdrawn, or officers took it up
    """
    with transaction.atomic():
        contents = [_content(each, at) for each in imports]
        standing = Record.objects.select_for_update().in_bulk(
            [each.record for each in imports if each.record is not None]
        )
        fresh = iter(_new_records(sum(each.record is None for each in imports), at))
        records = []
        for each, content in zip(imports, contents, strict=True):
            if each.record is None:
                record = next(fresh)
                record.imported_from = each.origin[:300]
            else:
                record = standing[each.record]
                _refuse_if_taken_up(record)
                releasing.begin_version(record, at=at)
            releasing.copy_columns(record, content)
            records.append(record)
        _save(records)
        _add_versions(records, contents, actor=actor, at=at)
    return records


def _refuse_if_taken_up(record: Record) -> None:
    if record.matter_reference:
        raise errors.StaleStage(
            Reason(
                gettext_noop("The matter %(matter)s keeps this record already"),
                field="reference",
                params={"matter": record.matter_reference},
            )
        )


def _content(given: Import, at: datetime) -> releasing.Content:
    fields = {
        **{name: value for name, value in given.fields.items() if value not in ("", None)},
        "kind": given.kind,
        "attribute": rules.Attribute.PROACTIVE.value,
        "item": given.item.code,
        "attachments": [
            {"name": name, "sha256": blob.sha256, "size": blob.size, "media_type": blob.media_type}
            for name, blob in given.files
        ],
        "imported": {"origin": given.origin, "at": at.isoformat(), "sha256": given.sha256},
    }
    salts = commitment.new_salts(fields, secrets.token_hex)
    return releasing.Content(given.kind, given.item, fields, salts, given.files)


def _new_records(count: int, at: datetime) -> list[Record]:
    if not count:
        return []
    year = at.astimezone(BUREAU_TIME).year
    numbers = matters.next_numbers(releasing.series(year), count)
    return [
        Record(reference=releasing.reference(year, number), published_at=at, changed_at=at)
        for number in numbers
    ]


def _save(records: Sequence[Record]) -> None:
    Record.objects.bulk_create([record for record in records if record.version == 1])
    for record in records:
        if record.version > 1:
            record.save()


def _add_versions(
    records: Sequence[Record], contents: Sequence[releasing.Content], *, actor: Person | None, at: datetime
) -> None:
    sealed = [commitment.seal(content.fields, content.salts) for content in contents]
    entries = ledger.record_all(
        [
            ledger.Happening(
                releasing.PUBLISHED if record.version == 1 else releasing.CORRECTED,
                record.reference,
                facts={"version": record.version},
                public={"version": record.version, "digest": each.digest, "imported": True},
                heard_as=IMPORTED,
            )
            for record, each in zip(records, sealed, strict=True)
        ],
        actor=actor,
        at=at,
    )
    versions = RecordVersion.objects.bulk_create(
        [
            RecordVersion(
                record=record,
                number=record.version,
                sealed=commitment.to_json(each),
                digest=each.digest,
                published_at=at,
                entry=entry,
            )
            for record, each, entry in zip(records, sealed, entries, strict=True)
        ]
    )
    RecordFile.objects.bulk_create(
        [
            row
            for version, content in zip(versions, contents, strict=True)
            for row in releasing.files_of(version, content)
        ]
    )
