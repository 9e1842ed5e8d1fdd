"""Questions about decisions: what checks ask, what stands, what the desk shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sunshine.core.matters.models import Matter
from sunshine.core.publishing.models import Condition
from sunshine.core.publishing.queries import conditions
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.participation.models import Decision


def decision(reference: str) -> Decision:
    """Return a decision with its matter; raise `NotFound` when there is none."""
    rows = Decision.objects.select_related("matter__department", "call__matter", "record")
    found = rows.filter(matter__reference=reference).first()
    if found is None:
        raise errors.NotFound(Reason(gettext_noop("There is no such decision")))
    return found


def situation(matter: Matter) -> Mapping[str, Any]:
    """Return what the procedure's checks may ask of a decision, as it is now."""
    row = Decision.objects.get(matter=matter)
    standing = frozenset(each.code for each in conditions.of(matter.reference))
    return {
        "standing": standing,
        "proposed_step": row.proposed_step,
        "proposed_ground": row.proposed_ground,
    }


def standing(decision: Decision) -> Sequence[Condition]:
    """Return the steps of a decision that stand."""
    return conditions.of(decision.matter.reference)
