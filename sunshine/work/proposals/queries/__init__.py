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
from sunshine.work.proposals.queries.counting import Reported, counted, reported
from sunshine.work.proposals.queries.listing import (
    Line,
    Promise,
    Tally,
    commitments_of,
    commitments_open,
    line,
    lines,
    matter,
    proposal,
    session,
    sessions,
    tallies,
)
from sunshine.work.proposals.queries.showing import (
    Kept,
    Released,
    commitments_shown,
    commitments_to,
    entries,
    promised,
    proposal_of_record,
    received,
    released,
    replies_of,
    shown,
    years,
)

__all__ = [
    "SITUATIONS",
    "Kept",
    "Line",
    "Promise",
    "Released",
    "Reported",
    "Tally",
    "acts_open",
    "commitments_of",
    "commitments_open",
    "commitments_shown",
    "commitments_to",
    "counted",
    "entries",
    "line",
    "lines",
    "matter",
    "may_read",
    "open_commitments",
    "promised",
    "proposal",
    "proposal_of_record",
    "publication_of_document",
    "received",
    "released",
    "replies_of",
    "reported",
    "session",
    "sessions",
    "shown",
    "tallies",
    "years",
]
