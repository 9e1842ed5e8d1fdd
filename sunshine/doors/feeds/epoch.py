"""Saying "nothing new" cheaply, and making a page once for each public state."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from sunshine.core.publishing.queries import listing

Given = ParamSpec("Given")
View = Callable[Concatenate[HttpRequest, Given], HttpResponseBase]

FORM = 2
"""Grows when the same records begin to be written in another way, so that no reader keeps the old one."""
KEPT_FOR = 24 * 3600


def conditional(view: View[Given]) -> View[Given]:
    """Answer 304 to a reader who holds the present public state; else tell the state with the answer."""

    @wraps(view)
    def answer(http_request: HttpRequest, /, *args: Given.args, **kwargs: Given.kwargs) -> HttpResponseBase:
        epoch = listing.epoch()
        etag = f'"{FORM}-{epoch.name}"'
        seconds = int(epoch.changed_at.timestamp()) if epoch.changed_at else None
        known = get_conditional_response(http_request, etag=etag, last_modified=seconds)
        if known is not None:
            return known
        response = view(http_request, *args, **kwargs)
        response.headers["ETag"] = etag
        response.headers.setdefault("Cache-Control", "public, no-cache")
        if seconds is not None:
            response.headers["Last-Modified"] = http_date(seconds)
        return response

    return answer


def once(name: str, make: Callable[[], bytes]) -> bytes:
    """Return what `make` returns, made once for the present public state and each address of the site."""
    key = f"feeds:{FORM}:{settings.SITE_URL}:{listing.epoch().name}:{name}"
    kept: bytes | None = cache.get(key)
    if kept is None:
        kept = make()
        cache.set(key, kept, KEPT_FOR)
    return kept
