"""Meetings, hearings and events: when and where, how to sign up, how it was drawn, what came of it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from sunshine.core.matters import operations as matters
from sunshine.design import parts
from sunshine.doors.public import answer, events_following, following, page, requests_wording, wording
from sunshine.kernel import errors
from sunshine.work.participation import composing
from sunshine.work.participation.models import Gathering, Signup
from sunshine.work.participation.operations import seating
from sunshine.work.participation.queries import gatherings as queries
from sunshine.work.participation.queries import telling
from sunshine.work.participation.rules import drawing, terms
from sunshine.work.participation.rules import gatherings as rules

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """An event in a list."""

    title: str
    url: str
    sort: str
    at: str
    place: str
    stage: str
    tone: parts.Tone


class SignUpForm(forms.Form):
    """Who comes: a name for the door, a telephone for changes; `once` names this one page."""

    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    name = forms.CharField(
        label=gettext_lazy("Your name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = forms.RegexField(
        r"^\+?[\d \-]{5,20}$",
        label=gettext_lazy("Telephone"),
        help_text=gettext_lazy("Sealed; only to tell you of changes. One sign-up for each telephone."),
        error_messages={"invalid": gettext_lazy("This is not a telephone number.")},
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )

    def __init__(self, gathering: Gathering, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if gathering.by_draw:
            groups = queries.seats_of_groups(gathering)
            self.fields["group"] = forms.ChoiceField(
                label=_("For whom you stand"),
                choices=[(name, f"{name} · {seats}") for name, seats in groups.items()],
                widget=forms.RadioSelect,
            )


@answer.public
def everything(http_request: HttpRequest) -> HttpResponse:
    """Show everything that was announced, the latest first."""
    title = _("Meetings, hearings and events")
    shown = Paginator(queries.announced(), ON_A_PAGE).get_page(http_request.GET.get("page"))
    frame = page.Frame(title=title, crumbs=(parts.Link(title, ""),), description=_("Come, listen, be heard"))
    lines = [line(each) for each in shown.object_list]
    return page.show(http_request, "public/events.html", frame, lines=lines, page=shown)


@require_http_methods(["GET", "POST"])
def event(http_request: HttpRequest, reference: str) -> HttpResponse:
    """Show one event; sign up for it."""
    try:
        row = queries.public_gathering(reference)
    except errors.NotFound as refusal:
        return answer.not_found(refusal)
    if http_request.method != "POST":
        return _page(http_request, row, SignUpForm(row, initial={"once": uuid.uuid4().hex}))
    form = SignUpForm(row, http_request.POST)
    if not form.is_valid():
        return _page(http_request, row, form)
    given = dict(form.cleaned_data)
    once, group = given.pop("once"), str(given.pop("group", ""))
    page_key = matters.page_key("signup", once, http_request.POST, http_request.FILES)
    try:
        signup, code = seating.sign_up(row, group=group, sender=given, at=timezone.now(), page=page_key)
    except matters.SentBefore as before:
        return _again(http_request, row, before.code)
    except errors.RuleBroken as refusal:
        for reason in refusal.reasons:
            form.add_error(
                reason.field if reason.field in form.fields else None, requests_wording.reason(reason)
            )
        return _page(http_request, row, form)
    return _receipt(http_request, row, signup, code)


def _again(http_request: HttpRequest, row: Gathering, code: str) -> HttpResponse:
    """Show the receipt once more to who pressed twice; later, say only that nobody was signed up twice."""
    if code:
        return _receipt(http_request, row, queries.signup_of_code(code), code)
    said = _("You were signed up when you pressed the first time; nothing was sent twice.")
    return events_following.PLACE.sent_before(http_request, said)


def _receipt(http_request: HttpRequest, row: Gathering, signup: Signup, code: str) -> HttpResponse:
    """Say which seat or place it is, and under which code it is given back."""
    events_following.PLACE.keep_open(http_request, signup)
    title = _("You are signed up")
    frame = page.Frame(title=title, crumbs=_crumbs(row, title), is_indexed=False)
    response = page.show(
        http_request,
        "public/event_receipt.html",
        frame,
        code=code,
        said=events_following.said(signup),
        ticket=queries.ticket(signup) if row.by_draw else "",
    )
    return following.private(response)


@answer.public
def draw(_http_request: HttpRequest, reference: str) -> HttpResponse:
    """Answer everything with which anyone can run the draw again."""
    row = queries.public_gathering(reference)
    if not row.seed:
        raise errors.NotFound
    tickets = [drawing.Ticket(name, group) for group, name in row.tickets]
    seats = queries.seats_of_groups(row)
    told = {
        "event": reference,
        "rule": "in each group, order tickets by sha256(seed + ':' + ticket); the first ones are seated",
        "seed": row.seed,
        "seed_is": "root of the public log at this size, whose last entry closed the sign-up",
        "log_size": row.seed_size,
        "list_digest": drawing.list_digest(tickets),
        "groups": [
            {"name": name, "seats": seats[name], "order": order}
            for name, order in drawing.draw(row.seed, tickets, seats).items()
        ],
    }
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 2})


def line(row: Gathering) -> Line:
    """Return an event as a line of a list; its title is that of its notice, which passed the gate."""
    stage, tone = stage_of(row)
    return Line(
        title=title_of(row),
        url=reverse("public:event", args=[row.matter.reference]),
        sort=sort_of(row),
        at=when(row.starts_at, row.ends_at),
        place=row.place,
        stage=stage,
        tone=tone,
    )


def title_of(row: Gathering) -> str:
    """Return what an event is called in public."""
    return row.notice.title if row.notice else ""


def sort_of(row: Gathering) -> str:
    """Say what an event is."""
    found = terms.named(row.sort, rules.SORTS)
    return _(found.label) if found else ""


def when(starts_at: datetime, ends_at: datetime) -> str:
    """Say from when until when."""
    first, last = timezone.localtime(starts_at), timezone.localtime(ends_at)
    until = last.strftime("%H:%M" if first.date() == last.date() else "%Y-%m-%d %H:%M")
    return f"{first.strftime('%Y-%m-%d %H:%M')}–{until}"


def _until(row: Gathering) -> str:
    return timezone.localtime(row.signup_closes_at).strftime("%Y-%m-%d %H:%M")


def stage_of(row: Gathering) -> tuple[str, parts.Tone]:
    """Say where an event stands."""
    takes_signups = rules.takes_signups(row.sort, row.openness)
    tones: dict[str, tuple[str, parts.Tone]] = {
        rules.ANNOUNCED.name: (_(rules.ANNOUNCED.label) if takes_signups else _("Announced"), "info"),
        rules.SEATED.name: (_(rules.SEATED.label), "warn"),
        rules.HELD.name: (_(rules.HELD.label), "neutral"),
        rules.MINUTED.name: (_(rules.MINUTED.label), "good"),
        rules.DONE.name: (_(rules.DONE.label), "good"),
        rules.CANCELLED.name: (_(rules.CANCELLED.label), "bad"),
    }
    return tones.get(row.matter.stage, ("", "neutral"))


def _crumbs(row: Gathering, here: str = "") -> tuple[parts.Link, ...]:
    everything = parts.Link(_("Meetings, hearings and events"), reverse("public:events"))
    if not here:
        return (everything, parts.Link(row.matter.reference, ""))
    own = parts.Link(row.matter.reference, reverse("public:event", args=[row.matter.reference]))
    return (everything, own, parts.Link(here, ""))


def _page(http_request: HttpRequest, row: Gathering, form: SignUpForm) -> HttpResponse:
    now = timezone.now()
    stage, tone = stage_of(row)
    taken = queries.taken(row)
    hearing = rules.hearing_named(row.hearing)
    said = {act: composing.without_personal_data(why) for act, why in telling.reasons([row])[row.pk].items()}
    rows = [
        (_("Why it was cancelled"), said.get("cancel")),
        (_("Why it was changed"), said.get("change")),
        (_("What it is"), sort_of(row)),
        (_("Sort of hearing"), _(hearing.label) if hearing else ""),
        (_("When"), when(row.starts_at, row.ends_at)),
        (_("Place"), row.place),
        (_("Sign-up until"), _until(row) if taken.seats else ""),
        (_("Seats"), taken.seats or ""),
    ]
    items = [
        (
            composing.without_personal_data(each.what),
            each.department.name,
            wording.day(each.due_on),
            wording.day(each.settled_on),
        )
        for each in queries.items_shown(row)
    ]
    frame = page.Frame(title=title_of(row), crumbs=_crumbs(row))
    response = page.show(
        http_request,
        "public/event.html",
        frame,
        status=422 if form.errors else 200,
        event=row,
        heading=title_of(row),
        stage=stage,
        tone=tone,
        rows=[each for each in rows if each[1]],
        taken=taken,
        notice_url=reverse("public:record", args=[row.notice.reference]) if row.notice else "",
        minutes_url=reverse("public:record", args=[row.minutes.reference]) if row.minutes else "",
        draw_url=reverse("public:event_draw", args=[row.matter.reference]) if row.seed else "",
        is_open=row.matter.stage == rules.ANNOUNCED.name and now < row.signup_closes_at and taken.seats > 0,
        items=items,
        form=form,
    )
    return following.private(response)
