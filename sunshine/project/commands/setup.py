"""`sunshine setup`: everything an installation needs before it can serve; safe to run again."""

from __future__ import annotations

import typer

from sunshine.project.commands import ready


def setup() -> None:
    """Make the data folder, the log's key, the tables and the static files."""
    ready.django_ready()
    from django.conf import settings
    from django.core.management import call_command

    from sunshine.core.ledger import signing
    from sunshine.core.matters import sealing
    from sunshine.project import environment, tables

    for folder in (settings.HOME, settings.HOME / "files", settings.SEARCH_INDEX):
        folder.mkdir(parents=True, exist_ok=True)
    environment.keep_secret(settings.HOME / "secret.key", settings.SECRET_KEY)
    bureau = settings.HOME / "bureau.toml"
    if not bureau.exists():
        bureau.write_text(settings.BUREAU.as_toml(), "utf-8")
    signing.make_key(settings.LOG_KEY, settings.LOG_ORIGIN)
    sealing.make_key(settings.IDENTITY_KEY)
    tables.make()
    call_command("collectstatic", interactive=False, verbosity=0)
    typer.echo(f"set up in {settings.HOME}; the log is {settings.LOG_ORIGIN}")
