"""A reply becomes public: its document is begun, goes through the gate, and its record ends the clock."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sunshine.core.people.models import Person
from sunshine.core.publishing.models import Record
from sunshine.kernel import period
from sunshine.work.proposals import queries
from sunshine.work.proposals.models import Publication
from sunshine.work.proposals.operations.acting import act


def begin_document(
    matter_id: int, *, document: str, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Enter which document makes the reply public; it does so through the gate or not at all."""
    with act(matter_id, "begin_document", actor=actor, at=at, seen=seen, document=document):
        Publication.objects.filter(pk=matter_id).update(document=document)


def withhold(matter_id: int, *, reason: str, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Decide as leader that a reply is not published after all."""
    with act(matter_id, "withhold", actor=actor, at=at, seen=seen, reason=reason) as acting:
        acting.public = _of_which(
            Publication.objects.select_related("reply__proposal__matter").get(pk=matter_id)
        )


def note_record(reference: str, *, at: datetime) -> None:
    """Note that a record became public, where it is a reply's; what was noted stays as it is."""
    record = Record.objects.filter(reference=reference, main=None).first()
    found = queries.publication_of_document(record.matter_reference) if record else None
    if record is None or found is None or found.matter.closed_at is not None:
        return
    due_at = found.matter.next_due_at
    facts: dict[str, Any] = {"published_at": record.published_at, "record": record.reference}
    with act(found.pk, "became_public", actor=None, at=at, **facts) as acting:
        acting.public = {**_of_which(found), "record": record.reference}
        found.record = record.reference
        found.published_on = period.day_of(record.published_at)
        found.is_in_time = due_at is None or period.in_time(record.published_at, due_at)
        found.save(update_fields=["record", "published_on", "is_in_time"])


def _of_which(publication: Publication) -> dict[str, Any]:
    """Return of which reply to which proposal a publication is, for the public log."""
    reply = publication.reply
    return {"proposal": reply.proposal.matter.reference, "reply": reply.number}
