"""Making Django ready for a command, and wording refusals for a terminal."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import django
import typer


def django_ready() -> None:
    """Configure Django from the environment; a bad value ends the command with its sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sunshine.project.settings")
    django.setup()


@contextmanager
def refusals_spoken() -> Iterator[None]:
    """Print a refusal's reasons and end with 1 instead of a traceback."""
    from sunshine.kernel.errors import DomainError

    try:
        yield
    except DomainError as refusal:
        for reason in refusal.reasons:
            typer.secho(str(reason), err=True, fg="red")
        raise typer.Exit(1) from refusal


def require_setup() -> None:
    """End with 2 and what to do when the installation was never set up."""
    from django.conf import settings

    if not settings.LOG_KEY.exists():
        typer.secho(f"{settings.HOME} is not set up yet: run `sunshine setup` first", err=True, fg="red")
        raise typer.Exit(2)
