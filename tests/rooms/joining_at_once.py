"""Lets many processes join a ring of cases and take them apart at once; prints who was lost, as a JSON line.

python -m tests.rooms.joining_at_once PROCESSES ROUNDS      (SUNSHINE_HOME names an empty folder)
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

CASES = 4


def main(processes: int, rounds: int) -> None:
    """Set up an installation, fork, join and take apart, and count reporters whose case is closed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sunshine.project.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections
    from django.db.backends.postgresql.base import DatabaseWrapper

    from sunshine.core.ledger import signing
    from sunshine.core.ledger.models import Entry
    from sunshine.core.matters import sealing
    from sunshine.work.correspondence.models import Reporter
    from tests.rooms import letters_story as story

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    signing.make_key(settings.LOG_KEY, settings.LOG_ORIGIN)
    sealing.make_key(settings.IDENTITY_KEY)
    call_command("migrate", interactive=False, verbosity=0)
    house = story.bureau()
    ring = [story.entered(house, who={"phone": f"1385550000{each}"})[0] for each in range(CASES)]
    connections.close_all()
    database = connections["default"]
    if isinstance(database, DatabaseWrapper):  # never so of `django.db.connection`, which only stands for it
        database.close_pool()  # its threads would not be in the children
    children = []
    for process in range(processes):
        child = os.fork()
        if child == 0:
            _act(house, ring, process, rounds)
        children.append(child)
    failed = sum(os.waitpid(child, 0)[1] != 0 for child in children)
    lost = Reporter.objects.filter(case__matter__closed_at__isnull=False).count()
    acts = Entry.objects.filter(kind__in=["citizen_case.join", "citizen_case.take_apart"]).count()
    sys.stdout.write(json.dumps({"failed": failed, "lost": lost, "acts": acts}) + "\n")


def _act(house: Any, ring: list[Any], process: int, rounds: int) -> None:
    from sunshine.kernel import errors
    from sunshine.work.correspondence import operations as letters
    from tests.cast import MONDAY

    status = 1
    given = {"actor": house.cast.clerk, "at": MONDAY}
    try:
        for turn in range(rounds):
            case, other = ring[(process + turn) % CASES], ring[(process + turn * turn + 1) % CASES]
            try:
                if turn % 3 == 2:
                    letters.take_apart(case.pk, reason="误并", **given)
                else:
                    letters.join(case.pk, other=other.matter.reference, **given)
            except errors.DomainError:
                pass  # the other was quicker
        status = 0
    finally:
        os._exit(status)


if __name__ == "__main__":
    main(*(int(given) for given in sys.argv[1:3]))
