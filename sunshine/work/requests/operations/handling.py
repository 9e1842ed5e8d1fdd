"""From receipt on: giving, splitting, merging, completing, searching, extending."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from sunshine.core.matters import operations as matters
from sunshine.core.matters import sealing
from sunshine.core.matters.models import Matter
from sunshine.core.people.models import Department, Person
from sunshine.kernel import errors, period
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.requests import rules
from sunshine.work.requests.models import Applicant, Request, Search, Word
from sunshine.work.requests.operations import registering
from sunshine.work.requests.operations.acting import Actor, act, request_of
from sunshine.work.requests.operations.closing import close
from sunshine.work.requests.rules import outcomes


def assign(
    matter_id: int,
    *,
    department: Department,
    officer: Person | None = None,
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Give a received request to a department; from here on it is handled there."""
    _give(matter_id, "assign", department, officer, actor, at, seen)


def reassign(
    matter_id: int,
    *,
    department: Department,
    officer: Person | None = None,
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Give a request to another department or officer; no clock takes notice."""
    _give(matter_id, "reassign", department, officer, actor, at, seen)


def _give(
    matter_id: int,
    name: str,
    department: Department,
    officer: Person | None,
    actor: Person,
    at: datetime,
    seen: int | None,
) -> None:
    facts = {"department": department, **({"officer": officer} if officer else {})}
    with act(matter_id, name, actor=actor, at=at, seen=seen, **facts) as acting:
        acting.matter.department = department
        acting.matter.officer = officer


def split(
    matter_id: int, *, parts: Sequence[str], actor: Person, at: datetime, seen: int | None = None
) -> list[Request]:
    """Make requests of their own of the further subjects of a letter; all keep the day of receipt.

    The request itself goes on with its first subject, so that a letter of three subjects counts as three.
    """
    wanted = [part.strip() for part in parts if part.strip()]
    with act(matter_id, "split", actor=actor, at=at, seen=seen, parts=wanted) as acting:
        first = request_of(acting)
        made = [_part(first, text, actor=actor, at=at) for text in wanted]
        acting.facts["parts"] = [part.matter.reference for part in made]
    return made


def _part(first: Request, wanted: str, *, actor: Person, at: datetime) -> Request:
    """Open one part: the same applicant, the same way and day, a subject of its own."""
    place = f"applicant:{first.matter_id}"
    identity = sealing.unseal_values(Applicant.objects.get(matter=first.matter).sealed, place=place)
    matter = matters.open_matter(
        kind=rules.KIND,
        letter="S",
        title=registering.title_of(wanted),
        department=first.matter.department,
        officer=actor,
        at=at,
        version=first.matter.procedure_version,
    )
    Request.objects.create(
        matter=matter,
        way=first.way,
        applicant_kind=first.applicant_kind,
        arrived_at=first.arrived_at,
        wanted=wanted,
        form_wanted=first.form_wanted,
        delivery=first.delivery,
        help=first.help,
        origin=first,
    )
    registering.seal_applicant(matter, identity)
    if first.received_on is not None:
        registering.receive(matter.pk, received_on=first.received_on, actor=actor, at=at)
    return Request.objects.select_related("matter").get(pk=matter.pk)


def merge(
    matter_id: int, *, other: str, note: str, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Merge a request into another of the same applicant; it keeps its number and is counted.

    Both are locked, in the order of their ids: of two that are merged into each other at once, the second
    finds what the first left, and neither waits for the other without end.

    :raises RuleBroken: there is no other request, or it is another applicant's, or is closed
    """
    found = Request.objects.filter(matter__reference=other.strip().upper()).first()
    with transaction.atomic():
        both = [matter_id, found.pk if found else matter_id]
        rows = Matter.objects.select_for_update().filter(pk__in=both).order_by("pk")
        locked = {row.pk: row for row in rows}
        if found is None or not _may_take_in(locked[found.pk], matter_id):
            raise errors.RuleBroken(
                Reason(
                    gettext_noop("Only an open request of the same applicant can take this one in"),
                    field="other",
                )
            )
        reference = locked[found.pk].reference
        with act(matter_id, "merge", actor=actor, at=at, seen=seen, other=reference, note=note) as acting:
            Request.objects.filter(pk=matter_id).update(merged_into=found)
            acting.public = close(acting, outcomes.MERGED, at=at)


def _may_take_in(target: Matter, matter_id: int) -> bool:
    marks = dict(Applicant.objects.filter(matter__in=[target, matter_id]).values_list("matter", "mark"))
    return target.pk != matter_id and target.closed_at is None and len(set(marks.values())) == 1


def ask_to_complete(
    matter_id: int, *, what: str, notified_on: date, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Tell the applicant, once, what the request lacks; the reply waits until it is completed."""
    _ask(matter_id, "ask_to_complete", what, notified_on, actor, at, seen)


def ask_while_handling(
    matter_id: int, *, what: str, notified_on: date, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Tell the applicant what the request lacks, when it turns out while it is being handled."""
    _ask(matter_id, "ask_while_handling", what, notified_on, actor, at, seen)


def ask_too_late(
    matter_id: int, *, what: str, notified_on: date, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Ask after the seven working days: the period runs on from the first receipt."""
    _ask(matter_id, "ask_too_late", what, notified_on, actor, at, seen)


def _ask(
    matter_id: int, name: str, what: str, notified_on: date, actor: Person, at: datetime, seen: int | None
) -> None:
    with act(matter_id, name, actor=actor, at=at, seen=seen, what=what, notified_on=notified_on) as acting:
        request = request_of(acting)
        Word.objects.create(request=request, kind="asked", text=what, at=at, by=actor)
        Request.objects.filter(pk=request.pk).update(asked_on=notified_on)


def complete(
    matter_id: int, *, text: str, completed_on: date, actor: Actor, at: datetime, seen: int | None = None
) -> None:
    """Enter what the applicant completed; the reply counts anew from the day it came (FOI-COMPLETE-RESET)."""
    _take_in(matter_id, "complete", text, completed_on, actor, at, seen)


def _take_in(
    matter_id: int, name: str, text: str, completed_on: date, actor: Actor, at: datetime, seen: int | None
) -> None:
    facts = {"text": text, "completed_on": completed_on}
    with act(matter_id, name, actor=actor, at=at, seen=seen, **facts) as acting:
        by = actor if isinstance(actor, Person) else None
        Word.objects.create(request=request_of(acting), kind="completed", text=text, at=at, by=by)
        acting.public = {"completed_on": completed_on.isoformat()}


def complete_late(
    matter_id: int, *, text: str, completed_on: date, actor: Actor, at: datetime, seen: int | None = None
) -> None:
    """Enter what the applicant completed upon a notice that came too late; no clock takes notice."""
    _take_in(matter_id, "complete_late", text, completed_on, actor, at, seen)


def lapse(matter_id: int, *, actor: Person | None, at: datetime, seen: int | None = None) -> None:
    """Close a request that was not completed in the time given."""
    with act(matter_id, "lapse", actor=actor, at=at, seen=seen) as acting:
        acting.public = close(acting, outcomes.LAPSED, at=at)


def admit_excuse(
    matter_id: int,
    *,
    reason: str,
    completed_on: date,
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Take a lapsed request up again, because the delay is excused; it counts anew and is open again."""
    facts = {"reason": reason, "completed_on": completed_on}
    with act(matter_id, "admit_excuse", actor=actor, at=at, seen=seen, **facts) as acting:
        Request.objects.filter(pk=acting.matter.pk).update(outcome="", row="", closed_on=None)


def search(
    matter_id: int,
    *,
    systems: str,
    words: str,
    found: bool,
    note: str = "",
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Record where one looked, with which words, and whether anything was found."""
    facts = {"systems": systems, "words": words, "found": found, "note": note}
    with act(matter_id, "search", actor=actor, at=at, seen=seen, **facts) as acting:
        Search.objects.create(request=request_of(acting), by=actor, at=at, **facts)


def propose_extension(
    matter_id: int, *, reason: str, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Propose that the period be extended; the head of the office decides."""
    with act(matter_id, "propose_extension", actor=actor, at=at, seen=seen, reason=reason):
        pass


def extend(matter_id: int, *, reason: str, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Extend the period once, as somebody else proposed; the applicant's page says so at once."""
    with act(matter_id, "extend", actor=actor, at=at, seen=seen, reason=reason):
        pass


def withdraw(matter_id: int, *, note: str, actor: Actor, at: datetime, seen: int | None = None) -> None:
    """Close a request because its applicant takes it back; it stays in the register and is counted."""
    with act(matter_id, "withdraw", actor=actor, at=at, seen=seen, note=note) as acting:
        request = request_of(acting)
        if request.received_on is None:  # taken back before its day was fixed: it counts from its arrival
            received_on = period.day_of(request.arrived_at)
            Request.objects.filter(pk=request.pk).update(received_on=received_on)
            acting.public |= {
                "received_on": received_on.isoformat(),
                "way": request.way,
                "applicant": request.applicant_kind,
            }
        acting.public |= close(acting, outcomes.WITHDRAWN, at=at)
