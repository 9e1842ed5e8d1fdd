"""Comment calls as everybody reads them: which are open, what others said, what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sunshine.design import parts
from sunshine.doors.public import answer, following, page, wording
from sunshine.kernel import errors
from sunshine.text import numbers
from sunshine.work.participation import composing
from sunshine.work.participation.models import CommentCall, Opinion
from sunshine.work.participation.queries import calls as queries
from sunshine.work.participation.rules import calls as rules
from sunshine.work.participation.rules import terms

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A call in the list of calls."""

    title: str
    url: str
    stage: str
    tone: parts.Tone
    until: str
    days_left: int | None
    report_url: str


@dataclass(frozen=True, slots=True)
class Said:
    """An opinion as everybody may read it: what is personal is masked, who said it is not told."""

    place: int
    text: str
    at: str
    answer: str
    reason: str


@answer.public
def everything(http_request: HttpRequest) -> HttpResponse:
    """Show all calls, the newest first."""
    title = _("Drafts open for comment")
    on = timezone.localdate()
    shown = Paginator(queries.public_calls(), ON_A_PAGE).get_page(http_request.GET.get("page"))
    frame = page.Frame(
        title=title,
        crumbs=(parts.Link(title, ""),),
        description=_("Drafts that anybody may comment on, and what was adopted of the comments"),
    )
    lines = [line(each, on) for each in shown.object_list]
    return page.show(http_request, "public/calls.html", frame, lines=lines, page=shown)


def opinions(http_request: HttpRequest, reference: str) -> HttpResponse:
    """Show what others said, paragraph by paragraph: what was looked through, and nothing else."""
    try:
        call = queries.public_call(reference)
    except errors.NotFound as refusal:
        return answer.not_found(refusal)
    paragraph = numbers.typed(http_request.GET.get("paragraph", ""))
    shown = Paginator(queries.shown(call, paragraph=paragraph), ON_A_PAGE).get_page(
        http_request.GET.get("page")
    )
    title = _("What others said")
    frame = page.Frame(title=title, crumbs=crumbs(call, title), is_indexed=False)
    response = page.show(
        http_request,
        "public/call_opinions.html",
        frame,
        call_url=reverse("public:call", args=[reference]),
        heading=call.record.title,
        lines=[_said(each, call) for each in queries.with_groups(shown.object_list)],
        page=shown,
        paragraph=paragraph,
    )
    return following.private(response)


def line(call: CommentCall, on: date) -> Line:
    """Return a call as a line of a list."""
    stage, tone = stage_of(call)
    is_open = call.matter.stage == rules.OPEN.name and call.until >= on
    return Line(
        title=call.record.title,
        url=reverse("public:call", args=[call.matter.reference]),
        stage=stage,
        tone=tone,
        until=wording.day(call.until),
        days_left=(call.until - on).days if is_open else None,
        report_url=reverse("public:record", args=[call.report.reference]) if call.report else "",
    )


def stage_of(call: CommentCall) -> tuple[str, parts.Tone]:
    """Say where a call stands."""
    stages = {
        rules.OPEN.name: (_(rules.OPEN.label), "info"),
        rules.CLOSED.name: (_(rules.CLOSED.label), "warn"),
        rules.REPORTED.name: (_(rules.REPORTED.label), "good"),
        rules.CALLED_OFF.name: (_(rules.CALLED_OFF.label), "quiet"),
    }
    label, tone = stages.get(call.matter.stage, ("", "neutral"))
    return label, tone  # type: ignore[return-value]  # the tones above are written out


def crumbs(call: CommentCall, here: str = "") -> Sequence[parts.Link]:
    """Return the way to a call's pages."""
    everything = parts.Link(_("Drafts open for comment"), reverse("public:calls"))
    if not here:
        return (everything, parts.Link(call.matter.reference, ""))
    own = parts.Link(call.matter.reference, reverse("public:call", args=[call.matter.reference]))
    return (everything, own, parts.Link(here, ""))


def _said(opinion: Opinion, call: CommentCall) -> Said:
    group = opinion.group if call.report_id else None  # answers are told when the report is public
    return Said(
        opinion.paragraph,
        composing.masked_whole(opinion.text),
        wording.day(opinion.submission.came_at),
        answer_of(group.answer) if group else "",
        group.reason if group else "",
    )


def answer_of(code: str) -> str:
    """Say how an opinion was answered."""
    found = terms.named(code, terms.ANSWERS)
    return _(found.label) if found else ""
