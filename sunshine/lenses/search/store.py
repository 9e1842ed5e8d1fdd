"""The index on disk: its fields, how it is written, how it is read while others write.

The folder holds one generation of the index and a file that names it, so that a new generation can be
built beside the old one and take its place in an instant. The generation's name says which form of
index it has; one of another form, or one that cannot be opened, counts as absent.
"""

from __future__ import annotations

import contextlib
import fcntl
import functools
import json
import secrets
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from operator import attrgetter
from pathlib import Path
from typing import Any

import tantivy

from sunshine.text import pinyin, tokens

FORM = 5
"""Raised whenever the fields or the analysis change: an index of another form is built anew."""

NEVER = 9999_12_31
"""The day that stands for no day; days are written 20260302."""

_CURRENT = "current"
_HEAP = 48_000_000


class Absent(Exception):
    """There is no index of today's form that can be opened."""


@dataclass(frozen=True, slots=True)
class Page:
    """What the index knows of one record; `mark` is another as soon as the public may read something else.

    Days are numbers like 20260302, `published` counts seconds.
    """

    reference: str
    mark: str
    kind: str
    title: str
    text: str
    number: str = ""
    topic: str = ""
    department: str = ""
    year: int = 0
    published: int = 0
    effective: int = 0
    until: int = NEVER
    repealed: int = NEVER


_GAP = b"\0"
"""Stands between the parts of what is kept; neither JSON nor a folded text can hold it."""
_NAMES = tuple(each.name for each in fields(Page))
_VALUES, _TEXT = attrgetter(*_NAMES), _NAMES.index("text")


@dataclass(frozen=True)
class Kept:
    """A page as it lies in the index, its text apart; `plain` is what is compared: title, number, text."""

    head: bytes
    plain: str
    written: bytes

    @functools.cached_property
    def page(self) -> Page:
        """What the index knows of the page, read only for those that are near the top."""
        return Page(*json.loads(self.head))

    @property
    def text(self) -> str:
        """The text as it was written, read only for what is shown."""
        return self.written.decode("utf-8")


COUNTED = frozenset({"pairs", "singles", "title_pairs", "title_singles"})
"""The fields that say how often a token stands in them."""


def _schema() -> Any:
    build = tantivy.SchemaBuilder()
    for name in sorted(COUNTED):
        build.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    build.add_text_field("sounds", tokenizer_name="whitespace", index_option="basic")
    for name in ("reference", "title_key", "title_core", "number_key"):
        build.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("kind", "topic", "department"):
        build.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("year", "published", "effective", "until", "repealed"):
        build.add_unsigned_field(name, indexed=True, fast=True)
    return build.add_bytes_field("kept", stored=True).build()


SCHEMA = _schema()


def document(page: Page) -> Any:
    """Return a page as the index takes it in."""
    plain = tokens.folded(f"{page.title}\n{page.number}\n{page.text}")
    runs = tokens.pieces(plain)
    made = tantivy.Document()
    for name, text in (
        ("pairs", tokens.written_pairs(runs)),
        ("singles", tokens.written_singles(runs)),
        *_title_fields(page.title),
        ("reference", page.reference),
        ("number_key", tokens.bare(page.number)),
        ("kind", page.kind),
        ("topic", page.topic),
        ("department", page.department),
    ):
        if text:
            made.add_text(name, text)
    for name in ("year", "published", "effective", "until", "repealed"):
        made.add_unsigned(name, getattr(page, name))
    values = list(_VALUES(page))
    values[_TEXT] = ""  # stands behind the head, unescaped
    head = json.dumps(values)
    made.add_bytes("kept", _GAP.join(part.encode("utf-8", "replace") for part in (head, plain, page.text)))
    return made


@functools.lru_cache(maxsize=8192)
def _title_fields(title: str) -> tuple[tuple[str, str], ...]:
    """Return what the index takes from a title; many pages may stand under one."""
    runs = tokens.pieces(tokens.folded(title))
    return (
        ("title_key", tokens.bare(title)),
        ("title_core", tokens.core(title)),
        ("title_pairs", " ".join(tokens.pairs(runs))),
        ("title_singles", " ".join(tokens.singles(runs))),
        ("sounds", " ".join(pinyin.sounds(runs))),
    )


class Reader:
    """An opened generation, as new as the last commit of whoever writes."""

    def __init__(self, folder: Path, generation: str) -> None:
        self._meta = folder / generation / "meta.json"
        self.generation = generation
        try:
            self._seen = self._meta.stat().st_mtime_ns
            self._index = tantivy.Index(SCHEMA, str(folder / generation), reuse=True)
            self._index.config_reader("manual")
        except (OSError, ValueError) as error:
            raise Absent(generation) from error

    def searcher(self) -> Any:
        """Return what answers questions; reloads only when somebody has committed since.

        :raises Absent: the files are gone or damaged
        """
        try:
            changed = self._meta.stat().st_mtime_ns
            if changed != self._seen:
                self._index.reload()
                self._seen = changed
            return self._index.searcher()
        except (OSError, ValueError) as error:
            raise Absent(self.generation) from error


_readers: dict[Path, Reader] = {}


def reader(folder: Path) -> Reader:
    """Return the reader of the folder's present generation, opened once in each process.

    :raises Absent: there is none of today's form
    """
    generation = _present(folder)
    held = _readers.get(folder)
    if held is None or held.generation != generation:
        held = _readers[folder] = Reader(folder, generation)
    return held


def kept(searcher: Any, address: Any) -> Kept:
    """Return the page at an address of the index."""
    head, plain, text = searcher.doc(address).get_first("kept").split(_GAP, 2)
    return Kept(head, plain.decode("utf-8"), text)


def add(folder: Path, pages: Iterable[Page], *, gone: Iterable[str] = ()) -> int:
    """Put pages in the place of what is known of their records, and forget others; return how many were put.

    One writer at a time: another waits.

    :raises Absent: there is no index to add to
    """
    with _alone(folder):
        return _write(folder / _present(folder), pages, frozenset(gone))


def build(folder: Path, pages: Iterable[Page]) -> int:
    """Build the index anew beside the one that serves, and let it take its place; return its pages."""
    folder.mkdir(parents=True, exist_ok=True)
    generation = f"form{FORM}-{secrets.token_hex(4)}"
    with _alone(folder):
        (folder / generation).mkdir()
        written = _write(folder / generation, pages, None)
        fresh = folder / f"{_CURRENT}.new"
        fresh.write_text(generation, "utf-8")
        fresh.replace(folder / _CURRENT)
        for old in folder.iterdir():
            if old.is_dir() and old.name != generation:
                shutil.rmtree(old, ignore_errors=True)  # whoever still reads it holds its files open
    return written


def _write(place: Path, pages: Iterable[Page], gone: frozenset[str] | None) -> int:
    """Write pages, forgetting what is `gone` and what they replace; None: nothing was there."""
    try:
        writer = tantivy.Index(SCHEMA, str(place), reuse=True).writer(_HEAP, 1)
    except (OSError, ValueError) as error:
        raise Absent(place.name) from error
    written = 0
    try:
        for reference in gone or ():
            writer.delete_documents_by_term("reference", reference)
        for page in pages:
            if gone is not None and page.reference not in gone:
                writer.delete_documents_by_term("reference", page.reference)
            writer.add_document(document(page))
            written += 1
        writer.commit()
    except BaseException:
        writer.rollback()
        raise
    finally:
        writer.wait_merging_threads()  # ends the writer, and with it the lock that it holds
    return written


def _present(folder: Path) -> str:
    try:
        generation = (folder / _CURRENT).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Absent(str(folder)) from error
    if not generation.startswith(f"form{FORM}-") or not (folder / generation / "meta.json").exists():
        raise Absent(generation)
    return generation


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait until nobody else writes; the lock goes with the process that held it."""
    try:
        lock = (folder / "lock").open("w")
    except OSError as error:
        raise Absent(str(folder)) from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
