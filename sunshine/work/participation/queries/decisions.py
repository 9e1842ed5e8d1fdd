"""Questions about decisions: what checks ask, what stands, what the desk shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sunshine.core.matters import queries as matters
from sunshine.core.matters.models import Matter
from sunshine.core.publishing import preparing
from sunshine.core.publishing.models import Condition
from sunshine.core.publishing.queries import conditions
from sunshine.kernel import errors, period
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.participation.models import CommentCall, Decision
from sunshine.work.participation.queries import calls
from sunshine.work.participation.rules import decisions as rules


def decision(reference: str) -> Decision:
    """Return a decision with its matter; raise `NotFound` when there is none."""
    rows = Decision.objects.select_related("matter__department", "call__matter", "record")
    found = rows.filter(matter__reference=reference).first()
    if found is None:
        raise errors.NotFound(Reason(gettext_noop("There is no such decision")))
    return found


def situation(matter: Matter) -> Mapping[str, Any]:
    """Return what the procedure's checks may ask of a decision, as it is now."""
    row = Decision.objects.select_related("call").get(matter=matter)
    standing = {each.code: each for each in conditions.of(matter.reference)}
    review, call = standing.get(preparing.LEGALITY), standing.get(preparing.CALL)
    is_linked = call is not None and not call.ground and row.call is not None
    asked = [each.at for each in matters.done(matter) if each.act == "ask_legality"]
    return {
        "standing": frozenset(standing),
        "asked_at": max(asked, default=None),
        "reviewed_on": period.day_of(review.at) if review else None,
        "call_until": row.call.until if is_linked and row.call else None,
        "call_unanswered": calls.unanswered(row.call).count() if is_linked and row.call else 0,
        "proposed_step": row.proposed_step,
        "proposed_ground": row.proposed_ground,
    }


def holder_of(call: CommentCall, *, but: int) -> str:
    """Return the reference of another decision that names a call and was not given up, or nothing."""
    rows = Decision.objects.filter(call=call).exclude(matter=but)
    held = rows.exclude(matter__stage=rules.ABANDONED.name).order_by("pk")
    return held.values_list("matter__reference", flat=True).first() or ""


def standing(decision: Decision) -> Sequence[Condition]:
    """Return the steps of a decision that stand."""
    return conditions.of(decision.matter.reference)
