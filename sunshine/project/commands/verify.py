"""`sunshine verify`: is what a site, a mirror or an installation shows what its log has signed?"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from sunshine.project.commands import ready

if TYPE_CHECKING:
    from sunshine.project.verifying.found import Found, Step

SHOWN = 50


def verify(
    target: Annotated[
        str, typer.Argument(help="https://… of a site, the folder of a mirror, or a data folder.")
    ],
    key: Annotated[
        Path | None, typer.Option(help="File with the log's public key, kept from elsewhere.")
    ] = None,
    checkpoint: Annotated[
        Path | None, typer.Option(help="File with a signed checkpoint kept from an earlier visit.")
    ] = None,
) -> None:
    """Check signature, log, every version of every record, every file; of a mirror every page.

    Works offline on a folder and needs nobody's word but the public key. Ends with 0 when all holds, with
    1 when something does not (each place is named), with 2 when nothing could be verified.
    """
    from sunshine.project.verifying import sites

    try:
        trusted = key.read_text("utf-8") if key else ""
        earlier = checkpoint.read_text("utf-8") if checkpoint else ""
        found = _check(target, trusted, earlier)
    except (OSError, UnicodeDecodeError, sites.Unreachable) as refusal:
        _end(str(refusal))
    _tell(found)
    raise typer.Exit(1 if found.faults else 0)


def _check(target: str, key: str, earlier: str) -> Found:
    from tqdm import tqdm

    from sunshine.project.verifying import checking, sites

    with tqdm(unit="", disable=None, leave=False) as bar:

        def step(what: str, count: int) -> None:
            bar.set_description(what, refresh=False)
            bar.update(count)

        if target.startswith(("http://", "https://")):
            return checking.verify(sites.Web(target), key=key, earlier=earlier, step=step)
        folder = Path(target)
        if (folder / "log" / "checkpoint").exists():
            return checking.verify(sites.Folder(folder), key=key, earlier=earlier, step=step)
        if (folder / "log.key").exists():
            return _of_installation(folder, key, earlier, step)
    return _end(
        f"{target}: neither a site's address, nor a mirror (log/checkpoint), nor a data folder (log.key)"
    )


def _of_installation(folder: Path, key: str, earlier: str, step: Step) -> Found:
    os.environ["SUNSHINE_HOME"] = str(folder.resolve())
    ready.django_ready()
    from sunshine.core.ledger import queries as ledger
    from sunshine.project.verifying import checking, database

    if not ledger.checkpoint():
        _end(f"{folder}: nothing has been published yet; there is nothing to verify")
    found = checking.verify(database.Database(), key=key, earlier=earlier, step=step, hides_withdrawn=False)
    if found.size:  # without a checkpoint that verifies there is nothing to hold the rows against
        database.check_rows(found, step)
    return found


def _tell(found: Found) -> None:
    typer.echo(f"log {found.origin or '(unknown)'}: {found.entries} entries, {found.tiles} tiles")
    typer.echo(
        f"{found.versions} versions, {found.files} files, {found.pages} files of the mirror; "
        f"{found.withdrawn} records withdrawn, {found.erased} fields erased under the law"
    )
    if found.earlier_size is not None and not found.faults:
        typer.echo(f"it begins with the {found.earlier_size} entries of the earlier checkpoint")
    if not found.key_was_given and found.key:
        typer.echo(f"the key came from the same place: compare it with one you trust (--key): {found.key}")
    for fault in found.faults[:SHOWN]:
        typer.secho(str(fault), err=True, fg="red")
    if len(found.faults) > SHOWN:
        typer.secho(f"… and {len(found.faults) - SHOWN} more", err=True, fg="red")
    if not found.faults:
        typer.secho("everything holds", fg="green")


def _end(sentence: str) -> NoReturn:
    typer.secho(sentence, err=True, fg="red")
    raise typer.Exit(2)
