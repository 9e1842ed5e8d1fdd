"""After the reply: what the deputy says of it, and the commitments until they are kept."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from sunshine.core.people.models import Person
from sunshine.work.proposals import queries
from sunshine.work.proposals.models import Commitment, Proposal, PutOff, Reply
from sunshine.work.proposals.operations.acting import act, stage_of
from sunshine.work.proposals.rules import naming, stages, terms


def chase(matter_id: int, *, note: str, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Ask the deputy once more for an answer."""
    with act(matter_id, "chase", actor=actor, at=at, seen=seen, note=note):
        pass


def rate(
    matter_id: int,
    *,
    rating: str,
    rated_on: date,
    rating_of_process: str = "",
    rating_words: str = "",
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Enter what the deputy says; who is not satisfied gets a second reply, with a clock of its own."""
    is_bad = rating == terms.DISSATISFIED.code
    facts: dict[str, Any] = {
        "rating": rating,
        "rated_on": rated_on,
        "rating_of_process": rating_of_process,
        "rating_words": rating_words,
    }
    with transaction.atomic():
        name = "rate_dissatisfied" if is_bad else "rate"
        with act(matter_id, name, actor=actor, at=at, seen=seen, **facts) as acting:
            _note_rating(matter_id, **facts)
            acting.public = {"rating": rating, "rated_on": rated_on.isoformat()}
        _close_if_nothing_is_open(matter_id, at=at)


def dissatisfied_later(
    matter_id: int, *, reason: str, rated_on: date, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Take a proposal up again whose deputy comes back, not satisfied; a thread never closes for good."""
    facts = {"reason": reason, "rated_on": rated_on}
    with act(matter_id, "dissatisfied_later", actor=actor, at=at, seen=seen, **facts) as acting:
        rating = terms.DISSATISFIED.code
        _note_rating(matter_id, rating=rating, rated_on=rated_on, rating_of_process="", rating_words=reason)
        acting.public = {"rating": rating, "rated_on": rated_on.isoformat()}


def _note_rating(
    matter_id: int, *, rating: str, rated_on: date, rating_of_process: str, rating_words: str
) -> None:
    given = Reply.objects.filter(proposal_id=matter_id, replied_on__isnull=False).latest("number")
    given.rating, given.rated_on = rating, rated_on
    given.rating_of_process, given.rating_words = rating_of_process, rating_words
    given.save(update_fields=["rating", "rated_on", "rating_of_process", "rating_words"])
    Proposal.objects.filter(pk=matter_id).update(rating=rating)


def go_without_rating(
    matter_id: int, *, reason: str, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Go on though the deputy did not answer; it is counted as no answer, never as satisfaction."""
    with transaction.atomic():
        with act(matter_id, "go_without_rating", actor=actor, at=at, seen=seen, reason=reason):
            pass
        _close_if_nothing_is_open(matter_id, at=at)


def keep_commitment(
    matter_id: int,
    *,
    commitment: int,
    kept_on: date,
    proof: str,
    told_on: date | None = None,
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Enter that a commitment was kept, on which day and by what that is shown; everybody reads it."""
    facts = {
        "commitment": commitment,
        "kept_on": kept_on,
        "proof": proof,
        "found_in_proof": naming.holds_personal_data([proof]),
        **({"told_on": told_on} if told_on else {}),
    }
    with transaction.atomic():
        with act(matter_id, "keep_commitment", actor=actor, at=at, seen=seen, **facts) as acting:
            kept = Commitment.objects.select_related("reply").get(pk=commitment)
            kept.kept_on, kept.proof, kept.told_on = kept_on, proof, told_on
            kept.save(update_fields=["kept_on", "proof", "told_on"])
            acting.public = {**_place(kept), "kept_on": kept_on.isoformat()}
        _close_if_nothing_is_open(matter_id, at=at)


def put_off_commitment(
    matter_id: int,
    *,
    commitment: int,
    due_on: date,
    reason: str,
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Put a commitment off to another day; the day that was promised and the reason stay for all to read."""
    facts = {
        "commitment": commitment,
        "due_on": due_on,
        "reason": reason,
        "found_in_reason": naming.holds_personal_data([reason]),
    }
    with act(matter_id, "put_off_commitment", actor=actor, at=at, seen=seen, **facts) as acting:
        moved = Commitment.objects.select_related("reply").get(pk=commitment)
        PutOff.objects.create(commitment=moved, was_due_on=moved.due_on, due_on=due_on, reason=reason, at=at)
        moved.due_on = due_on
        moved.save(update_fields=["due_on"])
        acting.public = {**_place(moved), "due_on": due_on.isoformat()}


def _place(commitment: Commitment) -> dict[str, int]:
    return {"reply": commitment.reply.number, "commitment": commitment.number}


def close(matter_id: int, *, actor: Person | None, at: datetime, seen: int | None = None) -> None:
    """Close a proposal in which nothing that was promised is open."""
    with act(matter_id, "close", actor=actor, at=at, seen=seen):
        pass


def _close_if_nothing_is_open(matter_id: int, *, at: datetime) -> None:
    is_followed = stage_of(matter_id) == stages.FOLLOWED.name
    if is_followed and not queries.open_commitments(matter_id):
        close(matter_id, actor=None, at=at)
