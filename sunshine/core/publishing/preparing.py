"""What must have been done before a record of some kind may become public: the steps of a decision, as data.

Each step is a condition that stands met (by a reference) or exempt (with its ground); a document names
the decision whose conditions count for it. Who meets them is the business of a room of `work`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sunshine.kernel.verdict import HOLDS, Verdict, all_of, fails
from sunshine.kernel.words import gettext_noop

CALL, EXPERTS, RISK, LEGALITY, DISCUSSION = "call", "experts", "risk", "legality", "discussion"
CONDITIONS: Mapping[str, str] = {
    CALL: gettext_noop("Put out for comment"),
    EXPERTS: gettext_noop("Argued by experts"),
    RISK: gettext_noop("Risks assessed"),
    LEGALITY: gettext_noop("Legality reviewed before the discussion"),
    DISCUSSION: gettext_noop("Discussed collectively"),
}
BASIS = "DEC-PACK: 国务院令第713号 art. 29"
FIELD = "decision"
"""The field of a document that names the decision it came from."""

GIVEN_UP = "given_up"
"""What stands of a document itself once the matter that it was written for counts it no more."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """From which day a kind of record, by its day of forming, needs which conditions."""

    kind: str
    since: date
    conditions: tuple[str, ...]
    basis: str


PREPARED = (
    Prepared(
        "major_decision",
        date(2019, 9, 1),
        (CALL, EXPERTS, RISK, LEGALITY, DISCUSSION),
        "DEC-PACK: 国务院令第713号 arts. 14, 19, 22, 25, 30",
    ),
    # The letters of 2018 ask comment, review and discussion of every normative document; that the system
    # holds the gate shut for it begins on the day from which all drafting of the bureau goes through it.
    Prepared(
        "normative_document",
        date(2027, 1, 1),
        (CALL, LEGALITY, DISCUSSION),
        "NORM-3ONE: 国办发〔2018〕37号",
    ),
)


def required(kind: str, formed_on: object) -> Prepared | None:
    """Return what a record of a kind that was formed on a day (ISO) needs, if anything."""
    try:
        day = date.fromisoformat(str(formed_on))
    except ValueError:
        return None
    return next((each for each in PREPARED if each.kind == kind and each.since <= day), None)


def is_prepared(kind: str, fields: Mapping[str, object], standing: Mapping[str, bool]) -> Verdict:
    """Return whether what a record needs stands met or exempt; `standing` has each condition that does."""
    wanted = required(kind, fields.get("formed_on"))
    if wanted is None:
        return HOLDS
    if not fields.get(FIELD):
        return fails(
            gettext_noop("Name the decision that this document came from"), basis=wanted.basis, field=FIELD
        )
    return all_of(
        fails(
            gettext_noop("The decision lacks: %(condition)s"),
            basis=wanted.basis,
            condition=CONDITIONS[condition],
        )
        for condition in wanted.conditions
        if condition not in standing
    )


def still_counts(standing: Mapping[str, bool]) -> Verdict:
    """Return whether the matter that a document was written for still waits for it."""
    if GIVEN_UP not in standing:
        return HOLDS
    return fails(
        gettext_noop("What it reports on was taken up again or called off; give this document up"),
        basis="DEC-PUBLISH: 国务院令第713号 art. 32",
    )
