"""Verbs of the ledger: record an act, deliver what was recorded."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from sunshine.core.ledger import signing
from sunshine.core.ledger.models import Delivery, Entry, Leaf, Log, Tile
from sunshine.core.ledger.queries import GIVES_UP_AFTER, DatabaseTiles
from sunshine.core.people.models import Person
from sunshine.kernel import canonical, errors, merkle, note, tiles
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop

logger = logging.getLogger(__name__)

Handler = Callable[[Entry], None]


@dataclass(frozen=True, slots=True)
class Together:
    """A handler that hears many entries in one go, because hearing each alone would cost too much.

    It hears them outside any transaction and may hear them again after a crash, so it writes nothing
    that hearing twice would spoil.
    """

    hear: Callable[[Sequence[Entry]], None]

    def __call__(self, entry: Entry) -> None:
        self.hear([entry])


FIRST_RETRY = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Happening:
    """What `record_all` enters: see `record` for what each part means.

    `heard_as` names its row in the wiring where others hear of it than of its kind.
    """

    kind: str
    subject: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    public: Mapping[str, Any] | None = None
    heard_as: str = ""


def record(
    kind: str,
    subject: str,
    *,
    actor: Person | None,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
    public: Mapping[str, Any] | None = None,
) -> Entry:
    """Enter an act, in the transaction of the change it describes.

    `facts` (JSON values) are for staff. `public`, when given, makes the entry a leaf of the public log:
    extra keys of the leaf beside kind, subject and time, never personal data.

    :raises TransactionManagementError: called outside a transaction
    """
    return record_all([Happening(kind, subject, facts or {}, public)], actor=actor, at=at)[0]


def record_all(happenings: Sequence[Happening], *, actor: Person | None, at: datetime) -> list[Entry]:
    """Enter many acts of one moment in their order; the public ones come under one new checkpoint.

    :raises TransactionManagementError: called outside a transaction
    """
    entries = Entry.objects.bulk_create(
        [
            Entry(
                kind=happening.kind,
                subject=happening.subject,
                actor=actor,
                at=at,
                facts=dict(happening.facts),
                public=happening.public is not None,
            )
            for happening in happenings
        ]
    )
    told = list(zip(entries, happenings, strict=True))
    handlers = _handlers()
    Delivery.objects.bulk_create(
        [
            Delivery(entry=entry, handler=name, next_at=at)
            for entry, each in told
            for name in handlers.get(each.heard_as or each.kind, ())
        ]
    )
    _append_leaves([(entry, each.public) for entry, each in told if each.public is not None])
    return entries


def _append_leaves(lines: Sequence[tuple[Entry, Mapping[str, Any]]]) -> None:
    if not lines:
        return
    log = Log.objects.select_for_update().filter(id=1).first() or Log.objects.create(id=1)
    import_string(settings.BEFORE_PUBLIC_CHANGE)()  # under the log's lock: what was public steps aside first
    leaves = [
        Leaf(index=index, entry=entry, data=_leaf_data(entry, public))
        for index, (entry, public) in enumerate(lines, start=log.size)
    ]
    Leaf.objects.bulk_create(leaves)
    store = DatabaseTiles()
    log.size = tiles.append(store, log.size, [merkle.leaf_hash(bytes(leaf.data)) for leaf in leaves])
    rows = [Tile(level=level, index=index, data=store.tile(level, index)) for level, index in store.changed]
    Tile.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["level", "index"], update_fields=["data"]
    )
    signer = signing.signer()
    log.checkpoint = note.sign(note.checkpoint(signer.name, log.size, tiles.root(store, log.size)), signer)
    log.save(update_fields=["size", "checkpoint"])


def _leaf_data(entry: Entry, public: Mapping[str, Any]) -> bytes:
    line = {**public, "v": 1, "kind": entry.kind, "subject": entry.subject, "at": entry.at.isoformat()}
    return canonical.encode(line)


def deliver(*, at: datetime, limit: int = 200) -> int:
    """Tell handlers what they have not heard yet; return how many heard.

    Each delivery is heard in a transaction of its own together with its removal, so a crash repeats
    it and a handler must know an entry it has already heard (by `entry.id`). A handler that fails is
    tried again, ever later, and stays visible at the desk.
    """
    due = Delivery.objects.filter(next_at__lte=at, attempts__lt=GIVES_UP_AFTER).order_by("id")
    waiting: dict[str, list[int]] = {}
    for delivery_id, name in due.values_list("id", "handler")[:limit]:
        waiting.setdefault(name, []).append(delivery_id)
    return sum(_deliver_to(name, delivery_ids, at) for name, delivery_ids in waiting.items())


def _deliver_to(name: str, delivery_ids: Sequence[int], at: datetime) -> int:
    """Tell one handler its entries in their order; together when it can, else each alone."""
    return _deliver_together(name, delivery_ids) or sum(
        _deliver_one(delivery_id, at) for delivery_id in delivery_ids
    )


def _deliver_together(name: str, delivery_ids: Sequence[int]) -> int:
    """Return how many entries a handler heard in one go; 0 when it cannot or one made it fail."""
    try:
        handler = import_string(name)
        if not isinstance(handler, Together):
            return 0
        waiting = Delivery.objects.filter(id__in=delivery_ids).select_related("entry").order_by("id")
        deliveries = list(waiting)
        handler.hear([delivery.entry for delivery in deliveries])
        Delivery.objects.filter(id__in=[delivery.pk for delivery in deliveries]).delete()
        return len(deliveries)
    except Exception:  # each is told alone after this, so that only the one at fault stays waiting
        logger.exception("%s could not hear %s entries together", name, len(delivery_ids))
        return 0


def _deliver_one(delivery_id: int, at: datetime) -> int:
    try:
        with transaction.atomic():
            waiting = Delivery.objects.select_for_update().select_related("entry")
            delivery = waiting.filter(id=delivery_id).first()
            if delivery is None:  # another worker was first
                return 0
            handler: Handler = import_string(delivery.handler)
            handler(delivery.entry)
            delivery.delete()
            return 1
    except Exception as error:  # a handler's failure must not stop the others; it is kept and shown
        logger.exception("delivery %s failed", delivery_id)
        _note_failure(delivery_id, at, error)
        return 0


def _note_failure(delivery_id: int, at: datetime, error: Exception) -> None:
    with transaction.atomic():
        delivery = Delivery.objects.select_for_update().filter(id=delivery_id).first()
        if delivery is not None:
            delivery.next_at = at + FIRST_RETRY * 2**delivery.attempts
            delivery.attempts += 1
            delivery.error = f"{type(error).__name__}: {error}"[:2000]
            delivery.save(update_fields=["next_at", "attempts", "error"])


def retry(delivery_id: int, *, actor: Person, at: datetime) -> None:
    """Try a stuck delivery again from the beginning.

    :raises StaleStage: it waits no longer, for it was heard meanwhile
    """
    with transaction.atomic():
        waiting = Delivery.objects.select_for_update().select_related("entry")
        delivery = waiting.filter(id=delivery_id).first()
        if delivery is None:
            raise errors.StaleStage(Reason(gettext_noop("It was delivered meanwhile")))
        delivery.attempts, delivery.next_at = 0, at
        delivery.save(update_fields=["attempts", "next_at"])
        record(
            "delivery.retried",
            delivery.entry.subject,
            actor=actor,
            at=at,
            facts={"handler": delivery.handler},
        )


def _handlers() -> Mapping[str, tuple[str, ...]]:
    handlers: Mapping[str, tuple[str, ...]] = import_string(settings.WIRING)
    return handlers
