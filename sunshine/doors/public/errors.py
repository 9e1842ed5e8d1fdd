"""What the site says when it cannot answer: what happened, what one can do, nothing blamed on the reader."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from sunshine.doors.public import page
from sunshine.kernel import errors
from sunshine.kernel.words import gettext_noop

NOT_A_TEXT = gettext_noop("What was sent holds a character that no text has (NUL). Nothing was changed.")


def bad_request(http_request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001  # Django's name
    """Answer 400."""
    return _answer(http_request, "400.html", 400)


def not_a_text(http_request: HttpRequest) -> HttpResponse:
    """Answer 400: what was sent holds a character that cannot be kept."""
    return _answer(http_request, "400.html", 400, said=_(NOT_A_TEXT))


def forbidden(http_request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403, with the reasons that a refusal names."""
    return _answer(http_request, "403.html", 403, reasons=_reasons(exception))


def not_found(http_request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001  # Django's name
    """Answer 404."""
    return _answer(http_request, "404.html", 404)


def too_large(http_request: HttpRequest, most: int) -> HttpResponse:
    """Answer 413: what was sent is larger than so many megabytes, and was not read."""
    said = _("At most %(most)d MB can be sent at once. Nothing of it was kept.") % {"most": most}
    return _answer(http_request, "413.html", 413, said=said)


def server_error(_http_request: HttpRequest) -> HttpResponse:
    """Answer 500 from the plainest template: whatever broke may have broken the rest."""
    html = render_to_string("500.html")
    return HttpResponse(html, status=500, headers={"Cache-Control": "no-store"})


def _answer(http_request: HttpRequest, template: str, status: int, **context: object) -> HttpResponse:
    html = render_to_string(template, {"site": page.site(http_request), **context}, http_request)
    return HttpResponse(html, status=status, headers={"Cache-Control": "no-store"})


def _reasons(exception: Exception | None) -> Sequence[str]:
    if not isinstance(exception, errors.DomainError):
        return ()
    return [_(reason.text) % reason.params for reason in exception.reasons]
