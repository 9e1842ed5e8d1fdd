"""Virus checks: ClamAV where the installation names one, else a check of what a file is made of."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol
from urllib.parse import urlsplit

import clamd

from sunshine.kernel.words import gettext_noop

# The harmless file every scanner must find, written in two halves so that no scanner finds this source.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")


WORDS = {
    "waiting": gettext_noop("not checked yet"),
    "infected": gettext_noop("carries a virus"),
    "refused": gettext_noop("not accepted"),
}
"""What the check says of a file that does not pass, by the value of `models.Scan`."""


class ScannerUnavailable(Exception):
    """The scanner could not be asked; the file goes on waiting."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a scanner said of some bytes; `is_judged` is false where it will never take them."""

    is_clean: bool
    note: str
    is_judged: bool = True


TOO_LARGE = Answer(False, "clamd: larger than the scanner takes", is_judged=False)


class Scanner(Protocol):
    """Anything that can judge bytes."""

    def scan(self, data: bytes) -> Answer:
        """Judge bytes; raise `ScannerUnavailable` when it cannot."""
        ...


_ENDED = (BrokenPipeError, ConnectionResetError)


class _BrokenOff(ScannerUnavailable):
    """The scanner answered and ended the stream before all bytes were sent."""


class ClamAV:
    """Asks a clamd over its socket."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme == "unix":
            self._clamd = clamd.ClamdUnixSocket(path=parts.path, timeout=30)
        else:
            self._clamd = clamd.ClamdNetworkSocket(host=parts.hostname, port=parts.port or 3310, timeout=30)

    def scan(self, data: bytes) -> Answer:
        try:
            return self._asked(data)
        except _BrokenOff:  # clamd may end a stream so that is too long for it
            return self._asked_again(data)

    def _asked_again(self, data: bytes) -> Answer:
        """Ask once more: a scanner that answers, yet breaks off a second time, will not take these bytes."""
        try:
            self._clamd.ping()
            return self._asked(data)
        except _BrokenOff:
            return TOO_LARGE
        except (clamd.ClamdError, OSError) as error:
            raise ScannerUnavailable(str(error)) from error

    def _asked(self, data: bytes) -> Answer:
        try:
            state, name = self._clamd.instream(io.BytesIO(data))["stream"]
        except clamd.BufferTooLongError:
            return TOO_LARGE
        except (clamd.ClamdError, OSError, KeyError, ValueError, TypeError) as error:
            if isinstance(error, _ENDED) or isinstance(error.__context__, _ENDED):
                raise _BrokenOff(str(error)) from error
            raise ScannerUnavailable(str(error)) from error
        if state == "ERROR":
            raise ScannerUnavailable(str(name))
        return Answer(state == "OK", "clamd" if state == "OK" else f"clamd: {name}")


class Structural:
    """The embedded form's check: no programs, no known test virus. Its answers say so."""

    def scan(self, data: bytes) -> Answer:
        if data.startswith(PROGRAMS):
            return Answer(False, "structure: a program")
        if EICAR in data:
            return Answer(False, "structure: EICAR test file")
        return Answer(True, "structure")


@lru_cache(maxsize=4)
def scanner(url: str) -> Scanner:
    """Return the installation's scanner."""
    return ClamAV(url) if url else Structural()
