"""Suggestions and proposals by year: figures with their lists, every one assigned, its reply where public."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sunshine.design import parts
from sunshine.doors.public import answer, page, promises, wording
from sunshine.doors.public import proposals_wording as said
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.proposals import queries, rules
from sunshine.work.proposals.models import Proposal

ON_A_PAGE = 100
SHOWN = (
    *("all", "lead", "joint", "replied", "opinions", "open", "late", "satisfied", "basically"),
    *("dissatisfied", "published", "commitments", "commitments_kept", "commitments_overdue"),
)
BAD = frozenset({"late", "dissatisfied", "commitments_overdue"})


@dataclass(frozen=True, slots=True)
class Line:
    """One suggestion or proposal as everybody may know it; its title once its reply is public."""

    reference: str
    url: str
    number: str
    session: str
    role: str
    title: str
    why: str
    record_url: str
    state: str
    tone: parts.Tone
    light: str
    due_on: str
    reply_class: str
    rating: str


@answer.public
def years(http_request: HttpRequest) -> HttpResponse:
    """Show the years with their sessions."""
    title = _("Suggestions and proposals")
    told = [
        (year, reverse("public:proposals_of_year", args=[year]), [each.name for each in sessions])
        for year, sessions in queries.years()
    ]
    frame = page.Frame(
        title=title,
        crumbs=(parts.Link(title, ""),),
        description=_("What deputies and CPPCC members proposed, what was replied, what was promised"),
    )
    return page.show(http_request, "public/proposals.html", frame, years=told)


@answer.public
def year(http_request: HttpRequest, year: str) -> HttpResponse:
    """Show the figures of a year and everything that was assigned in it."""
    asked = int(year)
    names = _sessions(asked)
    pages = Paginator(queries.shown(asked), ON_A_PAGE)
    shown = pages.get_page(http_request.GET.get("page"))
    title = _("Suggestions and proposals of %(year)s") % {"year": year}
    frame = page.Frame(title=title, crumbs=(*_crumbs(), parts.Link(year, "")))
    return page.show(
        http_request,
        "public/proposals_year.html",
        frame,
        sessions=names,
        figures=[_figure(year, each) for each in _figures(asked)],
        lines=lines(list(shown.object_list)),
        page=shown,
    )


@answer.public
def figure(http_request: HttpRequest, year: str, name: str) -> HttpResponse:
    """Show the suggestions and proposals that make a figure."""
    _sessions(int(year))
    found = {each.name: each for each in _figures(int(year))}.get(name)
    if found is None:
        raise errors.NotFound(Reason(gettext_noop("There is no such figure")))
    pages = Paginator(found.cases, ON_A_PAGE)
    shown = pages.get_page(http_request.GET.get("page"))
    references = [case.reference for case in shown.object_list]
    rows = {
        each.matter.reference: each
        for each in queries.shown(int(year)).filter(matter__reference__in=references)
    }
    label = said.figure(found)
    here = parts.Link(year, reverse("public:proposals_of_year", args=[year]))
    frame = page.Frame(title=f"{year} · {label}", crumbs=(*_crumbs(), here, parts.Link(label, "")))
    return page.show(
        http_request,
        "public/proposals_figure.html",
        frame,
        label=label,
        value=found.value,
        count=len(found.cases),
        lines=lines([rows[reference] for reference in references]),
        page=shown,
    )


def lines(proposals: Sequence[Proposal]) -> list[Line]:
    """Return proposals as lines, in four queries for all."""
    told = queries.released([each.pk for each in proposals])
    read = queries.line(proposals, now=timezone.now())
    return [_line(each, told) for each in read]


def _line(line: queries.Line, told: Mapping[int, Sequence[queries.Released]]) -> Line:
    proposal, reading = line.proposal, line.reading
    released = told.get(proposal.pk, ())
    record = released[-1].record if released else None
    state, tone = said.state(proposal)
    light = said.light(reading) if proposal.replied_on is None and not proposal.is_returned else ""
    return Line(
        reference=proposal.matter.reference,
        url=reverse("public:proposal", args=[proposal.matter.reference]),
        number=proposal.number,
        session=proposal.session.name,
        role=said.term(proposal.role, rules.ROLES),
        title=record.title if record else "",
        why="" if record else said.why_untitled(proposal),
        record_url=reverse("public:record", args=[record.reference]) if record else "",
        state=state,
        tone=tone,
        light=light,
        due_on=wording.day(reading.due_on) if light and reading else "",
        reply_class=proposal.reply_class if proposal.replied_on else "",
        rating=said.term(proposal.rating, rules.RATINGS),
    )


def _sessions(year: int) -> list[str]:
    """Return the names of a year's sessions; raise `NotFound` where there is none."""
    for found, sessions in queries.years():
        if found == year:
            return [each.name for each in sessions]
    raise errors.NotFound(Reason(gettext_noop("There is no such session")))


def _figures(year: int) -> list[rules.Figure]:
    made = rules.figures(queries.counted(on=timezone.localdate(), year=year))
    return [made[f"proposals.{name}"] for name in SHOWN]


def _figure(year: str, shown: rules.Figure) -> promises.Figure:
    name = shown.name.removeprefix("proposals.")
    url = reverse("public:proposals_figure", args=[year, shown.name])
    return promises.Figure(said.figure(shown), shown.value, None, url, is_bad=name in BAD and shown.value > 0)


def _crumbs() -> tuple[parts.Link, ...]:
    return (parts.Link(_("Suggestions and proposals"), reverse("public:proposals")),)
