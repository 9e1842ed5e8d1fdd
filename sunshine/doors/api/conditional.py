"""Saying "nothing new" to programs, and letting any page of any site read."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response

from sunshine.core.publishing.queries import listing
from sunshine.kernel import period

FORM = 1
"""Grows when the same records begin to be told in another way, so that no program keeps the old one."""


def conditional(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 304 to whoever holds what stands now: the public state on this day, for validity is of a day."""

    @wraps(view)
    def answer(http_request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        today = period.day_of(timezone.now())
        etag = f'"{FORM}-{listing.epoch().name}-{today:%y%m%d}"'
        response = get_conditional_response(http_request, etag=etag) or view(http_request, *args, **kwargs)
        response.headers.setdefault("Access-Control-Allow-Origin", "*")
        if response.status_code == 200:
            response.headers["ETag"] = etag
            response.headers["Cache-Control"] = "public, no-cache"
        return response

    return answer
