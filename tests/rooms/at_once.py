"""Many processes at the same moment in one installation of their own: what its plays and their tests share.

A play is a module that runs as `python -m tests.rooms.NAME NUMBER…` in an empty SUNSHINE_HOME and prints
what became of it as one JSON line. It imports the product after `install`, not before.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any


def install() -> None:
    """Set up Django with an installation that is empty."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sunshine.project.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from sunshine.core.ledger import signing
    from sunshine.core.matters import sealing

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    signing.make_key(settings.LOG_KEY, settings.LOG_ORIGIN)
    sealing.make_key(settings.IDENTITY_KEY)
    call_command("migrate", interactive=False, verbosity=0)


def play(processes: int, part: Callable[[int], None]) -> int:
    """Let so many processes play their part at once, each told its number; return how many failed."""
    _close_connections()
    children = []
    for process in range(processes):
        child = os.fork()
        if child == 0:
            _play(part, process)
        children.append(child)
    return sum(os.waitpid(child, 0)[1] != 0 for child in children)


def _close_connections() -> None:
    from django.db import connections
    from django.db.backends.postgresql.base import DatabaseWrapper

    connections.close_all()
    database = connections["default"]
    if isinstance(database, DatabaseWrapper):  # never so of `django.db.connection`, which only stands for it
        database.close_pool()  # its threads would not be in the children


def _play(part: Callable[[int], None], process: int) -> None:
    status = 1
    try:
        part(process)
        status = 0
    finally:
        os._exit(status)


def tell(found: dict[str, Any]) -> None:
    """Print what became of a play."""
    sys.stdout.write(json.dumps(found) + "\n")


def numbers() -> list[int]:
    """Return the numbers that a play was started with."""
    return [int(given) for given in sys.argv[1:]]


def run(name: str, *given: int, home: Path, database: str = "") -> dict[str, Any]:
    """Run a play in an empty folder, with SQLite unless a database is named; return what it printed."""
    environment = {**os.environ, "SUNSHINE_HOME": str(home), "SUNSHINE_DATABASE_URL": database}
    if not database:
        del environment["SUNSHINE_DATABASE_URL"]
    done = subprocess.run(
        [sys.executable, "-m", f"tests.rooms.{name}", *map(str, given)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=280,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
