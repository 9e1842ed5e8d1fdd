"""Looking messages of a call through: many at a time, with a reason, and always to be undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sunshine.core.matters.models import Matter
from sunshine.core.people.models import Person
from sunshine.design.parts import Link
from sunshine.doors.desk import downloads, listed, participation_matter, refusals, shell, words
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.text import numbers
from sunshine.work.participation.models import CommentCall, Submission, SubmissionFile
from sunshine.work.participation.operations import moderating
from sunshine.work.participation.queries import calls
from sunshine.work.participation.rules import terms

ON_A_PAGE = 50
UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True)
class Message:
    """A message as an officer looks at it."""

    number: int
    at: str
    way: str
    state: str
    is_confirmed: bool
    in_grace: bool
    pieces: Sequence[tuple[int, str]]
    files: Sequence[Link]


@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the messages in one state, or do with the chosen ones what was pressed."""
    matter = participation_matter.readable(request, reference)
    call = calls.call(reference)
    if request.method == "POST":
        return _do(request, matter)
    return _page(request, matter, call)


def _do(request: HttpRequest, matter: Matter) -> HttpResponse:
    back = f"{reverse('desk:call_messages', args=[matter.reference])}?state={request.POST.get('state', '')}"
    chosen = numbers.all_typed(request.POST.getlist("number"))
    if not chosen:
        messages.warning(request, _("Choose messages first."))
        return HttpResponseRedirect(back)
    try:
        _perform(request.POST.get("do", ""), matter.pk, chosen, request, shell.staff(request), timezone.now())
    except (errors.RuleBroken, errors.StaleStage) as refusal:
        return refusals.answer(request, refusal)
    messages.success(request, _("Done: %(count)d messages") % {"count": len(chosen)})
    return HttpResponseRedirect(back)


def _perform(
    do: str, matter_id: int, chosen: list[int], request: HttpRequest, person: Person, at: datetime
) -> None:
    if do == "hide":
        hiding = request.POST.get("hiding", "")
        moderating.hide(matter_id, numbers=chosen, hiding=hiding, actor=person, at=at)
        return
    verbs = {"release": moderating.release, "restore": moderating.restore, "confirm": moderating.confirm}
    if do not in verbs:
        raise errors.NotFound(Reason(gettext_noop("There is no such act")))
    verbs[do](matter_id, numbers=chosen, actor=person, at=at)


@require_POST
def sender(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Open the seal of who sent a message, on demand; the ledger has it that one looked."""
    matter = participation_matter.readable(request, reference)
    call = calls.call(reference)
    found = call.submissions.select_related("call__matter").filter(number=number).first()
    if found is None:
        raise errors.NotFound(Reason(gettext_noop("There is no such message")))
    told = moderating.view_sender(found, actor=shell.staff(request), at=timezone.now())
    labels = {"name": _("Name"), "phone": _("Telephone"), "email": _("E-mail")}
    rows = [(label, told[name]) for name, label in labels.items() if told.get(name)]
    return _page(request, matter, call, about=number, identity=rows or [(_("Name"), _("not given"))])


def file(request: HttpRequest, reference: str, file_id: int) -> HttpResponse:
    """Answer the bytes of a file that came with an opinion; the ledger has it that one looked."""
    participation_matter.readable(request, reference)
    rows = SubmissionFile.objects.select_related("submission__call__matter")
    found = rows.filter(pk=file_id, submission__call__matter__reference=reference).first()
    if found is None:
        raise errors.NotFound(Reason(gettext_noop("There is no such file")))
    name, data = moderating.open_file(found, actor=shell.staff(request), at=timezone.now())
    return downloads.download(name, data, found.media_type)


def _page(request: HttpRequest, matter: Matter, call: CommentCall, **more: object) -> HttpResponse:
    state = request.GET.get("state", "")
    known = {term.code for term in terms.STATES} | {UNCONFIRMED}
    state = state if state in known else terms.HELD.code
    rows = (
        calls.submissions(call, unconfirmed=True)
        if state == UNCONFIRMED
        else calls.submissions(call, state=state)
    )
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    return shell.page(
        request,
        "desk/call_messages.html",
        title=_("Messages"),
        tabs=_tabs(matter, state),
        state=state,
        lines=[_message(matter, row) for row in page.object_list],
        page=page,
        hiding=listed.choices(terms.HIDING),
        is_reported_on=matter.closed_at is None and bool(call.report_document),
        **participation_matter.context(matter, **more),
    )


def _tabs(matter: Matter, state: str) -> list[Link]:
    address = reverse("desk:call_messages", args=[matter.reference])
    named = [(term.code, _(term.label)) for term in terms.STATES]
    named.append((UNCONFIRMED, _("Waiting for confirmation")))
    return [Link(label, f"{address}?state={code}", current=code == state) for code, label in named]


def _message(matter: Matter, row: Submission) -> Message:
    files = list(row.files.all())
    return Message(
        number=row.number,
        at=words.moment(row.came_at),
        way=listed.said(row.way, terms.WAYS),
        state=row.state,
        is_confirmed=row.confirmed_at is not None,
        in_grace=row.in_grace,
        pieces=[(opinion.paragraph, opinion.text) for opinion in row.opinions.all()],
        files=[
            Link(
                _("File %(number)d") % {"number": place},
                reverse("desk:call_file", args=[matter.reference, each.pk]),
                hint=each.media_type,
            )
            for place, each in enumerate(files, start=1)
        ],
    )
