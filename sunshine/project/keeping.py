"""Backups: one file holds everything of an installation, and a restore makes it again, on either database.

Rows are written as plain lines, table by table, from one reading of the database; files, the log's key and
the settings of the data folder follow. A restore checks every digest before it changes anything, builds
the tables as the backup knew them, fills them, and only then brings them up to the present form. What was
lawfully erased since the backup was made is erased again.
"""

# ruff: noqa: SLF001  # `_meta` and `_base_manager` are Django's documented ways to a model's own description

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import tarfile
import tempfile
import time
import uuid
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor

from sunshine.core.ledger import queries as ledger
from sunshine.core.matters import operations as matters
from sunshine.core.publishing.operations import mending
from sunshine.project import stored, tables

FORM = "sunshine-backup/1"
CONTENTS = "contents.json"
OWN_LISTS = ("bureau.toml", "listed_words.txt", "short_names.txt")
HOME_FILES = ("log.key", "log.origin", "secret.key", "erasures.jsonl", *OWN_LISTS)
PASSING = frozenset({"sessions.Session"})
"""What is worth nothing tomorrow: everybody signs in anew."""

ROWS_AT_ONCE = 500


class BadBackup(Exception):
    """The file is no backup, is damaged, or cannot be restored here; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup says of itself; `missing` are files that the store had lost when it was made."""

    made_at: str
    origin: str
    log_size: int
    checkpoint: str
    migrations: list[list[str]]
    rows: dict[str, int]
    digests: dict[str, str]
    missing: list[str] = field(default_factory=list)
    form: str = FORM


Tell = Callable[[str, int], object]


# --- writing ------------------------------------------------------------------------------------


def write(file: Path, *, made_at: datetime, tell: Tell) -> Contents:
    """Write everything of this installation into one file, which appears only when it is whole.

    A file that the store has lost is noted and the rest is kept all the same.
    """
    partial = file.with_name(f".{file.name}.partial")
    digests: dict[str, str] = {}
    rows: dict[str, int] = {}
    missing: list[str] = []
    with partial.open("wb") as raw:
        partial.chmod(0o600)  # it holds the log's key and everything that is not public
        with tarfile.open(fileobj=raw, mode="w:gz", compresslevel=3) as archive:
            for model in _models():
                label = model._meta.label
                rows[label] = _add_table(archive, model, digests)
                tell(label, rows[label])
            for path, is_named in stored.to_keep():
                try:
                    with default_storage.open(path, "rb") as opened:
                        _add(archive, f"files/{path}", io.BytesIO(opened.read()), digests)
                except FileNotFoundError:
                    missing += [path] if is_named else []
                tell("files", 1)
            for name in HOME_FILES:
                if (settings.HOME / name).exists():
                    _add(archive, f"home/{name}", io.BytesIO((settings.HOME / name).read_bytes()), digests)
            contents = Contents(
                made_at=made_at.isoformat(timespec="seconds"),
                origin=settings.LOG_ORIGIN,
                log_size=ledger.size(),
                checkpoint=ledger.checkpoint(),
                migrations=_applied(),
                rows=rows,
                digests=digests,
                missing=missing,
            )
            told = json.dumps(_as_json(contents), ensure_ascii=False, indent=1).encode()
            _add(archive, CONTENTS, io.BytesIO(told), {})
        raw.flush()
    partial.replace(file)
    return contents


def _as_json(contents: Contents) -> dict[str, Any]:
    return {name: getattr(contents, name) for name in contents.__slots__}


def _models() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label not in PASSING
    ]


def _add_table(archive: tarfile.TarFile, model: type[models.Model], digests: dict[str, str]) -> int:
    """Write the rows of a table: a line of names, then a line for each row."""
    fields = model._meta.concrete_fields
    rows = model._base_manager.order_by("pk").values_list(*(field.attname for field in fields))
    count = 0
    with tempfile.TemporaryFile() as text:
        text.write(json.dumps([field.attname for field in fields]).encode() + b"\n")
        for row in rows.iterator(chunk_size=2000):
            line = json.dumps([_told(value) for value in row], ensure_ascii=False, separators=(",", ":"))
            text.write(line.encode() + b"\n")
            count += 1
        _add(archive, f"tables/{model._meta.label}.jsonl", text, digests)
    return count


def _told(value: Any) -> Any:
    """Return a value as JSON; what JSON has no form for stands under the name of its type."""
    if isinstance(value, bytes | memoryview):
        return {"$bytes": base64.b64encode(bytes(value)).decode("ascii")}
    if isinstance(value, dict | list):
        return {"$json": value}
    if isinstance(value, datetime | date | clock_time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return {"$seconds": value.total_seconds()}
    if isinstance(value, uuid.UUID | Decimal):
        return str(value)
    return value


def _read(told: Any) -> Any:
    if not isinstance(told, dict):
        return told
    if "$bytes" in told:
        return base64.b64decode(told["$bytes"])
    if "$seconds" in told:
        return timedelta(seconds=told["$seconds"])
    return told["$json"]


def _add(archive: tarfile.TarFile, name: str, data: IO[bytes], digests: dict[str, str]) -> None:
    """Put a part into the archive and note its digest; a large part is never held in memory."""
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.mtime = data.seek(0, io.SEEK_END), 0o600, int(time.time())
    data.seek(0)
    digests[name] = _digest(data)
    data.seek(0)
    archive.addfile(info, data)


def _applied() -> list[list[str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
        return [list(row) for row in cursor.fetchall()]


# --- reading ------------------------------------------------------------------------------------


def examine(file: Path) -> Contents:
    """Return what a backup says of itself, every digest checked.

    :raises BadBackup: it is no backup, a byte of it is not what was written, or this release does not know
        its form of the tables
    """
    found: dict[str, str] = {}
    told: dict[str, Any] = {}
    try:
        with gzip.open(file) as whole:  # to its end, where the checksum of all of it stands
            _digest(whole)  # type: ignore[arg-type]  # it reads like any file
        for name, data in _members(file):
            if name == CONTENTS:
                told = json.load(data)
            else:
                found[name] = _digest(data)
    except (tarfile.TarError, zlib.error, OSError, EOFError, ValueError) as error:
        raise BadBackup(f"{file}: it is no whole backup ({error})") from error
    if told.get("form") != FORM:
        raise BadBackup(f"{file}: it is no backup of this product, or one that was cut off")
    _targets(Contents(**told))
    changed = sorted(
        name for name in {*found, *told["digests"]} if found.get(name) != told["digests"].get(name)
    )
    if changed:
        raise BadBackup(f"{file}: these parts are not what was written: {', '.join(changed[:5])}")
    return Contents(**told)


def _digest(data: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := data.read(1 << 20):
        digest.update(chunk)
    return digest.hexdigest()


def _members(file: Path) -> Iterator[tuple[str, IO[bytes]]]:
    with tarfile.open(file, "r:gz") as archive:
        for info in archive:
            opened = archive.extractfile(info) if info.isreg() else None
            if opened is not None:
                yield info.name, opened
            archive.members = []  # type: ignore[attr-defined]  # not all of it in memory


def is_empty(home: Path) -> bool:
    """Say whether nothing of an installation is here: no key of a log, no row in the database."""
    if (home / "log.key").exists():
        return False
    tables = set(connection.introspection.table_names())
    if "ledger_entry" not in tables:
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_entry")
        return not cursor.fetchone()[0]


def known_erasures(elsewhere: Path | None) -> list[str]:
    """Return the lines of the data folder's `erasures.jsonl` and of one kept elsewhere.

    :raises BadBackup: a line was cut off; a person must see what it said before anything is replaced
    """
    lines = []
    for path in filter(None, (elsewhere, settings.HOME / "erasures.jsonl")):
        if path == elsewhere or path.exists():
            for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
                if line.strip() and not _is_erasure(line):
                    raise BadBackup(
                        f"{path}, line {number}: it was cut off. Complete it from another copy, or take it "
                        "out and erase again at the desk what it named"
                    )
                lines.append(line)
    return lines


def _is_erasure(line: str) -> bool:
    try:
        mending.read_line(line)
    except ValueError:
        return False
    return True


def numbers_given() -> dict[str, int]:
    """Return the last number of each series that this database knows, before a restore takes it back."""
    if "matters_series" not in connection.introspection.table_names():
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, last FROM matters_series")
        return dict(cursor.fetchall())


def restore(file: Path, contents: Contents, *, erasures: Sequence[str], at: datetime, tell: Tell) -> int:
    """Make this installation what the backup says; return how many fields were erased again.

    What this database has numbered since goes on from there: no number that somebody was told, and no
    public address, is given to something else.

    :param erasures: lines of erasures that `known_erasures` has read
    """
    targets = _targets(contents)
    given = numbers_given()
    here = settings.HOME / "erasures.jsonl"
    _drop_tables()
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    state = MigrationExecutor(connection).loader.project_state(targets).apps
    with transaction.atomic():
        _clear(state)
        for name, data in _members(file):
            if name.startswith("tables/"):
                label = name.removeprefix("tables/").removesuffix(".jsonl")
                tell(label, _fill(state.get_model(label), data))
        _count_on(state)
    _put_files(file, tell)
    _put_home(file, erasures)
    tables.make()
    with transaction.atomic():
        for series, last in given.items():
            matters.go_on_after(series, last)
    settings.LOG_ORIGIN = contents.origin  # what is erased again is signed under the log's own name
    return mending.replay_erasures(here, at=at)


def _targets(contents: Contents) -> list[tuple[str, str]]:
    """Return the migrations that lead to the backup's form of the tables."""
    loader = MigrationExecutor(connection).loader
    wanted = {(app, name) for app, name in contents.migrations}
    unknown = sorted(f"{app}.{name}" for app, name in wanted - set(loader.disk_migrations))
    if unknown:
        raise BadBackup(f"the backup is of a newer release: this one does not know {', '.join(unknown[:5])}")
    inner = {
        parent.key
        for key in wanted
        for parent in loader.graph.node_map[key].parents
        if parent.key[0] == key[0]
    }
    return sorted(wanted - inner)


def _drop_tables() -> None:
    """Take every table away; the restore makes them anew."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
    with connection.constraint_checks_disabled(), connection.schema_editor() as editor:
        for name in names:
            cascade = " CASCADE" if connection.vendor == "postgresql" else ""
            editor.execute(f"DROP TABLE {connection.ops.quote_name(name)}{cascade}")


def _clear(state: Any) -> None:
    """Take away what migrations have put into fresh tables; the backup has it too."""
    for model in reversed(state.get_models(include_auto_created=True)):
        model._base_manager.all().delete()


def _fill(model: Any, lines: IO[bytes]) -> int:
    names = json.loads(lines.readline())
    fields = {field.attname: field for field in model._meta.concrete_fields}
    count, held = 0, []
    for line in lines:
        values = (_read(told) for told in json.loads(line))
        row = {name: fields[name].to_python(value) for name, value in zip(names, values, strict=True)}
        held.append(model(**row))
        if len(held) == ROWS_AT_ONCE:
            count += len(model._base_manager.bulk_create(held))
            held = []
    return count + len(model._base_manager.bulk_create(held))


def _count_on(state: Any) -> None:
    """Let each table number its next row after the last one that was put back."""
    wanted = [model for model in state.get_models(include_auto_created=True) if model._meta.managed]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), wanted):
            cursor.execute(statement)


def _put_files(file: Path, tell: Tell) -> None:
    for name, data in _members(file):
        if not name.startswith("files/"):
            continue
        path = name.removeprefix("files/")
        if default_storage.exists(path):
            default_storage.delete(path)  # the same address may hold damaged bytes
        default_storage.save(path, ContentFile(data.read()))
        tell("files", 1)


def _put_home(file: Path, known: Sequence[str]) -> None:
    """Put the data folder's own files back; erasures are those of the backup and all that are known here.

    A line that the backup caught half written is left out: the backup's own rows tell that erasure.
    """
    told: Mapping[str, bytes] = {
        name.removeprefix("home/"): data.read() for name, data in _members(file) if name.startswith("home/")
    }
    for name in HOME_FILES:
        if name in told and name != "erasures.jsonl":
            target = settings.HOME / name
            target.write_bytes(told[name])
            target.chmod(0o600)
    kept = told.get("erasures.jsonl", b"").decode("utf-8")
    lines = dict.fromkeys(line for line in (*kept.splitlines(), *known) if _is_erasure(line))
    if lines:
        (settings.HOME / "erasures.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
