"""Where rendered pages are kept: in this process, in a Redis for all, as files for a server in front."""

from __future__ import annotations

import gzip
import hashlib
import logging
import os
import re
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import brotli

logger = logging.getLogger(__name__)

Headers = list[tuple[str, str]]

OWN = frozenset({"content-length", "etag", "last-modified", "vary", "date"})
"""Headers that are said anew for each form of a page."""

BUDGET = 128 << 20
SMALLEST_PACKED = 600
KEPT_FOR = 24 * 3600


@dataclass(frozen=True, slots=True)
class Form:
    """A page in one encoding, ready to send."""

    etag: str
    headers: Headers
    body: bytes


@dataclass(slots=True)
class Page:
    """A page's headers and bytes, and its packed forms as they are asked for."""

    headers: Headers
    body: bytes
    forms: dict[str, Form] = field(default_factory=dict)

    def form(self, encoding: str) -> Form:
        """Return the page in an encoding ("br", "gzip" or nothing), packing it once."""
        held = self.forms.get(encoding)
        if held is None:
            held = self.forms[encoding] = _form(self, encoding)
        return held


class Shelf(Protocol):
    """Keeps pages under the public state that they show."""

    def get(self, state: str, place: str) -> Page | None:
        """Return the page of a place in a public state, if it is held."""

    def put(self, state: str, place: str, page: Page) -> None:
        """Hold a page of a public state."""


class InMemory:
    """This process's own shelf: pages of one public state; the next state begins with an empty one."""

    def __init__(self, budget: int = BUDGET) -> None:
        self._budget = budget
        self._lock = threading.Lock()
        self._held: tuple[str, dict[str, Page]] = ("", {})
        self._weight = 0

    def get(self, state: str, place: str) -> Page | None:
        """Return the page of a place in a public state, if it is held."""
        held, pages = self._held
        return pages.get(place) if held == state else None

    def put(self, state: str, place: str, page: Page) -> None:
        """Hold a page; the oldest make room."""
        with self._lock:
            held, pages = self._held
            if held != state:
                pages = {}
                self._held, self._weight = (state, pages), 0
            replaced = pages.pop(place, None)
            self._weight += len(page.body) - (len(replaced.body) if replaced else 0)
            pages[place] = page
            while self._weight > self._budget and len(pages) > 1:
                self._weight -= len(pages.pop(next(iter(pages))).body)


class Shared:
    """A shelf in Redis for all processes and machines; while it does not answer, every page is a miss.

    :param cache: the installation's `SharedCache`
    :param house: differs between releases and installations, so that none shows another's pages
    """

    def __init__(self, cache: Any, house: str) -> None:
        self._cache = cache
        self._house = house

    def get(self, state: str, place: str) -> Page | None:
        """Return the page of a place in a public state, if it is held."""
        told = self._cache.get(self._key(state, place))
        return Page(*told) if told else None

    def put(self, state: str, place: str, page: Page) -> None:
        """Hold a page for a day at most."""
        self._cache.set(self._key(state, place), (page.headers, page.body), KEPT_FOR)

    def _key(self, state: str, place: str) -> str:
        return f"page:{hashlib.sha256(f'{self._house} {state} {place}'.encode()).hexdigest()}"


def _in_background(do: Callable[[], None]) -> None:
    threading.Thread(target=do, daemon=True).start()


class Folder:
    """Pages as files, for a server in front that asks nobody: `current/<day>/<address>/index.html`.

    `current` leads to the files of the public state that stands. Whoever changes the public state takes it
    away within the change (`close`), and it is made again only while nobody can be changing it: `alone`
    runs a function under the lock that every public change takes. So a page that the change took back is
    out of the way before the change counts, also when a process dies at any moment. A change that is taken
    back leaves the files aside until the next page is written; the application answers meanwhile.

    :param start: runs a function beside the request, which does not wait for that lock
    """

    ADDRESS = re.compile(r"/(?:[A-Za-z0-9_-]+/)*", re.ASCII)

    def __init__(
        self,
        home: Path,
        alone: Callable[[Callable[[str], None]], None],
        start: Callable[[Callable[[], None]], None] = _in_background,
    ) -> None:
        self._home = home
        self._alone = alone
        self._start = start
        self._opening = threading.Lock()

    def get(self, _state: str, _place: str) -> Page | None:
        """Return nothing: what lies here is read by the server in front."""
        return None

    def put(self, state: str, place: str, page: Page) -> None:
        """Write a page as files; a list's further pages and large type stay with the application."""
        path, _question, rest = place.partition("?")
        name, _blank, day = state.rpartition(" ")
        if rest not in ("", " safe") or not self.ADDRESS.fullmatch(path) or not _is_html(page):
            return
        folder = self._home / _folder_name(name) / day / path.strip("/")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _write(folder / "index.html", page.body)
            _write(folder / "index.html.gz", gzip.compress(page.body, 6, mtime=0))
        except OSError:  # a full disk, or the next state swept this one away: the application answers
            logger.warning("the files of a page cannot be written", exc_info=True)
            return
        if not self._leads_to(name) and self._opening.acquire(blocking=False):
            self._start(lambda: self._open_alone(name))

    def _leads_to(self, name: str) -> bool:
        current = self._home / "current"
        return current.is_symlink() and current.readlink().name == _folder_name(name)

    def _open_alone(self, name: str) -> None:
        try:
            self._alone(lambda standing: self._open(name) if standing == name else None)
        finally:
            self._opening.release()

    def _open(self, name: str) -> None:
        link = self._home / f".current-{os.getpid()}-{threading.get_ident()}"
        link.unlink(missing_ok=True)
        link.symlink_to(_folder_name(name))
        link.replace(self._home / "current")
        for old in self._home.iterdir():
            if old.is_dir() and not old.is_symlink() and old.name != _folder_name(name):
                shutil.rmtree(old, ignore_errors=True)


def close(home: Path) -> None:
    """Take the files of the standing public state out of the way of the server in front."""
    (home / "current").unlink(missing_ok=True)


def _folder_name(state: str) -> str:
    return hashlib.sha256(state.encode()).hexdigest()[:24]


def _is_html(page: Page) -> bool:
    return any(name.lower() == "content-type" and "text/html" in value for name, value in page.headers)


def _write(path: Path, data: bytes) -> None:
    new = path.with_name(f".{path.name}-{os.getpid()}-{threading.get_ident()}")
    new.write_bytes(data)
    new.replace(path)


def _form(page: Page, encoding: str) -> Form:
    body = page.body
    if len(body) < SMALLEST_PACKED:
        encoding = ""
    if encoding == "br":
        body = brotli.compress(body, quality=5)
    elif encoding == "gzip":
        body = gzip.compress(body, 6, mtime=0)
    etag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    headers = [(name, value) for name, value in page.headers if name.lower() not in OWN]
    headers += [("ETag", etag), ("Vary", "Accept-Encoding"), ("Content-Length", str(len(body)))]
    if encoding:
        headers.append(("Content-Encoding", encoding))
    return Form(etag, headers, body)
