"""`sunshine check`: is this installation sound?"""

from __future__ import annotations

import typer

from sunshine.project.commands import ready

MARKS = {"good": ("✓", "green"), "warning": ("!", "yellow"), "fault": ("✗", "red")}


def check() -> None:
    """Look at procedures, calendar, due moments, log, deliveries, posts, translations, keys and tables.

    Ends with 0 when nothing is wrong (warnings are told), with 1 when something must be mended.
    """
    ready.django_ready()
    ready.require_setup()
    from django.utils import timezone

    from sunshine.project import inspecting

    faults = 0
    for said in inspecting.inspect(at=timezone.now()):
        mark, colour = MARKS[said.tone]
        typer.secho(f"{mark} {said.sentence}", fg=colour, err=said.tone == "fault")
        faults += said.tone == "fault"
    raise typer.Exit(1 if faults else 0)
