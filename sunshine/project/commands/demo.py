"""`sunshine demo`: the model bureau, its people, its directory and its documents in every stage."""

from __future__ import annotations

import typer

from sunshine.project.commands import ready


def demo() -> None:
    """Fill a set-up installation that holds nothing yet with the model bureau; all of it or nothing."""
    ready.django_ready()
    ready.require_setup()
    from django.conf import settings
    from django.db import transaction
    from django.utils import timezone
    from tqdm import tqdm

    from sunshine.core.people import queries as people
    from sunshine.project import looking_back
    from sunshine.project.demo import asking, bureau, playing, proposals, sources, writing
    from sunshine.project.demo.days import Days

    if people.everybody():
        told = f"{settings.HOME} holds people already: the demo fills only an installation that holds nothing"
        typer.secho(told, err=True, fg="red")
        raise typer.Exit(2)
    days = Days(timezone.localdate())
    stories = sources.read_stories(days)
    asked, written = asking.read(days), writing.read(days)
    with (
        transaction.atomic(),
        tqdm(total=len(stories) + len(asked) + len(written), desc="stories", leave=False) as bar,
    ):
        founded = bureau.found(days, before=[*stories, *asked, *written, proposals.lists(days)])
        acts = playing.play(stories, [*asked, *written], founded, days, tell=bar.update)
        looking_back.look_back(at=timezone.now())
    bureau.describe(settings.HOME / "bureau.toml")
    table = bureau.sign_ins(on=days.today)
    (settings.HOME / "demo.txt").write_text(table, "utf-8")
    told = f"{len(stories)} documents, {len(asked)} requests, {len(written)} letters in {acts} acts"
    typer.echo(f"{told}, {len(founded.items)} items of the directory")
    typer.echo(table, nl=False)
