"""What happens to matters by time alone: to each for itself."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime

from sunshine.kernel import errors

logger = logging.getLogger(__name__)


def by_time(verb: Callable[..., object], matter_ids: Iterable[int], *, at: datetime) -> int:
    """Do an act of the clock in each of some matters; return in how many it was done.

    Where its rule does not allow it yet, or another worker was first, the matter waits. Any other failure is
    logged and stops no other matter.

    :param verb: called with the matter's id, `actor=None` and `at`
    """
    return sum(_is_done(verb, matter_id, at) for matter_id in list(matter_ids))


def _is_done(verb: Callable[..., object], matter_id: int, at: datetime) -> bool:
    try:
        verb(matter_id, actor=None, at=at)
    except (errors.RuleBroken, errors.StaleStage):
        return False
    except Exception:  # whatever it is, it is this matter's and not the next one's
        logger.exception("%s could not be done in matter %s", getattr(verb, "__name__", verb), matter_id)
        return False
    return True
