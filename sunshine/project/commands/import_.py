"""`sunshine import`: what a former site published becomes public here, or waits for an officer."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from sunshine.project.commands import ready

if TYPE_CHECKING:
    from sunshine.core.people.models import Department, Person
    from sunshine.core.publishing.models import DirectoryItem
    from sunshine.project.importing import Report
    from sunshine.work.documents.operations.importing import Into
    from sunshine.work.documents.reading.table import Table

OWN_ITEM = ("former-site", "原网站迁入信息")
"""Code and subject of the item for what nobody put under another; its owners sort it out at the desk."""

SHOWN = 20
"""Files that did not become public are named on the terminal up to here; the report names all."""


def import_(
    path: Annotated[
        Path, typer.Argument(help="A folder, a .zip or .tar(.gz|.xz|.bz2) archive, or one file.")
    ],
    table: Annotated[
        Path | None,
        typer.Option(help="A CSV sheet with a row for each file: file, title, number, formed_on, item …"),
    ] = None,
    item: Annotated[
        str,
        typer.Option(
            help="Code of the directory item for what the table puts under none; else an item of its own."
        ),
    ] = "",
    new_item: Annotated[
        str, typer.Option(help="Subject of that item, where the directory must get it first.")
    ] = "",
    kind: Annotated[
        str, typer.Option(help="Kind of all documents (law, notice, plan …); else each is told by its title.")
    ] = "",
    department: Annotated[str, typer.Option(help="Who issued what names no issuer itself.")] = "",
    officer: Annotated[
        str, typer.Option(help="Sign-in name of the officer on whose worklist the rest waits.")
    ] = "",
    report: Annotated[
        Path | None, typer.Option(help="Where the report goes (.csv or .json); else into the data folder.")
    ] = None,
    workers: Annotated[int, typer.Option(help="Processes that read and check.", min=1)] = os.cpu_count() or 1,
) -> None:
    """Import documents of a former site. Safe to run again: what has not changed is left alone.

    Each file runs the gate's automatic checks. What passes is public at once, marked as imported today,
    with nobody's review claimed; what does not waits as a draft on an officer's worklist. Ends with 0 when
    every file was read, with 1 when some were not, with 2 when nothing could be begun.
    """
    ready.django_ready()
    ready.require_current()
    from django.conf import settings
    from django.utils import timezone, translation
    from tqdm import tqdm

    from sunshine.project import importing
    from sunshine.work.documents.reading import sources

    translation.activate(settings.LANGUAGE_CODE)
    now = timezone.now()
    sheet = _table(table)
    found = importing.Report()
    try:
        total = sources.count(path)
    except sources.BadSource as refusal:
        _end(str(refusal))
    _require_writable(report)
    try:
        into = _into(item, new_item, kind, department, officer, now, is_told=_tells_items(sheet))
        with tqdm(total=total, unit=" files", disable=None, smoothing=0.1) as bar:
            importing.run(
                path,
                table=sheet,
                into=into,
                workers=min(workers, max(1, total // 8)),
                now=timezone.now,
                bar=bar,
                report=found,
            )
    except sources.BadSource as refusal:
        _tell(found, report, now)
        _end(str(refusal))
    except KeyboardInterrupt:
        _tell(found, report, now)
        typer.secho("stopped; the same command goes on from here", err=True, fg="yellow")
        raise typer.Exit(130) from None
    raise typer.Exit(_tell(found, report, now))


def _table(path: Path | None) -> Table:
    from sunshine.work.documents.reading import table

    if path is None:
        return table.Table()
    try:
        return table.read(path.read_bytes())
    except (OSError, table.BadTable) as refusal:
        _end(f"{path}: {refusal}")


def _require_writable(report: Path | None) -> None:
    """End with 2 where the report could not be written, before anything is taken over."""
    if report is not None:
        report.parent.mkdir(parents=True, exist_ok=True)
        with report.open("a"):
            pass


def _tells_items(table: Table) -> bool:
    return any("item" in row.values for row in table.rows)


def _into(
    item: str, new_item: str, kind: str, issuer: str, officer: str, at: datetime, *, is_told: bool
) -> Into:
    """Return where the documents go; end with 2 and the option's name where that cannot be told."""
    from sunshine.core.publishing.queries import directory
    from sunshine.work.documents import rules
    from sunshine.work.documents.operations import importing
    from sunshine.work.documents.reading import table

    code = table.kind_of(kind) if kind else ""
    if kind and not code:
        known = ", ".join(f"{each.code} ({each.term})" for each in rules.KINDS)
        _end(f"--kind {kind}: there is no such kind of document; there are {known}")
    person, department = _officer(officer, at)
    if not item and not is_told:
        item, new_item = OWN_ITEM
    if item and new_item:
        with ready.refusals_spoken():
            importing.enter_item(item, new_item, actor=person, at=at)
    by_code = {each.code: each for each in directory.open_items()}
    chosen = _item(item, by_code)
    by_subject = {each.subject: each for each in by_code.values()}
    return importing.Into(person, department, issuer, {**by_subject, **by_code}, chosen, code)


def _item(code: str, items: dict[str, DirectoryItem]) -> DirectoryItem | None:
    known = ", ".join(f"{each.code} ({each.subject})" for each in items.values()) or "none yet"
    if code and code not in items:
        _end(f"--item {code}: the directory has no such open item; add --new-item SUBJECT, or use {known}")
    return items.get(code)


def _officer(username: str, at: datetime) -> tuple[Person, Department]:
    """Return on whose worklist waits what does not pass, and in which department."""
    from django.utils import timezone

    from sunshine.core.people import queries as people
    from sunshine.core.people import rules as roles
    from sunshine.core.people.models import Person

    on = timezone.localtime(at).date()
    if username:
        person = Person.objects.filter(username=username, is_active=True).first()
        if person is None:
            _end(f"--officer {username}: nobody signs in under this name")
        candidates = [person]
    else:
        candidates = people.everybody()
    for person in candidates:
        held = sorted(people.held_roles(person, on=on), key=lambda role: role.department_id)
        drafts_in = [role.department_id for role in held if role.role == roles.DRAFTER.name]
        if drafts_in:
            return person, people.department(drafts_in[0])
    named = f"--officer {username}: this person holds no drafter's post" if username else ""
    return _end(named or "what waits needs a drafter: appoint one at the desk, or name one with --officer")


def _tell(found: Report, wanted: Path | None, at: datetime) -> int:
    """Write the report, say what became of all, and return the exit code."""
    from django.conf import settings

    from sunshine.project import importing
    from sunshine.work.documents.operations.importing import Became

    path = wanted or settings.HOME / "imports" / f"{at.astimezone():%Y%m%d-%H%M%S}.csv"
    found.write(path)
    counts = found.counts()
    typer.echo(", ".join(f"{counts[each]} {each.value}" for each in Became if counts[each]) or "no files")
    apart = [each for each in found.outcomes if each.became in (Became.WAITS, Became.NOT_READ, Became.LEFT)]
    for each in apart[:SHOWN]:
        why = importing.say(each.reasons[0]) if each.reasons else ""
        more = f" (+{len(each.reasons) - 1})" if len(each.reasons) > 1 else ""
        typer.echo(f"  {each.became.value}: {each.name} {each.reference}: {why}{more}")
    if len(apart) > SHOWN:
        typer.echo(f"  … and {len(apart) - SHOWN} more")
    typer.echo(f"every file and what became of it: {path}")
    return 1 if counts[Became.NOT_READ] else 0


def _end(sentence: str) -> NoReturn:
    typer.secho(sentence, err=True, fg="red")
    raise typer.Exit(2)
