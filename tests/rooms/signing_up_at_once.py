"""Lets many processes sign up for one event at once and prints how everybody stands, as one JSON line.

python -m tests.rooms.signing_up_at_once PROCESSES SIGNUPS SEATS    (SUNSHINE_HOME names an empty folder)
"""

from __future__ import annotations

import json
import os
import sys


def main(processes: int, signups: int, seats: int) -> None:
    """Set up an installation, fork, sign up, and print seats and queue."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sunshine.project.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections
    from django.db.backends.postgresql.base import DatabaseWrapper

    from sunshine.core.ledger import signing
    from sunshine.core.matters import sealing
    from tests.rooms import gathering_story as story

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    signing.make_key(settings.LOG_KEY, settings.LOG_ORIGIN)
    sealing.make_key(settings.IDENTITY_KEY)
    call_command("migrate", interactive=False, verbosity=0)
    pk = story.make_announced(story.make_cast(), seats=seats).pk
    connections.close_all()
    database = connections["default"]
    if isinstance(database, DatabaseWrapper):  # never so of `django.db.connection`, which only stands for it
        database.close_pool()  # its threads would not be in the children
    children = []
    for process in range(processes):
        child = os.fork()
        if child == 0:
            _sign_up(pk, range(process, signups, processes))
        children.append(child)
    failed = sum(os.waitpid(child, 0)[1] != 0 for child in children)
    sys.stdout.write(json.dumps({"failed": failed, **story.standing(pk)}) + "\n")


def _sign_up(pk: int, numbers: range) -> None:
    from tests.rooms import gathering_story as story

    status = 1
    try:
        for number in numbers:
            story.sign_up(pk, number)
        status = 0
    finally:
        os._exit(status)


if __name__ == "__main__":
    main(*(int(given) for given in sys.argv[1:4]))
