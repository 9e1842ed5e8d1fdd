"""Every procedure of the house, in one visible list."""

from __future__ import annotations

from sunshine.kernel.procedure import Register
from sunshine.work.correspondence import rules as correspondence
from sunshine.work.documents import rules as documents
from sunshine.work.participation import rules as participation
from sunshine.work.proposals import rules as proposals
from sunshine.work.requests import rules as requests
from sunshine.work.reviews import rules as reviews

ALL = Register(
    (
        *documents.PROCEDURES,
        *requests.PROCEDURES,
        *correspondence.PROCEDURES,
        *proposals.PROCEDURES,
        *participation.PROCEDURES,
        *reviews.PROCEDURES,
    )
)
