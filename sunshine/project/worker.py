"""The background work of one installation: what is due, and what waits to be delivered or scanned."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone

from sunshine.core.ledger import operations as ledger
from sunshine.project import schedule

logger = logging.getLogger(__name__)

PAUSE = 0.25
"""Seconds between two looks while there is nothing to do."""


def work_once(*, at: datetime) -> int:
    """Do everything that is due at a moment; return how much was done."""
    done = ledger.deliver(at=at)
    for job in schedule.due(at=at):
        done += job.operation(at=at)
    return done


def work_on(wanted: Callable[[], bool] = lambda: True) -> None:
    """Go on while it is wanted; one failing round is logged and the next is tried."""
    while wanted():
        done = 0
        try:
            close_old_connections()
            done = work_once(at=timezone.now())
            _beat()
        except Exception:  # the worker must outlive any one failure
            logger.exception("a round of background work failed")
        if not done:
            time.sleep(PAUSE)


def _beat() -> None:
    Path(settings.HOME / "worker.beat").touch()
