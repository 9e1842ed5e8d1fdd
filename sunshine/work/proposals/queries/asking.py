"""What the procedures' checks ask of a proposal, an opinion and a publication, as each is now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sunshine.core.matters import queries as matters
from sunshine.core.matters.models import ClockEvent, Matter
from sunshine.core.people.models import Person
from sunshine.kernel.procedure import Act, Situation
from sunshine.kernel.verdict import Verdict
from sunshine.work.proposals import rules
from sunshine.work.proposals.models import Commitment, Contact, Opinion, Proposal, Publication, Reply
from sunshine.work.proposals.rules import checks


def of_proposal(matter: Matter) -> Mapping[str, Any]:
    """Return what the checks of an answered suggestion or proposal may ask."""
    found = Proposal.objects.select_related("session").get(matter=matter)
    replies = list(Reply.objects.filter(proposal=found))
    given = [reply for reply in replies if reply.replied_on is not None]
    draft = next((reply for reply in replies if reply.replied_on is None), None)
    asked = list(Opinion.objects.filter(proposal=found).select_related("department"))
    promised = Commitment.objects.filter(reply=draft) if draft else Commitment.objects.none()
    return {
        "version": matter.procedure_version,
        "classes": found.session.classes,
        "role": found.role,
        "assigned_on": found.assigned_on,
        "replied_on": given[-1].replied_on if given else None,
        "reply_due_at": _due_at(matter),
        "contacts": Contact.objects.filter(proposal=found, round=len(given)).count(),
        "opinions_open": sum(each.given_on is None and not each.is_called_off for each in asked),
        "asked_of": frozenset(
            each.department.name if each.department else each.body for each in asked if not each.is_called_off
        ),
        "without_opinions": draft.without_opinions if draft else "",
        "reply_class": draft.reply_class if draft else "",
        "mark": draft.mark if draft else "",
        "ground": draft.ground if draft else "",
        "commitments": [tuple(each) for each in promised.values_list("due_on", "text")],
        "commitments_open": open_commitments(matter.pk),
    }


def open_commitments(proposal_id: int) -> frozenset[int]:
    """Return the ids of what was promised to the deputy and is not kept yet."""
    rows = Commitment.objects.filter(reply__proposal_id=proposal_id, is_given=True, kept_on=None)
    return frozenset(rows.values_list("pk", flat=True))


def of_opinion(matter: Matter) -> Mapping[str, Any]:
    """Return what the checks of a joint opinion may ask."""
    found = Opinion.objects.select_related("proposal").get(matter=matter)
    return {"assigned_on": found.asked_on, "source": source(found)}


def source(opinion: Opinion) -> str:
    """Return who writes an opinion for whom: the bureau, a department of the house, another body."""
    if opinion.proposal_id == opinion.matter_id:
        return "bureau"
    return "house" if opinion.department_id is not None else "outside"


def of_publication(matter: Matter) -> Mapping[str, Any]:
    """Return what the checks of a publication may ask."""
    found = Publication.objects.select_related("reply").get(matter=matter)
    is_open = Matter.objects.filter(reference=found.document, closed_at=None).exists()
    return {"document_is_open": is_open, "replied_on": found.reply.replied_on}


SITUATIONS: Mapping[str, Callable[[Matter], Mapping[str, Any]]] = {
    rules.SUGGESTION: of_proposal,
    rules.PROPOSAL: of_proposal,
    rules.OPINION: of_opinion,
    rules.PUBLICATION: of_publication,
}


def _due_at(matter: Matter) -> datetime | None:
    last = ClockEvent.objects.filter(matter=matter).order_by("-at").values_list("at", flat=True).first()
    if last is None:
        return None
    reading = matters.readings(matter, now=last).get("reply")
    return reading.due_at if reading else None


NOT_FOR_THIS_MATTER = (
    *(checks.is_the_bureaus_own, checks.is_in_house, checks.is_outside, checks.is_ours_to_write),
    checks.some_commitment_is_open,
)
"""An act that one of these shuts is not for this matter as it is: showing it greyed would not help."""

MENDED = {
    "sign": frozenset({"without_opinions"}),
    "sign_again": frozenset({"without_opinions"}),
    "ask_opinions": frozenset({"departments"}),
    "draft_reply": frozenset({"ground", "commitments"}),
    "draft_again": frozenset({"ground", "commitments"}),
}
"""Fields that an act's own form has beside those it always needs: a reason there does not shut the act."""


def acts_open(matter: Matter, person: Person, *, at: datetime) -> tuple[matters.OpenAct, ...]:
    """Return the acts of this stage that are for this person, each with what stands in its way."""
    situation = SITUATIONS[matter.kind](matter)
    stage = matters.procedure_of(matter).stage(matter.stage)
    asked = Situation(stage=stage, at=at, matter=situation)
    shown = matters.acts_open(matter, person, situation=situation, at=at)
    return tuple(_without_mended(each) for each in shown if _applies(each.act, asked))


def _applies(act: Act, asked: Situation) -> bool:
    return all(check(asked).holds for check in act.checks if check in NOT_FOR_THIS_MATTER)


def _without_mended(shown: matters.OpenAct) -> matters.OpenAct:
    own = MENDED.get(shown.act.name, frozenset())
    left = tuple(reason for reason in shown.judgement.rules.reasons if reason.field not in own)
    return replace(shown, judgement=replace(shown.judgement, rules=Verdict(left)))


def may_read(matter: Matter, person: Person, *, at: datetime) -> bool:
    """Return whether a person may see a matter: who can act in it where it lies, or in what it belongs to."""
    return any(_may_act(each, person, at) for each in (matter, *_around(matter)))


def _may_act(matter: Matter, person: Person, at: datetime) -> bool:
    held = matters.roles(person, matter, at=at)
    acts = matters.procedure_of(matter).acts
    return not held.isdisjoint({role.name for act in acts for role in act.by})


def _around(matter: Matter) -> list[Matter]:
    """Return the matters whose people may read this one: the lead, and whoever is asked."""
    if matter.kind == rules.OPINION:
        return list(Matter.objects.filter(proposal__opinions__matter=matter))
    if matter.kind == rules.PUBLICATION:
        return list(Matter.objects.filter(proposal__replies__publication__matter=matter))
    return list(Matter.objects.filter(opinion__proposal__matter=matter).exclude(pk=matter.pk))


def publication_of_document(document: str) -> Publication | None:
    """Return the publication that waits for a document of this reference to become a record."""
    rows = Publication.objects.filter(document=document, record="").exclude(document="")
    return rows.select_related("matter", "reply__proposal__matter").first()
