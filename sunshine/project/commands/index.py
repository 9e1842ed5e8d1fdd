"""`sunshine index`: build the search index anew from the records."""

from __future__ import annotations

import time

import typer

from sunshine.project.commands import ready


def index() -> None:
    """Build the search index anew from all public records; the old one serves until the new one is whole."""
    ready.django_ready()
    ready.require_setup()
    from sunshine.lenses.search import operations

    begun = time.perf_counter()
    count = operations.rebuild()
    typer.echo(f"{count} records in the search index, in {time.perf_counter() - begun:.1f} s")
