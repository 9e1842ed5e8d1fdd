"""How long a draft that is put out for comment must stay open (DEC-30D)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from sunshine.kernel import period
from sunshine.kernel.period import CALENDAR_DAYS, Period
from sunshine.kernel.procedure import Situation, is_blank
from sunshine.kernel.verdict import HOLDS, Verdict, fails
from sunshine.kernel.words import gettext_noop as _
from sunshine.work.documents.rules import checks, terms

BASIS = "DEC-30D: 国务院令第713号 art. 15"
OPEN: Final = Period(30, CALENDAR_DAYS, basis="国务院令第713号 art. 15", id="DEC-30D", starts="published")
"""Normally; a shorter call is lawful only where the call itself explains why. 713 names no least number."""

SINCE = date(2019, 9, 1)


def last_day_is_named(situation: Situation) -> Verdict:
    """DEC-30D: a draft for comment says until when; the call opens and closes by it."""
    if situation.fact("kind") != terms.DECISION_DRAFT.code or situation.fact("comment_until"):
        return HOLDS
    return fails(_("Say until which day anybody may comment."), basis=BASIS, field="comment_until")


def is_open_long_enough(situation: Situation) -> Verdict:
    """DEC-30D: thirty days from the day of publication, or the call explains why fewer."""
    until = situation.fact("comment_until")
    if situation.fact("kind") != terms.DECISION_DRAFT.code or not isinstance(until, date):
        return HOLDS
    published = situation.facts.get("publish_at")
    first = period.day_of(published if isinstance(published, datetime) else situation.at)
    if first < SINCE or checks.is_public(situation):
        return HOLDS
    if until < first:
        return fails(_("The last day lies before the publication."), basis=BASIS, field="comment_until")
    if until >= period.nominal_last_day(OPEN.length, OPEN.unit, first) or not is_blank(
        situation.fact("short_reason")
    ):
        return HOLDS
    return fails(
        _("The call is open for fewer than %(days)d days and does not say why."),
        basis=BASIS,
        field="short_reason",
        days=OPEN.length,
    )
