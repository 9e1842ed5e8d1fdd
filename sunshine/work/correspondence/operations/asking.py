"""Matters beside a case: a task to another department, an alert of public opinion."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from sunshine.core.matters import operations as matters
from sunshine.core.people import queries as people
from sunshine.core.people.models import Department, Person
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.correspondence.models import Alert, Task
from sunshine.work.correspondence.operations.acting import act, case_of
from sunshine.work.correspondence.rules import stages


def ask_department(
    matter_id: int,
    *,
    asked: Department,
    question: str,
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> Task:
    """Ask another department something; the question is a matter of its own on that department's list.

    :raises RuleBroken: the department asked is the one that handles the case
    """
    with transaction.atomic():
        facts = {"asked": asked, "question": question}
        with act(matter_id, "ask_department", actor=actor, at=at, seen=seen, **facts) as acting:
            if acting.matter.department_id == asked.pk:
                raise errors.RuleBroken(
                    Reason(
                        gettext_noop("Ask another department than your own."), "CH-TASK: own rule", "asked"
                    )
                )
            case = case_of(acting)
            matter = matters.open_matter(
                kind=stages.TASK,
                letter="XT",
                title=acting.matter.title,
                department=asked,
                officer=None,
                at=at,
                facts={"case": acting.matter.reference},
            )
            task = Task.objects.create(matter=matter, case=case, first=case, question=question)
            acting.facts["task"] = matter.reference
        with act(matter.pk, "put_question", actor=None, at=at):
            pass
    return task


def answer_task(matter_id: int, *, answer: str, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Answer what one's department was asked; the case's own handler reads it there."""
    with act(matter_id, "answer_task", actor=actor, at=at, seen=seen, answer=answer):
        Task.objects.filter(pk=matter_id).update(answer=answer, answered_at=at)


def withdraw_question(
    matter_id: int, *, task: int, reason: str, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Withdraw what another department was asked; it reads why, and the reply waits for it no longer."""
    facts = {"task": task, "reason": reason}
    with act(matter_id, "withdraw_question", actor=actor, at=at, seen=seen, **facts) as acting:
        acting.facts["task"] = Task.objects.get(pk=task).matter.reference
        with act(task, "drop_task", actor=None, at=at, reason=reason):
            pass


def raise_alert(
    matter_id: int,
    *,
    known_at: datetime,
    reason: str,
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> Alert:
    """Raise an alert: five hours to the first statement, twenty-four to the briefing, from when it was known.

    :raises RuleBroken: it cannot have been known later than now
    """
    if known_at > at:
        raise errors.RuleBroken(
            Reason(gettext_noop("It cannot be known later than now."), "OPN-5H: own rule", "known_at")
        )
    with transaction.atomic():
        facts = {"known_at": known_at, "reason": reason}
        with act(matter_id, "raise_alert", actor=actor, at=at, seen=seen, **facts) as acting:
            matter = matters.open_matter(
                kind=stages.ALERT,
                letter="XA",
                title=acting.matter.title,
                department=people.office(),
                officer=None,
                at=at,
                facts={"case": acting.matter.reference},
            )
            alert = Alert.objects.create(
                matter=matter, case=case_of(acting), known_at=known_at, grounds=reason
            )
            acting.facts["alert"] = matter.reference
        with act(matter.pk, "take_alert", actor=None, at=at, known_at=known_at):
            pass
    return alert


def record_statement(
    matter_id: int, *, note: str, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Enter that the first authoritative statement is out, where it stands (OPN-5H)."""
    with act(matter_id, "record_statement", actor=actor, at=at, seen=seen, note=note):
        pass


def record_briefing(
    matter_id: int, *, note: str, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Enter that the press conference was held (OPN-24H)."""
    with act(matter_id, "record_briefing", actor=actor, at=at, seen=seen, note=note):
        pass


def close_alert(matter_id: int, *, note: str, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Close an alert with its review: cause, course, statements, lessons (OPN-REVIEW)."""
    with act(matter_id, "close_alert", actor=actor, at=at, seen=seen, note=note):
        pass


def drop_alert(matter_id: int, *, reason: str, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Decide that no response is needed, with the reason."""
    with act(matter_id, "drop_alert", actor=actor, at=at, seen=seen, reason=reason):
        pass
