"""Making anew what stands beside the ledger: due moments, and what is expected of whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from sunshine.core.matters import queries
from sunshine.core.matters.models import Expectation, Matter
from sunshine.core.matters.operations import expecting
from sunshine.kernel.procedure import Done


def rebuild_due_moments(*, now: datetime) -> int:
    """Compute again when every open matter is due and what is expected of whom; of closed ones nothing is.

    Acts go on beside this: what looks wrong is locked, read again and judged again before it is mended.
    Strays, whose procedure is none of this release, are left as they are.
    Return how many were wrong; there must be none.
    """
    followed = Matter.objects.filter(closed_at=None).exclude(pk__in=queries.strays().values("pk"))
    rows = followed.iterator(chunk_size=1000)
    suspect = [row.pk for row in rows if not _is_right(row, queries.done(row), now)]
    closed = Expectation.objects.filter(matter__closed_at__isnull=False)
    suspect += closed.order_by("matter_id").values_list("matter_id", flat=True).distinct()
    return sum(_is_mended(pk, now) for pk in suspect)


def _is_mended(matter_id: int, now: datetime) -> bool:
    """Mend what stands beside one matter; return whether anything was wrong."""
    with transaction.atomic():
        matter = Matter.objects.select_for_update().get(pk=matter_id)
        if matter.closed_at is not None:
            gone, _each = Expectation.objects.filter(matter=matter).delete()
            return gone > 0
        done = queries.done(matter)
        if _is_right(matter, done, now):
            return False
        matter.next_due_at = _due_at(matter, done, now)
        expecting.renew(matter, done)
        matter.save(update_fields=["next_due_at", "is_under_way"])
    return True


def _is_right(matter: Matter, done: Sequence[Done], now: datetime) -> bool:
    return _due_at(matter, done, now) == matter.next_due_at and expecting.is_right(matter, done)


def _due_at(matter: Matter, done: Sequence[Done], now: datetime) -> datetime | None:
    """Return when a matter is due; an act done since `now` was read has happened too."""
    return queries.next_due_at(matter, now=max([now, *(each.at for each in done)]))
