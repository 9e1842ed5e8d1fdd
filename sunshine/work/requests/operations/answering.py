"""From the draft of a reply to its going out, and what may follow."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sunshine.core.matters import sealing
from sunshine.core.people.models import Person
from sunshine.kernel.procedure import APPLICANT
from sunshine.text import privacy
from sunshine.work.requests import queries
from sunshine.work.requests.models import Answer, Applicant, Consultation, Enclosure, Request, Word
from sunshine.work.requests.operations import asking, letters
from sunshine.work.requests.operations.acting import act, request_of
from sunshine.work.requests.operations.closing import close
from sunshine.work.requests.rules import outcomes, subjects

PERSONAL = 0.9
"""How sure a finding of personal data must be to stop a public subject."""


def draft_reply(
    matter_id: int,
    *,
    outcome: str,
    finding: str,
    public_subject: str,
    details: Mapping[str, Any],
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Draft the reply: its class with all that the class needs, what was found, and the public subject.

    :raises RuleBroken: a class without its needs or its evidence, or personal data in the public subject
    """
    facts: dict[str, Any] = {
        "outcome": outcome,
        "finding": finding,
        "public_subject": public_subject,
        "details": dict(details),
        "found_in_subject": _holds_personal_data(matter_id, public_subject),
    }
    if outcome == outcomes.REPEATED:
        earlier = queries.answered_before(matter_id).filter(matter__reference=details.get("earlier", ""))
        facts["earlier_is_unknown"] = not earlier.exists()
    with act(matter_id, "draft_reply", actor=actor, at=at, seen=seen, **facts) as acting:
        request = request_of(acting)
        before = Answer.objects.filter(request=request, served_on=None)  # a draft that was sent back
        letter_number = before.values_list("letter_number", flat=True).first() or ""
        before.delete()
        Consultation.objects.filter(request=request).update(decided="")  # that was of another answer
        number = Answer.objects.filter(request=request).count() + 1
        Answer.objects.create(
            request=request,
            number=number,
            outcome=outcome,
            finding=finding,
            public_subject=public_subject.strip(),
            details=dict(details),
            letter_number=letter_number,
            drafted_by=actor,
            drafted_at=at,
        )


def _holds_personal_data(matter_id: int, subject: str) -> bool:
    """Return whether a subject holds personal data, or names who asked or who was asked (PII-REQ)."""
    sealed = Applicant.objects.values_list("sealed", flat=True).get(matter_id=matter_id)
    identity = sealing.unseal_values(sealed, place=f"applicant:{matter_id}")
    rows = Consultation.objects.filter(request_id=matter_id, sort="third_party")
    third_parties = [asking.party_of(row) for row in rows]
    if subjects.names_somebody(subject, identity, third_parties):
        return True
    known = privacy.Context(parties=subjects.parties_of(identity, third_parties))
    return any(each.confidence >= PERSONAL for each in privacy.find(subject, known))


def return_draft(
    matter_id: int, *, reason: str, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Send a draft back to its writer with a reason."""
    with act(matter_id, "return_draft", actor=actor, at=at, seen=seen, reason=reason) as acting:
        Answer.objects.filter(request_id=acting.matter.pk, served_on=None).update(
            approved_by=None, approved_at=None, letter_pdf=None, letter_docx=None, letter_digest=""
        )


def agree_to_refusal(matter_id: int, *, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Agree as leader to a refusal for what would be endangered."""
    with act(matter_id, "agree_to_refusal", actor=actor, at=at, seen=seen):
        pass


def approve(matter_id: int, *, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Approve a reply that somebody else drafted."""
    with act(matter_id, "approve", actor=actor, at=at, seen=seen) as acting:
        answer = Answer.objects.select_related("request__matter").get(
            request_id=acting.matter.pk, served_on=None
        )
        answer.approved_by, answer.approved_at = actor, at
        answer.save(update_fields=["approved_by", "approved_at"])
        acting.facts["letter"] = letters.set_reply(answer, at=at)


def reply(
    matter_id: int,
    *,
    service: str,
    served_on: date,
    mail_number: str = "",
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Enter that the reply went out, how and when; whether it was in time follows from that day.

    From now on its files are the applicant's, and its subject stands in the public register.
    """
    facts = {"service": service, "served_on": served_on, "mail_number": mail_number}
    with act(matter_id, "reply", actor=actor, at=at, seen=seen, **facts) as acting:
        answer = Answer.objects.get(request_id=acting.matter.pk, served_on=None)
        Answer.objects.filter(pk=answer.pk).update(**facts)
        Enclosure.objects.filter(request_id=acting.matter.pk, answer=None).update(answer=answer)
        Request.objects.filter(pk=acting.matter.pk).update(public_subject=answer.public_subject)
        acting.facts["letter"] = answer.letter_digest
        acting.public = {"service": service, **close(acting, answer.outcome, at=at, on=served_on)}


def service_failed(
    matter_id: int, *, note: str, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Enter that the letter came back; it lies ready on the applicant's page."""
    with act(matter_id, "service_failed", actor=actor, at=at, seen=seen, note=note):
        pass


def serve_again(
    matter_id: int,
    *,
    service: str,
    served_on: date,
    mail_number: str = "",
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Enter that the letter was sent once more; the first day of sending stays the one that counts."""
    facts = {"service": service, "served_on": served_on, "mail_number": mail_number}
    with act(matter_id, "serve_again", actor=actor, at=at, seen=seen, **facts):
        pass


def rate(matter_id: int, *, rating: int, words: str = "", at: datetime, seen: int | None = None) -> None:
    """Enter the applicant's rating of the answer, once."""
    facts = {"rating": rating, "rating_words": words}
    with act(matter_id, "rate", actor=APPLICANT, at=at, seen=seen, **facts) as acting:
        Request.objects.filter(pk=acting.matter.pk).update(rating=rating, rating_words=words[:1000])


def answer_anew(
    matter_id: int,
    *,
    reason: str,
    ordered_on: date,
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Take an answered request up again, as a reconsideration or a court ordered; it counts anew."""
    facts = {"reason": reason, "ordered_on": ordered_on}
    with act(matter_id, "answer_anew", actor=actor, at=at, seen=seen, **facts) as acting:
        Word.objects.create(request=request_of(acting), kind="ordered", text=reason, at=at, by=actor)


def make_public(
    matter_id: int, *, document: str, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Enter that a document was begun from the answer; it becomes public through the gate or not at all."""
    with act(matter_id, "make_public", actor=actor, at=at, seen=seen, document=document):
        pass
