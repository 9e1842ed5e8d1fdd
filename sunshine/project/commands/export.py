"""`sunshine export`: everything public as plain files that any web server can serve and `verify` accepts."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sunshine.project.commands import ready

if TYPE_CHECKING:
    from sunshine.project import mirror


def export(
    folder: Annotated[Path, typer.Argument(help="Where the mirror goes; an older mirror there is replaced.")],
    languages: Annotated[
        str, typer.Option(help="Which interfaces, with commas: zh-hans, zh-hant, en.")
    ] = "zh-hans,zh-hant,en",
    workers: Annotated[int, typer.Option(help="Processes that make pages.", min=1)] = os.cpu_count() or 1,
) -> None:
    """Write a complete static mirror: pages, records, attachments, feeds, site map, the log, styles.

    All of it shows one public state. A run that was cut off goes on when repeated, and the finished mirror
    takes the folder's place in one step. Serve it at the root of a host, with 404.html for what is not
    there. Ends with 0; with 1 when a link leads nowhere or something was published meanwhile; with 2 when
    the folder holds something else.
    """
    ready.django_ready()
    ready.require_current()
    from sunshine.project import exporting, mirror

    wanted = tuple(each.strip() for each in languages.split(","))
    if "zh-hans" not in wanted or not set(wanted) <= set(mirror.LANGUAGES):
        typer.secho(f"--languages: zh-hans and any of {', '.join(mirror.LANGUAGES)}", err=True, fg="red")
        raise typer.Exit(2)
    mirror.hold_still()
    try:
        dead = _make(folder.resolve(), wanted, workers)
    except exporting.NotAMirror as refusal:
        typer.secho(str(refusal), err=True, fg="red")
        raise typer.Exit(2) from refusal
    except mirror.Moved as refusal:
        typer.secho(str(refusal), err=True, fg="red")
        raise typer.Exit(1) from refusal
    for made in dead:
        typer.secho(f"{made.address}: {made.problem}", err=True, fg="yellow")
    raise typer.Exit(1 if dead else 0)


def _make(folder: Path, languages: tuple[str, ...], workers: int) -> list[mirror.Made]:
    from django.conf import settings
    from django.utils import timezone
    from tqdm import tqdm

    from sunshine.core.ledger import queries as ledger
    from sunshine.core.ledger import signing
    from sunshine.project import exporting, mirror
    from sunshine.project.verifying import manifest

    state = mirror.state()
    plan = exporting.begin(folder, languages, state)
    with tqdm(unit=" pages", disable=None) as bar, exporting.makers(plan, workers) as make:

        def tell(done: int, waiting: int) -> None:
            bar.total = max(done, waiting)
            bar.n = done
            bar.update(0)

        made = exporting.crawl(plan, list(mirror.seeds(languages)), make, tell)
    assets = exporting.add_assets(plan, settings.STATIC_ROOT)
    digests = {each.file: each.sha256 for each in made if not each.problem} | assets
    checkpoint = (plan.root / "log" / "checkpoint").read_text("utf-8") if ledger.size() else ""
    if checkpoint != ledger.checkpoint():
        raise mirror.Moved("something was published while the mirror was made: run it again")
    exporting.tidy(plan, set(digests))
    manifest.write(
        plan.root,
        digests,
        origin=settings.LOG_ORIGIN,
        size=ledger.size(),
        made_at=timezone.localtime().isoformat(timespec="seconds"),
        signer=signing.signer(),
    )
    exporting.put_in_place(plan, folder)
    typer.echo(f"{len(digests)} files in {folder}, the log's {ledger.size()} entries among them")
    typer.echo(f"look at it with: python3 -m http.server --directory {folder}")
    return [each for each in made if each.problem]
