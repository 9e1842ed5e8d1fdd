"""Which public state stands: read from the database at every request, as cheaply as each kind allows.

Every public change adds a line to the log in its own transaction, so the log's checkpoint names the whole
public state. It is empty while the log has no line or the database does not answer.
"""

from __future__ import annotations

import hashlib
import logging
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
    """Reads the file on a connection of its own for each thread, and only after a change: microseconds."""

    def __init__(self, path: str) -> None:
        self._uri = f"{Path(path).resolve().as_uri()}?mode=ro"
        self._local = threading.local()

    def __call__(self) -> str:
        """Return the name of the public state."""
        try:
            return self._name()
        except sqlite3.Error:
            logger.warning("the public state cannot be read", exc_info=True)
            self._local.__dict__.clear()
            return ""

    def _name(self) -> str:
        held = self._local.__dict__
        if "reader" not in held:
            held["reader"] = sqlite3.connect(self._uri, uri=True, isolation_level=None, timeout=5)
        # The number changes with every commit of anybody else, in this process or another.
        version = held["reader"].execute("PRAGMA data_version").fetchone()
        if version != held.get("version"):
            held["name"] = _name_of(held["reader"].execute(QUESTION).fetchone())
            held["version"] = version
        name: str = held["name"]
        return name


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
