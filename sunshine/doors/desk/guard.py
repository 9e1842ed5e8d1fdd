"""Stands before every page of the desk: who may come in, nothing into caches, refusals as pages."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from sunshine.core.people.models import Person
from sunshine.core.publishing.operations import files
from sunshine.doors.desk import refusals, shell
from sunshine.kernel import errors

DESK = "/desk/"
ENTRANCE = "/desk/account/"
LANGUAGE_PAGES = "/desk/language/"
SPOKEN = {"zh-hans", "en"}
LARGEST_REQUEST = files.LARGEST + (1 << 20)
"""Bytes: one file of the largest size and the form around it. More is refused before it is read."""


class DeskGuard:
    """Middleware for the addresses of the desk; others pass untouched."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(DESK):
            return self._get_response(request)
        with translation.override(_language(request)):
            response = self._stopped(request) or self._get_response(request)
            response.headers["Content-Language"] = translation.get_language() or ""
        response.headers["Cache-Control"] = "no-store, private"
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if request.path_info.startswith(DESK) and isinstance(exception, errors.DomainError):
            return refusals.answer(request, exception)
        return None

    def _stopped(self, request: HttpRequest) -> HttpResponse | None:
        """Return the answer to who may not come in (yet), or to more than anyone may send."""
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_REQUEST:
            return refusals.too_large(request, files.LARGEST)
        if request.path_info.startswith((ENTRANCE, LANGUAGE_PAGES)):
            return None
        if not request.user.is_authenticated:
            query = urlencode({"next": request.get_full_path()})
            return HttpResponseRedirect(f"{reverse('account_login')}?{query}")
        person = shell.staff(request)
        if person.password_is_given:
            messages.info(request, _("Choose a password of your own first; nobody else may know it."))
            return HttpResponseRedirect(reverse("account_change_password"))
        if settings.REQUIRE_SECOND_FACTOR and not has_second_factor(person):
            return HttpResponseRedirect(reverse("second_factor"))
        return None


def _language(request: HttpRequest) -> str:
    """Return the officer's choice; without one Simplified Chinese, whatever the browser asks for."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in SPOKEN else settings.LANGUAGE_CODE


def has_second_factor(person: Person) -> bool:
    """Return whether a person has an app or a key beside the password."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return bool(Authenticator.objects.filter(user=person, type__in=kinds).exists())
