"""The reply: drafted with class, mark and commitments, signed by another, handed to the deputy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sunshine.core.matters import operations as matters
from sunshine.core.matters.operations.acting import Acting
from sunshine.core.people.models import Person
from sunshine.kernel import period
from sunshine.work.proposals import rules
from sunshine.work.proposals.models import Commitment, Proposal, Publication, Reply
from sunshine.work.proposals.operations.acting import act, newest_reply, proposal_of, stage_of
from sunshine.work.proposals.rules import naming, rounds, terms

LETTER_OF_PUBLICATIONS = "W"


def _act_of(matter_id: int, name: str) -> str:
    """Return the name that an act has in the round in which the matter stands."""
    is_second = stage_of(matter_id) in {str(stage) for stage in rounds.SECOND.stages}
    way = rounds.SECOND if is_second else rounds.FIRST
    return way.names[rounds.FIRST.names.index(name)]


def draft_reply(
    matter_id: int,
    *,
    reply_class: str,
    text: str,
    mark: str,
    ground: str = "",
    commitments: Sequence[tuple[date, str]] = (),
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Draft the reply, the first or the second: its class, its words, whether it is public, what it promises.

    :raises RuleBroken: a class that the session does not use, a mark without its ground, a class that is
        followed without a commitment, a commitment with personal data or for a day that is past
    """
    facts: dict[str, Any] = {
        "reply_class": reply_class,
        "text": text,
        "mark": mark,
        "ground": ground,
        "commitments": [tuple(each) for each in commitments],
        "found_in_commitments": naming.holds_personal_data(said for _day, said in commitments),
    }
    with act(matter_id, _act_of(matter_id, "draft_reply"), actor=actor, at=at, seen=seen, **facts) as acting:
        Reply.objects.filter(proposal_id=matter_id, replied_on=None).delete()  # one that was sent back
        reply = Reply.objects.create(
            proposal=proposal_of(acting),
            number=Reply.objects.filter(proposal_id=matter_id).count() + 1,
            **{name: facts[name] for name in ("reply_class", "text", "mark", "ground")},
            drafted_by=actor,
            drafted_at=at,
        )
        Commitment.objects.bulk_create(
            [
                Commitment(reply=reply, number=number, text=said.strip(), promised_for=due_on, due_on=due_on)
                for number, (due_on, said) in enumerate(commitments, start=1)
            ]
        )


def return_reply(
    matter_id: int, *, reason: str, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Send the reply back to its writer with a reason."""
    name = _act_of(matter_id, "return_reply")
    with act(matter_id, name, actor=actor, at=at, seen=seen, reason=reason) as acting:
        reply = newest_reply(acting)
        reply.signed_by = reply.signed_at = None
        reply.save(update_fields=["signed_by", "signed_at"])


def sign(
    matter_id: int,
    *,
    without_opinions: str = "",
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Sign a reply that somebody else drafted; `without_opinions` says why it goes without missing ones."""
    facts = {"without_opinions": without_opinions} if without_opinions.strip() else {}
    with act(matter_id, _act_of(matter_id, "sign"), actor=actor, at=at, seen=seen, **facts) as acting:
        reply = newest_reply(acting)
        reply.signed_by, reply.signed_at = actor, at
        reply.without_opinions = without_opinions.strip()
        reply.save(update_fields=["signed_by", "signed_at", "without_opinions"])


def reply(
    matter_id: int,
    *,
    replied_on: date,
    way: str,
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> Publication | None:
    """Enter that the deputy has the reply; what is public is due for publication from that day on."""
    facts = {"replied_on": replied_on, "way": way}
    with act(matter_id, _act_of(matter_id, "reply"), actor=actor, at=at, seen=seen, **facts) as acting:
        given = newest_reply(acting)
        given.replied_on, given.way = replied_on, way
        given.save(update_fields=["replied_on", "way"])
        Commitment.objects.filter(reply=given).update(is_given=True)
        _note_on_proposal(acting, given, replied_on)
        acting.public = {
            "reply": given.number,
            "class": given.reply_class,
            "mark": given.mark,
            "replied_on": replied_on.isoformat(),
        }
        return _open_publication(acting, given, at) if given.mark == terms.PROACTIVE.code else None


def _note_on_proposal(acting: Acting, given: Reply, replied_on: date) -> None:
    """Let the proposal's own columns repeat what the newest reply says, and the day of the first."""
    changes: dict[str, Any] = {"reply_class": given.reply_class, "mark": given.mark, "rating": ""}
    if given.number == 1:
        due_at = acting.asked.matter.get("reply_due_at")
        in_time = not isinstance(due_at, datetime) or period.end_of(replied_on) <= due_at
        changes |= {"replied_on": replied_on, "is_in_time": in_time}
    Proposal.objects.filter(pk=acting.matter.pk).update(**changes)


def _open_publication(acting: Acting, given: Reply, at: datetime) -> Publication:
    """Open the matter in which the reply becomes public within its days (PRP-PUB-20WD)."""
    matter = matters.open_matter(
        kind=rules.PUBLICATION,
        letter=LETTER_OF_PUBLICATIONS,
        title=acting.matter.title,
        department=acting.matter.department,
        officer=acting.matter.officer or given.drafted_by,
        at=at,
    )
    publication = Publication.objects.create(matter=matter, reply=given)
    with act(matter.pk, "fall_due", actor=None, at=at, replied_on=given.replied_on):
        pass
    return publication
