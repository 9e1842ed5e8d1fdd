"""Departments, posts and people as acts of the ledger; leaving a post without leaving work behind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from sunshine.core.ledger import operations as ledger
from sunshine.core.matters import queries
from sunshine.core.matters.models import Matter
from sunshine.core.matters.operations import expecting
from sunshine.core.people import operations as people
from sunshine.core.people import queries as people_queries
from sunshine.core.people.models import Delegation, Department, Holding, Person, Post
from sunshine.kernel import errors, period
from sunshine.kernel.procedure import Role
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop


def enter_person(*, username: str, name: str, password: str, actor: Person, at: datetime) -> Person:
    """Enter a person with a first password; the ledger says who did, never the password."""
    with transaction.atomic():
        person = people.enter_person(username=username, name=name, password=password)
        _enter("person.entered", f"person-{person.pk}", actor, at, person=person.name)
    return person


def give_password(person: Person, *, password: str, actor: Person, at: datetime) -> None:
    """Give a person a new password, entered in the ledger."""
    with transaction.atomic():
        people.give_password(person, password=password)
        _enter("person.password_given", f"person-{person.pk}", actor, at, person=person.name)


def take_second_factor(person: Person, *, actor: Person, at: datetime) -> None:
    """Take away the second factor of a person who lost it, entered in the ledger."""
    with transaction.atomic():
        people.take_second_factor(person)
        _enter("person.second_factor_taken", f"person-{person.pk}", actor, at, person=person.name)


def close_account(person: Person, *, actor: Person, at: datetime) -> None:
    """Let a person who holds no post and no open matter sign in no longer, entered in the ledger.

    :raises RuleBroken: the person still holds a post, or open matters that nobody else would see to
    """
    with transaction.atomic():
        people.close_account(person, on=period.day_of(at))
        left = Matter.objects.filter(officer=person, closed_at=None).count()
        if left:
            raise errors.RuleBroken(
                Reason(
                    gettext_noop("%(person)s still holds %(count)d open matters; give them to others first"),
                    field="person",
                    params={"person": person.name, "count": left},
                )
            )
        _enter("person.left", f"person-{person.pk}", actor, at, person=person.name)


def found_department(
    *, code: str, name: str, position: int = 0, is_office: bool = False, actor: Person, at: datetime
) -> Department:
    """Enter a department, in the register and in the ledger."""
    with transaction.atomic():
        department = people.found_department(code=code, name=name, position=position, is_office=is_office)
        _enter("department.founded", f"department-{department.pk}", actor, at, department=name)
    return department


def create_post(
    *,
    department: Department,
    title: str,
    roles: tuple[Role, ...],
    position: int = 0,
    actor: Person,
    at: datetime,
) -> Post:
    """Enter a post with its roles, in the register and in the ledger."""
    with transaction.atomic():
        post = people.create_post(department=department, title=title, roles=roles, position=position)
        names = [role.name for role in roles]
        _enter("post.created", f"post-{post.pk}", actor, at, post=str(post), roles=names)
    return post


def change_roles(post: Post, *, roles: tuple[Role, ...], actor: Person, at: datetime) -> None:
    """Let a post carry exactly these roles, entered in the ledger."""
    with transaction.atomic():
        people.change_roles(post, roles=roles)
        names = [role.name for role in roles]
        _enter("post.roles_changed", f"post-{post.pk}", actor, at, post=str(post), roles=names)


def close_post(post: Post, *, actor: Person, at: datetime) -> None:
    """Close a post that nobody holds, entered in the ledger."""
    with transaction.atomic():
        people.close_post(post, on=period.day_of(at))
        _enter("post.closed", f"post-{post.pk}", actor, at, post=str(post))


def _enter(kind: str, subject: str, actor: Person, at: datetime, **facts: object) -> None:
    ledger.record(kind, subject, actor=actor, at=at, facts=facts)


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


def end_delegation(delegation_id: int, *, actor: Person, at: datetime) -> Delegation:
    """Let somebody stand in no longer, at once, entered in the ledger."""
    with transaction.atomic():
        ended = people.end_delegation(delegation_id, on=period.day_of(at))
        facts = {"giver": ended.giver.name, "taker": ended.taker.name}
        ledger.record("post.delegation_ended", f"person-{ended.giver_id}", actor=actor, at=at, facts=facts)
    return ended


def leave_post(holding_id: int, *, until: date, successor: Person | None, actor: Person, at: datetime) -> int:
    """End a term and hand every open matter to `successor` in one act; return how many were handed over.

    What the person holds through another post that goes on stays with the person.

    :raises RuleBroken: open work would be left without anyone, or with somebody who cannot do it; or the
        last day lies before the first
    """
    with transaction.atomic():
        holding = Holding.objects.select_for_update().select_related("post", "person").get(pk=holding_id)
        if holding.until is not None:
            raise errors.StaleStage(Reason(gettext_noop("This term has ended already"), field="until"))
        if until < holding.since:
            raise errors.RuleBroken(Reason(gettext_noop("The last day lies before the first"), field="until"))
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
        if open_work and successor is not None:
            _refuse_unfit(successor, open_work, post=holding.post, on=period.day_of(at))
        for matter in open_work:
            _hand_over(matter, successor, actor=actor, at=at)
        holding.until = until
        holding.save(update_fields=["until"])
        facts = {"post": str(holding.post), "person": holding.person.name, "handed_over": len(open_work)}
        ledger.record("post.left", f"post-{holding.post_id}", actor=actor, at=at, facts=facts)
    return len(open_work)


def _refuse_unfit(successor: Person, work: Sequence[Matter], *, post: Post, on: date) -> None:
    """Refuse a successor who cannot sign in, or who holds no role where some of the work belongs.

    It belongs to the matter's department and to the one whose post is left (the office's own work).
    """
    if not successor.is_active:
        raise errors.RuleBroken(
            Reason(gettext_noop("This account is closed: choose another person"), field="successor")
        )
    held = {role.department_id for role in people_queries.held_roles(successor, on=on)}
    strange = next((each for each in work if not {each.department_id, post.department_id} & held), None)
    if strange is not None:
        raise errors.RuleBroken(
            Reason(
                gettext_noop(
                    "%(person)s holds no role in the department of %(matter)s: choose another person"
                ),
                field="successor",
                params={"person": successor.name, "matter": strange.reference},
            )
        )


def _hand_over(matter: Matter, successor: Person | None, *, actor: Person, at: datetime) -> None:
    left = matter.officer.name if matter.officer else ""
    matter.officer = successor
    matter.version += 1
    expecting.renew(matter, queries.done(matter))
    matter.save(update_fields=["officer", "version", "is_under_way"])
    facts = {"from": left, "to": successor.name if successor else ""}
    ledger.record(f"{matter.kind}.handed_over", matter.reference, actor=actor, at=at, facts=facts)
