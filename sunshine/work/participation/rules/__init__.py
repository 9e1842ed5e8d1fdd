"""The rules of participation, plain Python: terms, calls, decisions, gatherings, the draw.

`terms` holds the fixed lists, `calls` the comment calls; further subjects stand in modules of their own.
"""

from __future__ import annotations

from sunshine.work.participation.rules import calls, decisions, gatherings

PROCEDURES = (calls.CALL, decisions.DECISION, gatherings.GATHERING)

__all__ = ["PROCEDURES", "calls", "decisions", "gatherings"]
