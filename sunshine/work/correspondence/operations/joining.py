"""A hundred people with one complaint are one case: who reports it again is added, duplicates are joined.

CASE-MERGE: likeness is suggested, a person decides. Every reporter stays one and is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from sunshine.core.ledger import operations as ledger
from sunshine.core.matters import queries as matters
from sunshine.core.matters.models import Matter
from sunshine.core.matters.operations.acting import Acting
from sunshine.core.people import queries as people
from sunshine.core.people.models import Department, Person
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.correspondence.models import Alias, Case, Promise, Reply, Reporter, Task
from sunshine.work.correspondence.operations import after, registering
from sunshine.work.correspondence.operations.acting import act, case_of, tell
from sunshine.work.correspondence.queries import cases
from sunshine.work.correspondence.rules import checks, joining, stages, terms
from sunshine.work.correspondence.rules.posting import Letter, letter_is_sound


def add_reporter(
    reference: str,
    letter: Letter,
    *,
    came_at: datetime,
    actor: Person | None,
    at: datetime,
    kind: str = stages.CASE,
    accused: Department | None = None,
) -> tuple[Reporter, str]:
    """Add somebody who reports what is being handled already; return the reporter and the code.

    :param kind: what is reported: no letter is added to a petition, and no petition to a letter
    :param accused: the department that the reporter accuses
    :raises RuleBroken: nothing is said, the case is closed, of another kind, or accuses somebody else
    """
    errors.RuleBroken.unless(letter_is_sound(letter))
    with transaction.atomic():
        case = cases.case(reference)
        matter = Matter.objects.select_for_update().get(pk=case.pk)
        if matter.closed_at is not None:
            raise errors.RuleBroken(
                Reason(gettext_noop("This case is closed; enter a new one."), "CASE-MERGE: own rule", "other")
            )
        _refuse_unless_same(case, matter.kind, kind, accused)
        reporter, code = registering.add(case, letter, came_at=came_at)
        facts = {"channel": letter.channel, "persons": cases.persons(case)}
        ledger.record(f"{matter.kind}.reporter_added", matter.reference, actor=actor, at=at, facts=facts)
    return reporter, code


def _refuse_unless_same(case: Case, found: str, kind: str, accused: Department | None) -> None:
    if found != kind:
        text = gettext_noop("A letter and a petition are never one case; enter it as its own.")
        raise errors.RuleBroken(Reason(text, "CASE-MERGE: own rule", "track"))
    if accused is not None and accused.pk not in cases.accused(case):
        text = gettext_noop("That petition does not accuse this department; enter this one as its own.")
        raise errors.RuleBroken(Reason(text, checks.ACCUSED, "accused"))


def join(matter_id: int, *, other: str, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Join a case to another one that is being handled; its reporters, files, foreign numbers and
    the questions to other departments go along.

    :raises RuleBroken: the other case is this one, is closed, is of another kind of procedure, lies with a
        department that this one accuses, or has its reply while a question of this one is open
    :raises StaleStage: one of them was closed or joined meanwhile
    """
    target = cases.case(other.strip().upper())
    if target.pk == matter_id or target.matter.closed_at is not None or not _may_join(matter_id, target):
        raise errors.RuleBroken(
            Reason(
                gettext_noop("Only another case that is being handled can take this one in."),
                "CASE-MERGE: own rule",
                "other",
            )
        )
    given: dict[str, Any] = {"actor": actor, "at": at, "seen": seen, "other": target.matter.reference}
    with _act_beside(matter_id, target.pk, "join", **given) as (acting, into):
        case = case_of(acting)
        _refuse_to_the_accused(case, into)
        is_asked = cases.questions_open(case).exists()
        errors.RuleBroken.unless(joining.answers_can_come(into.stage, is_asked=is_asked))
        _move(case, target, at)
        after.close(case, terms.JOINED.code, at=at)
        ended = {"outcome": terms.JOINED.code, "into": target.matter.reference}
        acting.public = after.received(acting) | ended


@contextmanager
def _act_beside(
    matter_id: int, beside: int, verb: str, *, actor: Person, at: datetime, seen: int | None, **facts: str
) -> Iterator[tuple[Acting, Matter]]:
    """Act on a case while the other one is locked too: of two at once the second finds what the first left.

    Both are locked in the order of their ids, so that neither waits for the other without end.
    """
    with transaction.atomic():
        rows = Matter.objects.select_for_update().filter(pk__in=[matter_id, beside]).order_by("pk")
        both = {row.pk: row for row in rows}
        name = _name_at(both[matter_id], verb)
        with act(matter_id, name, actor=actor, at=at, seen=seen, **facts) as acting:
            if both[beside].closed_at is not None:  # since one looked
                text = gettext_noop("The other case was closed meanwhile")
                raise errors.StaleStage(Reason(text, joining.MERGE))
            yield acting, both[beside]


def _name_at(matter: Matter, verb: str) -> str:
    """Return the act of a verb that a matter's stage allows: a case keeps by it how far it had come."""
    procedure = matters.procedure_of(matter)
    open_here = (each.name for each in procedure.acts_from(procedure.stage(matter.stage)))
    return next((name for name in open_here if name.startswith(verb)), verb)


def _may_join(matter_id: int, target: Case) -> bool:
    return Matter.objects.filter(pk=matter_id, kind=target.matter.kind).exists()


def _refuse_to_the_accused(case: Case, into: Matter) -> None:
    """Keep an accusation from whom it accuses; once joined, the other case accuses them too (XF-KINDS)."""
    if into.department_id in cases.accused(case):
        raise errors.RuleBroken(
            Reason(
                gettext_noop("The other case lies with the department that this one accuses."),
                checks.ACCUSED,
                "other",
            )
        )


def _move(case: Case, target: Case, at: datetime) -> None:
    tell(case, "joined", target.matter.reference, at=at)
    Reporter.objects.filter(case=case).update(case=target)
    Alias.objects.filter(case=case, first=None).update(first=case)  # named before it was kept
    Alias.objects.filter(case=case).update(case=target)
    Task.objects.filter(case=case).update(case=target)
    Case.objects.filter(joined_into=case, joined_to=None).update(joined_to=case)  # joined before it was kept
    Case.objects.filter(joined_into=case).update(joined_into=target)
    Case.objects.filter(pk=case.pk).update(joined_into=target, joined_to=target)


def take_apart(matter_id: int, *, reason: str, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Take a case apart again that was joined by mistake: it goes on under its old number (CASE-APART).

    Who came with it goes back with it, and is told; its clock shows what it would had it never been joined.

    :raises RuleBroken: the other case is closed, replied since, or it was not kept what came with which
    :raises StaleStage: the case was joined to a further one meanwhile, or is not joined
    """
    found = Case.objects.get(pk=matter_id).joined_into_id or matter_id
    given: dict[str, Any] = {"actor": actor, "at": at, "seen": seen, "reason": reason}
    with _act_beside(matter_id, found, "take_apart", **given) as (acting, into):
        case = case_of(acting)
        if case.joined_into_id != into.pk:
            text = gettext_noop("The other case was joined to a further one meanwhile")
            raise errors.StaleStage(Reason(text, joining.APART))
        moved = _move_back(case, into.pk)
        tell(case, "apart", acting.matter.reference, at=at)
        acting.matter.department, acting.matter.officer = people.office(), None
        acting.facts |= {"other": into.reference, "reporters": moved}
        acting.public = {"from": into.reference}
        facts = {"other": acting.matter.reference, "reporters": moved}
        ledger.record(f"{into.kind}.joined_case_left", into.reference, actor=actor, at=at, facts=facts)


def _move_back(case: Case, into: int) -> int:
    """Give a case back what came with it, and with the cases joined to it; return how many."""
    below = _joined_below(case)
    came = [case.pk, *below]
    moved = Reporter.objects.filter(case=into, first__in=came).update(case=case)
    Alias.objects.filter(case=into, first__in=came).update(case=case)
    Task.objects.filter(case=into, first__in=came).update(case=case)
    Case.objects.filter(pk__in=below, joined_into=into).update(joined_into=case)
    before = Reply.objects.filter(case=case, sent_at__isnull=False).last()  # of a case that was contested
    Promise.objects.filter(reply=before, kept_on=None).update(replaced=False)
    Case.objects.filter(pk=case.pk).update(
        joined_into=None, joined_to=None, closed_on=None, outcome=before.outcome if before else ""
    )
    return moved


def _joined_below(case: Case) -> list[int]:
    """Return the cases that were joined to a case or became it, and those that were joined to them."""
    found: list[int] = []
    asked = [case.pk]
    while asked:
        rows = Case.objects.filter(Q(joined_to__in=asked) | Q(became__in=asked))
        asked = list(rows.values_list("pk", flat=True))
        found += asked
    return found
