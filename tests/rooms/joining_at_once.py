"""Lets many processes join a ring of cases and take them apart at once; prints who was lost, as a JSON line.

python -m tests.rooms.joining_at_once PROCESSES ROUNDS      (SUNSHINE_HOME names an empty folder)
"""

from __future__ import annotations

from functools import partial
from typing import Any

from tests.rooms import at_once

CASES = 4


def main(processes: int, rounds: int) -> None:
    """Set up an installation, fork, join and take apart, and count reporters whose case is closed."""
    at_once.install()
    from sunshine.core.ledger.models import Entry
    from sunshine.work.correspondence.models import Reporter
    from tests.rooms import letters_story as story

    house = story.bureau()
    ring = [story.entered(house, who={"phone": f"1385550000{each}"})[0] for each in range(CASES)]
    failed = at_once.play(processes, partial(_act, house, ring, rounds))
    lost = Reporter.objects.filter(case__matter__closed_at__isnull=False).count()
    acts = Entry.objects.filter(kind__in=["citizen_case.join", "citizen_case.take_apart"]).count()
    at_once.tell({"failed": failed, "lost": lost, "acts": acts})


def _act(house: Any, ring: list[Any], rounds: int, process: int) -> None:
    from sunshine.kernel import errors
    from sunshine.work.correspondence import operations as letters
    from tests.cast import MONDAY

    given = {"actor": house.cast.clerk, "at": MONDAY}
    for turn in range(rounds):
        case, other = ring[(process + turn) % CASES], ring[(process + turn * turn + 1) % CASES]
        try:
            if turn % 3 == 2:
                letters.take_apart(case.pk, reason="误并", **given)
            else:
                letters.join(case.pk, other=other.matter.reference, **given)
        except errors.DomainError:
            pass  # the other was quicker


if __name__ == "__main__":
    main(*at_once.numbers())
