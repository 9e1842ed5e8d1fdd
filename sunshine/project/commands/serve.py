"""`sunshine serve`: the web server and the background worker in one process group."""

from __future__ import annotations

import multiprocessing
import os
from typing import Annotated

import typer

from sunshine.project.commands import ready


def serve(
    port: Annotated[int, typer.Option(help="Port to listen on.", envvar="PORT", min=1, max=65535)] = 8000,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    workers: Annotated[int, typer.Option(help="Server processes.", min=1)] = 2,
) -> None:
    """Serve the site and do the background work until ended."""
    os.environ.setdefault("SUNSHINE_SITE_URL", f"http://localhost:{port}")
    ready.django_ready()
    ready.require_setup()
    ready.require_identities()
    from granian import Granian
    from granian.constants import Interfaces

    typer.echo(f"serving on http://{host}:{port}/ (the desk: /desk/); end with Ctrl-C")
    background = multiprocessing.get_context("spawn").Process(
        target=_background, args=(os.getpid(),), daemon=True
    )
    background.start()
    Granian(
        "sunshine.project.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        backpressure=64,
        log_access=False,
    ).serve()


def work() -> None:
    """Do only the background work, for installations with more than one machine."""
    ready.django_ready()
    ready.require_setup()
    ready.require_identities()
    from sunshine.project import worker

    worker.work_on()


def _background(server: int) -> None:
    """Do the background work as long as the server lives, however it ends."""
    ready.django_ready()
    from sunshine.project import worker

    worker.work_on(lambda: os.getppid() == server)
