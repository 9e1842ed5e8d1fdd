"""A letter that turns out to be a petition goes on as one: same people, same arrival, the petition's clocks.

XF-TURN: a matter keeps the procedure it was opened under, so the letter ends as passed on and the petition
that it becomes is a matter of its own; each names the other.
"""

from __future__ import annotations

from datetime import datetime

from sunshine.core.matters import operations as matters
from sunshine.core.people import queries as people
from sunshine.core.people.models import Department, Person
from sunshine.kernel import period
from sunshine.work.correspondence.models import Alias, Case, Reporter, SentFile, Task
from sunshine.work.correspondence.operations import after, registering
from sunshine.work.correspondence.operations.acting import act, case_of, tell
from sunshine.work.correspondence.queries import cases
from sunshine.work.correspondence.rules import stages, terms


def turn_into_petition(
    matter_id: int,
    *,
    petition_kind: str,
    reason: str,
    accused: Department | None = None,
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> Case:
    """Send a letter the petition's way; return the petition, registered as of the day the letter arrived.

    :param accused: of an accusation the department that never gets it
    :raises RuleBroken: a reply went out, or the kind of petition is none
    """
    facts = {"petition_kind": petition_kind, "reason": reason}
    with act(matter_id, "turn_into_petition", actor=actor, at=at, seen=seen, **facts) as acting:
        case = case_of(acting)
        petition = _opened(case, acting.matter.title, accused, actor, at)
        registering.register_petition(
            petition.pk,
            petition_kind=petition_kind,
            received_on=period.day_of(case.arrived_at),
            actor=actor,
            at=at,
        )
        _carry(case, petition, at)
        after.close(case, terms.PASSED_ON.code, at=at)
        acting.facts["petition"] = petition.matter.reference
        # Petitions are counted and not listed: the log says that it became one, and not which.
        acting.public = after.received(acting) | {
            "outcome": terms.PASSED_ON.code,
            "other_way": terms.PETITION.code,
        }
    return petition


def _opened(case: Case, title: str, accused: Department | None, actor: Person, at: datetime) -> Case:
    matter = matters.open_matter(
        kind=stages.PETITION,
        letter=registering.LETTERS[stages.PETITION],
        title=title,
        department=people.office(),
        officer=actor,
        at=at,
    )
    same = ("channel", "sort", "service", "text", "asked", "address", "lat", "lon", "arrived_at")
    return Case.objects.create(
        matter=matter,
        **{name: getattr(case, name) for name in same},
        received_on=period.day_of(case.arrived_at),
        is_supervised=case.is_supervised,
        accused=accused,
        came_from=case,
    )


def _carry(case: Case, petition: Case, at: datetime) -> None:
    """Let who reported a letter, files, foreign numbers and open questions go along; tell everybody."""
    tell(case, "petition", petition.matter.reference, at=at)
    Reporter.objects.filter(case=case).update(case=petition)
    Alias.objects.filter(case=case).update(case=petition)
    Task.objects.filter(case=case).update(case=petition)
    SentFile.objects.filter(pk__in=[each.pk for each in cases.files_of(case)]).update(case=petition)
