"""The public register of requests: number, day, way, kind, outcome, later the subject; never who asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from sunshine.core.matters.models import Matter
from sunshine.design import parts
from sunshine.doors.public import answer, page, requests_wording, wording
from sunshine.work.requests import queries, rules

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One request as everybody may know it."""

    reference: str
    url: str
    received_on: str
    way: str
    kind: str
    outcome: str
    closed_on: str
    subject: str


@dataclass(frozen=True, slots=True)
class Step:
    """One public entry about a request, as it stands in the log."""

    at: datetime
    sentence: str
    facts: str


@answer.public
def register(http_request: HttpRequest) -> HttpResponse:
    """Show the requests that were received, newest first."""
    title = _("Register of requests")
    pages = Paginator(queries.register(), ON_A_PAGE)
    shown = pages.get_page(http_request.GET.get("page"))
    frame = page.Frame(
        title=title,
        crumbs=(parts.Link(title, ""),),
        description=_("Every request for information and what became of it, without who asked"),
    )
    return page.show(
        http_request,
        "public/requests.html",
        frame,
        lines=[_line(queries.line(row)) for row in shown.object_list],
        page=shown,
        total=pages.count,
    )


@answer.public
def one(http_request: HttpRequest, reference: str) -> HttpResponse:
    """Show one request with its public entries."""
    request = queries.received(reference)
    line = _line(queries.line(request))
    register_url = reverse("public:requests")
    frame = page.Frame(
        title=reference,
        crumbs=(parts.Link(_("Register of requests"), register_url), parts.Link(reference, "")),
        is_indexed=False,
    )
    return page.show(
        http_request,
        "public/request.html",
        frame,
        line=line,
        rows=_rows(line, queries.outcome_now(request)),
        steps=_steps(request.matter),
    )


def _rows(line: Line, outcome_now: str) -> Sequence[tuple[str, str]]:
    now = requests_wording.outcome(outcome_now)
    anew = [(_("Answered anew"), now)] if now and now != line.outcome else []
    return [
        (_("Number"), line.reference),
        (_("Received on"), line.received_on),
        (_("Way"), line.way),
        (_("Who asks"), line.kind),
        (_("Subject"), line.subject),
        (_("Outcome"), line.outcome),
        (_("Closed on"), line.closed_on),
        *anew,
    ]


def _steps(matter: Matter) -> Sequence[Step]:
    """Return what the log says of a request, oldest first."""
    told = ((entry, requests_wording.sentence(matter, entry)) for entry in queries.entries(matter.reference))
    return [Step(entry.at, said, bytes(entry.leaf.data).decode()) for entry, said in told if said]


def _line(line: queries.Line) -> Line:
    way = rules.way_named(line.way)
    return Line(
        reference=line.reference,
        url=reverse("public:request", args=[line.reference]),
        received_on=wording.day(line.received_on),
        way=_(way.label) if way else "",
        kind=requests_wording.kind(line.applicant_kind),
        outcome=requests_wording.outcome(line.outcome) or _("Being handled"),
        closed_on=wording.day(line.closed_on),
        subject=line.subject,
    )
