"""Publishing at once, at its time, or on recovery with the true time."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sunshine.core.people.models import Person
from sunshine.core.publishing.models import Record
from sunshine.core.publishing.operations import releasing
from sunshine.core.publishing.queries import drafts
from sunshine.kernel import errors
from sunshine.kernel.period import Period
from sunshine.work.documents import rules
from sunshine.work.documents.models import Document
from sunshine.work.documents.operations import promises
from sunshine.work.documents.operations.acting import act

logger = logging.getLogger(__name__)

TRIED_AGAIN = timedelta(minutes=1)
"""After how long what was refused is looked at again: each look digests every file of the bundle."""

_refused_at: dict[int, datetime] = {}


def schedule(matter_id: int, *, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Let an approved bundle wait for the time of publication that its digest names."""
    publish_at = drafts.time_of_publication(matter_id)
    with act(matter_id, "schedule", actor=actor, at=at, seen=seen, publish_at=publish_at) as acting:
        acting.facts["publish_at"] = publish_at.isoformat() if publish_at else None


def unschedule(
    matter_id: int, *, reason: str = "", actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Take a bundle out of the schedule again."""
    with act(matter_id, "unschedule", actor=actor, at=at, seen=seen, reason=reason):
        pass


def publish(
    matter_id: int, *, actor: Person | None, at: datetime, seen: int | None = None
) -> tuple[Record, ...]:
    """Publish the bundle through the gate: document and interpretation in the same instant.

    `actor` None is the schedule. The moment recorded is the true one, also when it comes late.
    """
    with act(matter_id, "publish", actor=actor, at=at, seen=seen) as acting:
        within = _within(acting.asked.matter)
        published = releasing.publish(acting.matter, actor=actor, at=at, within=within)
        acting.facts |= {"records": [record.reference for record in published]}
        acting.public |= {"records": [record.reference for record in published]}
        promises.keep(matter_id, published)
        # A proposal to close it that nobody decided is settled by this: `checks.was_proposed`.
        Document.objects.filter(matter=acting.matter).update(
            proposed_attribute="", proposed_ground="", proposed_ground_until=None
        )
    return published


def _within(asked: Mapping[str, Any]) -> Period | None:
    """Return the time that the law leaves from the day of forming: what the matter's own clock counts."""
    formed_on = asked["formed_on"]
    return asked["publish_within"] or (rules.statutory_period(formed_on) if formed_on else None)


def publish_due(*, at: datetime) -> int:
    """Publish every scheduled bundle whose time has come; return how many were.

    One that the gate refuses, or whose files cannot be read just now, stays scheduled, is logged and shows
    at the desk; it does not stop the others, and is tried again a minute later.
    """
    due = drafts.due_for_publication(rules.KIND, rules.SCHEDULED.name, at=at)
    return sum(_publish_one(matter_id, at) for matter_id in due if not _was_just_refused(matter_id, at))


def _was_just_refused(matter_id: int, at: datetime) -> bool:
    refused_at = _refused_at.get(matter_id)
    return refused_at is not None and timedelta() <= at - refused_at < TRIED_AGAIN


def _publish_one(matter_id: int, at: datetime) -> int:
    _refused_at[matter_id] = at
    try:
        publish(matter_id, actor=None, at=at)
    except errors.DomainError as refusal:
        logger.warning("scheduled matter %s was not published: %s", matter_id, refusal)
        return 0
    except Exception:  # a store that is away, or anything else, is this document's and not the next one's
        logger.exception("scheduled matter %s could not be published", matter_id)
        return 0
    del _refused_at[matter_id]
    return 1
