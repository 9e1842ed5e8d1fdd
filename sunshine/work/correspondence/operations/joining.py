"""A hundred people with one complaint are one case: who reports it again is added, duplicates are joined.

CASE-MERGE: likeness is suggested, a person decides. Every reporter stays one and is told.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from sunshine.core.ledger import operations as ledger
from sunshine.core.matters.models import Matter
from sunshine.core.people.models import Person
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.correspondence.models import Alias, Case, Notice, Reporter
from sunshine.work.correspondence.operations import after, registering
from sunshine.work.correspondence.operations.acting import act, case_of
from sunshine.work.correspondence.queries import cases
from sunshine.work.correspondence.rules import terms
from sunshine.work.correspondence.rules.posting import Letter, letter_is_sound


def add_reporter(
    reference: str, letter: Letter, *, came_at: datetime, actor: Person | None, at: datetime
) -> tuple[Reporter, str]:
    """Add somebody who reports what is being handled already; return the reporter and the code.

    :raises RuleBroken: nothing is said, or the case is closed and a new one is needed
    """
    errors.RuleBroken.unless(letter_is_sound(letter))
    with transaction.atomic():
        case = cases.case(reference)
        matter = Matter.objects.select_for_update().get(pk=case.pk)
        if matter.closed_at is not None:
            raise errors.RuleBroken(
                Reason(gettext_noop("This case is closed; enter a new one."), "CASE-MERGE: own rule", "other")
            )
        reporter, code = registering.add(case, letter, came_at=came_at)
        facts = {"channel": letter.channel, "persons": cases.persons(case)}
        ledger.record(f"{matter.kind}.reporter_added", matter.reference, actor=actor, at=at, facts=facts)
    return reporter, code


def join(matter_id: int, *, other: str, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Join a case to another one that is being handled; its reporters, files and foreign numbers go along.

    :raises RuleBroken: the other case is this one, is closed, or is of another kind of procedure
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
    with act(matter_id, "join", actor=actor, at=at, seen=seen, other=target.matter.reference) as acting:
        case = case_of(acting)
        _move(case, target, at)
        after.close(case, terms.JOINED.code, at=at)
        ended = {"outcome": terms.JOINED.code, "into": target.matter.reference}
        acting.public = after.received(acting) | ended


def _may_join(matter_id: int, target: Case) -> bool:
    return Matter.objects.filter(pk=matter_id, kind=target.matter.kind).exists()


def _move(case: Case, target: Case, at: datetime) -> None:
    moving = list(Reporter.objects.filter(case=case))
    told = [
        Notice(reporter=reporter, kind="joined", text=target.matter.reference, at=at) for reporter in moving
    ]
    Notice.objects.bulk_create(told, batch_size=500)
    Reporter.objects.filter(case=case).update(case=target)
    Alias.objects.filter(case=case).update(case=target)
    Case.objects.filter(joined_into=case).update(joined_into=target)
    Case.objects.filter(pk=case.pk).update(joined_into=target)
