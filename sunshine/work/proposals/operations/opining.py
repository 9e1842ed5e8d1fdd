"""Joint opinions: the bureau's for another lead, a department's for its colleagues, another body's for us."""

from __future__ import annotations

from datetime import date, datetime

from sunshine.core.people.models import Person
from sunshine.kernel import period
from sunshine.work.proposals.models import Opinion, Proposal
from sunshine.work.proposals.operations.acting import act


def draft_opinion(
    matter_id: int, *, opinion: str, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Draft the opinion; another person hands it in."""
    with act(matter_id, "draft_opinion", actor=actor, at=at, seen=seen, opinion=opinion):
        Opinion.objects.filter(pk=matter_id).update(opinion=opinion)


def return_opinion(
    matter_id: int, *, reason: str, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Send the opinion back to its writer with a reason."""
    with act(matter_id, "return_opinion", actor=actor, at=at, seen=seen, reason=reason):
        pass


def hand_in_opinion(matter_id: int, *, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Hand a department's opinion to the department that leads."""
    with act(matter_id, "hand_in_opinion", actor=actor, at=at, seen=seen):
        Opinion.objects.filter(pk=matter_id).update(given_on=period.day_of(at))


def send_opinion(
    matter_id: int, *, sent_on: date, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Enter that the bureau's opinion went to the body that leads; whether in time follows from that day."""
    with act(matter_id, "send_opinion", actor=actor, at=at, seen=seen, sent_on=sent_on) as acting:
        Opinion.objects.filter(pk=matter_id).update(given_on=sent_on)
        due_at = acting.matter.next_due_at
        in_time = due_at is None or period.end_of(sent_on) <= due_at
        Proposal.objects.filter(pk=matter_id).update(replied_on=sent_on, is_in_time=in_time)
        acting.public = {"sent_on": sent_on.isoformat()}


def record_opinion(
    matter_id: int, *, opinion: str, sent_on: date, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Record the opinion that another body sent."""
    facts = {"opinion": opinion, "sent_on": sent_on}
    with act(matter_id, "record_opinion", actor=actor, at=at, seen=seen, **facts):
        Opinion.objects.filter(pk=matter_id).update(opinion=opinion, given_on=sent_on)


def urge(matter_id: int, *, note: str, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Urge an opinion that is due."""
    with act(matter_id, "urge", actor=actor, at=at, seen=seen, note=note):
        pass


def call_off(matter_id: int, *, reason: str, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Ask for an opinion no longer; the reply goes without it."""
    with act(matter_id, "call_off", actor=actor, at=at, seen=seen, reason=reason):
        Opinion.objects.filter(pk=matter_id).update(is_called_off=True)
        # Of the bureau's own opinion the proposal is the same matter: nobody asks it of us any more.
        Proposal.objects.filter(pk=matter_id).update(is_returned=True)
