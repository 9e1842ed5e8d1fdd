"""Writing XML that every reader accepts: escaped, and without the characters XML cannot hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from io import StringIO
from xml.sax import saxutils

from sunshine.kernel import period

DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'
# XML 1.0 cannot say these at all, not even escaped.
_UNSAYABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def text(value: str) -> str:
    """Return a text as it stands between two tags."""
    return saxutils.escape(_UNSAYABLE.sub("", value))


def moment(value: datetime) -> str:
    """Return a moment as RFC 3339 asks, in China's time, to the second."""
    return value.astimezone(period.SHANGHAI).isoformat(timespec="seconds")


class Writer:
    """Collects one document; elements are opened and closed in order."""

    def __init__(self) -> None:
        self._out = StringIO()
        self._out.write(DECLARATION)
        self._open: list[str] = []

    def begin(self, name: str, attributes: Mapping[str, object] | None = None) -> None:
        """Open an element."""
        self._out.write(f"<{name}{_written(attributes)}>")
        self._open.append(name)

    def end(self) -> None:
        """Close the element opened last."""
        self._out.write(f"</{self._open.pop()}>\n")

    def element(self, name: str, content: str = "", attributes: Mapping[str, object] | None = None) -> None:
        """Write an element that holds only a text, or nothing."""
        inside = f">{text(content)}</{name}>\n" if content else "/>\n"
        self._out.write(f"<{name}{_written(attributes)}{inside}")

    def finished(self) -> bytes:
        """Return the document.

        :raises ValueError: an element was left open
        """
        if self._open:
            raise ValueError(f"{self._open[-1]} was not closed")
        return self._out.getvalue().encode("utf-8")


def _written(attributes: Mapping[str, object] | None) -> str:
    pairs = (attributes or {}).items()
    return "".join(f" {name}={saxutils.quoteattr(_UNSAYABLE.sub('', str(value)))}" for name, value in pairs)
