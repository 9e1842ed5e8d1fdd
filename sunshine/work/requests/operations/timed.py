"""What happens to requests by time alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sunshine.core.matters import operations as matters
from sunshine.core.matters.models import Matter
from sunshine.kernel import calendar, period
from sunshine.kernel.procedure import Stage
from sunshine.work.requests import rules
from sunshine.work.requests.models import Request, SavedForm
from sunshine.work.requests.operations import abnormal, asking, handling
from sunshine.work.requests.rules import periods, stages

Verb = Callable[..., None]


def end_what_is_over(*, at: datetime) -> int:
    """Let lapse what was not completed, paid or answered in time; return how many acts were done.

    What fails at one request is logged and stops no other.
    """
    done = _each(stages.INCOMPLETE, handling.lapse, at)
    done += _each(stages.AWAITING_CONSENT, asking.conclude_consultation, at)
    done += _each(stages.ASKING, asking.conclude_asking, at)
    done += _each(stages.EXPLAINING, abnormal.go_on_without_reasons, at)
    done += _each(stages.AWAITING_PAYMENT, abnormal.drop_unpaid, at)
    return done + _take_up(at)


def _each(stage: Stage, verb: Verb, at: datetime) -> int:
    """Do an act wherever its rule allows it; where it does not yet, the matter waits."""
    waiting = Matter.objects.filter(kind=rules.KIND, stage=stage.name, closed_at=None)
    return matters.by_time(verb, waiting.values_list("pk", flat=True), at=at)


def _take_up(at: datetime) -> int:
    """Take up what was put off, early enough to be answered on the day that was told (FOI-FREQ)."""
    upto = calendar.bundled().after(period.day_of(at), periods.TAKE_UP.length)
    due = Request.objects.filter(matter__stage=stages.DEFERRED.name, deferred_until__lte=upto)
    return matters.by_time(abnormal.take_up, due.values_list("matter_id", flat=True), at=at)


def throw_away_saved_forms(*, at: datetime) -> int:
    """Throw away forms that were saved and not sent in time; return how many."""
    gone, _kinds = SavedForm.objects.filter(until__lt=period.day_of(at)).delete()
    return gone
