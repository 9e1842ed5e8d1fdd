"""Making Django ready for a command, and wording refusals for a terminal."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import django
import typer


def django_ready() -> None:
    """Configure Django from the environment; a bad value ends the command with its sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sunshine.project.settings")
    django.setup()


def child_ready() -> None:
    """Prepare a helping process: the parent alone answers Ctrl-C, and without it the helper ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, args=(os.getppid(),), daemon=True).start()
    django_ready()


def _end_with_parent(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


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
    """End with 2 and what to do where nothing was set up; what was set up has a secret of its own."""
    from django.conf import settings

    from sunshine.project import environment

    if not settings.LOG_KEY.exists():
        typer.secho(f"{settings.HOME} is not set up yet: run `sunshine setup` first", err=True, fg="red")
        raise typer.Exit(2)
    environment.keep_secret(settings.HOME / "secret.key", settings.SECRET_KEY)


def require_identities() -> None:
    """End with 2 and what to do where the key is missing that seals who asked, wrote or signed up."""
    said = without_identities()
    if said:
        typer.secho(said, err=True, fg="red")
        raise typer.Exit(2)


def without_identities() -> str:
    """Say what to do where the key of identities is missing: it is kept apart from the backups."""
    from django.conf import settings

    if settings.IDENTITY_KEY.exists():
        return ""
    return (
        f"{settings.IDENTITY_KEY} is missing: lay its copy from the safe there before the site is served. "
        "`sunshine setup` makes a new one where there is none; what was sealed before then stays shut"
    )


def require_current() -> None:
    """End with 2 and what to do when the tables are not those of this release."""
    require_setup()
    from sunshine.project import inspecting

    if inspecting.pending():
        typer.secho("the database is of an older release: run `sunshine setup` first", err=True, fg="red")
        raise typer.Exit(2)
