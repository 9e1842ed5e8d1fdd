"""Days that somebody tells must be possible: each has one before which it cannot have been.

Clocks count from such days, so a notice dated before the request came would be over when it is entered.
"""

from __future__ import annotations

from datetime import date

from sunshine.kernel.procedure import Check, Situation
from sunshine.kernel.verdict import HOLDS, Verdict, fails
from sunshine.kernel.words import gettext_noop as _
from sunshine.work.requests.rules import checks


def not_before(name: str, since: str) -> Check:
    """Return the check that a day given with the act is none before a day that the matter holds."""

    def not_before(situation: Situation) -> Verdict:
        return _none_before(situation, name, situation.matter.get(since))

    return not_before


def not_before_it_was_sent(situation: Situation) -> Verdict:
    """Nobody gets a letter before it was sent."""
    return _none_before(situation, "received_on", _asked(situation, "sent_on"))


def not_before_it_was_asked(situation: Situation) -> Verdict:
    """Nobody answers what they were not asked yet: the letter was sent, and got where that is known."""
    got = _asked(situation, "received_on") or _asked(situation, "sent_on")
    return _none_before(situation, "answered_on", got)


def _asked(situation: Situation, name: str) -> object:
    """Return a day of the consultation that the act is about."""
    rows = checks.consultations(situation, *checks.SORTS_ASKED)
    given = situation.facts.get("consultation")
    return next((row.get(name) for row in rows if row.get("id") == given), None)


def _none_before(situation: Situation, name: str, first: object) -> Verdict:
    given = checks.day(situation, name) if name in situation.facts else None
    if given is None or not isinstance(first, date) or given >= first:
        return HOLDS
    return fails(_("This cannot have been before %(day)s."), basis=checks.OWN, field=name, day=first)
