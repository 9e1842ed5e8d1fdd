"""Lets many processes file requests at once and prints the numbers they were given, as one JSON line.

python -m tests.rooms.filing_at_once PROCESSES FILINGS      (SUNSHINE_HOME names an empty folder)
"""

from __future__ import annotations

import os

from tests.rooms import at_once


def main(processes: int, filings: int) -> None:
    """Set up an installation, fork, and print every number given and what the register holds."""
    at_once.install()
    from django.db import connections

    from sunshine.work.requests.models import Request
    from tests import cast as plays

    office = plays.make_cast().office
    connections.close_all()
    reading, writing = os.pipe()
    for _ in range(processes):
        if os.fork() == 0:
            os.close(reading)
            _file(office, filings // processes, writing)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        given = [line.strip() for line in pipe]
    held = list(Request.objects.order_by("matter_id").values_list("matter__reference", flat=True))
    at_once.tell({"given": given, "held": held})


def _file(office: object, filings: int, writing: int) -> None:
    from sunshine.core.people.models import Department
    from sunshine.work.requests import operations as requests
    from tests.cast import MONDAY
    from tests.rooms import requests_story as story

    assert isinstance(office, Department)
    try:
        for _ in range(filings):
            request, _code = requests.file_online(story.filing(), office=office, at=MONDAY)
            os.write(writing, f"{request.matter.reference}\n".encode())
    finally:
        os._exit(0)


if __name__ == "__main__":
    main(*at_once.numbers())
