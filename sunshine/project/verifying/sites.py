"""Where the bytes come from: a folder with a mirror, or a site on the web."""

from __future__ import annotations

import http.client
import ssl
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

LARGEST = 256 << 20
PATIENCE = 30


class Missing(Exception):
    """There is nothing at this address."""


class Gone(Missing):
    """What was at this address was withdrawn, and the site says so."""


class Unreachable(Exception):
    """The site does not answer; nothing can be said about it."""


class Site(Protocol):
    """Whatever hands out the bytes of an address; written as on the web, no slash first."""

    def get(self, path: str) -> bytes:
        """Return the bytes at an address; raise `Missing` or `Gone` when there are none."""
        ...


class Folder:
    """A mirror as it lies on a disk."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()

    def get(self, path: str) -> bytes:
        """Return the bytes of a file of the mirror; an address that leads outside leads nowhere."""
        try:
            place = (self.root / unquote(path.lstrip("/"))).resolve()
            if not place.is_relative_to(self.root):
                raise Missing(path)
            return place.read_bytes()
        except (OSError, ValueError) as error:
            raise Missing(path) from error

    def files(self) -> list[str]:
        """Return every file's path below the root."""
        return sorted(
            each.relative_to(self.root).as_posix() for each in self.root.rglob("*") if not each.is_dir()
        )


class Web:
    """A site on the web, asked over one lasting connection."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._parts = parts
        self._prefix = parts.path.rstrip("/")
        self._connection: http.client.HTTPConnection | None = None

    def get(self, path: str) -> bytes:
        """Return the bytes that the site answers with.

        :raises Unreachable: it does not answer, or answers that something is wrong with it
        """
        status, body = self._ask(f"{self._prefix}/{path.lstrip('/')}")
        if status == 200:
            return body
        if status == 410:
            raise Gone(path)
        if status == 404:
            raise Missing(path)
        raise Unreachable(f"{path}: the site answered {status}")

    def _ask(self, address: str) -> tuple[int, bytes]:
        for attempt in (1, 2):  # a lasting connection may have been closed since the last answer
            try:
                connection = self._connection or self._connect()
                connection.request("GET", address, headers={"Accept-Encoding": "identity"})
                answer = connection.getresponse()
                return answer.status, answer.read(LARGEST)
            except (OSError, http.client.HTTPException) as error:
                self._connection = None
                if attempt == 2:
                    raise Unreachable(f"{self._parts.netloc}: {error}") from error
        raise AssertionError

    def _connect(self) -> http.client.HTTPConnection:
        host = self._parts.netloc.rpartition("@")[2]
        if self._parts.scheme == "https":
            context = ssl.create_default_context()
            self._connection = http.client.HTTPSConnection(host, timeout=PATIENCE, context=context)
        else:
            self._connection = http.client.HTTPConnection(host, timeout=PATIENCE)
        return self._connection
