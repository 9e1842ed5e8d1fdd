"""An installation's own database and files, verified as if they were a site, and its columns besides.

What the public reads must be what the log signed: the lists' columns repeat the sealed fields, the state
of a record is what the log's entries made it, and each entry of the ledger says what its leaf says.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote, unquote

from django.db import connection
from django.db.models import Max

from sunshine.core.ledger import queries as ledger
from sunshine.core.ledger.models import Entry, Leaf, Log, Tile
from sunshine.core.publishing import storage
from sunshine.core.publishing.models import Record, RecordFile, RecordVersion
from sunshine.core.publishing.operations import releasing
from sunshine.kernel import errors, tiles
from sunshine.project.verifying.found import Found, Step, silent
from sunshine.project.verifying.sites import Missing

_VERSION = re.compile(r"r/(?P<reference>[^/]+)/v(?P<number>\d+)\.json")
_FILE = re.compile(r"r/(?P<reference>[^/]+)/v(?P<number>\d+)/files/(?P<position>\d+)/(?P<name>[^/]+)")
COLUMNS = ("kind", "title", "number", "topic", "department", "formed_on", "effective_from", "valid_until")


class Database:
    """The site as the database and the store of files have it, what was withdrawn included."""

    def get(self, path: str) -> bytes:
        """Return the bytes that stand for an address."""
        if path == "log/key":
            return f"{ledger.verifier_key()}\n".encode()
        if path == "log/checkpoint":
            return ledger.checkpoint().encode()
        if path.startswith("log/"):
            return self._of_log(path.removeprefix("log/"))
        version, file = _VERSION.fullmatch(path), _FILE.fullmatch(path)
        if version:
            return self._of_version(version["reference"], int(version["number"]))
        if file:
            return self._of_file(file["reference"], int(file["number"]), int(file["position"]))
        raise Missing(path)

    def _of_log(self, path: str) -> bytes:
        try:
            place = tiles.parse_path(path)
            if place.level is None:
                return ledger.entry_bundle(place.index, place.width)
            data = Tile.objects.filter(level=place.level, index=place.index).values_list("data", flat=True)
            return bytes(data[0])[: place.width * 32] if data else b""
        except (tiles.BadTile, errors.NotFound) as error:
            raise Missing(path) from error

    def _of_version(self, reference: str, number: int) -> bytes:
        row = (
            RecordVersion.objects.filter(record__reference=reference, number=number)
            .select_related("entry__leaf")
            .prefetch_related("files__blob")
            .first()
        )
        if row is None:
            raise Missing(reference)
        told = {
            "reference": reference,
            "version": number,
            "bundle": row.sealed,
            "attachments": [
                {
                    "name": file.name,
                    "path": f"r/{reference}/v{number}/files/{file.position}/{quote(file.name, safe='')}",
                    "sha256": file.blob_id,
                    "size": file.blob.size,
                }
                for file in row.files.all()
            ],
            "digest": row.digest,
            "index": row.entry.leaf.index,
        }
        return json.dumps(told).encode()

    def _of_file(self, reference: str, number: int, position: int) -> bytes:
        row = RecordFile.objects.filter(
            version__record__reference=reference, version__number=number, position=position
        ).select_related("blob")
        try:
            return storage.read(row[0].blob.path)
        except (IndexError, OSError) as error:
            raise Missing(unquote(reference)) from error


def check_rows(found: Found, step: Step = silent) -> None:
    """Check what only the database holds: columns of records, their state, entries beside their leaves."""
    _check_file(found)
    log = Log.objects.first()
    leaves = Leaf.objects.aggregate(last=Max("index"))["last"]
    if log is not None and found.size not in (0, log.size):
        found.fault("database, log", f"its size is {log.size}, its checkpoint signs {found.size}")
    if leaves is not None and leaves + 1 != found.size:
        found.fault("database, leaves", f"there are {leaves + 1}, the checkpoint signs {found.size}")
    states = _states(found)
    newest = Record.objects.select_related("item").order_by("id").iterator(chunk_size=500)
    for record in newest:
        step("rows", 1)
        _check_record(record, states.get(record.reference, {}), found)


def _check_file(found: Found) -> None:
    """Ask SQLite whether its file is whole; PostgreSQL checks its pages itself."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for (line,) in cursor.execute("PRAGMA integrity_check(20)").fetchall():
            if line != "ok":
                found.fault("database file", str(line))
        for table, row, other, _key in cursor.execute("PRAGMA foreign_key_check").fetchall()[:20]:
            found.fault(f"database, {table} row {row}", f"it leads to no row of {other}")


def _states(found: Found) -> dict[str, dict[str, Any]]:
    """Return what the leaves make of each record, checking that each entry says what its leaf says."""
    states: dict[str, dict[str, Any]] = {}
    rows = Leaf.objects.order_by("index").values_list(
        "index", "data", "entry__kind", "entry__subject", "entry__at", "entry_id"
    )
    for index, data, kind, subject, at, entry in rows.iterator(chunk_size=2000):
        try:
            line = json.loads(bytes(data))
            same = (line["kind"], line["subject"], line["at"]) == (kind, subject, at.isoformat())
            moment = datetime.fromisoformat(line["at"])
        except (ValueError, KeyError, TypeError):
            continue  # the check of the log has named it
        if not same and (line["kind"], line["subject"], moment) != (kind, subject, at):
            found.fault(
                f"database, ledger entry {entry}", f"it differs from its leaf, entry {index} of the log"
            )
        _apply(states.setdefault(str(line["subject"]), {}), line, moment)
    public_without = Entry.objects.filter(public=True, leaf=None).values_list("id", flat=True)[:20]
    for entry in public_without:
        found.fault(f"database, ledger entry {entry}", "it is public and stands not in the log")
    return states


def _apply(state: dict[str, Any], line: Mapping[str, Any], at: datetime) -> None:
    kind = line["kind"]
    if kind == "record.published":
        state |= {"version": 1, "published_at": at, "changed_at": at}
    elif kind == "record.corrected":
        state |= {"version": line.get("version"), "changed_at": at}
    elif kind == "record.withdrawn":
        state |= {"withdrawn_at": at, "withdrawal_ground": line.get("ground"), "changed_at": at}
    elif kind == "record.repealed":
        state |= {"repealed_on": line.get("on"), "changed_at": at}


def _check_record(record: Record, state: Mapping[str, Any], found: Found) -> None:
    place = f"database, record {record.reference}"
    row = RecordVersion.objects.filter(record=record, number=record.version).first()
    if row is None or not state:
        found.fault(place, "no entry of the log announced it" if row else "its newest version is missing")
        return
    for name in ("version", "published_at", "withdrawn_at", "withdrawal_ground"):
        meant = state.get(name, "" if name == "withdrawal_ground" else None)
        if getattr(record, name) != meant:
            found.fault(place, f"{name} says {getattr(record, name)}, the log {meant}")
    for name, meant in _columns(row, record, state):
        if getattr(record, name) != meant:
            found.fault(place, f"{name} is “{getattr(record, name)}”, published was “{meant}”")


def _columns(row: RecordVersion, record: Record, state: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield what each column must say; an erased title is the reference."""
    fields = {name: told["value"] for name, told in row.sealed.get("fields", {}).items() if "value" in told}
    meant = Record()
    releasing.copy_columns(meant, releasing.Content(fields.get("kind", ""), record.item, fields, {}, ()))
    erased = set(row.sealed.get("fields", {})) - set(fields)
    yield from ((name, getattr(meant, name)) for name in COLUMNS if name not in erased)
    if "title" in erased:
        yield "title", record.reference
    repealed_on = state.get("repealed_on")
    if repealed_on:
        yield "repealed_on", datetime.fromisoformat(repealed_on).date()
    else:
        yield "repealed_on", meant.repealed_on
