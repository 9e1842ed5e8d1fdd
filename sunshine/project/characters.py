"""The one character that PostgreSQL keeps in no text, NUL, is refused before anybody asks a database for it.

No keyboard types it. Public forms are left alone: they leave it out, or say at the field that it cannot be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from sunshine.doors.api import problems
from sunshine.doors.public import errors

NUL = "\0"
PROGRAMS = "/api/"
WHOSE_FORMS = ("/desk/", PROGRAMS)
ANSWERS_ITSELF = "/open311/"
"""Says every refusal in the form that its programs asked for."""


class Characters:
    """Middleware that answers 400 to a NUL in an address, a query, a cookie, or a form of the desk."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        has_nul = NUL in request.path_info or _holds_nul(request.COOKIES.items()) or _has_nul(request.GET)
        if has_nul and not request.path_info.startswith(ANSWERS_ITSELF):
            return _refused(request)
        return self._get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Look into a form only now: the guard of the desk refuses what is too large before it is read."""
        if request.method == "POST" and request.path_info.startswith(WHOSE_FORMS) and _has_nul(request.POST):
            return _refused(request)
        return None


def _has_nul(given: QueryDict) -> bool:
    return _holds_nul((name, *values) for name, values in given.lists())


def _holds_nul(pieces: Iterable[Iterable[str]]) -> bool:
    return any(NUL in text for piece in pieces for text in piece)


def _refused(request: HttpRequest) -> HttpResponse:
    if request.path_info.startswith(PROGRAMS):
        return problems.answer(request, 400, _(errors.NOT_A_TEXT))
    return errors.not_a_text(request)
