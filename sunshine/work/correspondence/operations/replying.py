"""The reply: more time, draft, approval by a second person, sent to everybody who reported."""

from __future__ import annotations

from datetime import date, datetime

from sunshine.core.people.models import Person
from sunshine.kernel import period
from sunshine.work.correspondence.models import Case, Promise, Reply, Word
from sunshine.work.correspondence.operations.acting import act, case_of, tell
from sunshine.work.correspondence.queries import cases
from sunshine.work.correspondence.rules import terms


def ask_for_extension(
    matter_id: int, *, reason: str, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Propose to take longer; the head of the office decides."""
    with act(matter_id, "ask_for_extension", actor=actor, at=at, seen=seen, reason=reason):
        pass


def extend_case(matter_id: int, *, reason: str, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Extend the period once, as somebody else proposed; every reporter is told why."""
    with act(matter_id, "extend_case", actor=actor, at=at, seen=seen, reason=reason) as acting:
        tell(case_of(acting), "extended", reason, at=at)


def draft_case_reply(
    matter_id: int,
    *,
    outcome: str,
    text: str,
    promised_on: date | None = None,
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Draft the reply: how it ended, in words, and for a promise the day.

    :raises RuleBroken: an unfilled place of a template, personal data, a promise without its day, a task
        that is not answered, or a contested case in the hands of who replied before
    """
    facts = {
        "outcome": outcome,
        "text": text,
        "promised_on": promised_on,
        "found_in_reply": cases.personal_data(text),
        "handled_by": actor.pk,
    }
    with act(matter_id, "draft_case_reply", actor=actor, at=at, seen=seen, **facts) as acting:
        case = case_of(acting)
        Reply.objects.filter(case=case, sent_at=None).delete()  # a draft that was sent back
        Reply.objects.create(
            case=case,
            number=Reply.objects.filter(case=case).count() + 1,
            outcome=outcome,
            text=text.strip(),
            promised_on=promised_on if outcome == terms.PROMISED.code else None,
            drafted_by=actor,
            drafted_at=at,
        )


def return_case_reply(
    matter_id: int, *, reason: str, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Send a draft back to its writer with a reason."""
    with act(matter_id, "return_case_reply", actor=actor, at=at, seen=seen, reason=reason) as acting:
        Reply.objects.filter(case_id=acting.matter.pk, sent_at=None).update(approved_by=None)


def approve_case_reply(matter_id: int, *, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Approve a reply that somebody else drafted; what it must hold is asked once more."""
    with act(matter_id, "approve_case_reply", actor=actor, at=at, seen=seen) as acting:
        Reply.objects.filter(case_id=acting.matter.pk, sent_at=None).update(approved_by=actor)


def send_reply(matter_id: int, *, told_by: str, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Send the reply: every reporter is told, a promise gets its day, the case closes with its outcome."""
    with act(matter_id, "send_reply", actor=actor, at=at, seen=seen, told_by=told_by) as acting:
        case = case_of(acting)
        due_at = cases.answer_due_at(acting.matter, at=at)
        reply = Reply.objects.get(case=case, sent_at=None)
        reply.sent_at, reply.told_by = at, told_by
        reply.save(update_fields=["sent_at", "told_by"])
        case.outcome, case.closed_on = reply.outcome, period.day_of(at)
        if case.first_replied_at is None:
            case.first_replied_at = at
            case.was_in_time = due_at is None or period.in_time(at, due_at)
        case.save(update_fields=["outcome", "closed_on", "first_replied_at", "was_in_time"])
        _promise(case, reply)
        acting.facts["told"] = tell(case, "reply", reply.text, at=at)
        acting.public = {
            "outcome": reply.outcome,
            "closed_on": period.day_of(at).isoformat(),
            "persons": cases.persons(case),
        }
        if reply.promised_on:
            acting.public["promised_on"] = reply.promised_on.isoformat()


def _promise(case: Case, reply: Reply) -> None:
    """Follow what a reply promises; a reply after a contest takes the place of the earlier promise."""
    Promise.objects.filter(case=case, kept_on=None).update(replaced=True)
    if reply.promised_on:
        Promise.objects.create(
            case=case, reply=reply, first_due_on=reply.promised_on, due_on=reply.promised_on
        )


def keep_promise(
    matter_id: int, *, note: str, kept_on: date, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Enter that what was promised is done; every reporter is told."""
    facts = {"note": note, "kept_on": kept_on}
    with act(matter_id, "keep_promise", actor=actor, at=at, seen=seen, **facts) as acting:
        case = case_of(acting)
        rows = Promise.objects.filter(case=case, kept_on=None, replaced=False)
        rows.update(kept_on=min(kept_on, period.day_of(at)), note=note[:500])
        tell(case, "promise_kept", note, at=at)
        acting.public = {"kept_on": min(kept_on, period.day_of(at)).isoformat()}


def move_promise(
    matter_id: int,
    *,
    promised_on: date,
    reason: str,
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Move a promised day, with the reason; the day first promised stays visible, and reporters are told."""
    facts = {"promised_on": promised_on, "reason": reason}
    with act(matter_id, "move_promise", actor=actor, at=at, seen=seen, **facts) as acting:
        case = case_of(acting)
        rows = Promise.objects.filter(case=case, kept_on=None, replaced=False)
        rows.update(due_on=promised_on, reason=reason[:500])
        tell(case, "promise_moved", reason, at=at)
        acting.public = {"promised_on": promised_on.isoformat()}


def show_answer(
    matter_id: int, *, document: str, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Enter that a document was begun from message and answer; it becomes public through the gate or not."""
    with act(matter_id, "show_answer", actor=actor, at=at, seen=seen, document=document) as acting:
        Word.objects.create(case=case_of(acting), kind="shown", text=document, at=at, by=actor)
