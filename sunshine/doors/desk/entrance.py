"""Before the desk: the language of its pages, and the page that asks for a second factor."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from sunshine.core.people import operations as people
from sunshine.core.people.models import Person
from sunshine.doors.desk import shell

A_YEAR = 365 * 24 * 3600


def language(request: HttpRequest, code: str) -> HttpResponse:
    """Remember in which language this browser shows the desk, and lead back."""
    wanted = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    response = HttpResponseRedirect(wanted if is_ours else "/desk/")
    if code in dict(shell.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=A_YEAR,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
            httponly=True,
        )
    return response


def password_changed(user: Person, **_told: object) -> None:
    """Hear that somebody chose another password, whoever gave the one before."""
    people.own_password(user)


def second_factor(request: HttpRequest) -> HttpResponse:
    """Say that a second factor comes before anything else, and how one is set up."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    return shell.page(request, "desk/second_factor.html", title=_("Set up a second factor"))
