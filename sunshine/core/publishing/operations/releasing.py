"""Through the gate: an approved bundle becomes records, all of them in one instant or none."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from sunshine.core.ledger import operations as ledger
from sunshine.core.ledger import queries as acts
from sunshine.core.matters import operations as matters
from sunshine.core.matters.models import Matter
from sunshine.core.matters.queries import BUREAU_TIME
from sunshine.core.people.models import Person
from sunshine.core.publishing import rules
from sunshine.core.publishing.models import (
    Attachment,
    Blob,
    DirectoryItem,
    Draft,
    Record,
    RecordFile,
    RecordVersion,
)
from sunshine.core.publishing.queries import bundles
from sunshine.kernel import calendar, commitment, errors, period
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop

PUBLISHED = "record.published"
CORRECTED = "record.corrected"
REPEALED = "record.repealed"


@dataclass(frozen=True, slots=True)
class Content:
    """What a record version is made of."""

    kind: str
    item: DirectoryItem
    fields: Mapping[str, Any]
    salts: Mapping[str, str]
    files: tuple[tuple[str, Blob], ...]


def publish(
    matter: Matter, *, actor: Person | None, at: datetime, within: period.Period | None = None
) -> tuple[Record, ...]:
    """Publish the matter's whole bundle, in the caller's transaction or one of its own.

    The gate is asked again here, whoever calls: it computes the digest from the stored bytes. The
    document comes first; its interpretations point to it. A member that corrects a record becomes that
    record's next version.

    :param within: the time from forming that the law leaves, where it is shorter than the directory's
    :raises RuleBroken: the gate does not let it pass; each reason names the check that does not hold
    """
    with transaction.atomic():
        errors.RuleBroken.unless(rules.passes(bundles.gate(matter)))
        submission = bundles.standing_submission(matter)
        if submission is None:
            raise errors.StaleStage(Reason(gettext_noop("The document has not been submitted")))
        held = bundles.bundle(matter)
        if held.drafts[0].publish_at is not None and held.drafts[0].publish_at > at:
            raise errors.RuleBroken(
                Reason(gettext_noop("Its time of publication has not come"), field="publish_at")
            )
        salts = {member["draft"]: member["salts"] for member in submission.members}
        published: list[Record] = []
        for draft in held.drafts:
            content = _content(draft, held.files[draft.pk], salts[str(draft.uuid)])
            main = published[0] if published else None
            record = _release(
                content, draft.record, main=main, matter=matter, within=within, actor=actor, at=at
            )
            Draft.objects.filter(pk=draft.pk).update(record=record)
            published.append(record)
        return tuple(published)


def _content(draft: Draft, files: tuple[Attachment, ...], salts: Mapping[str, str]) -> Content:
    if draft.item is None:  # the gate has refused this already; the type does not know
        raise errors.RuleBroken(Reason(gettext_noop("Choose its item of the directory"), field="item"))
    return Content(
        kind=draft.kind,
        item=draft.item,
        fields=bundles.sealed_fields(draft, files),
        salts=salts,
        files=tuple((file.name, file.blob) for file in files),
    )


def _release(
    content: Content,
    record: Record | None,
    *,
    main: Record | None,
    matter: Matter,
    within: period.Period | None,
    actor: Person | None,
    at: datetime,
) -> Record:
    repealed_on = None
    if record is None:
        record = _new_record(content, main=main, matter=matter, within=within, at=at)
        kind = PUBLISHED
    else:
        record = Record.objects.select_for_update().get(pk=record.pk)
        begin_version(record, at=at)
        kind = CORRECTED
        if acts.acts_of(record.reference, REPEALED):
            repealed_on = record.repealed_on
    copy_columns(record, content)
    record.repealed_on = repealed_on or record.repealed_on  # a correction of the text undoes no repeal
    record.save()
    _add_version(record, content, kind, actor=actor, at=at)
    return record


def begin_version(record: Record, *, at: datetime) -> None:
    """Let a locked record become its next version.

    :raises StaleStage: it was withdrawn
    """
    if record.withdrawn_at is not None:
        raise errors.StaleStage(
            Reason(gettext_noop("The record was withdrawn; a withdrawn address is never reused"))
        )
    record.version += 1
    record.changed_at = at


def _new_record(
    content: Content, *, main: Record | None, matter: Matter, within: period.Period | None, at: datetime
) -> Record:
    year = at.astimezone(BUREAU_TIME).year
    due_on = _due_on(content, within)
    return Record(
        reference=reference(year, matters.next_number(series(year))),
        matter_reference=matter.reference,
        bundle=main.bundle if main else uuid.uuid4(),
        main=main,
        published_at=at,
        changed_at=at,
        due_on=due_on,
        in_time=at.astimezone(BUREAU_TIME).date() <= due_on if due_on else None,
    )


def series(year: int) -> str:
    """Return the name of the series that numbers a year's records."""
    return f"record-{year}"


def reference(year: int, number: int) -> str:
    """Return a record's reference."""
    return f"{year}-{number:05d}"


def never_give_again(reference: str) -> None:
    """Let the series of a record's reference go on after it, where it stands before it."""
    year, _dash, number = reference.partition("-")
    matters.go_on_after(series(int(year)), int(number))


def copy_columns(record: Record, content: Content) -> None:
    """Let a record's columns repeat what its newest version says."""
    fields = content.fields
    record.kind, record.item = content.kind, content.item
    record.title = str(fields.get("title", ""))[:300]
    record.number = str(fields.get("number", ""))[:80]
    record.topic = str(fields.get("topic", ""))[:60]
    record.department = str(fields.get("department", ""))[:80]
    record.formed_on = _day(fields.get("formed_on"))
    record.effective_from = _day(fields.get("effective_from"))
    record.valid_until = _day(fields.get("valid_until"))
    record.repealed_on = _day(fields.get("repealed_on"))


def _add_version(record: Record, content: Content, kind: str, *, actor: Person | None, at: datetime) -> None:
    sealed = commitment.seal(content.fields, content.salts)
    entry = ledger.record(
        kind,
        record.reference,
        actor=actor,
        at=at,
        facts={"version": record.version},
        public={"version": record.version, "digest": sealed.digest},
    )
    version = RecordVersion.objects.create(
        record=record,
        number=record.version,
        sealed=commitment.to_json(sealed),
        digest=sealed.digest,
        published_at=at,
        entry=entry,
    )
    RecordFile.objects.bulk_create(files_of(version, content))


def files_of(version: RecordVersion, content: Content) -> list[RecordFile]:
    """Return the rows that put a content's files with a version."""
    return [
        RecordFile(version=version, position=position, name=name, blob=blob)
        for position, (name, blob) in enumerate(content.files, start=1)
    ]


def _due_on(content: Content, within: period.Period | None) -> date | None:
    """Return the last day on which publishing was in time (PRO-20WD): the law’s or the item’s, the first."""
    formed_on = _day(content.fields.get("formed_on"))
    if formed_on is None:
        return None
    bounds = [(content.item.limit_length, period.Unit(content.item.limit_unit))]
    bounds += [(within.length, within.unit)] if within is not None else []
    return min(period.last_day(length, unit, formed_on, calendar.bundled()) for length, unit in bounds)


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None
