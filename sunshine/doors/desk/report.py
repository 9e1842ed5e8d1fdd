"""The yearly report at the desk: which is due, its figures with their lists, drafting it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sunshine.core.matters.models import Matter
from sunshine.core.people import queries as people
from sunshine.core.people import rules as roles
from sunshine.core.publishing.models import Record
from sunshine.core.publishing.operations import files
from sunshine.core.publishing.queries import drafts
from sunshine.doors.desk import drafting as documents
from sunshine.doors.desk import refusals, report_facts, report_forms, shell, words
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason, Verdict
from sunshine.kernel.words import gettext_noop
from sunshine.lenses.reporting import drafting, queries
from sunshine.lenses.reporting.rendering import markup
from sunshine.lenses.reporting.rules import forms, identities, labels, prose
from sunshine.lenses.reporting.rules.cases import (
    Case,
    FeeCase,
    ProposalCase,
    RecordCase,
    RemedyCase,
    RequestCase,
    TalkCase,
    Tally,
)
from sunshine.lenses.reporting.rules.counting import TALKS
from sunshine.lenses.reporting.rules.report import Report
from sunshine.work.proposals import rules as proposals

ON_A_PAGE = 100
SOON = 14
"""Days before it is due from which a report that is not out shows yellow."""


@dataclass(frozen=True, slots=True)
class Year:
    """A year in the list: when its report is due, how that stands, where it is."""

    year: int
    url: str
    due_on: date
    light: str
    said: str
    matter: str
    record: str


@dataclass(frozen=True, slots=True)
class Quotable:
    """A figure that the sentences may name: as it is named there, what it is, what it says now."""

    place: str
    label: str
    value: int
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """A case in the list of a figure."""

    reference: str
    url: str
    what: str
    begun_on: date
    ended_on: date | None
    result: str


@require_GET
def years(request: HttpRequest) -> HttpResponse:
    """Show the years and when the report of each is due."""
    today = shell.today()
    public, drafted = dict(reversed(queries.published())), queries.drafts()
    rows = [_year(year, public.get(year), drafted.get(year), today) for year in queries.years(until=today)]
    return shell.page(
        request, "desk/report_years.html", title=_("Annual report"), place="reports", years=rows
    )


@require_http_methods(["GET", "POST"])
def year(request: HttpRequest, year: str) -> HttpResponse:
    """Show the figures of a year and what does not add up; draft its report, or draft it anew."""
    asked = int(year)
    matter = queries.draft_of(asked)
    told = queries.drafted(matter) if matter else queries.published_report(asked)
    posted = request.POST if request.method == "POST" else None
    own = documents.departments(request) if posted is not None or _may_draft(request) else {}
    now = queries.report(asked)
    given = {**report_forms.initial(told, now), "seen": drafts.draft(matter, 0).revision if matter else 0}
    form = report_forms.ReportForm(forms.form_of(asked), posted, departments=own, initial=given)
    if request.method == "POST" and form.is_valid():
        try:
            return HttpResponseRedirect(_draft(request, asked, form))
        except errors.RuleBroken as refusal:
            refusals.onto(form, refusal)
    return _page(request, now, form)


def _may_draft(request: HttpRequest) -> bool:
    held = people.held_roles(shell.staff(request), on=shell.today())
    return any(role.role == roles.DRAFTER.name for role in held)


def _draft(request: HttpRequest, year: int, form: report_forms.ReportForm) -> str:
    """Draft the report of a year, anew where there is one; return where it is written on."""
    person, at = shell.staff(request), timezone.now()
    matter = queries.draft_of(year)
    if matter is None:
        matter = drafting.begin(
            year,
            stated=form.stated,
            words=form.words,
            department=people.department(form.cleaned_data["department"]),
            officer=person,
            at=at,
        )
    else:
        drafting.renew(
            matter.pk,
            year=year,
            stated=form.stated,
            words=form.words,
            seen=form.cleaned_data["seen"] or 0,
            actor=person,
            at=at,
        )
    files.scan_of(matter.pk, at=at)
    return reverse("desk:matter", args=[matter.reference])


def _page(request: HttpRequest, now: Report, form: report_forms.ReportForm) -> HttpResponse:
    made, year = replace(now, stated=form.initial), now.year
    before = queries.before(year)
    matter = queries.draft_of(year)
    return shell.page(
        request,
        "desk/report_year.html",
        title=made.title,
        place="reports",
        back=reverse("desk:reports"),
        tables=[(table.section, _table(made, table)) for table in made.tables],
        quotable=_quotable(made),
        facts=report_facts.shown(year),
        may_record=report_facts.may_record(request),
        year=year,
        wrong=_said(identities.numbers_hold(made.reported, before)),
        strange=_said(identities.strange(made.reported, before)),
        form=form,
        is_over=shell.today() > date(year, 12, 31),
        may_draft=_may_draft(request),
        due_on=prose.due_on(year),
        drafted=matter.reference if matter else "",
        status=422 if form.errors else 200,
    )


def _quotable(made: Report) -> list[Quotable]:
    """Return the figures that the sentences may name: all of a narrative form, else those of no table."""
    drawn = {name for table in made.tables for name in table.figures}
    return [
        Quotable(
            f"[[{name}]]",
            labels.of(made.form, name),
            value,
            reverse("desk:report_figure", args=[made.year, name]),
        )
        for name, value in made.values.items()
        if name not in drawn
    ]


@require_GET
def figure(request: HttpRequest, year: str, name: str) -> HttpResponse:
    """Show the cases that make a figure now."""
    made = queries.report(int(year))
    if fact := made.fact(name):
        return HttpResponseRedirect(reverse("desk:report_fact", args=[year, fact.code]))
    try:
        shown = made.figure(name)
    except KeyError:
        raise errors.NotFound(Reason(gettext_noop("The report has no such figure"))) from None
    page = Paginator(shown.cases, ON_A_PAGE).get_page(request.GET.get("page"))
    return shell.page(
        request,
        "desk/report_figure.html",
        title=f"{year} · {labels.of(made.form, name)}",
        place="reports",
        back=reverse("desk:report", args=[year]),
        figure=shown,
        lines=[_line(made, case) for case in page.object_list],
        page=page,
    )


def _year(year: int, record: Record | None, matter: Matter | None, today: date) -> Year:
    due_on = prose.due_on(year)
    left = (due_on - today).days
    light, said = ("green", _("published")) if record else ("green", _("not due yet"))
    if record is None and left <= SOON:
        light, said = ("yellow", _("due soon")) if left >= 0 else ("red", _("overdue"))
    return Year(
        year=year,
        url=reverse("desk:report", args=[year]),
        due_on=due_on,
        light=light,
        said=said,
        matter=matter.reference if matter else "",
        record=record.reference if record else "",
    )


def _table(made: Report, table: forms.Table) -> SafeString:
    """Return a table of the form; its figures lead to their lists at the desk."""

    def link(name: str) -> str:
        return reverse("desk:report_figure", args=[made.year, name])

    return mark_safe(markup.table(made, table, link))  # noqa: S308  # the lens escapes what it writes


def _said(verdict: Verdict) -> list[str]:
    return [words.with_basis(reason) for reason in verdict.reasons]


def _line(made: Report, case: Case) -> Line:
    """Return a case with the page of its matter or record."""
    return _SHOWN[type(case)](made, case)


def _asked(made: Report, case: RequestCase) -> Line:
    what, result = labels.kind(case.applicant), labels.row(made.form, case.row)
    return Line(case.reference, _matter(case.reference), what, case.received_on, case.closed_on, result)


def _disputed(_made: Report, case: RemedyCase) -> Line:
    what, result = labels.sort(case.sort), labels.result(case.result)
    return Line(case.reference, _matter(case.reference), what, case.filed_on, case.decided_on, result)


def _paid(_made: Report, case: FeeCase) -> Line:
    amount = _("%(amount)d yuan") % {"amount": case.amount}
    return Line(case.reference, _matter(case.reference), amount, case.notified_on, case.paid_on, "")


def _released(_made: Report, case: RecordCase) -> Line:
    url = reverse("public:record", args=[case.reference])
    return Line(case.reference, url, words.kind(case.kind), case.published_on, case.repealed_on, "")


def _proposed(_made: Report, case: ProposalCase) -> Line:
    role = next(_(each.label) for each in proposals.ROLES if each.code == case.role)
    told = labels.published(case)
    return Line(case.reference, _matter(case.reference), role, case.assigned_on, case.closed_on, told)


def _talked(made: Report, case: TalkCase) -> Line:
    what = labels.of(made.form, f"participation.{TALKS[case.sort]}")
    return Line(case.reference, _matter(case.reference), what, case.on, case.closed_on, "")


def _written(made: Report, case: Tally) -> Line:
    """Return where the list of the letters stands; a report counts them and does not carry it."""
    url = reverse("public:letter_figure", args=[made.year, case.reference.removeprefix("letters.")])
    return Line(str(case.count), url, labels.of(made.form, case.reference), date(made.year, 1, 1), None, "")


_SHOWN: Mapping[type[Case], Callable[[Report, Any], Line]] = {
    RequestCase: _asked,
    RemedyCase: _disputed,
    FeeCase: _paid,
    RecordCase: _released,
    ProposalCase: _proposed,
    TalkCase: _talked,
    Tally: _written,
}


def _matter(reference: str) -> str:
    return reverse("desk:matter", args=[reference])
