"""The page of somebody who signed up: seat, place in the queue, giving the place back."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sunshine.design import parts
from sunshine.doors.public import calls, page, requests_wording
from sunshine.doors.public.calls_forms import CodeForm
from sunshine.kernel import errors
from sunshine.work.participation.models import Signup
from sunshine.work.participation.operations import seating
from sunshine.work.participation.queries import gatherings as queries

KEPT_OPEN = 30 * 60
TRIES, TRIES_WITHIN = 50, 15 * 60
OPENED = "signup"


def open_for(http_request: HttpRequest, signup: Signup) -> None:
    """Let this browser see what was just signed up, for a while."""
    http_request.session.cycle_key()
    http_request.session[OPENED] = signup.pk
    http_request.session.set_expiry(KEPT_OPEN)


def said(signup: Signup) -> str:
    """Say how somebody stands."""
    if signup.state == queries.SEATED:
        return _("You have seat %(seat)d.") % {"seat": signup.seat or 0}
    if signup.state == queries.WAITING:
        told = _("All seats are taken; you are number %(place)d in the queue and move up by yourself.")
        return told % {"place": signup.position or 0}
    if signup.state == queries.DRAWING:
        return _("You are in the draw; it is drawn when sign-up closes, and anyone can run it again.")
    return _("You gave the place back.")


@require_http_methods(["GET", "POST"])
def follow(http_request: HttpRequest) -> HttpResponse:
    """Ask for the code, or show what it opened."""
    if http_request.method == "POST":
        return _open(http_request)
    signup = _opened(http_request)
    return _ask(http_request) if signup is None else _show(http_request, signup)


@require_http_methods(["POST"])
def give_back(http_request: HttpRequest) -> HttpResponse:
    """Give the place back; who waits first moves up."""
    signup = _opened(http_request)
    if signup is None:
        return HttpResponseRedirect(reverse("public:event_follow"))
    try:
        seating.withdraw(signup, at=timezone.now())
    except errors.RuleBroken as refusal:
        why = " ".join(requests_wording.reason(reason) for reason in refusal.reasons)
        return _show(http_request, signup, refused=why, status=409)
    return HttpResponseRedirect(reverse("public:event_follow"))


@require_http_methods(["POST"])
def leave(http_request: HttpRequest) -> HttpResponse:
    """Close the page again, on a computer that others use."""
    http_request.session.flush()
    return HttpResponseRedirect(reverse("public:event_follow"))


def _open(http_request: HttpRequest) -> HttpResponse:
    form = CodeForm(http_request.POST)
    place = f"follow-signup:{http_request.META.get('REMOTE_ADDR', '')}"
    if cache.get(place, 0) >= TRIES:
        return _ask(http_request, said=_("Too many tries; wait a quarter of an hour."), status=429)
    if not form.is_valid():
        return _ask(http_request, said=_("Type the code."), status=422)
    try:
        signup = queries.signup_of_code(form.cleaned_data["code"])
    except errors.NotFound:
        cache.add(place, 0, TRIES_WITHIN)
        cache.incr(place)
        said = _("Nobody signed up under this code. Look at it letter by letter.")
        return _ask(http_request, said=said, status=404)
    open_for(http_request, signup)
    return HttpResponseRedirect(reverse("public:event_follow"))


def _opened(http_request: HttpRequest) -> Signup | None:
    key = http_request.session.get(OPENED)
    rows = Signup.objects.select_related("gathering__matter", "gathering__notice")
    return rows.filter(pk=key).first() if key else None


def _ask(http_request: HttpRequest, *, said: str = "", status: int = 200) -> HttpResponse:
    title = _("Your sign-up")
    frame = page.Frame(title=title, crumbs=(parts.Link(title, ""),), is_indexed=False)
    response = page.show(
        http_request,
        "public/call_code.html",
        frame,
        status=status,
        form=CodeForm(),
        said=said,
        opens=reverse("public:event_follow"),
    )
    return calls.private(response)


def _show(http_request: HttpRequest, signup: Signup, *, refused: str = "", status: int = 200) -> HttpResponse:
    row = signup.gathering
    title = _("Your sign-up")
    frame = page.Frame(title=title, crumbs=(parts.Link(title, ""),), is_indexed=False)
    response = page.show(
        http_request,
        "public/event_follow.html",
        frame,
        status=status,
        heading=row.notice.title if row.notice else "",
        event_url=reverse("public:event", args=[row.matter.reference]),
        said=said(signup),
        ticket=queries.ticket(signup) if row.by_draw else "",
        may_give_back=signup.state != queries.WITHDRAWN and row.matter.stage in seating.OPEN_TO_WITHDRAW,
        refused=refused,
    )
    return calls.private(response)
