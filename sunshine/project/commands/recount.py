"""`sunshine recount`: does every figure of the published yearly reports follow from the public log?"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from sunshine.project.commands import ready

if TYPE_CHECKING:
    from sunshine.project.recounting import Recounted
    from sunshine.project.verifying.found import Found, Step
    from sunshine.project.verifying.sites import Site

SHOWN = 50


def recount(
    target: Annotated[
        str, typer.Argument(help="https://… of a site, the folder of a mirror, or a data folder.")
    ],
    year: Annotated[int | None, typer.Option(help="Only the report of this year.")] = None,
    key: Annotated[
        Path | None, typer.Option(help="File with the log's public key, kept from elsewhere.")
    ] = None,
) -> None:
    """Count the yearly reports again from the log: every figure, its list of cases, the page's numbers.

    Needs nobody's word but the log's key, and works offline on a mirror. Ends with 0 when every figure
    agrees, with 1 when one does not (each is named), with 2 when there was nothing to count.
    """
    from sunshine.project.verifying import sites

    try:
        trusted = key.read_text("utf-8") if key else ""
        found, reports = _counted(target, trusted, year)
    except (OSError, UnicodeDecodeError, sites.Unreachable) as refusal:
        _end(str(refusal))
    if not reports and not found.faults:
        _end(f"{target}: no yearly report is public{f' for {year}' if year else ''}")
    raise typer.Exit(_tell(found, reports))


def _counted(target: str, key: str, year: int | None) -> tuple[Found, list[Recounted]]:
    from tqdm import tqdm

    from sunshine.project import recounting

    site = _site(target)
    with tqdm(unit="", disable=None, leave=False) as bar:

        def step(what: str, count: int) -> None:
            bar.set_description(what, refresh=False)
            bar.update(count)

        tell: Step = step
        return recounting.recount(site, key=key, year=year, step=tell)


def _site(target: str) -> Site:
    from sunshine.project.verifying import sites

    if target.startswith(("http://", "https://")):
        return sites.Web(target)
    folder = Path(target)
    if (folder / "log" / "checkpoint").exists():
        return sites.Folder(folder)
    if not (folder / "log.key").exists():
        _end(
            f"{target}: neither a site's address, nor a mirror (log/checkpoint), nor a data folder (log.key)"
        )
    os.environ["SUNSHINE_HOME"] = str(folder.resolve())
    ready.django_ready()
    from sunshine.project.verifying import database

    return database.Database()


def _tell(found: Found, reports: list[Recounted]) -> int:
    """Say what came out, and return how the command ends."""
    for made in sorted(reports, key=lambda each: each.year):
        typer.echo(
            f"{made.year} (record {made.reference}, version {made.version}): {made.agreed} figures agree "
            f"with {made.cases} cases of the log; {made.stated} cells were stated, not counted"
        )
        for fact in made.facts:
            told = f"{fact.name} {fact.value}{fact.unit} (as of {fact.as_of}, says: {fact.source})"
            typer.echo(f"  stated, not counted: {told}")
    if not found.key_was_given and found.key:
        typer.echo(f"the key came from the same place: compare it with one you trust (--key): {found.key}")
    faults = [*found.faults, *(fault for made in reports for fault in made.faults)]
    for fault in faults[:SHOWN]:
        typer.secho(str(fault), err=True, fg="red")
    if len(faults) > SHOWN:
        typer.secho(f"… and {len(faults) - SHOWN} more", err=True, fg="red")
    if not faults:
        typer.secho("every figure follows from the log", fg="green")
    return 1 if faults else 0


def _end(sentence: str) -> NoReturn:
    typer.secho(sentence, err=True, fg="red")
    raise typer.Exit(2)
