"""Questions about documents: what the procedure's checks ask, and what the desk shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from sunshine.core.matters import queries as matters
from sunshine.core.matters.models import Matter
from sunshine.core.people.models import Person
from sunshine.core.publishing import rules as publishing
from sunshine.core.publishing.models import DirectoryItem, Draft
from sunshine.core.publishing.queries import bundles, records
from sunshine.kernel import calendar, errors, period
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.documents import rules
from sunshine.work.documents.models import Document, StagedInterpretation

ONCE_PUBLIC = frozenset(stage.name for stage in (rules.PUBLISHED, rules.WITHDRAWN, rules.FILED))


def document(reference: str) -> Document:
    """Return a document with its matter; raise `NotFound` when there is none."""
    found = (
        Document.objects.filter(matter__reference=reference)
        .select_related("matter__department", "matter__officer")
        .first()
    )
    if found is None:
        raise errors.NotFound(Reason(gettext_noop("There is no such document")))
    return found


def situation(matter: Matter) -> Mapping[str, Any]:
    """Return what the procedure's checks may ask of a document, as it is now."""
    document = Document.objects.get(matter=matter)
    candidate = bundles.candidate(matter)
    gate = publishing.gate(candidate)
    main = Draft.objects.filter(matter=matter, part=0).select_related("item", "record").first()
    fields: Mapping[str, Any] = main.fields if main else {}
    formed_on, changed_on = _day(fields.get("formed_on")), _day(fields.get("changed_on"))
    return {
        "kind": document.kind,
        "title": fields.get("title", ""),
        "has_body": bool(fields.get("body")),
        "has_attachment": bool(candidate.document and candidate.document.files),
        "department": fields.get("department", ""),
        "formed_on": formed_on,
        "changed_on": changed_on,
        "made_on": changed_on or formed_on,
        "published_formed_on": main.record.formed_on if main and main.record else None,
        "publish_within": rules.publish_within(
            document.kind, changed_on or formed_on, _promised(main.item) if main and main.item else None
        ),
        "effective_from": _day(fields.get("effective_from")),
        "valid_until": _day(fields.get("valid_until")),
        "validity_reason": fields.get("validity_reason", ""),
        "comment_until": _day(fields.get("comment_until")),
        "short_reason": fields.get("short_reason", ""),
        "repealed_on": main.record.repealed_on if main and main.record else None,
        "directory_item": main.item.code if main and main.item else "",
        "directory_item_closed_on": main.item.closed_on if main and main.item else None,
        "attribute": main.attribute if main else "",
        "ground": main.ground if main else "",
        "ground_until": main.ground_until if main else None,
        "publish_at": main.publish_at if main else None,
        "needs_interpretation": document.kind in rules.NEEDS_INTERPRETATION and _is_policy(main),
        "interpretation_plan": bool(fields.get("plan")),
        "interpretation_material": bool(candidate.interpretations),
        "digest": candidate.frozen_digest,
        "reviews": tuple(
            (review.kind, review.digest, review.passed, review.by) for review in candidate.reviews
        ),
        "gate": publishing.passes(gate),
        "virus": publishing.passes(tuple(line for line in gate if line.check.code == "virus")),
        "proposed_attribute": document.proposed_attribute,
        "proposed_ground": document.proposed_ground,
        "proposed_ground_until": document.proposed_ground_until,
        "is_imported": bool(main and main.record and main.record.imported_from),
        "erasable": tuple(code for code, _label in erasable(matter)),
    }


def erasable(matter: Matter) -> list[tuple[str, records.Part]]:
    """Return what of a matter's published versions could be erased: its code and what it is."""
    if matter.stage not in ONCE_PUBLIC:
        return []
    parts = records.parts_of(matter.reference)
    return [(f"{part.reference}/{part.version}/{part.name}", part) for part in parts]


@dataclass(frozen=True, slots=True)
class Promise:
    """A later interpretation that a public document promised; `met_by` is the record that kept it."""

    matter: str
    title: str
    due_on: date
    form: str
    note: str
    met_by: str


def promises(matter_reference: str) -> list[Promise]:
    """Return what a document promised, in the order of the days (INT-DURING)."""
    return _promises(StagedInterpretation.objects.filter(document__matter__reference=matter_reference))


def promises_open(
    *, on: date, until: date, department_ids: Iterable[int] | None, limit: int = 20
) -> list[Promise]:
    """Return promises not kept yet that come due until a day; of some departments only, unless None.

    They end with the document: nobody interprets what on the day `on` is repealed or has lapsed.
    """
    rows = StagedInterpretation.objects.filter(met_by="", due_on__lte=until)
    rows = rows.filter(document__matter__stage=rules.PUBLISHED.name)
    ended = records.visible().filter(matter_reference=OuterRef("document__matter__reference"), main=None)
    ended = ended.filter(Q(repealed_on__lte=on) | Q(valid_until__lt=on)).order_by()
    rows = rows.exclude(Exists(ended))
    if department_ids is not None:
        rows = rows.filter(document__matter__department__in=list(department_ids))
    return _promises(rows, limit)


def _promises(rows: QuerySet[StagedInterpretation], limit: int | None = None) -> list[Promise]:
    told = rows.order_by("due_on", "id").values_list(
        "document__matter__reference", "document__matter__title", "due_on", "form", "note", "met_by"
    )
    return [Promise(*row) for row in told[:limit]]


@dataclass(frozen=True, slots=True)
class Ending:
    """A document in force whose last day comes near; `is_near` since the last of the two warnings."""

    matter: str
    title: str
    last_day: date
    is_near: bool


def ending(*, on: date, department_ids: Iterable[int] | None, limit: int = 20) -> list[Ending]:
    """Return the documents that lapse soon, the next first (NORM-5Y); of some departments, None for all."""
    first, last = (period.months_later(on, each.length) for each in rules.WARN_BEFORE_LAPSE)
    rows = records.visible().filter(main=None).exclude(matter_reference="")
    rows = rows.filter(Q(repealed_on=None) | Q(repealed_on__gt=on))
    if department_ids is not None:
        own = Matter.objects.filter(department__in=list(department_ids))
        rows = rows.filter(Exists(own.filter(reference=OuterRef("matter_reference"))))
    stated = rows.filter(valid_until__range=(on, first)).order_by("valid_until", "id")
    years = rules.LONGEST_VALIDITY.length
    begun = (period.months_later(on, -years), period.months_later(first, -years) + calendar.ONE_DAY)
    unstated = rows.filter(kind=rules.NORMATIVE_DOCUMENT.code, valid_until=None, effective_from__range=begun)
    found = []
    for record in (*stated[:limit], *unstated.order_by("effective_from", "id")[:limit]):
        end = rules.last_valid_day(record.kind, record.effective_from, record.valid_until)
        if end is not None and on <= end <= first:
            found.append(Ending(record.matter_reference, record.title, end, end <= last))
    return sorted(found, key=lambda each: each.last_day)[:limit]


def acts_open(document: Document, person: Person, *, at: datetime) -> tuple[matters.OpenAct, ...]:
    """Return the acts of this stage that are for this person, each with what stands in its way."""
    return matters.acts_open(document.matter, person, situation=situation(document.matter), at=at)


def may_read(document: Document, person: Person, *, at: datetime) -> bool:
    """Return whether a person may see a document that is not public: its department, the office, reviewers.

    A drafting document is seen by its own department only; from submission on by all who may act.
    """
    held = matters.roles(person, document.matter, at=at)
    procedure = matters.procedure_of(document.matter)
    concerned = {role.name for act in procedure.acts for role in act.by}
    own = {role for act in procedure.acts_from(procedure.initial) for role in act.roles}
    return bool(held & (own if document.matter.stage == procedure.initial.name else concerned))


def _promised(item: DirectoryItem) -> period.Period:
    """Return the time limit that the directory promises for an item (PRO-20WD)."""
    unit = period.Unit(item.limit_unit)
    return period.Period(
        item.limit_length, unit, basis=item.basis or "PRO-20WD", id="PRO-20WD", starts="formed_on"
    )


def _is_policy(main: Draft | None) -> bool:
    return main is not None and main.attribute == publishing.Attribute.PROACTIVE


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None
