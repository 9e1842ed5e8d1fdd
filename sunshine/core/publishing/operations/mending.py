"""After publication: withdrawal, repeal and lawful erasure, each an act with its own public entry."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from sunshine.core.ledger import operations as ledger
from sunshine.core.people.models import Person
from sunshine.core.publishing import storage
from sunshine.core.publishing.models import Blob, Erasure, Record, RecordVersion, Revision
from sunshine.kernel import commitment, errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop

WITHDRAWN = "record.withdrawn"
REPEALED = "record.repealed"
ERASED = "record.erased"


def withdraw(
    record_id: int, *, ground: str, reason: str, decided_by: str, actor: Person | None, at: datetime
) -> Record:
    """Take a record from public view; its address answers 410 with date, reason and who decided.

    :param decided_by: the post that decided, as the public reads it
    """
    with transaction.atomic():
        record = _visible_for_update(record_id)
        if not reason.strip():
            raise errors.RuleBroken(Reason(gettext_noop("A withdrawal needs a reason"), field="reason"))
        record.withdrawn_at = record.changed_at = at
        record.withdrawal_ground, record.withdrawal_reason = ground, reason
        record.withdrawal_decided_by = decided_by
        record.save()
        facts = {"title": record.title, "reason": reason, "ground": ground}
        ledger.record(WITHDRAWN, record.reference, actor=actor, at=at, facts=facts, public={"ground": ground})
    return record


def repeal(record_id: int, *, on: date, reason: str, actor: Person, at: datetime) -> Record:
    """Mark a document as repealed from a day on (废止); the page stays and says so (WEB-OLD)."""
    with transaction.atomic():
        record = _visible_for_update(record_id)
        record.repealed_on, record.changed_at = on, at
        record.save(update_fields=["repealed_on", "changed_at"])
        facts = {"title": record.title, "reason": reason}
        ledger.record(
            REPEALED, record.reference, actor=actor, at=at, facts=facts, public={"on": on.isoformat()}
        )
    return record


def erase(
    record_id: int,
    *,
    version: int,
    names: Sequence[str],
    ground: str,
    proposed_by: Person,
    decided_by: Person,
    at: datetime,
) -> Erasure:
    """Erase fields of one version for ever: value and salt go, the commitment stays, the log verifies.

    Every revision and submission that could restore the value is cleared too, and the erasure is
    written beside the database so that a restored backup can repeat it.

    :raises NotAllowed: one person alone
    """
    if proposed_by.pk == decided_by.pk:
        raise errors.NotAllowed(Reason(gettext_noop("An erasure takes two people"), "PIPL art. 47"))
    with transaction.atomic():
        row = RecordVersion.objects.select_for_update().get(record_id=record_id, number=version)
        unknown = set(names) - set(row.sealed["fields"])
        if unknown or not names:
            raise errors.RuleBroken(Reason(gettext_noop("Name the fields to erase"), field="names"))
        _drop(row, names)
        erasure = Erasure.objects.create(
            version=row,
            names=list(names),
            ground=ground,
            at=at,
            proposed_by=proposed_by,
            decided_by=decided_by,
        )
        reference = row.record.reference
        public = {"version": version, "fields": sorted(names)}
        ledger.record(ERASED, reference, actor=decided_by, at=at, facts={"ground": ground}, public=public)
        line = {
            "reference": reference,
            "version": version,
            "names": sorted(names),
            "ground": ground,
            "at": at.isoformat(),
        }
        transaction.on_commit(lambda: _write_beside(line))
    return erasure


def replay_erasures(path: Path) -> int:
    """Erase again what was erased after the backup that was restored; return how many fields were."""
    if not path.exists():
        return 0
    erased = 0
    with transaction.atomic():
        for line in path.read_text("utf-8").splitlines():
            told = json.loads(line)
            rows = RecordVersion.objects.select_for_update().filter(
                record__reference=told["reference"], number=told["version"]
            )
            for row in rows:
                left = [name for name in told["names"] if "value" in row.sealed["fields"].get(name, {})]
                _drop(row, left)
                erased += len(left)
    return erased


def _drop(row: RecordVersion, names: Sequence[str]) -> None:
    if not names:
        return
    sealed = commitment.erase(commitment.from_json(row.sealed), names)
    row.sealed = commitment.to_json(sealed)
    row.save(update_fields=["sealed"])
    for draft in row.record.drafts.all():
        draft.fields = {name: value for name, value in draft.fields.items() if name not in names}
        draft.save(update_fields=["fields"])
        for revision in Revision.objects.filter(draft=draft):
            revision.fields = {name: value for name, value in revision.fields.items() if name not in names}
            revision.save(update_fields=["fields"])
    if "attachments" in names:
        _forget_files(row)


def _forget_files(row: RecordVersion) -> None:
    for blob in Blob.objects.filter(published__version=row):
        if not blob.published.exclude(version=row).exists():
            storage.forget(blob.path)
            Blob.objects.filter(pk=blob.pk).update(text="", erased_at=row.published_at)


def _write_beside(line: dict[str, object]) -> None:
    with Path(settings.ERASURES).open("a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n")
        file.flush()


def _visible_for_update(record_id: int) -> Record:
    record = Record.objects.select_for_update().get(pk=record_id)
    if record.withdrawn_at is not None:
        raise errors.StaleStage(Reason(gettext_noop("The record was withdrawn already")))
    return record
