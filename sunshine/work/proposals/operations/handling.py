"""From the assignment to the work: accepted or handed back, given to a department, opinions, talks, time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sunshine.core.matters import operations as matters
from sunshine.core.people.models import Department, Person
from sunshine.kernel import period
from sunshine.work.proposals import rules
from sunshine.work.proposals.models import Contact, Opinion, Proposal, Reply
from sunshine.work.proposals.operations.acting import act, proposal_of

LETTER_OF_OPINIONS = "H"


def accept(matter_id: int, *, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Accept for the bureau what was assigned to it."""
    with act(matter_id, "accept", actor=actor, at=at, seen=seen):
        pass


def accept_by_silence(matter_id: int, *, actor: Person | None, at: datetime) -> None:
    """Let it count as accepted that nobody handed it back in time (PRP-OBJECT)."""
    with act(matter_id, "accept_by_silence", actor=actor, at=at):
        pass


def hand_back(matter_id: int, *, reason: str, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Hand back to the assigner what is not the bureau's; the bureau never passes it on itself."""
    with act(matter_id, "hand_back", actor=actor, at=at, seen=seen, reason=reason):
        pass


def assigner_agrees(matter_id: int, *, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Enter that the assigner took it back; it is counted apart from then on."""
    with act(matter_id, "assigner_agrees", actor=actor, at=at, seen=seen) as acting:
        Proposal.objects.filter(pk=acting.matter.pk).update(is_returned=True)


def assigner_insists(
    matter_id: int, *, reason: str, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Enter that the assigner leaves it with the bureau; the period has run on meanwhile."""
    with act(matter_id, "assigner_insists", actor=actor, at=at, seen=seen, reason=reason):
        pass


def assign(
    matter_id: int,
    *,
    department: Department,
    officer: Person | None = None,
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Give it to the department that leads, and there to an officer where one is named."""
    facts = {"department": department, **({"officer": officer} if officer else {})}
    with act(matter_id, "assign", actor=actor, at=at, seen=seen, **facts) as acting:
        acting.matter.department, acting.matter.officer = department, officer


def reassign(
    matter_id: int,
    *,
    department: Department,
    reason: str,
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Give it to another department; the period runs on."""
    facts = {"department": department, "reason": reason}
    with act(matter_id, "reassign", actor=actor, at=at, seen=seen, **facts) as acting:
        acting.matter.department, acting.matter.officer = department, None


def hand_over(
    matter_id: int, *, officer: Person, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Give it to another officer of the department."""
    with act(matter_id, "hand_over", actor=actor, at=at, seen=seen, officer=officer) as acting:
        acting.matter.officer = officer


def ask_opinions(
    matter_id: int,
    *,
    question: str,
    departments: Sequence[Department] = (),
    bodies: Sequence[str] = (),
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> list[Opinion]:
    """Ask departments and other bodies for their joint opinions; each is a matter with a clock of its own."""
    facts = {"question": question, "departments": list(departments), "bodies": list(bodies)}
    with act(matter_id, "ask_opinions", actor=actor, at=at, seen=seen, **facts) as acting:
        proposal = proposal_of(acting)
        asked = [
            *((department, "") for department in departments),
            *((None, body) for body in bodies),
        ]
        made = [_ask(proposal, department, body, question, actor, at) for department, body in asked]
        acting.facts["asked"] = [each.matter.reference for each in made]
    return made


def _ask(
    proposal: Proposal, department: Department | None, body: str, question: str, actor: Person, at: datetime
) -> Opinion:
    """Open the matter of one opinion; another body's is kept by the department that leads."""
    matter = matters.open_matter(
        kind=rules.OPINION,
        letter=LETTER_OF_OPINIONS,
        title=proposal.matter.title,
        department=department or proposal.matter.department,
        officer=actor if department is None else None,
        at=at,
        facts={"asked_by": actor.name},
    )
    opinion = Opinion.objects.create(
        matter=matter,
        proposal=proposal,
        department=department,
        body=body,
        question=question,
        asked_on=period.day_of(at),
    )
    with act(matter.pk, "ask", actor=None, at=at):
        pass
    return opinion


def record_contact(
    matter_id: int,
    *,
    contacted_on: date,
    way: str,
    said: str,
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Record that one talked with the deputy: when, how, what was said. Without it no reply goes out."""
    facts = {"contacted_on": contacted_on, "way": way, "said": said}
    with act(matter_id, "record_contact", actor=actor, at=at, seen=seen, **facts) as acting:
        given = Reply.objects.filter(proposal_id=acting.matter.pk, replied_on__isnull=False).count()
        Contact.objects.create(proposal=proposal_of(acting), round=given, by=actor, at=at, **facts)


def propose_extension(
    matter_id: int, *, reason: str, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Propose six months from assignment in place of three; the office decides."""
    with act(matter_id, "propose_extension", actor=actor, at=at, seen=seen, reason=reason):
        pass


def extend(
    matter_id: int,
    *,
    reason: str,
    told_on: date,
    consented_on: date | None = None,
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Extend to six months from assignment; the deputy was told, and the assigner of a proposal consented."""
    facts = {"reason": reason, "told_on": told_on} | ({"consented_on": consented_on} if consented_on else {})
    with act(matter_id, "extend", actor=actor, at=at, seen=seen, **facts) as acting:
        acting.public = {"told_on": told_on.isoformat()}
