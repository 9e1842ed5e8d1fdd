"""The files of a folder or an archive, one after the other; what an archive claims is not believed."""

from __future__ import annotations

import os
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sunshine.kernel.words import gettext_noop

READABLE = frozenset({".md", ".html", ".htm", ".docx", ".pdf", ".txt"})
LARGEST_FILE = 50 << 20
LARGEST_WHOLE = 4 << 30
MOST_FILES = 1_000_000
LONGEST_NAME = 400
ENCRYPTED = 0x1
NAME_IS_UTF8 = 0x800

LINK = gettext_noop("A link is not followed")
OUTSIDE = gettext_noop("Its name leads out of the folder")
TOO_LARGE = gettext_noop("It is larger than 50 MB")
LOCKED = gettext_noop("It is encrypted")
OTHER_KIND = gettext_noop("Files of this kind are not read")
DAMAGED = gettext_noop("The archive is damaged here")


class BadSource(Exception):
    """The whole folder or archive cannot be read."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file of the former site: its name below the folder, and its bytes or why they are not read."""

    name: str
    data: bytes = b""
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class _Member:
    """What a folder or an archive says of one entry, and how to read so many bytes of it."""

    name: str
    size: int
    is_link: bool
    is_locked: bool
    read: Callable[[int], bytes]


def root_name(path: Path) -> str:
    """Return what a folder or archive is called, without the ending: the same for both forms."""
    name = path.resolve().name
    for ending in (".tar.xz", ".tar.gz", ".tar.bz2", ".tgz", ".tar", ".zip"):
        if name.lower().endswith(ending):
            return name[: -len(ending)]
    return name


def count(path: Path) -> int:
    """Return how many files there are, readable or not, without reading them.

    :raises BadSource: there is no such folder or archive, or it is damaged
    """
    return sum(1 for _ in _members(path))


def walk(path: Path) -> Iterator[Source]:
    """Yield every file in the order of its folder or archive; links and hostile names are refused.

    :raises BadSource: it is no folder and no archive, damaged, or larger than anything we take
    """
    whole = 0
    for number, member in enumerate(_members(path)):
        whole += member.size
        if whole > LARGEST_WHOLE or number >= MOST_FILES:
            raise BadSource(f"{path}: more than {MOST_FILES} files or {LARGEST_WHOLE >> 30} GB")
        yield _read(member)


def _read(member: _Member) -> Source:
    name = _safe(member.name)
    refusal = _refusal(member, name)
    if refusal:
        return Source(name or repr(member.name)[:LONGEST_NAME], refusal=refusal)
    try:
        data = member.read(LARGEST_FILE + 1)
    except (OSError, EOFError, zipfile.BadZipFile, tarfile.TarError, NotImplementedError, RuntimeError):
        return Source(name, refusal=DAMAGED)
    return Source(name, refusal=TOO_LARGE) if len(data) > LARGEST_FILE else Source(name, data)


def _refusal(member: _Member, name: str) -> str:
    if not name:
        return OUTSIDE
    if member.is_link:
        return LINK
    if PurePosixPath(name).suffix.lower() not in READABLE:
        return OTHER_KIND
    if member.is_locked:
        return LOCKED
    return TOO_LARGE if member.size > LARGEST_FILE else ""


def _safe(name: str) -> str:
    """Return the name as a plain path below its root, or nothing when it is none."""
    plain = name.replace("\\", "/")
    parts = [part for part in plain.split("/") if part not in ("", ".")]
    is_hostile = (
        plain.startswith("/")
        or ".." in parts
        or any(ord(character) < 32 for character in plain)
        or (len(plain) > 1 and plain[1] == ":")
        or len(plain) > LONGEST_NAME
    )
    return "" if is_hostile else "/".join(parts)


def _members(path: Path) -> Iterator[_Member]:
    if path.is_dir():
        return _of_folder(path)
    if not path.is_file():
        raise BadSource(f"{path}: there is no such folder or archive")
    if zipfile.is_zipfile(path):
        return _of_zip(path)
    if _is_tar(path):
        return _of_tar(path)
    if path.suffix.lower() in READABLE:
        return iter([_of_file(path, path.name)])
    raise BadSource(f"{path}: neither a folder nor a .zip, .tar, .tar.gz or .tar.xz archive")


def _is_tar(path: Path) -> bool:
    try:
        return tarfile.is_tarfile(path)
    except EOFError as error:  # cut off within its first block
        raise BadSource(f"{path}: the archive is damaged ({error})") from error


def _of_folder(path: Path) -> Iterator[_Member]:
    for folder, below, names in os.walk(path, followlinks=False):
        below.sort()
        for name in sorted(names):
            if not name.startswith("."):
                file = Path(folder) / name
                yield _of_file(file, file.relative_to(path).as_posix())


def _of_file(file: Path, name: str) -> _Member:
    def read(limit: int) -> bytes:
        with file.open("rb") as opened:
            return opened.read(limit)

    is_link = file.is_symlink() or not file.is_file()
    return _Member(name, 0 if is_link else file.stat().st_size, is_link, is_locked=False, read=read)


def _of_zip(path: Path) -> Iterator[_Member]:
    try:
        whole = zipfile.ZipFile(path)
    # `zipfile` itself raises NotImplementedError, for an archive of a version that it cannot read.
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise BadSource(f"{path}: the archive is damaged ({error})") from error
    with whole as archive:
        for info in archive.infolist():
            if info.is_dir():
                continue

            def read(limit: int, info: zipfile.ZipInfo = info) -> bytes:
                with archive.open(info) as opened:
                    return opened.read(limit)

            is_link = (info.external_attr >> 16) & 0o170000 == 0o120000
            is_locked = bool(info.flag_bits & ENCRYPTED)
            yield _Member(_zip_name(info), info.file_size, is_link, is_locked, read)


def _zip_name(info: zipfile.ZipInfo) -> str:
    """Return the name; without the UTF-8 mark, Chinese systems wrote it in GB 18030."""
    if info.flag_bits & NAME_IS_UTF8 or info.filename.isascii():
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return info.filename


def _of_tar(path: Path) -> Iterator[_Member]:
    try:
        with tarfile.open(path) as archive:
            for info in archive:
                if info.isdir():
                    continue

                def read(limit: int, info: tarfile.TarInfo = info) -> bytes:
                    opened = archive.extractfile(info)
                    return opened.read(limit) if opened else b""

                yield _Member(info.name, info.size, not info.isreg(), is_locked=False, read=read)
                # A long archive must not be held in memory; typeshed does not know the list.
                archive.members = []  # type: ignore[attr-defined]
    except (tarfile.TarError, EOFError, OSError) as error:
        raise BadSource(f"{path}: the archive is damaged ({error})") from error
