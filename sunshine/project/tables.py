"""The installation's tables: made, or brought to the form of this release."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connection


def make() -> None:
    """Bring the tables to this release's form; readers of SQLite then never wait for a writer.

    The write-ahead log is a property of the file. Asked for on every connection, the same line waits for
    the writer at work, and a page with it.
    """
    call_command("migrate", interactive=False, verbosity=0)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=WAL")
