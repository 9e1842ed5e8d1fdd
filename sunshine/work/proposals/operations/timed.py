"""What happens to proposals by time alone."""

from __future__ import annotations

from datetime import datetime

from sunshine.core.matters import operations as matters
from sunshine.core.matters.models import Matter
from sunshine.work.proposals import rules
from sunshine.work.proposals.operations import handling
from sunshine.work.proposals.rules import stages


def accept_what_was_not_handed_back(*, at: datetime) -> int:
    """Accept by silence what nobody handed back within the days allowed; return how many."""
    waiting = Matter.objects.filter(kind__in=rules.LED, stage=stages.ASSIGNED.name, next_due_at__lte=at)
    return matters.by_time(handling.accept_by_silence, waiting.values_list("pk", flat=True), at=at)
