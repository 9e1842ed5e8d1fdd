"""The yearly reports and, behind each of their figures, the cases that make it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from sunshine.core.publishing.models import Record
from sunshine.core.publishing.queries import records
from sunshine.design import parts
from sunshine.doors.public import answer, page, requests_wording, wording
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.lenses.reporting import queries
from sunshine.lenses.reporting.rules import labels
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
from sunshine.work.facts.rules import Stated
from sunshine.work.proposals import rules as proposals
from sunshine.work.requests import rules as requests

ON_A_PAGE = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One case of a figure: what it is, its days, how it ended, and the entries of the log that say so."""

    reference: str
    url: str
    what: str
    begun_on: str
    ended_on: str
    result: str
    entries: Sequence[int]


@dataclass(frozen=True, slots=True)
class Published:
    """A report in the list of reports."""

    year: int
    title: str
    url: str
    published_on: str
    version: int


@answer.public
def reports(http_request: HttpRequest) -> HttpResponse:
    """Show every yearly report, and how anyone counts it again."""
    title = _("Annual reports")
    listed = [_published(year, record) for year, record in queries.published()]
    frame = page.Frame(title=title, crumbs=(parts.Link(title, ""),))
    return page.show(http_request, "public/reports.html", frame, reports=listed, address=settings.SITE_URL)


@answer.public
def report(_http_request: HttpRequest, year: str) -> HttpResponse:
    """Lead to the record that is a year's report."""
    record = queries.published_record(int(year))
    if record is None:
        raise errors.NotFound(Reason(gettext_noop("No report of this year is public")))
    return HttpResponseRedirect(reverse("public:record", args=[record.reference]))


@answer.public
def figure(http_request: HttpRequest, year: str, name: str) -> HttpResponse:
    """Show the cases that make one figure of a year's report, as many as the figure says."""
    told = queries.opened(int(year))
    if fact := told.fact(name):
        return _fact(http_request, told, fact)
    try:
        shown = told.figure(name)
    except KeyError:
        raise errors.NotFound(Reason(gettext_noop("The report has no such figure"))) from None
    pages = Paginator(shown.cases, ON_A_PAGE)
    turned = pages.get_page(http_request.GET.get("page"))
    title = labels.of(told.form, name)
    frame = page.Frame(
        title=f"{year} · {title}",
        crumbs=(
            parts.Link(_("Annual reports"), reverse("public:reports")),
            parts.Link(year, reverse("public:report", args=[year])),
            parts.Link(title, ""),
        ),
        is_indexed=False,
    )
    return page.show(
        http_request,
        "public/figure.html",
        frame,
        label=title,
        figure=shown,
        report=told,
        report_url=reverse("public:report", args=[year]),
        count=len(shown.cases),
        lines=_lines(told, list(turned.object_list)),
        page=turned,
    )


def _fact(http_request: HttpRequest, told: Report, fact: Stated) -> HttpResponse:
    """Show a recorded fact: what the bureau states, as of when, from which source; it was not counted."""
    report_url = reverse("public:report", args=[str(told.year)])
    crumbs = (
        parts.Link(_("Annual reports"), reverse("public:reports")),
        parts.Link(str(told.year), report_url),
        parts.Link(fact.name, ""),
    )
    frame = page.Frame(title=f"{told.year} · {fact.name}", crumbs=crumbs, is_indexed=False)
    as_of = wording.day(fact.as_of)
    return page.show(http_request, "public/fact.html", frame, fact=fact, as_of=as_of, report_url=report_url)


def _published(year: int, record: Record) -> Published:
    return Published(
        year=year,
        title=record.title,
        url=reverse("public:record", args=[record.reference]),
        published_on=wording.day(record.published_at),
        version=record.version,
    )


def _lines(told: Report, listed: Sequence[Case]) -> Sequence[Line]:
    named = records.named([case.reference for case in listed if isinstance(case, RecordCase)])
    titles = {record.reference: record.title for record in named}
    return [_line(told, case, titles) for case in listed]


def _line(told: Report, case: Case, titles: Mapping[str, str]) -> Line:
    """Return a case as a reader may know it: nothing of who asked but the kind."""
    if isinstance(case, RecordCase):
        return _of_record(case, titles.get(case.reference, ""))
    return _SHOWN[type(case)](told, case)


def _asked(told: Report, case: RequestCase) -> Line:
    row = labels.row(told.form, case.row)
    kind = requests_wording.kind(case.applicant)
    days = (wording.day(case.received_on), wording.day(case.closed_on))
    return Line(case.reference, _of_request(case.reference), kind, *days, row, case.entries)


def _disputed(_told: Report, case: RemedyCase) -> Line:
    sort = next(_(each.label) for each in requests.SORTS if each.code == case.sort)
    days = (wording.day(case.filed_on), wording.day(case.decided_on))
    return Line(
        case.reference, _of_request(case.request), sort, *days, labels.result(case.result), case.entries
    )


def _paid(_told: Report, case: FeeCase) -> Line:
    amount = _("%(amount)d yuan") % {"amount": case.amount}
    days = (wording.day(case.notified_on), wording.day(case.paid_on))
    return Line(case.reference, _of_request(case.reference), amount, *days, "", case.entries)


def _proposed(_told: Report, case: ProposalCase) -> Line:
    role = next(_(each.label) for each in proposals.ROLES if each.code == case.role)
    days = (wording.day(case.assigned_on), wording.day(case.closed_on))
    url = reverse("public:proposal", args=[case.reference])
    return Line(case.reference, url, role, *days, labels.published(case), case.entries)


def _talked(told: Report, case: TalkCase) -> Line:
    url = reverse("public:record", args=[case.record])
    what = labels.of(told.form, f"participation.{TALKS[case.sort]}")
    spoke = f"{case.persons} / {case.opinions}" if case.sort == "call" else ""
    return Line(
        case.reference, url, what, wording.day(case.on), wording.day(case.closed_on), spoke, case.entries
    )


def _written(told: Report, case: Tally) -> Line:
    """Return where the list of the letters stands; a report counts them and does not carry it."""
    url = reverse("public:letter_figure", args=[told.year, case.reference.removeprefix("letters.")])
    return Line(str(case.count), url, labels.of(told.form, case.reference), "", "", "", case.entries)


_SHOWN: Mapping[type[Case], Callable[[Report, Any], Line]] = {
    RequestCase: _asked,
    RemedyCase: _disputed,
    FeeCase: _paid,
    ProposalCase: _proposed,
    TalkCase: _talked,
    Tally: _written,
}


def _of_record(case: RecordCase, title: str) -> Line:
    """Return a record; one that was withdrawn since is listed still, and its page says so."""
    ended_on = case.repealed_on or case.valid_until
    return Line(
        case.reference,
        reverse("public:record", args=[case.reference]),
        wording.kind(case.kind),
        wording.day(case.published_on),
        wording.day(ended_on),
        title,
        case.entries,
    )


def _of_request(reference: str) -> str:
    return reverse("public:request", args=[reference])
