"""The public register of letters, and the answers that were selected and published through the gate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sunshine.core.matters import queries as matters
from sunshine.core.publishing.queries import records
from sunshine.design import parts
from sunshine.doors.public import answer, letters_wording, page, shelf, wording
from sunshine.doors.public.requests_register import Step
from sunshine.work.correspondence.queries import public
from sunshine.work.documents import rules as documents

ANSWERS = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One case as everybody may know it."""

    reference: str
    url: str
    received_on: str
    channel: str
    sort: str
    service: str
    standing: str
    closed_on: str


@answer.public
def register(http_request: HttpRequest) -> HttpResponse:
    """Show the letters that were registered, newest first."""
    title = _("Letters to the bureau")
    shown, following = public.page(before=http_request.GET.get("before", ""))
    frame = page.Frame(
        title=title,
        crumbs=(parts.Link(title, ""),),
        description=_("Every letter and what became of it, without who wrote and what"),
    )
    return page.show(
        http_request,
        "public/letters.html",
        frame,
        lines=[line(each) for each in shown],
        following=following,
        is_first="before" not in http_request.GET,
    )


@answer.public
def one(http_request: HttpRequest, reference: str) -> HttpResponse:
    """Show one case with its public entries."""
    found = line(public.one(reference))
    matter = matters.matter(reference)
    told = ((entry, letters_wording.sentence(matter, entry)) for entry in public.entries(reference))
    steps = [Step(entry.at, said, bytes(entry.leaf.data).decode()) for entry, said in told if said]
    frame = page.Frame(
        title=reference,
        crumbs=(parts.Link(_("Letters"), reverse("public:letters")), parts.Link(reference, "")),
        is_indexed=False,
    )
    return page.show(http_request, "public/letter.html", frame, rows=_rows(found), steps=steps)


def line(each: public.Line) -> Line:
    """Say a case as everybody may know it."""
    return Line(
        reference=each.reference,
        url=reverse("public:letter", args=[each.reference]),
        received_on=wording.day(each.received_on),
        channel=letters_wording.channel(each.channel),
        sort=letters_wording.sort(each.sort),
        service=each.service_name,
        standing=letters_wording.standing(each),
        closed_on=wording.day(each.closed_on),
    )


def _rows(found: Line) -> Sequence[tuple[str, str]]:
    rows = [
        (_("Number"), found.reference),
        (_("Received on"), found.received_on),
        (_("Channel"), found.channel),
        (_("Sort"), found.sort),
        (_("What it is about"), found.service),
        (_("Where it stands"), found.standing),
        (_("Closed on"), found.closed_on),
    ]
    return [(label, value) for label, value in rows if value]


@answer.public
def answers(http_request: HttpRequest) -> HttpResponse:
    """Show the messages and answers that were selected, with their senders' consent."""
    title = _("Selected letters and answers")
    found = records.newest(limit=ANSWERS, kinds=(documents.LETTER_ANSWER.code,))
    frame = page.Frame(
        title=title, crumbs=(parts.Link(_("Letters"), reverse("public:letters")), parts.Link(title, ""))
    )
    return page.show(
        http_request,
        "public/letter_answers.html",
        frame,
        lines=shelf.lines(found, on=timezone.localdate()),
    )
