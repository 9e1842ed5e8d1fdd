"""`sunshine backup`: everything of an installation in one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sunshine.project.commands import ready

SHOWN = 20
"""Lost files are named up to here."""


def backup(
    file: Annotated[Path, typer.Argument(help="The backup to write, such as sunshine-2026-03-02.tar.gz.")],
) -> None:
    """Write rows, files, the log's key and the folder's settings into one file, while the site serves on.

    The file holds the private key and all that is not public: keep it as safe as the installation. Keep
    erasures.jsonl of the data folder elsewhere too, so that a restore can erase again. Ends with 0; with 1
    when the store had lost files (each is named, all the rest is kept); with 2 when the file cannot be
    written.
    """
    ready.django_ready()
    ready.require_current()
    from django.utils import timezone
    from tqdm import tqdm

    from sunshine.core.publishing.operations import mending
    from sunshine.project import keeping, mirror

    mirror.hold_still()
    try:
        mending.write_missing_beside(at=timezone.now())
        with tqdm(unit=" rows", disable=None, leave=False) as bar:
            contents = keeping.write(
                file, made_at=timezone.localtime(), tell=lambda _what, count: bar.update(count)
            )
    except OSError as refusal:
        typer.secho(f"{file}: {refusal}", err=True, fg="red")
        raise typer.Exit(2) from refusal
    rows, files = sum(contents.rows.values()), sum(name.startswith("files/") for name in contents.digests)
    size = file.stat().st_size / (1 << 20)
    typer.echo(
        f"{rows} rows and {files} files in {file} ({size:.1f} MB); the log has {contents.log_size} entries"
    )
    for path in contents.missing[:SHOWN]:
        typer.secho(f"the store has lost {path}: look for it in an older backup", err=True, fg="red")
    if len(contents.missing) > SHOWN:
        typer.secho(f"… and {len(contents.missing) - SHOWN} more", err=True, fg="red")
    raise typer.Exit(1 if contents.missing else 0)
