"""What the public reads of an act: nothing of it tells of anybody."""

from __future__ import annotations

from sunshine.kernel.procedure import Situation
from sunshine.kernel.verdict import HOLDS, Verdict, fails
from sunshine.kernel.words import gettext_noop as _


def tells_of_nobody(situation: Situation) -> Verdict:
    """PII-GATE: what an officer typed, and the public reads, surely holds no personal data."""
    for name in ("what", "reason"):
        if situation.facts.get(f"found_in_{name}"):
            return fails(_("The public reads this: it holds personal data."), basis="PII-GATE", field=name)
    return HOLDS
