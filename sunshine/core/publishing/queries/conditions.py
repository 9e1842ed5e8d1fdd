"""Questions about what stood before something became public."""

from __future__ import annotations

from sunshine.core.publishing.models import Condition


def of(subject: object) -> list[Condition]:
    """Return the conditions of a decision that stand, in the order in which they came to."""
    return list(Condition.objects.filter(subject=str(subject))) if subject else []
