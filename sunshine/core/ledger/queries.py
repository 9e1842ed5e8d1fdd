"""Questions to the ledger: what happened, and the log's tiles, checkpoint and proofs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from sunshine.core.ledger import signing
from sunshine.core.ledger.models import Delivery, Entry, Leaf, Log, Tile
from sunshine.kernel import errors, note, tiles
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop

GIVES_UP_AFTER = 12
"""Attempts after which a delivery waits for a person."""


@dataclass(frozen=True, slots=True)
class Proof:
    """That a public entry stands in the log: place, path to the root, and the signed checkpoint."""

    index: int
    size: int
    hashes: tuple[bytes, ...]
    checkpoint: str

    def as_file(self) -> str:
        """Return the `.tlog-proof` file."""
        return note.tlog_proof(index=self.index, hashes=list(self.hashes), checkpoint=self.checkpoint)


class DatabaseTiles:
    """The log's tiles in the database, kept in memory while one question or one append runs."""

    def __init__(self) -> None:
        self._held: dict[tuple[int, int], bytes] = {}
        self.changed: set[tuple[int, int]] = set()

    def tile(self, level: int, index: int) -> bytes:
        """Return the bytes of a tile as far as it has grown; empty when there is none."""
        place = (level, index)
        if place not in self._held:
            data = Tile.objects.filter(level=level, index=index).values_list("data", flat=True).first()
            self._held[place] = bytes(data) if data is not None else b""
        return self._held[place]

    def put(self, level: int, index: int, data: bytes) -> None:
        """Keep grown bytes; `operations` writes them."""
        self._held[(level, index)] = data
        self.changed.add((level, index))


def size() -> int:
    """Return how many leaves the log has."""
    return Log.objects.values_list("size", flat=True).first() or 0


def checkpoint() -> str:
    """Return the newest signed checkpoint; empty while the log has no leaf."""
    return Log.objects.values_list("checkpoint", flat=True).first() or ""


def verifier_key() -> str:
    """Return the signed-note verifier key of the log, one line without its end."""
    return signing.signer().verifier_key


def tile(level: int, index: int, width: int) -> bytes:
    """Return `width` hashes of a tile; raise `NotFound` when the log has not grown so far."""
    data = DatabaseTiles().tile(level, index)
    if width < 1 or len(data) < width * 32:
        raise errors.NotFound(Reason(gettext_noop("The log has no such tile")))
    return data[: width * 32]


def entry_bundle(index: int, width: int) -> bytes:
    """Return `width` leaves from place `index * 256` as a tlog-tiles entry bundle."""
    first = index * 256
    leaves = Leaf.objects.filter(index__gte=first, index__lt=first + width).values_list("data", flat=True)
    data = [bytes(leaf) for leaf in leaves.order_by("index")]
    if width < 1 or len(data) < width:
        raise errors.NotFound(Reason(gettext_noop("The log has no such entries")))
    return tiles.encode_bundle(data)


def proof(entry_id: int) -> Proof:
    """Return the proof that a public entry stands in the newest checkpoint."""
    index = Leaf.objects.values_list("index", flat=True).get(entry_id=entry_id)
    return proof_of_leaf(index)


def proof_of_leaf(index: int) -> Proof:
    """Return the proof for the leaf at a place of the log."""
    log = Log.objects.get()
    hashes = tiles.inclusion(DatabaseTiles(), index, log.size)
    return Proof(index=index, size=log.size, hashes=tuple(hashes), checkpoint=log.checkpoint)


def timeline(subject: str) -> QuerySet[Entry]:
    """Return all entries about one subject, oldest first, with their actors."""
    return Entry.objects.filter(subject=subject).select_related("actor").order_by("id")


def acts_of(subject: str, prefix: str) -> list[tuple[str, int | None, datetime]]:
    """Return (name, actor id, moment) of the acts on a subject whose kind starts with `prefix`."""
    rows = Entry.objects.filter(subject=subject, kind__startswith=prefix).order_by("id")
    return [
        (kind.removeprefix(prefix), actor, at)
        for kind, actor, at in rows.values_list("kind", "actor_id", "at")
    ]


def newest(*, kinds: Iterable[str] = (), before: int | None = None, limit: int = 50) -> list[Entry]:
    """Return the newest entries, for the log of acts; page on with `before`, an entry id."""
    entries = Entry.objects.select_related("actor").order_by("-id")
    if kinds:
        entries = entries.filter(kind__in=list(kinds))
    if before is not None:
        entries = entries.filter(id__lt=before)
    return list(entries[:limit])


def public_lines(*, before: int | None = None, limit: int = 50) -> list[tuple[int, dict[str, Any]]]:
    """Return the newest leaves as (place, content), for the public page of the log."""
    leaves = Leaf.objects.order_by("-index")
    if before is not None:
        leaves = leaves.filter(index__lt=before)
    return [(leaf.index, json.loads(bytes(leaf.data))) for leaf in leaves[:limit]]


def stuck_deliveries() -> list[Delivery]:
    """Return what a handler has failed to hear at least once, oldest first."""
    return list(Delivery.objects.filter(attempts__gt=0).select_related("entry")[:200])


def has_heard_all(handler: str) -> bool:
    """Return whether a handler has heard every entry, or has given up on those it has not heard.

    One that failed again and again waits for a person; what follows the records need not wait with it.
    """
    return not Delivery.objects.filter(handler=handler, attempts__lt=GIVES_UP_AFTER).exists()


def waiting_deliveries() -> int:
    """Return how many deliveries wait."""
    return Delivery.objects.count()
