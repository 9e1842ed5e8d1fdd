"""What reporters do, and what follows them: urging, taking back, rating, contesting, being told elsewhere."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from sunshine.core.matters.models import Matter
from sunshine.core.matters.operations.acting import Acting
from sunshine.core.people.models import Person
from sunshine.kernel import errors, period
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.correspondence.models import Case, Notice, Promise, Reporter, Word
from sunshine.work.correspondence.operations.acting import Actor, act, case_of, tell
from sunshine.work.correspondence.rules import terms


def urge(matter_id: int, *, actor: Actor, at: datetime, seen: int | None = None) -> None:
    """Enter that a reporter urges an answer."""
    with act(matter_id, "urge", actor=actor, at=at, seen=seen):
        pass


def contest(matter_id: int, *, reason: str, actor: Actor, at: datetime, seen: int | None = None) -> None:
    """Contest a reply, once: the case opens again, goes to a different person and counts anew."""
    with act(matter_id, "contest", actor=actor, at=at, seen=seen, reason=reason) as acting:
        case = case_of(acting)
        by = actor if isinstance(actor, Person) else None
        Word.objects.create(case=case, kind="contest", text=reason, at=at, by=by)
        Case.objects.filter(pk=case.pk).update(was_contested=True, closed_on=None)
        acting.facts.pop("reason", None)  # a reporter's own words lie in this room's table


def rate(
    matter_id: int,
    *,
    reporter: int,
    rating: int,
    rating_words: str = "",
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Enter one reporter's rating of the reply, once; who is silent has not rated (CH-RATE).

    :raises RuleBroken: this reporter has rated, or is none of this case
    """
    facts = {"reporter": reporter, "rating": rating, "rating_words": rating_words}
    with act(matter_id, "rate_case", actor=actor, at=at, seen=seen, **facts) as acting:
        rows = Reporter.objects.select_for_update().filter(pk=reporter, case=case_of(acting))
        found = rows.first()
        if found is None or found.rating is not None:
            raise errors.RuleBroken(
                Reason(gettext_noop("This reporter has rated the reply."), "CH-RATE: own rule", "reporter")
            )
        rows.update(rating=rating, rating_words=rating_words[:1000], rated_at=at)


def take_back(
    matter_id: int, *, actor: Actor, at: datetime, reporter: int = 0, seen: int | None = None
) -> None:
    """Take a case back; where others reported it too, only this reporter leaves and the case goes on.

    :raises RuleBroken: several reported it and none of them is named, or this one has left before
    """
    with transaction.atomic():
        Matter.objects.select_for_update().get(pk=matter_id)  # who is left is asked under its lock
        others = Reporter.objects.filter(case_id=matter_id, left_at=None).exclude(pk=reporter)
        if reporter and others.exists():
            leave_case(matter_id, reporter=reporter, actor=actor, at=at, seen=seen)
            return
        with act(matter_id, "take_back", actor=actor, at=at, seen=seen) as acting:
            _end(case_of(acting), terms.TAKEN_BACK, at=at)
            acting.public = received(acting) | {"outcome": terms.TAKEN_BACK.code}


def leave_case(matter_id: int, *, reporter: int, actor: Actor, at: datetime, seen: int | None = None) -> None:
    """Let one of several reporters leave a case; it goes on for the others (CASE-MERGE).

    :raises RuleBroken: nobody else reported it, or this reporter is none of the case or has left before
    """
    with act(matter_id, "leave_case", actor=actor, at=at, seen=seen, reporter=reporter) as acting:
        rows = Reporter.objects.filter(pk=reporter, case=case_of(acting), left_at=None)
        if not rows.update(left_at=at):
            text = gettext_noop("This reporter has taken it back before.")
            raise errors.RuleBroken(Reason(text, "CASE-MERGE: own rule", "reporter"))


def pass_on(
    matter_id: int, *, other_way: str, note: str, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Tell the reporter which other procedure the matter belongs to, and how to begin it (CH-NOT)."""
    facts = {"other_way": other_way, "note": note}
    with act(matter_id, "pass_on", actor=actor, at=at, seen=seen, **facts) as acting:
        case = case_of(acting)
        _end(case, terms.PASSED_ON, at=at)
        tell(case, "passed_on", note, at=at)
        acting.public = received(acting) | {"outcome": terms.PASSED_ON.code, "other_way": other_way}


def object_to_forwarding(
    matter_id: int, *, reason: str, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Give a petition back to who forwarded it, within five working days and with reasons."""
    with act(matter_id, "object_to_forwarding", actor=actor, at=at, seen=seen, reason=reason) as acting:
        _end(case_of(acting), terms.NOT_OURS, at=at)
        acting.public = {"outcome": terms.NOT_OURS.code}


def ask_review(matter_id: int, *, note: str, actor: Actor, at: datetime, seen: int | None = None) -> None:
    """Enter that the petitioner asked the body above for a review (XF-REVIEW)."""
    with act(matter_id, "ask_review", actor=actor, at=at, seen=seen, note=note) as acting:
        by = actor if isinstance(actor, Person) else None
        Word.objects.create(case=case_of(acting), kind="review", text=note, at=at, by=by)
        acting.facts.pop("note", None)


def received(acting: Acting) -> dict[str, Any]:
    """Return when and by which way a case came, for the log: one that ends unregistered is told of once."""
    case = case_of(acting)
    if case.received_on is None:
        return {}
    return {"channel": case.channel, "received_on": case.received_on.isoformat()}


def close(case: Case, outcome: str, *, at: datetime) -> None:
    """Let a case end with an outcome that is no reply."""
    Case.objects.filter(pk=case.pk).update(outcome=outcome, closed_on=period.day_of(at))
    Promise.objects.filter(case=case, kept_on=None).update(replaced=True)


def _end(case: Case, outcome: terms.Term, *, at: datetime) -> None:
    """Let a case end for good: what other departments were asked is asked no more (CH-TASK)."""
    close(case, outcome.code, at=at)
    asked = Matter.objects.select_for_update().filter(case_task__case=case, closed_at=None).order_by("pk")
    for matter in list(asked):  # locked first, so that an answer in the same moment undoes nothing
        with act(matter.pk, "drop_task", actor=None, at=at, reason=outcome.term):
            pass


def record_delivery(
    matter_id: int,
    *,
    notice: int,
    told_by: str,
    note: str,
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Enter how a reporter was told who does not look at the page: the proof of delivery."""
    facts = {"notice": notice, "told_by": told_by, "note": note}
    with act(matter_id, "record_delivery", actor=actor, at=at, seen=seen, **facts) as acting:
        rows = Notice.objects.filter(pk=notice, reporter__case=case_of(acting))
        if not rows.update(told_by=told_by, told_at=at, proof=note[:300]):
            raise errors.RuleBroken(Reason(gettext_noop("Choose one of the list."), field="notice"))


def seen_by_reporter(reporter: Reporter, *, at: datetime) -> int:
    """Enter that a reporter has seen what they were told on their page; return how much was new."""
    return Notice.objects.filter(reporter=reporter, seen_at=None).update(seen_at=at)
