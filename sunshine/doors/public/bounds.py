"""How much anybody may send: more is refused before a byte of it is read."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from sunshine.core.publishing.operations import files
from sunshine.doors.public import errors

LARGEST_REQUEST = files.LARGEST + (1 << 20)
"""Bytes: one file of the largest size and the form around it."""


class Bounds:
    """Middleware for every address; the desk says it on a page of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Without this header nothing of a body is read at all.
        told = request.META.get("CONTENT_LENGTH") or "0"
        if told.isdigit() and int(told) > LARGEST_REQUEST and not request.path_info.startswith("/desk/"):
            return errors.too_large(request, LARGEST_REQUEST >> 20)
        return self._get_response(request)
