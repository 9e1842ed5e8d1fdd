"""The verbs of decisions: each step, once taken, stands as a condition that the gate asks for."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from sunshine.core.matters import operations as matters
from sunshine.core.matters.models import Matter
from sunshine.core.people.models import Department, Person
from sunshine.core.publishing import preparing
from sunshine.core.publishing.models import Record
from sunshine.core.publishing.operations import conditions
from sunshine.kernel import errors, period
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.participation.models import CommentCall, Decision
from sunshine.work.participation.operations.acting import act
from sunshine.work.participation.queries import decisions as queries
from sunshine.work.participation.rules import calls as call_rules
from sunshine.work.participation.rules import decisions as rules

CLOSED_CALLS = (call_rules.CLOSED.name, call_rules.REPORTED.name)


def open_decision(*, title: str, department: Department, officer: Person, at: datetime) -> Decision:
    """Begin a decision in a department (DEC-START); its document names it by its number."""
    if not title.strip():
        raise errors.RuleBroken(Reason(gettext_noop("Give the decision a title"), field="title"))
    with transaction.atomic():
        matter = matters.open_matter(
            kind=rules.KIND, letter="YJ", title=title.strip(), department=department, officer=officer, at=at
        )
        return Decision.objects.create(matter=matter)


def link_call(matter_id: int, *, call: str, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Name the comment call on the draft; it counts once it has closed, and for one decision."""
    with transaction.atomic():
        # The call stays as it is read here: it is neither called off nor linked elsewhere meanwhile.
        Matter.objects.select_for_update().filter(reference=call.strip()).first()
        found = CommentCall.objects.select_related("matter").filter(matter__reference=call.strip()).first()
        facts = {
            "call": call.strip(),
            "call_is_closed": found is not None and found.matter.stage in CLOSED_CALLS,
            "call_held_by": queries.holder_of(found, but=matter_id) if found else "",
        }
        with act(matter_id, "link_call", actor=actor, at=at, seen=seen, **facts) as acting:
            Decision.objects.filter(matter=acting.matter).update(call=found)
            conditions.meet(acting.matter.reference, preparing.CALL, reference=call.strip(), at=at)


def lose_call(call: Matter) -> list[str]:
    """Let the step fall in every decision under way that a call carried, as it was called off.

    Return these decisions; where a leader has left the step out meanwhile, that stands.
    """
    rows = Decision.objects.filter(call=call.pk, matter__closed_at=None)
    found = list(rows.order_by("pk").values_list("matter__reference", flat=True))
    conditions.drop_met(found, preparing.CALL, reference=call.reference)
    return found


def argue(
    matter_id: int,
    *,
    held_on: date,
    experts: int,
    result: str,
    note: str,
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Enter the experts' argument; where they find it not feasible, the step does not stand."""
    facts = {"held_on": held_on, "experts": experts, "result": result, "note": note}
    with act(matter_id, "argue", actor=actor, at=at, seen=seen, **facts) as acting:
        told = f"{held_on.isoformat()} · {experts}"
        _stand(acting.matter.reference, preparing.EXPERTS, told, at=at, holds=result == "feasible")


def assess(
    matter_id: int,
    *,
    held_on: date,
    result: str,
    note: str,
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Enter the assessment of risks; what cannot be controlled is changed first, then assessed anew."""
    facts = {"held_on": held_on, "result": result, "note": note}
    with act(matter_id, "assess", actor=actor, at=at, seen=seen, **facts) as acting:
        controllable = result == "controllable"
        _stand(acting.matter.reference, preparing.RISK, held_on.isoformat(), at=at, holds=controllable)


def ask_legality(matter_id: int, *, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Send the package to the legality review, which is normally given seven working days at least."""
    with act(matter_id, "ask_legality", actor=actor, at=at, seen=seen) as acting:
        conditions.drop(acting.matter.reference, preparing.LEGALITY)


def review_legality(
    matter_id: int, *, passed: bool, note: str, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Say whether it is lawful; what did not pass cannot be tabled."""
    with act(matter_id, "review_legality", actor=actor, at=at, seen=seen, passed=passed, note=note) as acting:
        told = period.day_of(at).isoformat()
        _stand(acting.matter.reference, preparing.LEGALITY, told, at=at, holds=passed)


def propose_exemption(
    matter_id: int,
    *,
    step: str,
    ground: str,
    reason: str,
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Propose to leave out a step on a ground of the list; a leader decides."""
    facts = {"step": step, "ground": ground, "reason": reason}
    with act(matter_id, "propose_exemption", actor=actor, at=at, seen=seen, **facts) as acting:
        Decision.objects.filter(matter=acting.matter).update(proposed_step=step, proposed_ground=ground)


def grant_exemption(matter_id: int, *, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Agree that the proposed step is left out, for everybody to see."""
    with act(matter_id, "grant_exemption", actor=actor, at=at, seen=seen) as acting:
        row = Decision.objects.get(matter=acting.matter)
        ground = rules.ground_named(row.proposed_ground)
        if ground is None:  # the check has refused this already; the type does not know
            raise errors.RuleBroken(Reason(gettext_noop("This ground does not excuse this step.")))
        told = f"{ground.term}（{ground.basis.partition(': ')[2]}）"
        conditions.exempt(acting.matter.reference, row.proposed_step, ground=told, at=at)
        acting.public = {"step": row.proposed_step, "ground": ground.code}
        acting.facts |= {"step": row.proposed_step, "ground": ground.code}
        Decision.objects.filter(matter=acting.matter).update(proposed_step="", proposed_ground="")


def discuss(
    matter_id: int,
    *,
    held_on: date,
    meeting: str,
    note: str,
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Enter the collective discussion that decided; dissent stands in the note (DEC-MEET)."""
    facts = {"held_on": held_on, "meeting": meeting, "note": note}
    with act(matter_id, "discuss", actor=actor, at=at, seen=seen, **facts) as acting:
        told = f"{held_on.isoformat()} · {meeting}"
        conditions.meet(acting.matter.reference, preparing.DISCUSSION, reference=told, at=at)


def discuss_again(
    matter_id: int, *, reason: str, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Send a decision back; review and discussion are taken anew on what it becomes."""
    with act(matter_id, "discuss_again", actor=actor, at=at, seen=seen, reason=reason) as acting:
        conditions.drop(acting.matter.reference, preparing.LEGALITY, preparing.DISCUSSION)


def abandon(matter_id: int, *, reason: str, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Give a decision up; nothing that names it can be published any more."""
    with act(matter_id, "abandon", actor=actor, at=at, seen=seen, reason=reason) as acting:
        conditions.drop(acting.matter.reference, *preparing.CONDITIONS)


def publish(decision: Decision, record: Record, *, at: datetime) -> None:
    """End a decision whose document has become public."""
    with act(decision.matter_id, "publish", actor=None, at=at) as acting:
        Decision.objects.filter(pk=decision.pk).update(record=record)
        acting.public = {"record": record.reference}


def _stand(subject: str, code: str, reference: str, *, at: datetime, holds: bool) -> None:
    """Let a step stand, or fall where what was found speaks against it."""
    if holds:
        conditions.meet(subject, code, reference=reference, at=at)
    else:
        conditions.drop(subject, code)
