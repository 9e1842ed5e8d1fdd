"""Questions about what is looked at again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sunshine.core.matters import queries as matters
from sunshine.core.matters.models import Matter
from sunshine.core.people.models import Person
from sunshine.kernel.words import gettext_noop
from sunshine.work.reviews import rules
from sunshine.work.reviews.models import Conversion, KeptItem, YearlyReview

AT_ONCE = 500
"""Subjects asked for in one query; databases limit how many values a query may have."""
KINDS = frozenset(procedure.kind for procedure in rules.PROCEDURES)


def matter(reference: str) -> Matter:
    """Return a matter of this room, whatever its kind; raise `NotFound` when there is none."""
    return matters.matter_among(KINDS, reference, absent=gettext_noop("There is no such matter"))


def situation(matter: Matter, person: Person | None) -> Mapping[str, Any]:
    """Return what the checks may ask, as it is now and as far as it depends on who acts."""
    if matter.kind == rules.KEPT:
        item = KeptItem.objects.get(matter=matter)
        return {
            "has_end_date": item.until is not None,
            "viewer_classified": person is not None and person.pk in item.classified_by,
        }
    if matter.kind == rules.YEARLY:
        waiting = KeptItem.objects.filter(review_id=matter.pk, matter__closed_at=None)
        return {"waiting": waiting.count()}
    return {}


def acts_open(matter: Matter, person: Person, *, at: datetime) -> tuple[matters.OpenAct, ...]:
    """Return the acts of this stage that are for this person, each with what stands in its way."""
    return matters.acts_open(matter, person, situation=situation(matter, person), at=at)


def may_read(matter: Matter, person: Person, *, at: datetime) -> bool:
    """Return whether a person may see a matter of this room: who can act in one of its kind."""
    held = matters.roles(person, matter, at=at)
    procedure = matters.procedure_of(matter)
    return not held.isdisjoint({role.name for act in procedure.acts for role in act.by})


def items_of(review: YearlyReview) -> list[KeptItem]:
    """Return what a review looks at, in the order of its references."""
    return list(review.items.select_related("matter__officer").order_by("subject"))


def ends_on(subject: str, until: date | None) -> date | None:
    """Return the day on which a ground ends: as it was named first, or as somebody decided later."""
    later = KeptItem.objects.filter(subject=subject, kept_until__isnull=False).order_by("-matter__closed_at")
    decided = later.values_list("kept_until", flat=True).first()
    return decided if decided is not None and (until is None or decided > until) else until


def opened(subjects: Sequence[str]) -> set[str]:
    """Return those of some subjects that were decided to be opened."""
    rows = KeptItem.objects.filter(matter__stage=rules.OPENS.name).values_list("subject", flat=True)
    parts = (subjects[first : first + AT_ONCE] for first in range(0, len(subjects), AT_ONCE))
    return {subject for asked in parts for subject in rows.filter(subject__in=asked)}


def report(review: YearlyReview) -> dict[str, Any]:
    """Return the report to the municipal office as the rows make it now."""
    items = items_of(review)
    rows = [
        {
            "reference": item.subject,
            "matter": item.matter.reference,
            "why": item.why,
            "ground": item.ground,
            "until": item.until.isoformat() if item.until else "",
            "stage": item.matter.stage,
            "kept_until": item.kept_until.isoformat() if item.kept_until else "",
            "reason": item.reason,
        }
        for item in items
    ]
    conversions = conversions_of(review.year)
    return {
        "year": review.year,
        "seed": review.seed,
        "log_size": review.log_size,
        "candidates": review.candidates,
        "counts": rules.counts(rows, [each.matter.stage for each in conversions]),
        "items": rows,
        "conversions": [
            {
                "matter": each.matter.reference,
                "subject": each.subject,
                "people": each.people,
                "stage": each.matter.stage,
                "document": each.document,
                "reason": each.reason,
            }
            for each in conversions
        ],
    }


def conversions_of(year: int) -> list[Conversion]:
    """Return the conversions that were proposed in a year."""
    begins, ends = rules.year_over(year - 1), rules.year_over(year)
    rows = Conversion.objects.filter(matter__opened_at__gte=begins, matter__opened_at__lt=ends)
    return list(rows.select_related("matter").order_by("matter_id"))
