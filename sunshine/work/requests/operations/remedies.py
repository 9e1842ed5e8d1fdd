"""Reconsideration and lawsuit: entered when the bureau hears of them, answered in time, decided."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from sunshine.core.matters import operations as matters
from sunshine.core.people.models import Person
from sunshine.kernel import errors, period
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.requests import contesting, rules
from sunshine.work.requests.models import Remedy, Request
from sunshine.work.requests.operations.acting import act
from sunshine.work.requests.rules import remedies, remedy_table


def open_remedy(
    request: Request,
    *,
    track: str,
    filed_on: date,
    received_on: date,
    note: str = "",
    actor: Person,
    at: datetime,
) -> Remedy:
    """Enter a reconsideration or lawsuit against an answer or against silence; the bureau's time begins.

    A lawsuit without a reconsideration where that comes first (REM-FIRST) is entered all the same, for
    the court decides of it; but the note must say why it was taken.

    :raises RuleBroken: the request was neither answered nor overdue, the track is unknown, the days cannot
        be, or the note is missing
    """
    known = next((each for each in remedy_table.TRACKS if each.code == track), None)
    if known is None:
        raise errors.RuleBroken(Reason(gettext_noop("Choose how it is heard"), field="track"))
    errors.RuleBroken.unless(remedies.filing_is_sound(filed_on, received_on, period.day_of(at)))
    against = contesting.contested(request, on=filed_on)
    if against is None:
        raise errors.RuleBroken(
            Reason(
                gettext_noop("On that day the request was not answered, and the time for it was not over"),
                basis="REM-FIRST: 法释〔2025〕8号 art. 2 ¶2",
                field="filed_on",
            )
        )
    before = _reconsidered(request, against, filed_on) if known.sort == rules.LAWSUIT.code else None
    must_come_first = rules.goes_to_reconsideration_first(against.outcome, against.since)
    if known.sort == rules.LAWSUIT.code and before is None and must_come_first and not note.strip():
        raise errors.RuleBroken(
            Reason(
                gettext_noop("This refusal goes to reconsideration first; say why the court took it"),
                basis="REM-FIRST: 行政复议法 art. 23(1)(4)",
                field="note",
            )
        )
    with transaction.atomic():
        matter = matters.open_matter(
            kind=remedy_table.KIND,
            letter="F",
            title=request.matter.title,
            department=request.matter.department,
            officer=actor,
            at=at,
            facts={"request": request.matter.reference},
        )
        remedy = Remedy.objects.create(
            matter=matter, request=request, sort=known.sort, after=before, filed_on=filed_on, note=note
        )
        with act(matter.pk, f"take_in_{track}", actor=actor, at=at, received_on=received_on) as acting:
            acting.public = {
                "request": request.matter.reference,
                "sort": known.sort,
                "after_reconsideration": before is not None,
                "filed_on": filed_on.isoformat(),
            }
    return remedy


def _reconsidered(request: Request, against: contesting.Contested, by: date) -> Remedy | None:
    """Return the newest reconsideration of what is contested now; one of an earlier answer is none."""
    since = request.remedies.filter(sort=rules.RECONSIDERATION.code, filed_on__gte=against.since)
    return since.filter(filed_on__lte=by).order_by("filed_on", "matter_id").last()


def defend(matter_id: int, *, sent_on: date, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Enter that the bureau's answer with its evidence went out."""
    stage = Remedy.objects.select_related("matter").get(pk=matter_id).matter.stage
    track = next((each.code for each in remedy_table.TRACKS if each.waiting.name == stage), "court")
    with act(matter_id, f"defend_{track}", actor=actor, at=at, seen=seen, sent_on=sent_on):
        pass


def decide(
    matter_id: int,
    *,
    result: str,
    decided_on: date,
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Enter how it ended; an answer that was corrected is then answered anew."""
    facts = {"result": result, "decided_on": decided_on}
    with act(matter_id, "decide_remedy", actor=actor, at=at, seen=seen, **facts) as acting:
        Remedy.objects.filter(pk=matter_id).update(result=result, decided_on=decided_on)
        acting.public = {"result": result, "decided_on": decided_on.isoformat()}
