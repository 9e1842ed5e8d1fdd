"""Writing: drafts and their revisions. Whether writing is allowed now is the matter's procedure's to say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max

from sunshine.core.matters.models import Matter
from sunshine.core.people.models import Person
from sunshine.core.publishing.models import (
    Attachment,
    Autosave,
    Draft,
    Record,
    RecordVersion,
    Revision,
)
from sunshine.core.publishing.queries import bundles
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.text import markup


def create(
    matter: Matter,
    *,
    kind: str,
    fields: Mapping[str, Any],
    author: Person,
    at: datetime,
    part: int | None = None,
) -> Draft:
    """Begin a member of the matter's bundle; part 0 is the document, others interpret it."""
    with transaction.atomic():
        if part is None:
            last = Draft.objects.filter(matter=matter).aggregate(last=Max("part"))["last"]
            part = 0 if last is None else last + 1
        draft = Draft.objects.create(matter=matter, part=part, kind=kind, fields=_cleaned(fields), revision=1)
        Revision.objects.create(draft=draft, number=1, fields=draft.fields, author=author, at=at)
    return draft


def save(draft_id: int, *, fields: Mapping[str, Any], seen: int, author: Person, at: datetime) -> Draft:
    """Keep what an author wrote; `seen` is the revision the author started from.

    :raises StaleStage: somebody else saved in between; what was written is for the author to compare
    """
    with transaction.atomic():
        draft = Draft.objects.select_for_update().get(pk=draft_id)
        if draft.revision != seen:
            raise errors.StaleStage(
                Reason(
                    gettext_noop(
                        "Somebody saved revision %(revision)d while you wrote. Compare, then save again"
                    ),
                    params={"revision": draft.revision},
                )
            )
        merged = {**draft.fields, **_cleaned(fields)}
        Autosave.objects.filter(draft=draft, author=author).delete()
        if merged == draft.fields:
            return draft
        draft.fields = merged
        draft.revision += 1
        draft.save(update_fields=["fields", "revision"])
        Revision.objects.create(draft=draft, number=draft.revision, fields=merged, author=author, at=at)
    return draft


def take_over(matter: Matter, record: Record, *, author: Person, at: datetime) -> Draft:
    """Let the matter's document say what a public record's newest version says, and be its next version."""
    version = RecordVersion.objects.get(record=record, number=record.version)
    told = {name: field["value"] for name, field in version.sealed["fields"].items() if "value" in field}
    with transaction.atomic():
        draft = Draft.objects.select_for_update().get(matter=matter, part=0)
        draft.fields = {name: value for name, value in told.items() if name not in bundles.OF_THE_BUNDLE}
        draft.attribute, draft.item, draft.record = told["attribute"], record.item, record
        draft.revision += 1
        draft.save()
        Revision.objects.create(draft=draft, number=draft.revision, fields=draft.fields, author=author, at=at)
        Attachment.objects.bulk_create(
            Attachment(draft=draft, blob=file.blob, name=file.name, position=file.position, added_at=at)
            for file in version.files.select_related("blob")
        )
        record.matter_reference = matter.reference
        record.save(update_fields=["matter_reference"])
    return draft


def _cleaned(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return fields with every text free of control characters and the body free of foreign markup."""
    return {
        name: markup.clean(value) if name == "body" and isinstance(value, str) else value
        for name, value in fields.items()
    }


def autosave(draft_id: int, *, fields: Mapping[str, Any], seen: int, author: Person, at: datetime) -> None:
    """Keep what an author has typed so far, aside from the draft, so that a lost browser loses nothing."""
    Autosave.objects.update_or_create(
        draft_id=draft_id, author=author, defaults={"fields": _cleaned(fields), "revision": seen, "at": at}
    )


def restore_published(matter: Matter, *, author: Person, at: datetime) -> None:
    """Let each draft say again what its record's newest version says, files, place and time included."""
    published = Draft.objects.filter(matter=matter).exclude(record=None).select_related("record__item")
    for draft in published.select_for_update(of=("self",)):
        version = RecordVersion.objects.get(record=draft.record_id, number=F("record__version"))
        fields = version.sealed["fields"]
        draft.fields = {
            name: fields[name]["value"] for name in draft.fields if "value" in fields.get(name, {})
        }
        if draft.record is not None:  # asked for above; the type does not know
            draft.item = draft.record.item
        publish_at = fields.get("publish_at", {}).get("value")
        draft.publish_at = datetime.fromisoformat(publish_at) if publish_at else None
        draft.revision += 1
        draft.save(update_fields=["fields", "item", "publish_at", "revision"])
        Revision.objects.create(draft=draft, number=draft.revision, fields=draft.fields, author=author, at=at)
        _restore_files(draft, version, author=author, at=at)


def _restore_files(draft: Draft, version: RecordVersion, *, author: Person, at: datetime) -> None:
    """Let a draft have the files of a version; whoever attached one of them stays its giver."""
    held = {(each.name, each.blob_id): each for each in Attachment.objects.filter(draft=draft)}
    Attachment.objects.filter(draft=draft).delete()
    for file in version.files.all():
        before = held.get((file.name, file.blob_id))
        Attachment.objects.create(
            draft=draft,
            blob_id=file.blob_id,
            name=file.name,
            position=file.position,
            added_by=before.added_by if before else author,
            added_at=before.added_at if before else at,
        )


def remove_part(draft_id: int) -> None:
    """Take an interpretation material out of the bundle.

    :raises RuleBroken: it is the document itself, or it was published
    """
    removed, _of_each = Draft.objects.filter(pk=draft_id, part__gt=0, record=None).delete()
    if not removed:
        raise errors.RuleBroken(
            Reason(gettext_noop("What was published stays in the bundle; correct it instead"), field="part")
        )
