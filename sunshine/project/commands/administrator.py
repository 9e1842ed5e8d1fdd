"""`sunshine administrator`: the first account of an installation, and the way back when its key is lost."""

from __future__ import annotations

from typing import Annotated

import typer

from sunshine.project.commands import ready


def administrator(
    username: Annotated[str, typer.Argument(help="The name to sign in with.")],
    password: Annotated[
        str,
        typer.Option(
            help="A first password; asked for when not given. It must be changed at the first sign-in.",
            envvar="SUNSHINE_FIRST_PASSWORD",
            prompt=True,
            hide_input=True,
            confirmation_prompt=True,
        ),
    ],
    name: Annotated[str, typer.Option(help="The person’s name.")] = "",
) -> None:
    """Enter the administrator, who enters everybody else at the desk.

    While nobody administers the installation, the person is entered with a post in the bureau office. An
    administrator who is locked out gets the new password, and a second factor that was lost is taken away.
    """
    ready.django_ready()
    ready.require_current()
    from django.utils import timezone

    from sunshine.project import founding

    with ready.refusals_spoken():
        said = founding.administrator(username, name=name, password=password, at=timezone.now())
    typer.echo(said)
