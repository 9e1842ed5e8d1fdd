"""Questions about drafts: for the desk only; no public door asks these."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sunshine.core.matters.models import Matter
from sunshine.core.publishing.models import Attachment, Autosave, Blob, Draft, Review, Revision, Submission
from sunshine.core.publishing.models.files import Scan
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop


def draft(matter: Matter, part: int) -> Draft:
    """Return one member of a matter's bundle; raise `NotFound` when there is none."""
    found = Draft.objects.filter(matter=matter, part=part).select_related("item", "record").first()
    if found is None:
        raise errors.NotFound(Reason(gettext_noop("The bundle has no such part")))
    return found


def revisions(draft: Draft) -> list[Revision]:
    """Return a draft's revisions with their authors, newest first."""
    return list(Revision.objects.filter(draft=draft).select_related("author").order_by("-number"))


def revision_fields(draft: Draft, number: int) -> dict[str, Any]:
    """Return the fields of one revision; raise `NotFound` when there is none."""
    row = Revision.objects.filter(draft=draft, number=number).first()
    if row is None:
        raise errors.NotFound(Reason(gettext_noop("There is no such revision")))
    fields: dict[str, Any] = row.fields
    return fields


def attachment(matter: Matter, attachment_id: int) -> Attachment:
    """Return an attachment of a matter's drafts; raise `NotFound` when there is none."""
    found = (
        Attachment.objects.filter(draft__matter=matter, pk=attachment_id)
        .select_related("blob", "draft")
        .first()
    )
    if found is None:
        raise errors.NotFound(Reason(gettext_noop("There is no such file")))
    return found


def attachment_names(ids: Collection[int]) -> dict[int, str]:
    """Return what attachments are called that are still there: of some ids, id -> name."""
    return dict(Attachment.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}


def autosave_of(draft: Draft, author_id: int) -> Autosave | None:
    """Return what an author typed in a draft and has not saved, if anything."""
    return Autosave.objects.filter(draft=draft, author=author_id).first()


def files_not_clean(*, limit: int = 200) -> list[Blob]:
    """Return the files that wait for their virus check or did not pass it, with the drafts they belong to."""
    rows = Blob.objects.exclude(scan=Scan.CLEAN).filter(attachments__isnull=False).distinct()
    return list(rows.prefetch_related("attachments__draft__matter").order_by("scan", "sha256")[:limit])


def submissions(matter: Matter) -> list[Submission]:
    """Return every submission of a matter, newest first."""
    return list(Submission.objects.filter(matter=matter).select_related("submitted_by").order_by("-number"))


def reviews(submission: Submission) -> list[Review]:
    """Return what was said of a submission, oldest first."""
    return list(submission.reviews.select_related("by").order_by("id"))


def due_for_publication(kind: str, stage: str, *, at: datetime) -> list[int]:
    """Return the ids of matters in a stage whose bundle names a time of publication that has come."""
    rows = Matter.objects.filter(kind=kind, stage=stage, drafts__part=0, drafts__publish_at__lte=at)
    return list(rows.order_by("drafts__publish_at").values_list("id", flat=True))


def time_of_publication(matter_id: int) -> datetime | None:
    """Return the time of publication that the matter's bundle names, if it names one."""
    return Draft.objects.filter(matter_id=matter_id, part=0).values_list("publish_at", flat=True).first()
