"""Asking third parties, co-makers and other bodies, and hearing what they say."""

from __future__ import annotations

from datetime import date, datetime

from sunshine.core.matters import sealing
from sunshine.core.people.models import Person
from sunshine.kernel import calendar, period
from sunshine.work.requests.models import Consultation
from sunshine.work.requests.operations.acting import act, request_of
from sunshine.work.requests.rules import overruling, periods

PLACE = "consultation"
SILENT = "silent"
"""Stands for the answer of who gave none, where it is the office that waits no longer."""


def consult_third_party(
    matter_id: int,
    *,
    party: str,
    about: str,
    sent_on: date,
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Ask a third party whose rights may be touched; the clock stands from the day the letter goes out."""
    _ask(matter_id, "consult_third_party", "third_party", party, about, sent_on, actor, at, seen)


def consult_another(
    matter_id: int,
    *,
    party: str,
    about: str,
    sent_on: date,
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Ask one more third party while the first is being asked."""
    _ask(matter_id, "consult_another", "third_party", party, about, sent_on, actor, at, seen)


def ask_bodies(
    matter_id: int,
    *,
    sort: str,
    body: str,
    about: str,
    sent_on: date,
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Ask a co-maker or another body for its opinion."""
    _ask(matter_id, "ask_bodies", sort, body, about, sent_on, actor, at, seen)


def _ask(
    matter_id: int,
    name: str,
    sort: str,
    party: str,
    about: str,
    sent_on: date,
    actor: Person,
    at: datetime,
    seen: int | None,
) -> None:
    named = {"sort": sort, "body": party} if name == "ask_bodies" else {"party": party}
    with act(matter_id, name, actor=actor, at=at, seen=seen, about=about, sent_on=sent_on, **named) as acting:
        Consultation.objects.create(
            request=request_of(acting),
            sort=sort,
            sealed_party=sealing.seal(party.encode(), place=f"{PLACE}:{matter_id}"),
            about=about,
            sent_on=sent_on,
        )


def party_of(consultation: Consultation) -> str:
    """Return who was asked."""
    return sealing.unseal(
        bytes(consultation.sealed_party), place=f"{PLACE}:{consultation.request_id}"
    ).decode()


def third_party_received(
    matter_id: int,
    *,
    consultation: int,
    received_on: date,
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Enter the day on which a third party got the letter: from it they have fifteen working days."""
    _got(matter_id, "third_party_received", consultation, received_on, actor, at, seen)


def body_received(
    matter_id: int,
    *,
    consultation: int,
    received_on: date,
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Enter the day on which a co-maker got the letter: from it it has fifteen working days (FOI-JOINT)."""
    _got(matter_id, "body_received", consultation, received_on, actor, at, seen)


def _got(
    matter_id: int,
    name: str,
    consultation: int,
    received_on: date,
    actor: Person,
    at: datetime,
    seen: int | None,
) -> None:
    facts = {"consultation": consultation, "received_on": received_on}
    with act(matter_id, name, actor=actor, at=at, seen=seen, **facts):
        Consultation.objects.filter(pk=consultation).update(received_on=received_on)


def third_party_answered(
    matter_id: int,
    *,
    consultation: int,
    answer: str,
    answered_on: date,
    ground: str = "",
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Enter what a third party said, with the ground of a refusal."""
    _hear(matter_id, "third_party_answered", consultation, answer, answered_on, ground, actor, at, seen)


def body_answered(
    matter_id: int,
    *,
    consultation: int,
    answer: str,
    answered_on: date,
    ground: str = "",
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Enter what a body that was asked said."""
    _hear(matter_id, "body_answered", consultation, answer, answered_on, ground, actor, at, seen)


def _hear(
    matter_id: int,
    name: str,
    consultation: int,
    answer: str,
    answered_on: date,
    ground: str,
    actor: Person,
    at: datetime,
    seen: int | None,
) -> None:
    facts = {"consultation": consultation, "answer": answer, "answered_on": answered_on, "ground": ground}
    with act(matter_id, name, actor=actor, at=at, seen=seen, **facts):
        Consultation.objects.filter(pk=consultation).update(
            answer=answer, answered_on=answered_on, ground=ground
        )


def tell_third_party(
    matter_id: int,
    *,
    consultation: int,
    disclosed: str,
    reason: str,
    told_on: date,
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Enter that a third party was told, in writing, what is disclosed against its refusal, and why."""
    facts = {"consultation": consultation, "disclosed": disclosed, "reason": reason, "told_on": told_on}
    with act(matter_id, "tell_third_party", actor=actor, at=at, seen=seen, **facts):
        Consultation.objects.filter(pk=consultation).update(
            disclosed=disclosed, told_why=reason, told_on=told_on, decided=overruling.PASSED_OVER
        )


def respect_refusal(
    matter_id: int, *, consultation: int, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Enter that the answer keeps back what this one of several third parties refused."""
    with act(matter_id, "respect_refusal", actor=actor, at=at, seen=seen, consultation=consultation):
        Consultation.objects.filter(pk=consultation).update(decided=overruling.RESPECTED)


def conclude_consultation(
    matter_id: int, *, actor: Person | None, at: datetime, seen: int | None = None
) -> None:
    """Let the clock go on from the last answer, or from the day the time of the last silent one was over."""
    ended_on = _ended_on(matter_id, at)
    with act(matter_id, "conclude_consultation", actor=actor, at=at, seen=seen, ended_on=ended_on):
        pass


def give_up_consultation(
    matter_id: int, *, reason: str, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Let the clock go on because the letter cannot be delivered."""
    _give_up(matter_id, "give_up_consultation", ("third_party",), "undeliverable", reason, actor, at, seen)


def go_on_without_consent(
    matter_id: int, *, reason: str, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Let the clock go on because a third party, to whom the text of 2008 gives no days, is silent."""
    _give_up(matter_id, "go_on_without_consent", ("third_party",), SILENT, reason, actor, at, seen)


def go_on_without_bodies(
    matter_id: int, *, reason: str, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Let the clock go on because one need not, or cannot, wait longer for a body's opinion."""
    bodies = ("co_maker", "other_body")
    _give_up(matter_id, "go_on_without_bodies", bodies, SILENT, reason, actor, at, seen)


def _give_up(
    matter_id: int,
    name: str,
    sorts: tuple[str, ...],
    answer: str,
    reason: str,
    actor: Person,
    at: datetime,
    seen: int | None,
) -> None:
    day = period.day_of(at)
    with act(matter_id, name, actor=actor, at=at, seen=seen, reason=reason, ended_on=day):
        waiting = Consultation.objects.filter(request_id=matter_id, answer="", sort__in=sorts)
        waiting.update(answer=answer, answered_on=day)


def conclude_asking(matter_id: int, *, actor: Person | None, at: datetime, seen: int | None = None) -> None:
    """Let the clock go on when the bodies have answered, or the time of the last co-maker is over."""
    ended_on = _ended_on(matter_id, at)
    with act(matter_id, "conclude_asking", actor=actor, at=at, seen=seen, ended_on=ended_on):
        pass


def _ended_on(matter_id: int, at: datetime) -> date:
    """Return the day on which the asking was over: of each its answer, or the end of its time."""
    rows = Consultation.objects.filter(request_id=matter_id).select_related("request__matter")
    today = period.day_of(at)
    return min(max((_end(row, today) for row in rows), default=today), today)


def _end(row: Consultation, today: date) -> date:
    if row.answered_on is not None:
        return row.answered_on
    text = periods.text(row.request.matter.procedure_version)
    since, length = {
        "third_party": (row.received_on, text.consent),
        "co_maker": (row.received_on, text.joint),
    }.get(row.sort, (None, None))
    if since is None or length is None:
        return today
    return period.last_day(length.length, length.unit, since, calendar.bundled())
