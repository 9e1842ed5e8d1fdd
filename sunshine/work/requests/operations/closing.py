"""How a request counts once it is closed: outcome and row on the day, kept as first given."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sunshine.core.matters.operations.acting import Acting
from sunshine.kernel import period
from sunshine.work.requests import rules
from sunshine.work.requests.models import Request


def close(acting: Acting, outcome: str, *, at: datetime, on: date | None = None) -> dict[str, Any]:
    """Keep outcome, row and day of a closing request; return what the public log says of it.

    A request that was closed before, and is answered anew on order, keeps the row of its first answer.
    """
    request = Request.objects.get(matter=acting.matter)
    day = on or period.day_of(at)
    if request.closed_on is None:
        row = rules.row_of(outcome, day)
        Request.objects.filter(pk=request.pk).update(outcome=outcome, row=row, closed_on=day)
        return {"outcome": outcome, "row": row, "closed_on": day.isoformat()}
    return {"outcome": outcome, "anew": True, "closed_on": day.isoformat()}
