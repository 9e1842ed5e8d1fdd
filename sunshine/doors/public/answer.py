"""How this door answers: what may be kept by caches, what is gone (410), what never was (404)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.utils.translation import gettext as _

from sunshine.core.publishing.models import Record
from sunshine.core.publishing.queries import records
from sunshine.doors.public import page, wording
from sunshine.kernel import errors

Given = ParamSpec("Given")
View = Callable[Concatenate[HttpRequest, Given], HttpResponseBase]

KEPT = "public, no-cache"
"""Anybody may keep the page and must ask each time whether it still stands: a withdrawal counts at once."""


def public(view: View[Given]) -> View[Given]:
    """Let a view answer GET and HEAD only, be kept by caches, and say 410 or 404 for what is not there."""

    @wraps(view)
    def answer(http_request: HttpRequest, /, *args: Given.args, **kwargs: Given.kwargs) -> HttpResponseBase:
        if http_request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        try:
            response = view(http_request, *args, **kwargs)
        except errors.NotFound as refusal:
            tombstone = records.tombstone(str(kwargs.get("reference", "")))
            if tombstone is None:
                raise Http404(str(refusal)) from refusal
            return _gone(http_request, tombstone)
        response.headers.setdefault("Cache-Control", KEPT)
        return response

    return answer


def not_found(refusal: errors.NotFound) -> HttpResponse:
    """Answer 404 from a view that no cache keeps."""
    raise Http404(str(refusal)) from refusal


def _gone(http_request: HttpRequest, record: Record) -> HttpResponse:
    """Say that a record was withdrawn: when, why, on what ground, who decided; nothing of what it said."""
    frame = page.Frame(title=_("This record was withdrawn"), is_indexed=False)
    response = page.show(http_request, "public/gone.html", frame, status=410, rows=_tombstone_rows(record))
    response.headers["Cache-Control"] = "no-store"
    return response


def _tombstone_rows(record: Record) -> list[tuple[str, str]]:
    ground = wording.withdrawal_ground(record)
    return [
        (_("Index number"), record.reference),
        (_("Published on"), wording.day(record.published_at)),
        (_("Withdrawn on"), wording.day(record.withdrawn_at)),
        (_("Reason"), record.withdrawal_reason),
        (_("Ground"), ground.term),
        (_("Basis"), ground.basis),
        (_("Decided by"), record.withdrawal_decided_by),
    ]
