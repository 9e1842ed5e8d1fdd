"""A static mirror: every public page as a file, under the same address, so that any web server can serve it.

Pages are rendered by the same doors that serve the site, all from one reading of the database, so the
mirror shows one public state: the one whose checkpoint it carries. What a file cannot answer (the search,
forms, the desk) leads to the live site. Lists that go on by `?page=2` go on under `page-2/`.
"""

from __future__ import annotations

import hashlib
import html
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote

from django.conf import settings
from django.core import signals
from django.core.handlers.wsgi import WSGIHandler
from django.db import close_old_connections, connection, transaction

from sunshine.core.ledger import queries as ledger
from sunshine.core.publishing import rules
from sunshine.core.publishing.queries import directory, listing, records
from sunshine.doors.feeds.sitemap import LARGEST_PART, STANDING
from sunshine.doors.public.languages import ENGLISH, SIMPLIFIED, TRADITIONAL
from sunshine.kernel import tiles
from sunshine.project.pages import QUERY

LANGUAGES = (SIMPLIFIED, TRADITIONAL, ENGLISH)
LIVE = ("/desk/", "/api/", "/search/", "/size/", "/requests/")
"""What needs a program that answers: a mirror sends its readers to the live site for it."""

NOT_THERE = "/there-is-no-such-page/"
NOT_THERE_FILE = "404.html"

_LINK = re.compile(r'(?P<before>\s(?:href|src|action)=")(?P<address>/(?!/)[^"]*)"')
_TYPES = ("text/html",)


class Moved(Exception):
    """Something was published while the mirror was made; its pages would not be of one state."""


@dataclass(frozen=True, slots=True)
class Made:
    """One address of the mirror: its file, the file's digest, and where its links lead."""

    address: str
    file: str
    sha256: str
    links: tuple[str, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """Where a mirror is made, in which languages, and of which public state."""

    root: Path
    languages: tuple[str, ...]
    state: str


def state() -> str:
    """Return what names the public state now."""
    return listing.epoch().name


def hold_still() -> None:
    """Read one state of the database from now on, whatever is published meanwhile."""
    connection.ensure_connection()  # connecting reads the settings' mode, which locks writers out
    if connection.vendor == "sqlite":
        connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]  # SQLite's own
    # Between two pages Django would drop a connection that stands in a transaction.
    signals.request_started.disconnect(close_old_connections)
    signals.request_finished.disconnect(close_old_connections)
    transaction.atomic().__enter__()  # kept until the process ends: nothing is ever written
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")


def seeds(languages: tuple[str, ...]) -> Iterator[str]:
    """Yield the addresses from which everything public is reached, and those that no page links to."""
    size = ledger.size()
    yield from ("/log/key", "/log/checkpoint", "/robots.txt", "/sitemap.xml", "/sitemap-pages.xml")
    for place in (*tiles.tile_places(size), *tiles.entry_places(size)):
        yield f"/log/{place.path}"
    yield from (f"/sitemap-{number}.xml" for number, _changed_at in listing.parts(LARGEST_PART))
    yield "/feeds/all.atom"
    yield from (f"/feeds/{column.slug}.atom" for column in rules.COLUMNS)
    yield from (f"/feeds/item/{item.code}.atom" for item in directory.open_items())
    yield NOT_THERE
    gone = [record.reference for record in records.withdrawn(limit=10**9)]
    for language in languages:
        before = "" if language == SIMPLIFIED else f"/{language}"
        yield from (f"{before}{path}" for path in STANDING)
        yield from (f"{before}/r/{reference}/" for reference in gone)
        yield from (f"{before}/r/{record.reference}/" for record in records.iterate())
    for record in records.iterate():
        for number in range(1, record.version + 1):
            yield f"/r/{record.reference}/v{number}.json"
            yield f"/r/{record.reference}/v{number}.tlog-proof"


def file_of(address: str, languages: tuple[str, ...]) -> str:
    """Return the file that answers an address in the mirror; nothing for what only the live site answers."""
    path, _question, query = address.partition("#")[0].partition("?")
    first = path[1:].partition("/")[0]
    language = first if first in LANGUAGES else SIMPLIFIED
    bare = path.removeprefix(f"/{first}") if first in LANGUAGES else path
    if bare.startswith(LIVE) or language not in languages:
        return ""
    if path == NOT_THERE:
        return NOT_THERE_FILE
    if not path.endswith("/"):
        path = bare  # files are the same in every language
    if query:
        asked = parse_qsl(query, keep_blank_values=True)
        if not path.endswith("/") or not {name for name, _value in asked} <= QUERY:
            return ""
        path += "".join(f"{name}-{_plain(value)}/" for name, value in sorted(asked))
    return unquote(path.lstrip("/")) + ("index.html" if path.endswith("/") else "")


def _plain(value: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]", "_", value)


class Maker:
    """Renders addresses into files."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._application = WSGIHandler()
        self._host = next((host for host in settings.ALLOWED_HOSTS if "*" not in host), "localhost")

    def make(self, address: str) -> Made:
        """Write the file of one address and return where its links lead."""
        status, kind, body = self._ask(address)
        file = file_of(address, self._plan.languages)
        links: tuple[str, ...] = ()
        if status in (301, 302):
            body = _led_on(body)
        elif status not in (200, 410) and file != NOT_THERE_FILE:
            return Made(address, file, "", problem=f"the site answered {status}")
        if kind.startswith(_TYPES):
            text, links = self._rewritten(body.decode("utf-8"))
            body = text.encode()
        target = self._plan.root / file
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_name(f".{hashlib.sha256(target.name.encode()).hexdigest()[:16]}")
        partial.write_bytes(body)
        partial.replace(target)
        return Made(address, file, hashlib.sha256(body).hexdigest(), links)

    def _ask(self, address: str) -> tuple[int, str, bytes]:
        path, _question, query = address.partition("?")
        told: list[tuple[str, dict[str, str]]] = []

        def start(
            status: str, headers: list[tuple[str, str]], _error: Any = None
        ) -> Callable[[bytes], object]:
            told.append((status, {name.lower(): value for name, value in headers}))
            return bytes.__len__  # nobody writes past the answer

        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": unquote(path).encode().decode("latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": self._host,
            "SERVER_PORT": "80",
            "HTTP_HOST": self._host,
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_X_FORWARDED_PROTO": "https",
            "wsgi.url_scheme": "https",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
        }
        chunks = self._application(environ, start)
        try:
            body = b"".join(chunks)
        finally:
            chunks.close()
        status, headers = told[-1]
        body = headers.get("location", "").encode() if status.startswith("30") else body
        return int(status[:3]), headers.get("content-type", ""), body

    def _rewritten(self, page: str) -> tuple[str, tuple[str, ...]]:
        """Return the page with every link leading into the mirror or to the live site, and the former."""
        links: dict[str, None] = {}

        def replace(match: re.Match[str]) -> str:
            address = html.unescape(match["address"])
            file = file_of(address, self._plan.languages)
            if not file:
                return f'{match["before"]}{html.escape(settings.SITE_URL + address)}"'
            if address.startswith(settings.STATIC_URL):
                return match[0]
            links[address.partition("#")[0] if file.endswith("index.html") else f"/{quote(file)}"] = None
            fragment = address.partition("#")[2]
            there = "/" + quote(file.removesuffix("index.html"))
            return f'{match["before"]}{html.escape(there)}{"#" + html.escape(fragment) if fragment else ""}"'

        return _LINK.sub(replace, page), tuple(links)


def _led_on(location: bytes) -> bytes:
    """Return a page that leads on to where the site would have sent its reader."""
    there = html.escape(location.decode())
    return (
        f'<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>{there}</title>'
        f'<meta http-equiv="refresh" content="0; url={there}"><a href="{there}">{there}</a></html>\n'
    ).encode()
