"""One suggestion or proposal as everybody may know it, and the commitments of replies with their lights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sunshine.core.ledger.models import Entry
from sunshine.core.matters import queries as matters
from sunshine.design import parts
from sunshine.doors.public import answer, page, wording
from sunshine.doors.public import proposals_wording as said
from sunshine.work.proposals import queries, rules
from sunshine.work.proposals.models import Proposal, Reply

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Answered:
    """A reply: what the log says of it, and its record where that is visible."""

    number: int
    rows: Sequence[tuple[str, str]]
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Promised:
    """A commitment with its light, its days, and what shows that it was kept."""

    light: str
    text: str
    due_on: str
    kept_on: str
    proof: str
    put_off: Sequence[tuple[str, str]]
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Step:
    """One public entry, as it stands in the log."""

    at: datetime
    sentence: str
    facts: str


@answer.public
def one(http_request: HttpRequest, reference: str) -> HttpResponse:
    """Show one suggestion or proposal: what was assigned, replied, promised, kept."""
    proposal = queries.received(reference)
    released = queries.released([proposal.pk]).get(proposal.pk, [])
    kept = queries.commitments_shown(list(queries.commitments_to(proposal)), on=timezone.localdate())
    name = _("No. %(number)s, %(session)s") % {
        "number": proposal.number,
        "session": proposal.session.name,
    }
    year = str(proposal.session.year)
    frame = page.Frame(
        title=name,
        crumbs=(
            parts.Link(_("Suggestions and proposals"), reverse("public:proposals")),
            parts.Link(year, reverse("public:proposals_of_year", args=[year])),
            parts.Link(proposal.number, ""),
        ),
        is_indexed=False,
    )
    return page.show(
        http_request,
        "public/proposal.html",
        frame,
        heading=released[-1].record.title if released else "",
        rows=_rows(proposal),
        light=_light(proposal),
        replies=[_answered(proposal, each, released) for each in queries.replies_of(proposal)],
        promised=[promised(each) for each in kept],
        steps=_steps(queries.entries(proposal)),
    )


def _rows(proposal: Proposal) -> Sequence[tuple[str, str]]:
    state, _tone = said.state(proposal)
    late = ""
    if proposal.replied_on is not None:
        late = _("in time") if proposal.is_in_time else _("late")
    rows = (
        (_("Session"), proposal.session.name),
        (_("Number"), proposal.number),
        (_("Sort"), said.term(proposal.sort, rules.SORTS)),
        (_("Part of the bureau"), said.term(proposal.role, rules.ROLES)),
        (_("Assigned on"), wording.day(proposal.assigned_on)),
        (_("State"), state),
        (_("Answered on"), " ".join(filter(None, (wording.day(proposal.replied_on), late)))),
    )
    return [(label, value) for label, value in rows if value]


def _light(proposal: Proposal) -> tuple[str, str] | None:
    """Return the light of what is open with the day it is due, or None."""
    if proposal.is_returned or proposal.replied_on is not None:
        return None
    (line,) = queries.line([proposal], now=timezone.now())
    light = said.light(line.reading)
    return (light, wording.day(line.reading.due_on)) if light and line.reading else None


def _answered(proposal: Proposal, reply: Reply, released: Sequence[queries.Released]) -> Answered:
    record = next((each.record for each in released if each.number == reply.number), None)
    rows = (
        (_("Handed over on"), wording.day(reply.replied_on)),
        (_("Reply class"), said.of_class(proposal, reply.reply_class)),
        (_("Openness"), said.term(reply.mark, rules.MARKS)),
        (_("The deputy says"), said.term(reply.rating, rules.RATINGS)),
    )
    return Answered(
        number=reply.number,
        rows=[(label, value) for label, value in rows if value],
        title=record.title if record else "",
        url=reverse("public:record", args=[record.reference]) if record else "",
    )


def promised(kept: queries.Kept) -> Promised:
    """Return a commitment in the reader's words."""
    commitment = kept.commitment
    return Promised(
        light=kept.light.value,
        text=kept.text,
        due_on=wording.day(commitment.due_on),
        kept_on=wording.day(commitment.kept_on),
        proof=kept.proof,
        put_off=[(wording.day(was_due_on), reason) for was_due_on, reason in kept.put_off],
        title=kept.record.title,
        url=reverse("public:proposal", args=[kept.reference]),
    )


def _steps(entries: Sequence[Entry]) -> Sequence[Step]:
    """Return what the log says, oldest first; no officer is named."""
    told = ((entry, _(matters.wording_of(entry.kind))) for entry in entries)
    return [
        Step(entry.at, text % {"actor": _("The bureau")}, bytes(entry.leaf.data).decode())
        for entry, text in told
        if text
    ]


@answer.public
def commitments(http_request: HttpRequest) -> HttpResponse:
    """Show what replies promised: what is open, the soonest first, or what was kept (`?show=kept`)."""
    is_open = http_request.GET.get("show", "") != "kept"
    pages = Paginator(queries.promised(is_open=is_open), ON_A_PAGE)
    shown = pages.get_page(http_request.GET.get("page"))
    kept = queries.commitments_shown(list(shown.object_list), on=timezone.localdate())
    title = _("Commitments that are open") if is_open else _("Commitments that were kept")
    frame = page.Frame(
        title=title,
        crumbs=(
            parts.Link(_("Suggestions and proposals"), reverse("public:proposals")),
            parts.Link(title, ""),
        ),
    )
    return page.show(
        http_request,
        "public/commitments.html",
        frame,
        promised=[promised(each) for each in kept],
        page=shown,
        is_open=is_open,
    )
