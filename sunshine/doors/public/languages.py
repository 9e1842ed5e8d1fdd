"""In which language a page speaks: its address says so.

Simplified stands at `/…`, the English interface at `/en/…`, Traditional at `/zh-hant/…`. Traditional is
made from the rendered Simplified page and never stored. The desk follows the officer instead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.cache import patch_vary_headers

from sunshine.design import parts

SIMPLIFIED, TRADITIONAL, ENGLISH = "zh-hans", "zh-hant", "en"
NAMES = ((SIMPLIFIED, "简"), (TRADITIONAL, "繁"), (ENGLISH, "EN"))
"""What stands on the language links; too short to need translation, and each in its own script."""

_LINKED = re.compile(r'(?<= href=")/(?!/)[^"]*')

FOLLOWS_THE_READER = ("/desk/", "/api/")


class Languages(LocaleMiddleware):
    """Middleware: gives a public page the language of its address, the desk that of the officer."""

    def process_request(self, request: HttpRequest) -> None:
        """Activate the language for this request."""
        if request.path_info.startswith(FOLLOWS_THE_READER):
            language = translation.get_language_from_request(request)
        else:
            language = of_path(request.path_info)
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Say which language the answer is in; turn a Simplified page into a Traditional one."""
        language = translation.get_language() or settings.LANGUAGE_CODE
        if request.path_info.startswith(FOLLOWS_THE_READER):
            patch_vary_headers(response, ("Accept-Language",))
        elif language == TRADITIONAL and _is_page(response):
            _to_traditional(response)
        response.headers.setdefault("Content-Language", language)
        return response


def of_path(path: str) -> str:
    """Return the language that an address names; Simplified where it names none."""
    first = path[1:].partition("/")[0]
    return first if first in (TRADITIONAL, ENGLISH) else SIMPLIFIED


def of_content() -> str:
    """Return the language of what the bureau wrote, which the English interface leaves as it is."""
    return TRADITIONAL if translation.get_language() == TRADITIONAL else SIMPLIFIED


def bare(path: str) -> str:
    """Return an address without its language."""
    language = of_path(path)
    return path if language == SIMPLIFIED else path.removeprefix(f"/{language}")


def with_links_kept(html: str) -> str:
    """Return a text of the bureau whose links to this site's pages stay in the reader's language."""
    language = translation.get_language() or SIMPLIFIED
    return html if language == SIMPLIFIED else _LINKED.sub(lambda found: _spoken(found[0], language), html)


def _spoken(path: str, language: str) -> str:
    there = f"/{language}{path}"
    try:
        resolve(urlsplit(there).path)
    except Resolver404:
        return path  # files and what programs read have one address
    return there


def links(http_request: HttpRequest) -> Sequence[parts.Link]:
    """Return the same page in every language."""
    here, rest = of_path(http_request.path_info), bare(http_request.get_full_path())
    return tuple(
        parts.Link(name, rest if code == SIMPLIFIED else f"/{code}{rest}", current=code == here, code=code)
        for code, name in NAMES
    )


def _is_page(response: HttpResponseBase) -> bool:
    return not response.streaming and response.headers.get("Content-Type", "").startswith("text/html")


def _to_traditional(response: HttpResponseBase) -> None:
    from sunshine.text import script  # its dictionaries are large, and only this language needs them

    html = response.content.decode(response.charset)  # type: ignore[attr-defined]  # asked: not streaming
    response.content = script.html_to_traditional(html)  # type: ignore[attr-defined]  # as above
    if response.has_header("Content-Length"):
        response.headers["Content-Length"] = str(len(response.content))  # type: ignore[attr-defined]  # as above
