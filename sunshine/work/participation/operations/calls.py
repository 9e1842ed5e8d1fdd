"""The life of a call: it opens with its draft's record, closes by the clock, ends with its report."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from sunshine.core.matters import operations as matters
from sunshine.core.matters.models import Matter
from sunshine.core.people.models import Person
from sunshine.core.publishing import preparing
from sunshine.core.publishing.models import Record
from sunshine.core.publishing.operations import conditions
from sunshine.kernel import period
from sunshine.kernel.calendar import ONE_DAY
from sunshine.work.participation import composing
from sunshine.work.participation.models import CommentCall, SavedOpinion
from sunshine.work.participation.operations import deciding
from sunshine.work.participation.operations.acting import act
from sunshine.work.participation.queries import calls
from sunshine.work.participation.rules import calls as rules
from sunshine.work.participation.rules import terms


def open_for(record: Record, *, version: int, until: date, identity: str, at: datetime) -> CommentCall:
    """Open the call on a draft that has just become public; the same record opens one call only."""
    standing = CommentCall.objects.filter(record=record).first()
    if standing is not None:
        return standing
    written = Matter.objects.select_related("department", "officer").get(reference=record.matter_reference)
    with transaction.atomic():
        matter = matters.open_matter(
            kind=rules.KIND,
            letter="YZ",
            title=record.title,
            department=written.department,
            officer=written.officer,
            at=at,
        )
        known = terms.named(identity, terms.IDENTITIES) or terms.NO_IDENTITY
        call = CommentCall.objects.create(
            matter=matter, record=record, version=version, until=until, identity=known.code
        )
        with act(matter.pk, "open", actor=None, at=at) as acting:
            acting.public = {"record": record.reference, "until": until.isoformat()}
    call.refresh_from_db()
    return call


def extend(
    matter_id: int, *, until: date, reason: str, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Prolong a call to a later last day, for everybody to see, with the reason.

    :raises RuleBroken: the day is no later one, or the reason holds personal data
    """
    facts = {"until": until, "reason": reason, "found_in_reason": composing.holds_personal_data(reason)}
    with act(matter_id, "extend", actor=actor, at=at, seen=seen, **facts) as acting:
        CommentCall.objects.filter(matter=acting.matter).update(until=until, sequence=F("sequence") + 1)
        acting.public = {"until": until.isoformat()}


def call_off(
    matter_id: int, *, reason: str, actor: Person | None, at: datetime, seen: int | None = None
) -> None:
    """Call a call off with its reason; what was sent stays unanswered, and no decision rests on it.

    :raises RuleBroken: the reason, which its page gives, holds personal data
    """
    facts = {"reason": reason, "found_in_reason": composing.holds_personal_data(reason)}
    with holding(matter_id) as call:
        _hold_report(call)
        with act(matter_id, "call_off", actor=actor, at=at, seen=seen, **facts) as acting:
            CommentCall.objects.filter(pk=call.pk).update(sequence=F("sequence") + 1)
            if lost := deciding.lose_call(acting.matter):
                acting.facts["decisions"] = lost
            _give_up(call, at)


def close_what_is_over(*, at: datetime) -> int:
    """Close the calls whose last day and grace are over; return how many were closed."""
    over = CommentCall.objects.filter(
        matter__stage=rules.OPEN.name, matter__kind=rules.KIND, until__lt=period.day_of(at)
    )
    return matters.by_time(close, over.values_list("matter_id", flat=True), at=at)


def close(matter_id: int, *, actor: None, at: datetime) -> None:
    """Close a call whose last day is over, and its grace."""
    with act(matter_id, "close", actor=actor, at=at) as acting:
        counted = calls.counted(CommentCall.objects.select_related("matter").get(matter_id=matter_id))
        acting.public = {
            "submissions": counted.submissions,
            "persons": counted.persons,
            "opinions": counted.opinions,
        }


@contextmanager
def holding(matter_id: int) -> Iterator[CommentCall]:
    """Hold a call as it is: until the end nobody answers, and no opinion comes to count."""
    with transaction.atomic():
        Matter.objects.select_for_update().get(pk=matter_id)
        yield CommentCall.objects.select_related("matter", "record").get(pk=matter_id)


def begin_report(
    matter_id: int, *, document: str, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Note in which document the report is written; it ends the call when it becomes public.

    Who composes it from the answers does so while `holding` the call.
    """
    with act(matter_id, "begin_report", actor=actor, at=at, seen=seen) as acting:
        CommentCall.objects.filter(matter=acting.matter).update(report_document=document)
        acting.facts["document"] = document


def answer_again(
    matter_id: int, *, reason: str, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Take the answers up again before the report is public; it is begun anew, in another document.

    The gate refuses the document that was begun: it would end no call.
    """
    with holding(matter_id) as call:
        _hold_report(call)
        with act(matter_id, "answer_again", actor=actor, at=at, seen=seen, reason=reason) as acting:
            acting.facts["document"] = call.report_document
            CommentCall.objects.filter(pk=call.pk).update(report_document="")
            _give_up(call, at)


def _hold_report(call: CommentCall) -> None:
    """Let the report's document stay as it is found: no gate lets it through while it is given up."""
    Matter.objects.select_for_update().filter(reference=call.report_document).first()


def _give_up(call: CommentCall, at: datetime) -> None:
    """Let no gate pass the report that was begun: it would end no call."""
    if call.report_document:
        conditions.meet(call.report_document, preparing.GIVEN_UP, reference=call.matter.reference, at=at)


def report(call: CommentCall, record: Record, *, at: datetime) -> None:
    """End a call whose report has become public; from now on each author reads the answer."""
    with act(call.matter_id, "report", actor=None, at=at) as acting:
        CommentCall.objects.filter(pk=call.pk).update(report=record)
        acting.public = {"record": record.reference, "answers": calls.answers(call)}


def throw_away_what_was_saved(*, at: datetime) -> int:
    """Throw away what was saved and not sent before its call was over; return how many."""
    # The call's own last day is asked, not the one that stood when it was saved: a call is prolonged.
    gone, _kinds = SavedOpinion.objects.filter(call__until__lt=period.day_of(at) - ONE_DAY).delete()
    return gone
