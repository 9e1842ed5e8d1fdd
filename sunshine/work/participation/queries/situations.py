"""What the checks of each procedure of this room may ask, by kind of matter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sunshine.core.matters.models import Matter
from sunshine.work.participation.queries import calls, decisions, gatherings
from sunshine.work.participation.rules import calls as call_rules
from sunshine.work.participation.rules import decisions as decision_rules
from sunshine.work.participation.rules import gatherings as gathering_rules

SITUATIONS: Mapping[str, Callable[[Matter], Mapping[str, Any]]] = {
    call_rules.KIND: calls.situation,
    decision_rules.KIND: decisions.situation,
    gathering_rules.KIND: gatherings.situation,
}
