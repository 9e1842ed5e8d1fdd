"""The elders' version (大字版): the same pages in larger type, remembered in a cookie."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sunshine.design import parts

COOKIE = "size"
LARGE = "large"
KEPT_FOR = 365 * 24 * 3600


def of(http_request: HttpRequest) -> str:
    """Return "large" for a reader who chose large type, else nothing."""
    return LARGE if http_request.COOKIES.get(COOKIE) == LARGE else ""


def links(http_request: HttpRequest) -> Sequence[parts.Link]:
    """Return the one link that changes the size and comes back to this page."""
    is_large = of(http_request) == LARGE
    label = _("Usual type") if is_large else _("Large type")
    query = urlencode({"to": "usual" if is_large else LARGE, "back": http_request.get_full_path()})
    return (parts.Link(label, f"{reverse('public:size')}?{query}"),)


@require_safe
def choose(http_request: HttpRequest) -> HttpResponse:
    """Remember the size and lead back to where the reader was."""
    back = http_request.GET.get("back", "")
    if not (back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)):
        back = reverse("public:home")
    response = HttpResponseRedirect(back)
    response.headers["Cache-Control"] = "no-store"
    if http_request.GET.get("to") == LARGE:
        response.set_cookie(
            COOKIE,
            LARGE,
            max_age=KEPT_FOR,
            samesite="Lax",
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
        )
    else:
        response.delete_cookie(COOKIE)
    return response
