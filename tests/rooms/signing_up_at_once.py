"""Lets many processes sign up for one event at once and prints how everybody stands, as one JSON line.

python -m tests.rooms.signing_up_at_once PROCESSES SIGNUPS SEATS    (SUNSHINE_HOME names an empty folder)
"""

from __future__ import annotations

from functools import partial

from tests.rooms import at_once


def main(processes: int, signups: int, seats: int) -> None:
    """Set up an installation, fork, sign up, and print seats and queue."""
    at_once.install()
    from tests.rooms import gathering_story as story

    pk = story.make_announced(story.make_cast(), seats=seats).pk
    failed = at_once.play(processes, partial(_sign_up, pk, signups, processes))
    at_once.tell({"failed": failed, **story.standing(pk)})


def _sign_up(pk: int, signups: int, processes: int, process: int) -> None:
    from tests.rooms import gathering_story as story

    for number in range(process, signups, processes):
        story.sign_up(pk, number)


if __name__ == "__main__":
    main(*at_once.numbers())
