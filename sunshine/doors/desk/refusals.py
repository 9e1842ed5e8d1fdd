"""Turns what the house will not do into a page: what was refused, why, under which rule, and what now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sunshine.core.ledger import queries as ledger
from sunshine.design.parts import Moment
from sunshine.doors.desk import shell, words
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason

MEANWHILE = 5
"""Entries told on the page that says somebody was faster."""
NOT_TYPED = frozenset({"csrfmiddlewaretoken", "seen", "revision", "digest"})


@dataclass(frozen=True, slots=True)
class Line:
    """A reason as a page shows it."""

    text: str
    basis: str
    who: str


def lines(refusal: errors.DomainError) -> list[Line]:
    """Return the reasons of a refusal in the reader's language, with rule and who can mend it."""
    return [_line(reason) for reason in refusal.reasons]


def _line(reason: Reason) -> Line:
    return Line(words.reason(reason), words.cited(reason.basis), words.roles(reason.mended_by))


def answer(
    request: HttpRequest, refusal: errors.DomainError, *, form: BaseForm | None = None
) -> HttpResponse:
    """Return the page for a refusal that no form could show at its fields; `form` lends its labels."""
    if isinstance(refusal, errors.NotFound):
        return _page(request, refusal, _("This is not here"), status=404)
    if isinstance(refusal, errors.NotAllowed):
        return _page(request, refusal, _("This is not open to you"), status=403)
    if isinstance(refusal, errors.StaleStage):
        return _page(
            request,
            refusal,
            _("Somebody was faster; nothing of yours was entered"),
            status=409,
            meanwhile=_meanwhile(request),
            typed=list(_typed(request, form)),
        )
    return _page(request, refusal, _("A rule forbids this as things are"), status=422)


def too_large(request: HttpRequest, most: int) -> HttpResponse:
    """Return the page for an upload that is larger than any file may be; it was not read."""
    said = _("A file may have at most %(most)d MB; what you sent was not taken in.") % {"most": most >> 20}
    title = _("This is too large")
    return shell.page(request, "desk/refusal.html", title=title, status=413, lines=[Line(said, "", "")])


def _page(
    request: HttpRequest, refusal: errors.DomainError, title: str, *, status: int, **context: object
) -> HttpResponse:
    reference = request.resolver_match.kwargs.get("reference", "") if request.resolver_match else ""
    shown: dict[str, Any] = {
        "lines": lines(refusal),
        "reference": "" if status in {403, 404} else reference,
        **context,
    }
    return shell.page(request, "desk/refusal.html", title=title, status=status, **shown)


def _meanwhile(request: HttpRequest) -> list[Moment]:
    reference = request.resolver_match.kwargs.get("reference", "") if request.resolver_match else ""
    entries = list(ledger.timeline(reference)) if reference else []
    return words.timeline(entries[-MEANWHILE:])


def _typed(request: HttpRequest, form: BaseForm | None) -> Iterator[tuple[str, str]]:
    """Yield what the officer typed, so that nothing is lost with the refusal."""
    fields = form.fields if form is not None else {}
    for name, value in request.POST.items():
        if name not in NOT_TYPED and isinstance(value, str) and value.strip():
            yield str(fields[name].label or name) if name in fields else name, value


def onto(form: BaseForm, refusal: errors.DomainError) -> None:
    """Put each reason at its field of the form, or above the form where it has no such field."""
    for reason in refusal.reasons:
        field = reason.field if reason.field in form.fields else None
        form.add_error(field, words.with_basis(reason))
