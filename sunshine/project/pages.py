"""Published pages as bytes: rendered once per public state and day, then served for what a file costs.

A page of the public doors depends on the records, the day, the language (in its address), and the size of
type; on nobody's session. So it is kept from its first rendering until the log's checkpoint changes or the
day ends. The checkpoint is read from the database itself at every request: no message has to arrive, and
after a withdrawal was acknowledged no process, new, old or just restarted, can show the page again.

A page is kept only if the checkpoint is the same before and after its rendering, so that no page mixes two
public states: a bundle's document and interpretation appear in the same instant.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib import metadata
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings
from django.core.cache import caches

from sunshine.project import shelves, states
from sunshine.project.shelves import Headers, Page

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

KEPT = "public, no-cache"
"""What a public door says of an answer that is a function of the public state."""

NEVER = ("/desk/", "/api/", "/static/", "/log/", "/size/")
QUERY = frozenset({"page", "show", "before"})
"""Parameters that name a public list; an address with any other is rendered each time."""

LARGE = "size=large"
ASKED_AGAIN = frozenset({"HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE"})
LARGEST = 2 << 20
MOST_OWN = 4096
"""Addresses of readers' own pages that are remembered, so that each is made once for a reader."""

ATTEMPTS = 3

# The bureau's day in seconds: China has had no summer time since 1991.
BUREAU_OFFSET = 8 * 3600
DAY = 24 * 3600


class Pages:
    """The web application with its published pages in front.

    :param state: names the public state now, and is empty when it cannot be told: nothing is kept then
    :param held: where pages are kept, the nearest first; what a farther one has is put on the nearer
    :param now: the clock in seconds of Unix time, for the day on which validity depends
    """

    def __init__(
        self,
        application: Application,
        *,
        state: Callable[[], str],
        held: Sequence[shelves.Shelf] = (),
        now: Callable[[], float] = time.time,
    ) -> None:
        self._application = application
        self._state_now = state
        self._held = tuple(held) or (shelves.InMemory(),)
        self._now = now
        self._own: set[str] = set()
        self._own_of = ""

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request from the shelves, or let the application answer."""
        place = _place(environ)
        state = self._state() if place else ""
        if not state:
            return self._application(environ, start_response)
        if self._is_own(state, place) and environ.get("HTTP_COOKIE"):
            return self._application(environ, start_response)
        page = self._held[0].get(state, place) or self._fetch(state, place)
        if page is None:
            return self._render(environ, start_response, place, state)
        return _send(page, environ, start_response)

    def _is_own(self, state: str, place: str) -> bool:
        """Return whether a page was found, in this public state, to be nobody's but its reader's."""
        if state != self._own_of or len(self._own) > MOST_OWN:
            self._own.clear()
            self._own_of = state
        return place in self._own

    def _state(self) -> str:
        name = self._state_now()
        return f"{name} {_day(int(self._now() + BUREAU_OFFSET) // DAY)}" if name else ""

    def _fetch(self, state: str, place: str) -> Page | None:
        """Return what a farther shelf holds, putting it on the nearest."""
        for shelf in self._held[1:]:
            page = shelf.get(state, place)
            if page is not None:
                self._held[0].put(state, place, page)
                return page
        return None

    def _render(
        self, environ: Environ, start_response: StartResponse, place: str, state: str
    ) -> Iterable[bytes]:
        """Let the application make the page, again when the public state changed meanwhile.

        What is not to be kept may depend on who asks (a form, a page that a code opens): it is asked for once
        more with the reader's own cookies, which a kept page never sees.
        """
        for _attempt in range(ATTEMPTS):
            answer = _ask(self._application, environ)
            if not answer.may_be_kept:
                self._own.add(place)
                if environ.get("HTTP_COOKIE"):
                    answer.close()
                    return self._application(environ, start_response)
                return answer.passed_on(start_response, is_head=environ["REQUEST_METHOD"] == "HEAD")
            page = Page(answer.headers, answer.read())
            after = self._state()
            if after == state and len(page.body) <= LARGEST:
                for shelf in self._held:
                    shelf.put(state, place, page)
                break
            state = after
        return _send(page, environ, start_response)


@dataclass(slots=True)
class Answer:
    """What the application answered, not yet sent."""

    status: str
    headers: Headers
    chunks: Iterable[bytes]

    @property
    def may_be_kept(self) -> bool:
        told = {name.lower(): value for name, value in self.headers}
        return (
            self.status.startswith("200 ")
            and told.get("cache-control") == KEPT
            and told.get("vary", "").lower() in ("", "accept-encoding")
            and not {"set-cookie", "content-disposition", "content-encoding"} & told.keys()
        )

    def read(self) -> bytes:
        """Return the whole body."""
        try:
            return b"".join(self.chunks)
        finally:
            self.close()

    def passed_on(self, start_response: StartResponse, *, is_head: bool) -> Iterable[bytes]:
        """Send the answer as it came."""
        start_response(self.status, self.headers)
        if is_head:
            self.close()
            return ()
        return self.chunks

    def close(self) -> None:
        """Let the application put away what it opened for the body."""
        close = getattr(self.chunks, "close", None)
        if close is not None:
            close()


def _ask(application: Application, environ: Environ) -> Answer:
    """Ask the application for the whole page, as anybody would see it, whoever asks for what part of it."""
    told: list[tuple[str, Headers]] = []
    whole = {name: value for name, value in environ.items() if name not in ASKED_AGAIN}
    whole["REQUEST_METHOD"] = "GET"
    whole["HTTP_COOKIE"] = LARGE if _is_large(environ) else ""

    def start(status: str, headers: Headers, _error: object = None) -> None:
        told.append((status, list(headers)))

    chunks = application(whole, start)
    status, headers = told[-1]
    return Answer(status, headers, chunks)


def _place(environ: Mapping[str, Any]) -> str:
    """Return what a page is held under: its address, the size of type and whether the line is safe.

    Nothing is returned for a request that is never answered from the shelf.
    """
    path = environ.get("PATH_INFO", "")
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or path.startswith(NEVER) or "/files/" in path:
        return ""
    query = environ.get("QUERY_STRING", "")
    if query and not _names_a_list(query):
        return ""
    size = "large" if _is_large(environ) else ""
    scheme = environ.get("HTTP_X_FORWARDED_PROTO") or environ.get("wsgi.url_scheme", "")
    return f"{path}?{query} {size} {'safe' if scheme == 'https' else ''}".rstrip()


def _is_large(environ: Mapping[str, Any]) -> bool:
    """Return whether the reader chose the large type (`sunshine.doors.public.sizes`)."""
    return LARGE in environ.get("HTTP_COOKIE", "")


@lru_cache(maxsize=8)
def _day(number: int) -> str:
    """Return the day that begins so many days after the first of January 1970."""
    return (date(1970, 1, 1) + timedelta(days=number)).isoformat()


@lru_cache(maxsize=2048)
def _names_a_list(query: str) -> bool:
    asked = parse_qsl(query, keep_blank_values=True)
    return len(query) < 80 and {name for name, _value in asked} <= QUERY


@lru_cache(maxsize=256)
def _encoding(accepted: str) -> str:
    """Return the best encoding that a reader takes."""
    taken = {}
    for part in accepted.lower().split(","):
        name, _semicolon, quality = part.partition(";")
        taken[name.strip()] = quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((name for name in ("br", "gzip") if taken.get(name)), "")


def _send(page: Page, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Answer with a held page: 304 to a reader who has it, nothing but the head to one who asks for that."""
    form = page.form(_encoding(environ.get("HTTP_ACCEPT_ENCODING", "")))
    known = environ.get("HTTP_IF_NONE_MATCH")
    if known and (form.etag in known or known.strip() == "*"):
        left_out = ("content-length", "content-encoding", "content-type")
        start_response("304 Not Modified", [pair for pair in form.headers if pair[0].lower() not in left_out])
        return ()
    start_response("200 OK", form.headers)
    return () if environ["REQUEST_METHOD"] == "HEAD" else (form.body,)


def in_front_of(application: Application) -> Pages:
    """Return the application with the shelves that this installation's settings ask for."""
    held: list[shelves.Shelf] = [shelves.InMemory()]
    if str(settings.CACHES["default"]["BACKEND"]).endswith("SharedCache"):
        held.append(shelves.Shared(caches["default"], _house()))
    if settings.PAGE_FILES.is_dir():
        held.append(shelves.Folder(settings.PAGE_FILES, states.alone))
    return Pages(application, state=states.of_the_database(), held=held)


def close() -> None:
    """Take page files out of the server's way, within a public change (see `shelves.Folder`)."""
    if settings.PAGE_FILES.is_dir():
        shelves.close(settings.PAGE_FILES)


def _house() -> str:
    """Return what makes pages of this release and installation differ from others of the same state."""
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    styles = manifest.read_text("utf-8") if manifest.exists() else ""
    return f"{metadata.version('sunshine')} {settings.SITE_URL} {settings.BUREAU} {styles}"
