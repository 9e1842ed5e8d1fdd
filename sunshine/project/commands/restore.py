"""`sunshine restore`: an installation made again from a backup."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from sunshine.project.commands import ready

STILL_BEATING = 15
"""Seconds since the worker's last beat within which the installation counts as being served."""


def restore(
    file: Annotated[Path, typer.Argument(help="A file that `sunshine backup` wrote.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace what is in the data folder and the database.")
    ] = False,
    erasures: Annotated[
        Path | None, typer.Option(help="An erasures.jsonl kept elsewhere, newer than the backup.")
    ] = None,
) -> None:
    """Make the installation that SUNSHINE_HOME (and SUNSHINE_DATABASE_URL) names what the backup says.

    Every byte of the backup is checked first. What was lawfully erased since is erased again, as far as
    erasures.jsonl of the data folder or --erasures tells. The search index is built anew. Ends with 0;
    with 1 when it was begun and not ended, or the log does not verify afterwards; with 2 when nothing was
    begun.
    """
    ready.django_ready()
    from django.conf import settings
    from django.db import DatabaseError
    from django.utils import timezone
    from tqdm import tqdm

    from sunshine.project import keeping

    settings.HOME.mkdir(parents=True, exist_ok=True)  # even to be asked, the embedded database needs it
    beat = settings.HOME / "worker.beat"
    if beat.exists() and time.time() - beat.stat().st_mtime < STILL_BEATING:
        _end(f"{settings.HOME} is being served: end `sunshine serve` first")
    if not keeping.is_empty(settings.HOME) and not replace:
        _end(f"{settings.HOME} holds an installation: name an empty folder, or add --replace")
    try:
        contents = keeping.examine(file)
        known = keeping.known_erasures(erasures)
        before = _log_size()
    except (keeping.BadBackup, OSError, UnicodeDecodeError) as refusal:
        _end(str(refusal))
    try:
        with tqdm(total=sum(contents.rows.values()), unit=" rows", disable=None, leave=False) as bar:
            erased = keeping.restore(
                file, contents, erasures=known, at=timezone.now(), tell=lambda _what, count: bar.update(count)
            )
    except (OSError, DatabaseError) as refusal:
        typer.secho(
            f"the restore was begun and not ended ({refusal}): mend the cause, then repeat it with --replace",
            err=True,
            fg="red",
        )
        raise typer.Exit(1) from refusal
    typer.echo(f"restored what stood at {contents.made_at}; the log has {contents.log_size} entries")
    if erased:
        typer.echo(f"{erased} fields that were erased since have been erased again")
    if before > contents.log_size:
        typer.secho(
            f"the log had {before} entries: whoever kept a newer checkpoint will see that it went back. "
            "Say so in public, and enter again what was published since",
            fg="yellow",
        )
    _finish()


def _log_size() -> int:
    """Return how many entries the log has here; 0 where a restore that was cut off left no tables."""
    from django.db import connection

    from sunshine.core.ledger import queries as ledger

    return ledger.size() if "ledger_log" in connection.introspection.table_names() else 0


def _finish() -> None:
    """Make what can be made anew, and verify the log with the key that came back."""
    from django.core.management import call_command

    from sunshine.core.ledger import signing
    from sunshine.lenses.search import operations as search
    from sunshine.project.verifying import checking, database

    call_command("collectstatic", interactive=False, verbosity=0)
    search.rebuild()
    key = signing.signer().verifier_key
    found = checking.verify(database.Database(), key=key, hides_withdrawn=False)
    if found.size:
        database.check_rows(found)
    for fault in found.faults if found.size else ():
        typer.secho(str(fault), err=True, fg="red")
    if found.size and found.faults:
        raise typer.Exit(1)
    typer.secho(f"the log verifies: {found.entries} entries", fg="green")
    if said := ready.without_identities():
        typer.secho(said, fg="yellow")


def _end(sentence: str) -> NoReturn:
    typer.secho(sentence, err=True, fg="red")
    raise typer.Exit(2)
