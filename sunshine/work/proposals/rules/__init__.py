"""The rules of suggestions and proposals, plain Python: what is due by when, how it can end, what counts.

`terms` and `classes` hold the fixed lists, `periods` the terms, `checks` what acts ask, `table` with
`rounds` and `followed` the procedure of what the bureau answers, `beside` those of a joint opinion and
of a publication, `lists` how the yearly sheet is read, `naming` how deputies are named, `commitments`
their lights, `figures` what is counted. This page is what others read.
"""

from __future__ import annotations

from sunshine.work.proposals.rules import beside, table
from sunshine.work.proposals.rules.classes import CLASS_SETS, ClassSet, ReplyClass, set_named
from sunshine.work.proposals.rules.figures import NAMES, Counted, Figure, add_up, figures
from sunshine.work.proposals.rules.stages import LED, OPINION, PROPOSAL, PUBLICATION, SUGGESTION
from sunshine.work.proposals.rules.terms import (
    BODIES,
    LEVELS,
    MARKS,
    NAMINGS,
    PROPOSERS,
    RATINGS,
    ROLES,
    SORTS,
    WAYS,
    Term,
    named,
)

PROCEDURES = (*table.LED, beside.JOINT_OPINION, beside.REPLY_PUBLICATION)

__all__ = [
    "BODIES",
    "CLASS_SETS",
    "LED",
    "LEVELS",
    "MARKS",
    "NAMES",
    "NAMINGS",
    "OPINION",
    "PROCEDURES",
    "PROPOSAL",
    "PROPOSERS",
    "PUBLICATION",
    "RATINGS",
    "ROLES",
    "SORTS",
    "SUGGESTION",
    "WAYS",
    "ClassSet",
    "Counted",
    "Figure",
    "ReplyClass",
    "Term",
    "add_up",
    "figures",
    "named",
    "set_named",
]
