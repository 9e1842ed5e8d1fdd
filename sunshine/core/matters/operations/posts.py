"""Appointing, standing in, and leaving a post without leaving work behind."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from sunshine.core.ledger import operations as ledger
from sunshine.core.matters.models import Matter
from sunshine.core.people import operations as people
from sunshine.core.people.models import Delegation, Holding, Person, Post
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop


def appoint(*, post: Post, person: Person, since: date, actor: Person | None, at: datetime) -> Holding:
    """Begin a person's term in a post and enter it in the ledger."""
    with transaction.atomic():
        holding = people.appoint(post=post, person=person, since=since)
        ledger.record(
            "post.appointed",
            f"post-{post.pk}",
            actor=actor,
            at=at,
            facts={"post": str(post), "person": person.name},
        )
    return holding


def delegate(
    *, giver: Person, taker: Person, since: date, until: date, reason: str, actor: Person, at: datetime
) -> Delegation:
    """Let one person stand in for another for some days, entered in the ledger."""
    with transaction.atomic():
        delegation = people.delegate(giver=giver, taker=taker, since=since, until=until, reason=reason)
        facts = {"giver": giver.name, "taker": taker.name, "until": until.isoformat(), "reason": reason}
        ledger.record("post.delegated", f"person-{giver.pk}", actor=actor, at=at, facts=facts)
    return delegation


def leave_post(holding_id: int, *, until: date, successor: Person | None, actor: Person, at: datetime) -> int:
    """End a term and hand every open matter to `successor` in one act; return how many were handed over.

    What the person holds through another post that goes on stays with the person.

    :raises RuleBroken: open work would be left without anyone
    """
    with transaction.atomic():
        holding = Holding.objects.select_for_update().select_related("post", "person").get(pk=holding_id)
        if holding.until is not None:
            raise errors.StaleStage(Reason(gettext_noop("This term has ended already"), field="until"))
        others = Holding.objects.filter(person=holding.person, until__isnull=True).exclude(pk=holding.pk)
        matters = Matter.objects.select_for_update().filter(officer=holding.person, closed_at=None)
        open_work = list(
            matters if not others.exists() else matters.filter(department=holding.post.department)
        )
        if open_work and (successor is None or successor.pk == holding.person_id):
            raise errors.RuleBroken(
                Reason(
                    gettext_noop(
                        "%(count)d open matters would be left without anyone: name who takes them over"
                    ),
                    field="successor",
                    params={"count": len(open_work)},
                )
            )
        for matter in open_work:
            _hand_over(matter, successor, actor=actor, at=at)
        holding.until = until
        holding.save(update_fields=["until"])
        facts = {"post": str(holding.post), "person": holding.person.name, "handed_over": len(open_work)}
        ledger.record("post.left", f"post-{holding.post_id}", actor=actor, at=at, facts=facts)
    return len(open_work)


def _hand_over(matter: Matter, successor: Person | None, *, actor: Person, at: datetime) -> None:
    left = matter.officer.name if matter.officer else ""
    matter.officer = successor
    matter.version += 1
    matter.save(update_fields=["officer", "version"])
    facts = {"from": left, "to": successor.name if successor else ""}
    ledger.record(f"{matter.kind}.handed_over", matter.reference, actor=actor, at=at, facts=facts)
