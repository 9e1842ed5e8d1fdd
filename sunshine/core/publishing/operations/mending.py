"""After publication: withdrawal, repeal and lawful erasure, each an act with its own public entry."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from sunshine.core.ledger import operations as ledger
from sunshine.core.matters.models import Matter
from sunshine.core.people.models import Person
from sunshine.core.publishing import rules, storage
from sunshine.core.publishing.models import (
    Attachment,
    Autosave,
    Blob,
    Draft,
    Erasure,
    Record,
    RecordFile,
    RecordVersion,
    Revision,
    Submission,
)
from sunshine.core.publishing.operations import releasing
from sunshine.kernel import commitment, errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop

WITHDRAWN = "record.withdrawn"
ERASED = "record.erased"

ERASED_WORD = "（已依法删除）"
"""What stands where a matter's title or a reviewer's remark stood."""


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
        record.withdrawal_decided_by = decided_by[:120]
        record.save()
        facts = {"version": record.version, "reason": reason, "ground": ground}
        ledger.record(WITHDRAWN, record.reference, actor=actor, at=at, facts=facts, public={"ground": ground})
    return record


def repeal(record_id: int, *, on: date, reason: str, actor: Person, at: datetime) -> Record:
    """Mark a document as repealed from a day on (废止); the page stays and says so (WEB-OLD)."""
    with transaction.atomic():
        record = _visible_for_update(record_id)
        record.repealed_on, record.changed_at = on, at
        record.save(update_fields=["repealed_on", "changed_at"])
        facts = {"version": record.version, "reason": reason}
        ledger.record(
            releasing.REPEALED,
            record.reference,
            actor=actor,
            at=at,
            facts=facts,
            public={"on": on.isoformat()},
        )
    return record


def erase(
    reference: str,
    *,
    version: int,
    names: Sequence[str],
    ground: str,
    proposed_by: Person,
    decided_by: Person,
    at: datetime,
) -> Erasure:
    """Erase fields of one version for ever: value and salt go, the commitment stays, the log verifies.

    Every draft, revision and submission that could restore the value is cleared too, and the erasure is
    written beside the database so that a restored backup can repeat it (PII-ERASE).

    :raises NotAllowed: one person alone
    """
    if proposed_by.pk == decided_by.pk:
        raise errors.NotAllowed(Reason(gettext_noop("An erasure takes two people"), "PIPL art. 47"))
    with transaction.atomic():
        row = RecordVersion.objects.select_for_update().get(record__reference=reference, number=version)
        there = {name for name, field in row.sealed["fields"].items() if "value" in field}
        if not names or not set(names) <= there & rules.ERASABLE:
            raise errors.RuleBroken(Reason(gettext_noop("Name the fields to erase"), field="names"))
        _drop(row, names, at=at)
        erasure = Erasure.objects.create(
            version=row,
            names=list(names),
            ground=ground,
            at=at,
            proposed_by=proposed_by,
            decided_by=decided_by,
        )
        public = {"version": version, "fields": sorted(names)}
        ledger.record(ERASED, reference, actor=decided_by, at=at, facts={"ground": ground}, public=public)
        transaction.on_commit(lambda: _write_beside(_line(erasure)))
    return erasure


def _line(erasure: Erasure) -> dict[str, object]:
    version = erasure.version
    return {
        "reference": version.record.reference,
        "version": version.number,
        "digest": version.digest,
        "names": sorted(erasure.names),
        "ground": erasure.ground,
        "at": erasure.at.isoformat(),
    }


def write_missing_beside(*, at: datetime) -> int:  # noqa: ARG001  # a timed operation is told the time
    """Write beside the database what a process that ended too early did not; return how many lines."""
    path = Path(settings.ERASURES)
    told = {(line["digest"], *line["names"]) for line in _lines(path)}
    rows = Erasure.objects.select_related("version__record").order_by("id")
    missing = [each for each in rows if (each.version.digest, *sorted(each.names)) not in told]
    for erasure in missing:
        _write_beside(_line(erasure))
    return len(missing)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield what a file of erasures tells; a line that was cut off tells nothing."""
    for line in path.read_text("utf-8").splitlines() if path.exists() else ():
        with suppress(ValueError):
            yield read_line(line)


def replay_erasures(path: Path, *, at: datetime) -> int:
    """Erase again what was erased after the backup that was restored; return how many fields were.

    The log went back with the rows, so each erasure is entered in it again. A version is known by its
    digest: the number series went back too, and a reference must never meet what it did not mean. No
    reference that a line names is given again.
    """
    if not path.exists():
        return 0
    erased = 0
    with transaction.atomic():
        for line in path.read_text("utf-8").splitlines():
            told = read_line(line)
            releasing.never_give_again(told["reference"])
            for row in RecordVersion.objects.select_for_update().filter(digest=told["digest"]):
                left = [name for name in told["names"] if "value" in row.sealed["fields"].get(name, {})]
                if not left:
                    continue
                _drop(row, left, at=at)
                erased += len(left)
                public = {"version": row.number, "fields": sorted(left)}
                facts = {"ground": told["ground"], "first_at": told["at"]}
                ledger.record(ERASED, row.record.reference, actor=None, at=at, facts=facts, public=public)
    return erased


def read_line(line: str) -> dict[str, Any]:
    """Return what one line of `erasures.jsonl` tells; raise `ValueError` for one that is cut off."""
    told = json.loads(line)
    if not isinstance(told, dict) or not {"reference", "version", "digest", "names", "ground", "at"} <= set(
        told
    ):
        raise ValueError("the line tells no erasure")
    return told


def _drop(row: RecordVersion, names: Sequence[str], *, at: datetime) -> None:
    """Take the named fields of a version out of everything that could restore them."""
    if not names:
        return
    sealed = commitment.from_json(row.sealed)
    gone = {name: sealed.fields[name].value for name in names}
    row.sealed = commitment.to_json(commitment.erase(sealed, names))
    row.save(update_fields=["sealed"])
    record = row.record
    if row.number == record.version:
        _blank_columns(record, names)
    drafts = list(_drafts_of(row))
    for draft in drafts:
        if "title" in gone and draft.matter.title == str(gone["title"])[:300]:
            Matter.objects.filter(pk=draft.matter_id).update(title=ERASED_WORD)
        is_newest = draft.record_id == record.pk and row.number == record.version
        _forget_texts(draft, gone, is_newest=is_newest)
        _forget_submissions(draft, row.digest, names)
    if "attachments" in names:
        _forget_files(row, drafts, at=at)


def _drafts_of(row: RecordVersion) -> QuerySet[Draft]:
    """Return the drafts that a version was made from; one that was opened up may lead to a newer record."""
    submissions = Submission.objects.filter(matter__reference=row.record.matter_reference)
    sealed = {
        member["draft"]
        for submission in submissions
        for member in submission.members
        if member["digest"] == row.digest
    }
    return Draft.objects.filter(Q(record=row.record) | Q(uuid__in=sealed)).select_related("matter")


def _blank_columns(record: Record, names: Sequence[str]) -> None:
    """Take what lists repeat of the newest version out of the record's row; a title becomes its number."""
    if "title" in names:
        record.title = record.reference
    for name in {"number", "topic", "department"} & set(names):
        setattr(record, name, "")
    record.save()


def _forget_texts(draft: Draft, gone: Mapping[str, object], *, is_newest: bool) -> None:
    """Clear drafts and revisions of the fields; what a newer version says instead stays."""
    kept = {} if is_newest else {name: draft.fields.get(name) for name in gone}

    def without(fields: Mapping[str, object]) -> dict[str, object]:
        return {
            name: value
            for name, value in fields.items()
            if name not in gone or (name in kept and value == kept[name] and value != gone[name])
        }

    draft.fields = without(draft.fields)
    draft.save(update_fields=["fields"])
    for revision in Revision.objects.filter(draft=draft):
        revision.fields = without(revision.fields)
        revision.save(update_fields=["fields"])
    Autosave.objects.filter(draft=draft).delete()


def _forget_submissions(draft: Draft, digest: str, names: Sequence[str]) -> None:
    """Clear the salts of the fields, without which nobody can guess them, and what checks and people quoted.

    Findings and decisions find each other by number afterwards: their keys may name what is gone.
    """
    for submission in Submission.objects.filter(matter=draft.matter):
        for member in submission.members:
            if member["draft"] == str(draft.uuid) and member["digest"] == digest:
                member["salts"] = {n: salt for n, salt in member["salts"].items() if n not in names}
        keys = {finding["key"]: f"erased:{number}" for number, finding in enumerate(submission.findings)}
        for finding in submission.findings:
            finding["text"], finding["key"] = "", keys[finding["key"]]
        submission.save(update_fields=["members", "findings"])
        for review in submission.reviews.all():
            review.remark = ERASED_WORD if review.remark else ""
            for decision in review.decisions:
                decision["key"] = keys.get(decision["key"], "erased")
                decision["reason"] = ERASED_WORD if decision.get("reason") else ""
            review.save(update_fields=["remark", "decisions"])


def _forget_files(row: RecordVersion, drafts: Sequence[Draft], *, at: datetime) -> None:
    """Let a version and its drafts go of its files: what they are called and their digests are erased too.

    The bytes of those that no other version shows go once the erasure can no longer be undone. Each file is
    locked first, always in the same order: two versions erased at once would each see that the other shows
    it, and its bytes would stay.
    """
    shown = RecordFile.objects.filter(version=row).values("blob")
    blobs = list(Blob.objects.select_for_update().filter(pk__in=shown).order_by("sha256"))
    for blob in blobs:
        others = blob.published.exclude(version=row)
        if not others.filter(version__sealed__fields__attachments__has_key="value").exists():
            Blob.objects.filter(pk=blob.pk).update(text="", names=[], erased_at=at)
            transaction.on_commit(partial(storage.forget, blob.path), robust=True)  # `check` tells what stays
    RecordFile.objects.filter(version=row).delete()
    newest = RecordFile.objects.filter(version__record=row.record, version__number=row.record.version)
    given = Attachment.objects.filter(draft__in=drafts, blob__in=blobs)
    given.exclude(blob__in=newest.values("blob")).delete()


def _write_beside(line: dict[str, object]) -> None:
    """Keep a line beside the database, on the disk when this returns; one that was cut off stays apart."""
    with Path(settings.ERASURES).open("a+b") as file:
        end = file.seek(0, os.SEEK_END)
        file.seek(max(0, end - 1))
        glue = b"" if file.read(1) in (b"", b"\n") else b"\n"
        file.write(glue + json.dumps(line, ensure_ascii=False, sort_keys=True).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def _visible_for_update(record_id: int) -> Record:
    record = Record.objects.select_for_update().get(pk=record_id)
    if record.withdrawn_at is not None:
        raise errors.StaleStage(Reason(gettext_noop("The record was withdrawn already")))
    return record
