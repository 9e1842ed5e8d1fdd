"""Giving a case to a department: offered, accepted, given back; the answer's clock runs on."""

from __future__ import annotations

from datetime import datetime

from sunshine.core.matters.models import Matter
from sunshine.core.people import queries as people
from sunshine.core.people.models import Department, Person
from sunshine.kernel import errors, period
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.correspondence.models import Case, Word
from sunshine.work.correspondence.operations.acting import act, case_of
from sunshine.work.correspondence.queries import cases
from sunshine.work.correspondence.rules import stages


def offer(
    matter_id: int, *, department: Department, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Give a case to a department, which has a working day to accept it."""
    with act(matter_id, "offer", actor=actor, at=at, seen=seen, department=department) as acting:
        acting.matter.department, acting.matter.officer = department, None


def move_case(
    matter_id: int,
    *,
    department: Department,
    reason: str,
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Give a case that is in hand to another department; its clock takes no notice."""
    facts = {"department": department, "reason": reason}
    with act(matter_id, "move_case", actor=actor, at=at, seen=seen, **facts) as acting:
        acting.matter.department, acting.matter.officer = department, None


def accept_case(matter_id: int, *, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Accept a case for one's department, and take it in hand."""
    with act(matter_id, "accept_case", actor=actor, at=at, seen=seen) as acting:
        acting.matter.officer = None if actor.pk in cases.replied_by(case_of(acting)) else actor


def give_back(matter_id: int, *, reason: str, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Give a case back to the office; the third time it goes to the head of the office (CH-RETURN)."""
    _back(matter_id, "give_back", reason, actor, at, seen)


def give_back_to_head(
    matter_id: int, *, reason: str, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Give a case back that was given back twice: the head of the office decides."""
    _back(matter_id, "give_back_to_head", reason, actor, at, seen)


def _back(matter_id: int, name: str, reason: str, actor: Person, at: datetime, seen: int | None) -> None:
    with act(matter_id, name, actor=actor, at=at, seen=seen, reason=reason) as acting:
        acting.facts["from"] = acting.matter.department.name
        acting.matter.department, acting.matter.officer = people.office(), None


def decide_holder(
    matter_id: int, *, department: Department, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Decide as head of the office who handles a case; it is accepted by that."""
    with act(matter_id, "decide_holder", actor=actor, at=at, seen=seen, department=department) as acting:
        acting.matter.department, acting.matter.officer = department, None


def name_officer(
    matter_id: int, *, officer: Person, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Name who handles a case; of a contested one, not who replied before."""
    facts = {"officer": officer, "handled_by": officer.pk}
    _refuse_unless_there(
        officer, Matter.objects.values_list("department_id", flat=True).get(pk=matter_id), at
    )
    with act(matter_id, "name_officer", actor=actor, at=at, seen=seen, **facts) as acting:
        acting.matter.officer = officer


def hand_to_another(
    matter_id: int,
    *,
    department: Department,
    officer: Person,
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Give a contested case to somebody who did not draft the reply (CH-CONTEST)."""
    _refuse_unless_there(officer, department.pk, at)
    facts = {"department": department, "officer": officer, "handled_by": officer.pk}
    with act(matter_id, "hand_to_another", actor=actor, at=at, seen=seen, **facts) as acting:
        acting.matter.department, acting.matter.officer = department, officer


def _refuse_unless_there(officer: Person, department_id: int, at: datetime) -> None:
    held = people.roles_for(people.held_roles(officer, on=period.day_of(at)), department_id=department_id)
    if held.isdisjoint(role.name for role in stages.HANDLERS):
        raise errors.RuleBroken(
            Reason(
                gettext_noop("This person handles no cases of that department."),
                "CH-DISPATCH: own rule",
                "officer",
            )
        )


def change_sort(matter_id: int, *, sort: str, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Put a case into another sort."""
    with act(matter_id, "change_sort", actor=actor, at=at, seen=seen, sort=sort) as acting:
        Case.objects.filter(pk=acting.matter.pk).update(sort=sort)


def supervise(matter_id: int, *, reason: str, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Put a case under supervision: it stands out wherever it is listed."""
    with act(matter_id, "supervise", actor=actor, at=at, seen=seen, reason=reason) as acting:
        Case.objects.filter(pk=acting.matter.pk).update(is_supervised=True)


def note_case(matter_id: int, *, note: str, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Enter what was found or done; it stands on the case, not in the public log."""
    with act(matter_id, "note_case", actor=actor, at=at, seen=seen, note=note) as acting:
        Word.objects.create(case=case_of(acting), kind="note", text=note, at=at, by=actor)
