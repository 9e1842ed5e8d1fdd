"""Which public state stands: read from the database at every request, as cheaply as each kind allows.

Every public change adds a line to the log in its own transaction, so the log's checkpoint names the whole
public state. It is empty while the log has no line or the database does not answer.
"""

from __future__ import annotations

import hashlib
import logging
import mmap
import os
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection, transaction

from sunshine.core.ledger.models import Log

logger = logging.getLogger(__name__)

QUESTION = "SELECT checkpoint FROM ledger_log WHERE id = 1"


class OfSqlite:
    """Looks where SQLite itself tells processes of a commit, and reads the file only after one.

    The first bytes of the write-ahead log's index lie in memory that all connections share; every commit
    changes them before it counts (https://sqlite.org/walformat.html, "the WAL-index header"). Looking there
    takes no call into the system and, unlike a query, never hands the interpreter to another thread.
    """

    HEADER = 96
    """Bytes: the header and its copy, which is written first."""

    def __init__(self, path: str) -> None:
        self._path = str(Path(path).resolve())
        self._local = threading.local()

    def __call__(self) -> str:
        """Return the name of the public state."""
        try:
            return self._name()
        except (sqlite3.Error, OSError, ValueError):
            logger.warning("the public state cannot be read", exc_info=True)
            self._local.__dict__.clear()
            return ""

    def _name(self) -> str:
        held = self._local.__dict__
        if "reader" not in held:
            held.update(index=_index_of(self._path), reader=_reader(self._path))
        # Looked at before the reading: what is committed in between is noticed the next time.
        seen = held["index"][: self.HEADER]
        if seen != held.get("seen"):
            held["name"] = _name_of(held["reader"].execute(QUESTION).fetchone())
            held["seen"] = seen
        name: str = held["name"]
        return name


_indexes: dict[str, tuple[sqlite3.Connection, mmap.mmap]] = {}
_opening = threading.Lock()


def _index_of(path: str) -> mmap.mmap:
    """Return the index of a database's write-ahead log, which stays open as long as the process lives.

    It may never be closed: with any handle on the file, the system would drop the locks that SQLite holds
    there for this process. The connection beside it, never closed either, keeps the file in being.
    """
    with _opening:
        if path not in _indexes:
            reader = _reader(path)
            reader.execute(QUESTION).fetchone()
            handle = os.open(f"{path}-shm", os.O_RDONLY)
            _indexes[path] = reader, mmap.mmap(handle, 0, access=mmap.ACCESS_READ)
        return _indexes[path][1]


def _reader(path: str) -> sqlite3.Connection:
    uri = f"{Path(path).as_uri()}?mode=ro"
    return sqlite3.connect(uri, uri=True, isolation_level=None, timeout=5, check_same_thread=False)


class OfPostgres:
    """Asks the primary on a connection of its own for each thread."""

    def __init__(self, parameters: dict[str, Any]) -> None:
        self._parameters = parameters
        self._local = threading.local()

    def __call__(self) -> str:
        """Return the name of the public state."""
        try:
            reader = self._local.__dict__.get("reader")
            if reader is None:
                reader = psycopg.connect(**self._parameters, autocommit=True, prepare_threshold=1)
                self._local.reader = reader
            return _name_of(reader.execute(QUESTION).fetchone())
        except psycopg.Error:
            logger.warning("the public state cannot be read", exc_info=True)
            self._local.__dict__.clear()
            return ""


def of_the_database() -> Callable[[], str]:
    """Return the reader that fits the installation's database."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return OfSqlite(str(settings["NAME"]))
    parameters = {
        "dbname": settings["NAME"],
        "user": settings["USER"],
        "password": settings["PASSWORD"],
        "host": settings["HOST"],
        "port": settings["PORT"],
    }
    return OfPostgres({name: value for name, value in parameters.items() if value})


def alone(do: Callable[[str], None]) -> None:
    """Call a function with the standing state while nobody else can change it.

    Every public change locks the log's one row until it is committed; so does this.
    """
    try:
        with transaction.atomic():
            log = Log.objects.select_for_update().filter(id=1).first()
            do(_name_of((log.checkpoint,) if log else None))
    finally:
        connection.close()  # nobody ends this request for Django


def _name_of(row: tuple[Any, ...] | None) -> str:
    return hashlib.sha256(row[0].encode()).hexdigest()[:24] if row and row[0] else ""
