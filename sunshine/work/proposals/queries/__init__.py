"""Questions about proposals: what checks ask (`asking`), lists (`listing`), figures, what is public.

`counted` gives the rows that every figure is made of; see `rules.figures`.
"""

from __future__ import annotations

from sunshine.work.proposals.queries.asking import (
    SITUATIONS,
    acts_open,
    may_read,
    open_commitments,
    publication_of_document,
)
from sunshine.work.proposals.queries.counting import counted
from sunshine.work.proposals.queries.listing import (
    Line,
    Promise,
    commitments_of,
    commitments_open,
    line,
    lines,
    matter,
    office,
    proposal,
    session,
    sessions,
)

__all__ = [
    "SITUATIONS",
    "Line",
    "Promise",
    "acts_open",
    "commitments_of",
    "commitments_open",
    "counted",
    "line",
    "lines",
    "matter",
    "may_read",
    "office",
    "open_commitments",
    "proposal",
    "publication_of_document",
    "session",
    "sessions",
]
