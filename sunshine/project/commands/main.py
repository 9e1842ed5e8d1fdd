"""All commands in one visible list."""

from __future__ import annotations

from typing import NoReturn

import typer

from sunshine.project import environment
from sunshine.project.commands import (
    administrator,
    backup,
    check,
    demo,
    export,
    import_,
    index,
    recount,
    restore,
    serve,
    setup,
    verify,
)

app = typer.Typer(
    name="sunshine",
    help="Sunshine (阳光公开): a city bureau works in the open.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("setup")(setup.setup)
app.command("administrator")(administrator.administrator)
app.command("demo")(demo.demo)
app.command("serve")(serve.serve)
app.command("work")(serve.work)
app.command("import")(import_.import_)
app.command("verify")(verify.verify)
app.command("export")(export.export)
app.command("recount")(recount.recount)
app.command("index")(index.index)
app.command("check")(check.check)
app.command("backup")(backup.backup)
app.command("restore")(restore.restore)


def main() -> None:
    """Run the command that was asked for; what the machine refuses ends with 2 and a sentence."""
    try:
        app()
    except environment.BadSetting as refusal:
        _end(str(refusal))
    except Exception as error:
        from django.db import OperationalError

        if isinstance(error, OperationalError):
            _end(f"the database cannot be asked: {str(error).strip()}")
        if not isinstance(error, OSError):
            raise
        _end(f"{error.filename}: {error.strerror}" if error.filename else str(error))


def _end(sentence: str) -> NoReturn:
    typer.secho(sentence, err=True, fg="red")
    raise SystemExit(2)
