"""The lines of a file one after the other: of any size, in the memory of its longest line."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from sunshine.text import extract

_CHUNK = 1 << 18
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def lines(opened: BinaryIO) -> Iterator[str]:
    """Yield the lines of a text without their ends, decoded as `extract.decoded` decodes a whole text.

    What can be read twice is UTF-8 when all of it is. What comes through a pipe is UTF-8 up to the first line
    that is not, and GB 18030 from there on.
    """
    is_utf8 = not opened.seekable() or _is_utf8(opened)
    for number, line in enumerate(opened):
        if number == 0 and line.startswith(_WIDE):  # its line ends are two bytes: read as a whole
            yield from _whole(line + opened.read())
            return
        bare = line.removesuffix(b"\n").removesuffix(b"\r")
        if is_utf8:
            try:
                yield bare.decode("utf-8-sig" if number == 0 else "utf-8")
                continue
            except UnicodeDecodeError:
                is_utf8 = False
        yield bare.decode("gb18030", "replace")


def _whole(data: bytes) -> Iterator[str]:
    for line in extract.decoded(data).removesuffix("\n").split("\n"):
        yield line.removesuffix("\r")


def _is_utf8(opened: BinaryIO) -> bool:
    begun = opened.tell()
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := opened.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    finally:
        opened.seek(begun)
    return True
