"""How long what may take. National numbers are firm; local ones are marked [?] in the law table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sunshine.kernel.period import CALENDAR_DAYS, MONTHS, WORKING_DAYS, Period

LOCAL: Final = "local rule"

OBJECT: Final = Period(5, WORKING_DAYS, basis=LOCAL, id="PRP-OBJECT", starts="assigned_on")
OPINION: Final = Period(1, MONTHS, basis=LOCAL, id="PRP-LEAD", starts="asked_on")
AGAIN: Final = Period(1, MONTHS, basis=LOCAL, id="PRP-SAT", starts="rated_on")
RATING: Final = Period(15, CALENDAR_DAYS, basis="own rule", id="PRP-SAT", starts="replied_on")
PUBLISH: Final = Period(
    20, WORKING_DAYS, basis="皖政办〔2015〕2号; 国办发〔2014〕46号", id="PRP-PUB-20WD", starts="replied_on"
)
SOON: Final = 30
"""Calendar days before its day from which a commitment shows yellow (own rule)."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text that gives the term of a reply: for deputies the law on deputies, for members local rules.

    `reply` is three months from assignment; with `longer` it is six from assignment, never three and six.
    """

    kind: str
    version: str
    effective_from: date
    effective_to: date | None
    basis: str
    reply: Period
    longer: Period
    needs_consent: bool


def _text(
    kind: str, version: str, since: date, until: date | None, basis: str, rule: str, *, needs_consent: bool
) -> Text:
    reply = Period(3, MONTHS, basis=basis, id=rule, starts="assigned_on")
    longer = Period(3, MONTHS, basis=basis, id="PRP-6M" if rule == "PRP-3M" else rule)
    return Text(kind, version, since, until, f"{rule}: {basis}", reply, longer, needs_consent)


SUGGESTION: Final = "deputies_suggestion"
PROPOSAL: Final = "cppcc_proposal"

_NEW_LAW, _OLD_LAW_ENDS = date(2025, 3, 11), date(2025, 3, 10)
_FIRST = date(2015, 8, 29)
TEXTS: Final = (
    _text(SUGGESTION, "2015", _FIRST, _OLD_LAW_ENDS, "代表法 (2015) art. 42", "PRP-3M", needs_consent=False),
    _text(SUGGESTION, "2025", _NEW_LAW, None, "代表法 (2025) art. 51", "PRP-3M", needs_consent=False),
    _text(PROPOSAL, "2015", _FIRST, None, "政协提案办理的地方规定", "PRP-CPPCC", needs_consent=True),
)
