"""The page of somebody who signed up: seat, place in the queue, giving the place back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sunshine.design import parts
from sunshine.doors.public import following, page, requests_wording
from sunshine.kernel import errors
from sunshine.kernel.words import gettext_noop
from sunshine.work.participation.models import Signup
from sunshine.work.participation.operations import seating
from sunshine.work.participation.queries import gatherings as queries

PLACE = following.Place(
    "signup",
    "public:event_follow",
    gettext_noop("Your sign-up"),
    gettext_noop("Nobody signed up under this code. Look at it letter by letter."),
    queries.signup_of_code,
)
leave = PLACE.leaving()


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
        return PLACE.open(http_request)
    signup = _opened(http_request)
    return PLACE.ask(http_request) if signup is None else _show(http_request, signup)


@require_http_methods(["POST"])
def give_back(http_request: HttpRequest) -> HttpResponse:
    """Give the place back; who waits first moves up."""
    signup = _opened(http_request)
    if signup is None:
        return PLACE.again()
    try:
        seating.withdraw(signup, at=timezone.now())
    except errors.RuleBroken as refusal:
        why = " ".join(requests_wording.reason(reason) for reason in refusal.reasons)
        return _show(http_request, signup, refused=why, status=409)
    return PLACE.again()


def _opened(http_request: HttpRequest) -> Signup | None:
    key = PLACE.opened(http_request, Signup)
    rows = Signup.objects.select_related("gathering__matter", "gathering__notice")
    return rows.filter(pk=key).first() if key else None


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
    return following.private(response)
