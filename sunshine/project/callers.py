"""Who calls: behind proxies of our own, the address that the outermost of them saw.

Locks and limits fall on an address. Without this every caller behind a proxy would be the proxy, and one
person's wrong passwords would shut out everybody.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class Callers:
    """Middleware that puts the caller's own address in the place of the nearest proxy's.

    `PROXIES` says how many proxies of ours stand in front. Each adds to `X-Forwarded-For` whom it saw; what
    stands further left was written by the caller and is not believed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.PROXIES:
            told = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
            caller = told[-settings.PROXIES].strip() if len(told) >= settings.PROXIES else ""
            if _is_address(caller):
                request.META["REMOTE_ADDR"] = caller
        return self._get_response(request)


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
