"""What of a request can be contested on which day: an answer, or that there was none in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sunshine.core.matters import queries as matters
from sunshine.kernel import period
from sunshine.work.requests.models import Answer, Request


@dataclass(frozen=True, slots=True)
class Contested:
    """What a remedy of some day is against: a class of answer, or empty that there was none in time.

    `since` is the first day on which it could be contested.
    """

    outcome: str
    since: date


def contested(request: Request, *, on: date) -> Contested | None:
    """Return what could be contested on a day; None while an answer may still be waited for (REM-FIRST)."""
    reading = matters.readings(request.matter, now=period.start_of(on)).get("reply")
    if reading is not None and reading.overdue and reading.due_at is not None:
        return Contested("", period.day_of(reading.due_at))
    newest = Answer.objects.filter(request=request, served_on__lte=on).order_by("number").last()
    if newest is not None and newest.served_on is not None:
        return Contested(newest.outcome, newest.served_on)
    if request.closed_on is not None and request.closed_on <= on:
        return Contested(request.outcome, request.closed_on)
    return None
