"""The verbs of looking back: open and draw, warn, decide, propose, begin, report, remind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import transaction

from sunshine.core.matters import operations as matters
from sunshine.core.matters.models import Matter
from sunshine.core.matters.operations.acting import Acting
from sunshine.core.people.models import Department, Person
from sunshine.kernel import canonical, period
from sunshine.work.reviews import queries, rules
from sunshine.work.reviews.models import AskedFor, Conversion, KeptItem, ReportDuty, YearlyReview
from sunshine.work.reviews.rules import Candidate


@contextmanager
def _act(
    matter_id: int,
    name: str,
    *,
    actor: Person | None,
    at: datetime,
    seen: int | None = None,
    told: Mapping[str, Any] | None = None,
    **facts: Any,
) -> Iterator[Acting]:
    """Perform an act; `told` stands in the ledger in place of the facts, for days are no JSON."""
    situation = partial(_situation, person=actor)
    with matters.act(matter_id, name, actor=actor, at=at, situation=situation, seen=seen, **facts) as acting:
        acting.facts = dict(told) if told is not None else dict(facts)
        yield acting


def _situation(matter: Matter, *, person: Person | None) -> Mapping[str, Any]:
    return queries.situation(matter, person)


def open_review(
    year: int, *, candidates: Sequence[Candidate], seed: str, log_size: int, office: Department, at: datetime
) -> YearlyReview:
    """Open the review of a year and draw what is looked at; each becomes a matter of its own."""
    chosen = rules.drawn(candidates, seed)
    public = {
        "year": year,
        "log_size": log_size,
        "seed": seed,
        "candidates": len(candidates),
        "candidates_digest": rules.digest_of(candidates),
        "drawn": len(chosen),
        "drawn_digest": rules.digest_of(chosen),
    }
    with transaction.atomic():
        matter = matters.open_matter(
            kind=rules.YEARLY,
            letter="Z",
            title=f"{year}年不予公开信息自查",
            department=office,
            officer=None,
            at=at,
        )
        listed = sorted(each.reference for each in candidates)
        review = YearlyReview.objects.create(
            matter=matter, year=year, log_size=log_size, seed=seed, candidates=listed
        )
        for each in chosen:
            item = _enter(each, "end_date" if each.until else "drawn", review=review, at=at)
            with _act(item.matter_id, "take_in_review", actor=None, at=at):
                pass
        with _act(matter.pk, "draw", actor=None, at=at, told=public) as acting:
            acting.public = public
    return review


def _enter(candidate: Candidate, why: str, *, review: YearlyReview | None, at: datetime) -> KeptItem:
    matter = matters.open_matter(
        kind=rules.KEPT,
        letter="K",
        title=candidate.title,
        department=Department.objects.get(pk=candidate.department_id),
        officer=None,
        at=at,
        facts={"about": candidate.reference},
    )
    return KeptItem.objects.create(
        matter=matter,
        review=review,
        subject=candidate.reference,
        why=why,
        ground=candidate.ground,
        until=queries.ends_on(candidate.reference, candidate.until),
        classified_by=list(candidate.classified_by),
    )


def warn_of_ends(candidates: Sequence[Candidate], *, at: datetime) -> int:
    """Enter each ground that ends within sixty days to be decided, and warn again at thirty and seven.

    Nothing becomes public by time alone, and nothing stays closed by time alone: a person decides.
    """
    today, done = period.day_of(at), 0
    for each in candidates:
        until = queries.ends_on(each.reference, each.until)
        days = rules.warning_due(until, today) if until else None
        if until is None or days is None:
            continue
        with transaction.atomic():
            done += _warn(each, until, days, at)
    return done


def _warn(candidate: Candidate, until: date, days: int, at: datetime) -> int:
    item = KeptItem.objects.filter(subject=candidate.reference, until=until, review=None).first()
    if item is None:
        item = _enter(candidate, "ending", review=None, at=at)
        begins = rules.warned_from(until)
        told = {"until": until.isoformat()}
        with _act(item.matter_id, "take_in_ending", actor=None, at=at, told=told, warned_from=begins):
            pass
    elif item.matter.closed_at is not None or (item.warned is not None and item.warned <= days):
        return 0
    with _act(item.matter_id, "warn", actor=None, at=at, days=days):
        KeptItem.objects.filter(pk=item.pk).update(warned=days)
    return 1


def keep(
    matter_id: int,
    *,
    reason: str,
    until: date | None = None,
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Decide that something stays closed, with a new end where its ground has one.

    :raises RuleBroken: the actor classified it, or the new end is missing
    """
    told = {"reason": reason, **({"until": until.isoformat()} if until else {})}
    with _act(matter_id, "keep", actor=actor, at=at, seen=seen, told=told, reason=reason, until=until):
        KeptItem.objects.filter(pk=matter_id).update(kept_until=until, reason=reason)


def let_open(matter_id: int, *, reason: str, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Decide that something is to be opened; a task to do so goes to the office.

    A part of an answer becomes public in a document that is begun for it, as what is asked for often does.

    :raises RuleBroken: the actor classified it
    """
    with _act(matter_id, "let_open", actor=actor, at=at, seen=seen, reason=reason) as acting:
        KeptItem.objects.filter(pk=matter_id).update(reason=reason)
        subject = KeptItem.objects.values_list("subject", flat=True).get(pk=matter_id)
        _propose(acting.matter.title, acting.matter.department, at=at, opens=subject)


@dataclass(frozen=True, slots=True)
class Often:
    """What several people have asked for: the subject in the office's words, and their requests."""

    subject: str
    department_id: int
    people: int
    references: tuple[str, ...]


def propose_conversions(asked: Sequence[Often], *, at: datetime) -> int:
    """Propose to make public what is often asked for; a request gives rise to one proposal only."""
    done = 0
    for each in asked:
        if AskedFor.objects.filter(reference__in=each.references).exists():
            continue
        with transaction.atomic():
            department = Department.objects.get(pk=each.department_id)
            conversion = _propose(each.subject, department, at=at, people=each.people)
            rows = [AskedFor(conversion=conversion, reference=name) for name in each.references]
            AskedFor.objects.bulk_create(rows)
        done += 1
    return done


def _propose(
    subject: str, department: Department, *, at: datetime, people: int = 0, opens: str = ""
) -> Conversion:
    matter = matters.open_matter(
        kind=rules.CONVERSION, letter="V", title=subject, department=department, officer=None, at=at
    )
    conversion = Conversion.objects.create(matter=matter, subject=subject[:200], people=people, opens=opens)
    with _act(matter.pk, "propose", actor=None, at=at, told={"people": people, "opens": opens}):
        pass
    return conversion


def begin(matter_id: int, *, document: str, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Enter the document that was begun; it becomes public through the gate or not at all."""
    with _act(matter_id, "begin", actor=actor, at=at, seen=seen, document=document):
        Conversion.objects.filter(pk=matter_id).update(document=document)


def decline(matter_id: int, *, reason: str, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Decide not to make public what was asked for often, with a reason."""
    with _act(matter_id, "decline", actor=actor, at=at, seen=seen, reason=reason):
        Conversion.objects.filter(pk=matter_id).update(reason=reason)


def draft_report(matter_id: int, *, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Draft the report to the municipal office: frozen as the rows make it, under one digest.

    :raises RuleBroken: an item has not been decided yet
    """
    with _act(matter_id, "draft_report", actor=actor, at=at, seen=seen) as acting:
        told = queries.report(YearlyReview.objects.get(pk=matter_id))
        digest = canonical.digest(told)
        YearlyReview.objects.filter(pk=matter_id).update(report=told, digest=digest)
        acting.facts = {"digest": digest}


def return_report(
    matter_id: int, *, reason: str, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Send the report back."""
    with _act(matter_id, "return_report", actor=actor, at=at, seen=seen, reason=reason):
        YearlyReview.objects.filter(pk=matter_id).update(report={}, digest="")


def sign_report(matter_id: int, *, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Sign off the report that somebody else drafted; the public log keeps its digest and its counts."""
    with _act(matter_id, "sign_report", actor=actor, at=at, seen=seen) as acting:
        review = YearlyReview.objects.get(pk=matter_id)
        acting.public = {"year": review.year, "digest": review.digest, **review.report["counts"]}
        acting.facts = {"digest": review.digest}


def remind_of_report(year: int, *, record: str, office: Department, at: datetime) -> int:
    """Open the duty to publish a year's report once the year is over, and close it when it is public."""
    duty = ReportDuty.objects.select_related("matter").filter(year=year).first()
    with transaction.atomic():
        if duty is None and not record:
            matter = matters.open_matter(
                kind=rules.REPORT_DUTY,
                letter="N",
                title=f"公布{year}年政府信息公开工作年度报告",
                department=office,
                officer=None,
                at=at,
            )
            ReportDuty.objects.create(matter=matter, year=year)
            over = rules.year_over(year)
            with _act(matter.pk, "remind", actor=None, at=at, told={"year": year}, year_over=over):
                pass
            return 1
        if duty is not None and record and duty.matter.closed_at is None:
            with _act(duty.matter_id, "meet", actor=None, at=at, record=record):
                ReportDuty.objects.filter(pk=duty.pk).update(record=record)
            return 1
    return 0
