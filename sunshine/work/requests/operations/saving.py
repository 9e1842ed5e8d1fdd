"""Saving a form that is not finished: sealed, found again by a code, gone after thirty days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sunshine.core.matters import codes, sealing
from sunshine.kernel import errors, period
from sunshine.kernel.period import CALENDAR_DAYS, Period
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.requests.models import SavedForm

KEPT: Period = Period(30, CALENDAR_DAYS, basis="own rule")


def save(values: Mapping[str, str], *, at: datetime) -> str:
    """Keep what was typed so far; return the code with which to come back."""
    code = codes.new_code()
    mark = sealing.mark(codes.bare(code), purpose="saved")
    until = period.nominal_last_day(KEPT.length, KEPT.unit, period.day_of(at))
    SavedForm.objects.create(
        code_mark=mark, sealed=sealing.seal_values(values, place=f"saved:{mark}"), until=until
    )
    return code


def restore(code: str, *, at: datetime) -> dict[str, str]:
    """Return what was saved under a code; raise `NotFound` when there is nothing (any more)."""
    mark = sealing.mark(codes.bare(code), purpose="saved")
    row = SavedForm.objects.filter(code_mark=mark, until__gte=period.day_of(at)).first()
    if row is None:
        raise errors.NotFound(Reason(gettext_noop("Nothing is saved under this code"), field="code"))
    return sealing.unseal_values(row.sealed, place=f"saved:{mark}")
