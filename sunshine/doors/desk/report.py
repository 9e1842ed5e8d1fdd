"""The yearly report at the desk: which is due, its figures with their lists, drafting it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sunshine.core.people import queries as people
from sunshine.core.people import rules as roles
from sunshine.doors.desk import drafting as documents
from sunshine.doors.desk import refusals, report_forms, shell, words
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason, Verdict
from sunshine.kernel.words import gettext_noop
from sunshine.lenses.reporting import drafting, queries
from sunshine.lenses.reporting.rendering import markup
from sunshine.lenses.reporting.rules import forms, identities, labels, prose
from sunshine.lenses.reporting.rules.cases import Case, RecordCase, RemedyCase, RequestCase
from sunshine.lenses.reporting.rules.report import Report

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
    rows = [_year(year, today) for year in queries.years(until=today)]
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
    given = report_forms.initial(told)
    form = report_forms.ReportForm(forms.form_of(asked), posted, departments=own, initial=given)
    if request.method == "POST" and form.is_valid():
        try:
            return HttpResponseRedirect(_draft(request, asked, form))
        except errors.RuleBroken as refusal:
            refusals.onto(form, refusal)
    return _page(request, asked, form)


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
        drafting.renew(matter.pk, year=year, stated=form.stated, words=form.words, actor=person, at=at)
    return reverse("desk:matter", args=[matter.reference])


def _page(request: HttpRequest, year: int, form: report_forms.ReportForm) -> HttpResponse:
    made = queries.report(year, stated=form.initial)
    before = queries.before(year)
    matter = queries.draft_of(year)
    return shell.page(
        request,
        "desk/report_year.html",
        title=made.title,
        place="reports",
        back=reverse("desk:reports"),
        tables=[(table.section, _table(made, table)) for table in made.tables],
        wrong=_said(identities.numbers_hold(made.reported, before)),
        strange=_said(identities.strange(made.reported, before)),
        form=form,
        is_over=shell.today() > date(year, 12, 31),
        may_draft=_may_draft(request),
        due_on=prose.due_on(year),
        drafted=matter.reference if matter else "",
        status=422 if form.errors else 200,
    )


@require_GET
def figure(request: HttpRequest, year: str, name: str) -> HttpResponse:
    """Show the cases that make a figure now."""
    made = queries.report(int(year))
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


def _year(year: int, today: date) -> Year:
    record, matter = queries.published_record(year), queries.draft_of(year)
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
    if isinstance(case, RequestCase):
        what, result = labels.kind(case.applicant), labels.row(made.form, case.row)
        return Line(case.reference, _matter(case.reference), what, case.received_on, case.closed_on, result)
    if isinstance(case, RemedyCase):
        what, result = labels.sort(case.sort), labels.result(case.result)
        return Line(case.reference, _matter(case.reference), what, case.filed_on, case.decided_on, result)
    if isinstance(case, RecordCase):
        what, url = words.kind(case.kind), f"/r/{case.reference}/"
        return Line(case.reference, url, what, case.published_on, case.repealed_on, "")
    amount = _("%(amount)d yuan") % {"amount": case.amount}
    return Line(case.reference, _matter(case.reference), amount, case.notified_on, case.paid_on, "")


def _matter(reference: str) -> str:
    return reverse("desk:matter", args=[reference])
