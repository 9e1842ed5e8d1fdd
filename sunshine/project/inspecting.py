"""Is this installation sound? One function for each thing that can be wrong, all in one visible list."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from sunshine.core.ledger import queries as ledger
from sunshine.core.ledger import signing
from sunshine.core.ledger.models import Leaf
from sunshine.core.matters import operations as matters
from sunshine.core.matters import queries as matter_queries
from sunshine.core.people import queries as people
from sunshine.core.publishing import own_words, storage
from sunshine.core.publishing.queries import drafts
from sunshine.kernel import calendar, flaws, note, period, tiles
from sunshine.project import procedures, stored

NAMED = 10
"""How many of what is wrong are named; it is said that there are more."""

STILL_BEATING = 60
"""Seconds since the worker's last beat within which the background work counts as running."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one look found: a fault must be mended, a warning should be known, the rest is as it should be."""

    tone: str
    sentence: str


def good(sentence: str) -> Said:
    """Return what is as it should be."""
    return Said("good", sentence)


def warning(sentence: str) -> Said:
    """Return what somebody should know."""
    return Said("warning", sentence)


def fault(sentence: str) -> Said:
    """Return what must be mended."""
    return Said("fault", sentence)


def inspect(*, at: datetime) -> Iterator[Said]:
    """Yield what every look finds; tables that are not those of this release end it."""
    if pending():
        yield fault("the database is of an older release: run `sunshine setup`")
        return
    for look in LOOKS:
        yield from look(at)


def pending() -> list[str]:
    """Return the migrations that this release has and the database has not."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def _procedures(_at: datetime) -> Iterator[Said]:
    found = [(procedure, flaw) for procedure in procedures.ALL for flaw in flaws.flaws(procedure)]
    for procedure, flaw in found:
        yield fault(f"procedure {procedure.kind} {procedure.version}: {flaw}")
    strays = list(matter_queries.strays()[: NAMED + 1])
    for matter in strays[:NAMED]:
        yield fault(
            f"{matter.reference} is open in stage {matter.stage} of procedure {matter.kind} "
            f"{matter.procedure_version}, which this release does not know"
        )
    if len(strays) > NAMED:
        yield fault("and further open matters follow procedures that this release does not know")
    if not found and not strays:
        yield good(f"{len(procedures.ALL)} procedures have no flaw, and every open matter follows one")


def _calendar(at: datetime) -> Iterator[Said]:
    days = calendar.bundled()
    through = days.announced_through
    for reason in days.health(period.day_of(at)).reasons:
        yield warning(f"calendar: {reason}")
    yield good(f"the calendar of rest days is announced through {through}; later due days say so")


def _due_moments(at: datetime) -> Iterator[Said]:
    wrong = matters.rebuild_due_moments(now=at)
    yield (
        fault(f"{wrong} due moments or worklists were wrong; they are mended")
        if wrong
        else good("every due moment and every worklist is right")
    )


def _log(_at: datetime) -> Iterator[Said]:
    """Check the signature, the size, and that the tiles lead to the root; `verify` checks the rest."""
    signed = ledger.checkpoint()
    if not signed:
        yield good("the log is empty")
        return
    try:
        head = note.verify_checkpoint(signed, signing.signer().verifier)
        root = tiles.root(ledger.DatabaseTiles(), head.size)
    except (note.BadNote, tiles.BadTile) as error:
        yield fault(f"log: {error}")
        return
    if root != head.root:
        yield fault("log: the tiles do not lead to the signed root; `sunshine verify` names the place")
    elif Leaf.objects.count() != head.size:
        yield fault(f"log: {head.size} entries are signed, {Leaf.objects.count()} are there")
    else:
        yield good(f"the log's {head.size} entries lead to the signed root")


def _deliveries(_at: datetime) -> Iterator[Said]:
    stuck = ledger.stuck_deliveries()
    for delivery in stuck[:NAMED]:
        yield fault(
            f"{delivery.handler} has failed {delivery.attempts} times to hear of "
            f"{delivery.entry.subject}: {delivery.error.splitlines()[0] if delivery.error else ''}"
        )
    if not stuck:
        yield good("no delivery is stuck")


def _files(_at: datetime) -> Iterator[Said]:
    waiting = drafts.files_not_clean()
    if waiting:
        yield warning(f"{len(waiting)} files wait for their virus check, or did not pass it")
    if not settings.CLAMAV_URL:
        yield warning("no virus scanner: files are only looked at for programs (SUNSHINE_CLAMAV_URL)")


def _bytes(_at: datetime) -> Iterator[Said]:
    """Look for the bytes of every file: those of an erased one must be gone, all others there."""
    count = lost = 0
    for path, is_erased in stored.named():
        count += 1
        if is_erased and storage.is_kept(path):
            yield warning(f"files: {path} was erased, but its bytes are in the store still: delete them")
        elif not is_erased and not storage.is_kept(path):
            lost += 1
            yield fault(f"files: the store has lost {path}: put it back from a backup")
    if not lost:
        yield good(f"the store has the bytes of all {count} files that were taken in and not erased")


def _posts(at: datetime) -> Iterator[Said]:
    vacant = people.vacant_posts(on=period.day_of(at))
    for post in vacant:
        yield warning(f"nobody holds the post {post.department.name} · {post.title}")
    if not vacant:
        yield good("every post is held")


def _translations(_at: datetime) -> Iterator[Said]:
    folder = Path(settings.LOCALE_PATHS[0]) / "zh_Hans" / "LC_MESSAGES"
    made, source = folder / "django.mo", folder / "django.po"
    if not made.exists():
        yield fault("the Chinese is not compiled: run `make compile`")
    elif source.exists() and source.stat().st_mtime > made.stat().st_mtime:
        yield warning("the Chinese was changed and not compiled since: run `make compile`")
    else:
        yield good("the Chinese is compiled")


def _keys(_at: datetime) -> Iterator[Said]:
    for name in ("log.key", "secret.key"):
        path = settings.HOME / name
        if path.exists() and path.stat().st_mode & 0o077:
            yield fault(f"{path} can be read by others: chmod 600")
    if settings.DEBUG:
        yield warning("SUNSHINE_DEBUG is on: errors show what is inside")


def _worker(_at: datetime) -> Iterator[Said]:
    beat = settings.HOME / "worker.beat"
    age = time.time() - beat.stat().st_mtime if beat.exists() else None
    if age is None or age > STILL_BEATING:
        yield warning("no background work is running here: nothing is scheduled, scanned or delivered")
    else:
        yield good("the background work is running")


def _own_words(_at: datetime) -> Iterator[Said]:
    lists = own_words.lists()
    for place in lists.unread:
        yield fault(f"{place}: the line is not of the list's form")
    if not lists.unread:
        yield good(
            f"the bureau's own lists have {len(lists.words)} words, {len(lists.short_names)} short names"
        )


LOOKS: tuple[Callable[[datetime], Iterator[Said]], ...] = (
    _procedures,
    _calendar,
    _due_moments,
    _log,
    _deliveries,
    _files,
    _bytes,
    _posts,
    _translations,
    _own_words,
    _keys,
    _worker,
)
