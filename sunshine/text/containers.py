"""Packed files from outside: opened only when what they claim to hold is bearable."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from xml.etree import ElementTree

from pypdf.errors import PyPdfError

MOST_MEMBERS = 5_000
MOST_UNPACKED = 300 << 20
MOST_GROWTH = 400
"""How often larger than packed one member may be; real office files stay below 100."""

LEAST_SUSPECT = 10 << 20
ENCRYPTED = 0x1

BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, RuntimeError)
"""What unpacking a damaged file raises, or one packed in a way that nobody knows (NotImplementedError)."""

UNREADABLE = (
    *BROKEN,
    ElementTree.ParseError,
    PyPdfError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    OverflowError,
)
"""What reading a damaged or hostile file raises, with what its readers let through for broken input."""


class Hostile(ValueError):
    """A file made to harm whoever opens it."""


def checked(data: bytes) -> zipfile.ZipFile:
    """Return the open archive.

    :raises Hostile: encrypted, too many members, or a bomb
    :raises zipfile.BadZipFile: no archive, or damaged
    """
    archive = zipfile.ZipFile(io.BytesIO(data))
    members = archive.infolist()
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
        raise Hostile("it unpacks to more than we take")
    for member in members:
        if member.flag_bits & ENCRYPTED:
            raise Hostile("it is encrypted")
        if member.file_size > LEAST_SUSPECT and member.file_size > MOST_GROWTH * max(1, member.compress_size):
            raise Hostile("it is packed like a bomb")
    return archive


def member(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return the bytes of a member, however large it really is when unpacked.

    :raises Hostile: it holds more than it says
    """
    with archive.open(name) as opened:
        data = opened.read(MOST_UNPACKED + 1)
    if len(data) > MOST_UNPACKED:
        raise Hostile("it unpacks to more than it says")
    return data
