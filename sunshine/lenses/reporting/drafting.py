"""Putting a year's report before the gate: as a document like any other, with its files and its figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from sunshine.core.matters.models import Matter
from sunshine.core.people.models import Department, Person
from sunshine.core.publishing.models import Attachment, DirectoryItem
from sunshine.core.publishing.queries import directory
from sunshine.core.publishing.queries import drafts as draft_queries
from sunshine.core.publishing.rules import REPORTS, Attribute
from sunshine.kernel import errors, period
from sunshine.kernel.verdict import HOLDS, Reason, Verdict, all_of, fails
from sunshine.kernel.words import gettext_noop as _
from sunshine.lenses.reporting import queries, rendering
from sunshine.lenses.reporting.rules import identities, narrative, prose, report
from sunshine.lenses.reporting.rules.prose import Words
from sunshine.lenses.reporting.rules.report import Report
from sunshine.work.documents import operations as documents


def begin(
    year: int,
    *,
    stated: Mapping[str, str],
    words: Words,
    department: Department,
    officer: Person,
    at: datetime,
) -> Matter:
    """Draft the report of a year; it then goes the way of every document.

    :raises RuleBroken: the year is not over, the tables do not add up, a cell is empty, the words lack
    :raises StaleStage: somebody drafts it already
    """
    made = made_of(year, stated=stated, words=words, at=at)
    with transaction.atomic():
        list(Department.objects.select_for_update().filter(is_office=True))  # one begins at a time
        if queries.draft_of(year) is not None:
            raise errors.StaleStage(
                Reason(_("The report of %(year)d is drafted already"), params={"year": year})
            )
        matter = documents.open_document(
            kind=report.KIND,
            title=made.title,
            department=department,
            officer=officer,
            at=at,
            fields=_fields(made, period.day_of(at)),
        ).matter
        _attach(matter, made, officer, at)
        item = _item_of_reports()
        if item is not None:
            documents.set_attribute(
                matter.pk, attribute=Attribute.PROACTIVE.value, item=item, actor=officer, at=at
            )
    return matter


def renew(
    matter_id: int,
    *,
    year: int,
    stated: Mapping[str, str],
    words: Words,
    seen: int,
    actor: Person,
    at: datetime,
) -> None:
    """Draft the report anew in the document that holds it: from the record as it is now.

    Where a version is public already, the new one brings a table of what differs (AR-KEEP).

    :param seen: the revision of the draft that the officer began from
    :raises RuleBroken: as `begin`
    :raises StaleStage: the document is not being drafted, or somebody else drafted it anew in between
    """
    made = made_of(year, stated=stated, words=words, at=at)
    with transaction.atomic():
        matter = Matter.objects.select_for_update().get(pk=matter_id)
        draft = draft_queries.draft(matter, 0)
        fields = _fields(made, period.day_of(at))
        if draft.is_public:  # what corrects keeps the date of forming
            fields["changed_on"] = fields.pop("formed_on")
        documents.write(matter_id, part=0, fields=fields, revision=seen, actor=actor, at=at)
        for attachment in list(Attachment.objects.filter(draft=draft)):
            documents.detach(matter_id, attachment_id=attachment.pk, actor=actor, at=at)
        _attach(matter, made, actor, at)


def made_of(year: int, *, stated: Mapping[str, str], words: Words, at: datetime) -> Report:
    """Return the report that would be drafted now.

    :raises RuleBroken: it may not be
    """
    made = queries.report(year, stated=stated, words=words)
    before = queries.before(year)
    named = {name for text in asdict(words).values() for name in prose.names_in(text)}
    made = replace(made, facts=tuple(each for each in made.facts if f"{narrative.FACTS}{each.code}" in named))
    errors.RuleBroken.unless(
        all_of(
            (
                _is_over(year, period.day_of(at)),
                _is_written(made),
                prose.known(words, made.quoted),
                identities.proven(made.reported, before),
            )
        )
    )
    published = queries.published_report(year)
    if published is not None:
        made = replace(made, differences=report.differences(made, published))
    errors.RuleBroken.unless(prose.agrees(rendering.body(made), made.quoted, year))
    return made


def _is_over(year: int, today: date) -> Verdict:
    """Return whether the year can be reported (AR-PERIOD)."""
    if today > date(year, 12, 31):
        return HOLDS
    text = _("The year is not over; its report counts until 31 December")
    return fails(text, basis="AR-PERIOD", field="year")


def _is_written(made: Report) -> Verdict:
    if made.form.is_narrative:
        return narrative.is_written(made.words)
    asked = {
        "problems": _("Say which problems there are"),
        "improvements": _("Say what is improved"),
    }
    basis = "国办公开办函〔2021〕30号"
    lacking = {name: text for name, text in asked.items() if not getattr(made.words, name).strip()}
    return all_of(fails(text, basis=basis, field=name) for name, text in lacking.items())


def _fields(made: Report, today: date) -> dict[str, Any]:
    return {
        "title": made.title,
        "body": rendering.body(made),
        "formed_on": today.isoformat(),
        report.YEAR_FIELD: made.year,
    }


def _attach(matter: Matter, made: Report, actor: Person, at: datetime) -> None:
    for name, data in rendering.files(made):
        documents.attach(matter.pk, part=0, name=name, data=data, actor=actor, at=at)


def _item_of_reports() -> DirectoryItem | None:
    """Return the directory's item for yearly reports, where it has one."""
    return next((item for item in directory.open_items() if item.column == REPORTS.slug), None)
