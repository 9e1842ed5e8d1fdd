"""How soon a document must be public, and how long it is in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sunshine.core.publishing import rules as publishing
from sunshine.kernel import calendar, period
from sunshine.kernel.period import CALENDAR_DAYS, MONTHS, WORKING_DAYS, Period
from sunshine.kernel.verdict import HOLDS, Verdict, fails
from sunshine.kernel.words import gettext_noop as _
from sunshine.work.documents.rules import grounds, terms

PUBLISH_2008: Final = Period(20, WORKING_DAYS, basis="FOI 2008 art. 18", id="PRO-20WD", starts="formed_on")
PUBLISH_2019: Final = Period(20, WORKING_DAYS, basis="FOI 2019 art. 26", id="PRO-20WD", starts="formed_on")


@dataclass(frozen=True, slots=True)
class SpecialTerm:
    """A term of another law for some kind of document, which wins where it is shorter (PRO-20WD)."""

    kind: str
    period: Period
    valid_from: date


SPECIAL_TERMS = (
    # From the finance department's approval (批复); in the law since its amendment of 2014.
    SpecialTerm(
        terms.BUDGET.code,
        Period(20, CALENDAR_DAYS, basis="预算法 art. 14", id="PRO-20WD", starts="approved_on"),
        date(2015, 1, 1),
    ),
)


def publish_period(kind: str, on: date) -> Period:
    """Return the time within which a document of this kind, formed on a day, must be public."""
    for special in SPECIAL_TERMS:
        if special.kind == kind and special.valid_from <= on:
            return special.period
    return statutory_period(on)


def statutory_period(on: date) -> Period:
    """Return the time within which what was formed on a day must be public, where no special term wins."""
    return PUBLISH_2019 if on >= grounds.SECOND_TEXT else PUBLISH_2008


def publish_within(kind: str, formed_on: date | None, promised: Period | None) -> Period | None:
    """Return the time for this document where it is shorter than the statutory one, else None.

    :param promised: the time limit of its item in the directory
    """
    if formed_on is None:
        return None
    statutory = statutory_period(formed_on)
    special = publish_period(kind, formed_on)
    bound = [each for each in (statutory, special, promised) if each is not None]
    shortest = min(bound, key=lambda each: _last_day(each, formed_on))
    return shortest if _last_day(shortest, formed_on) < _last_day(statutory, formed_on) else None


def _last_day(within: Period, formed_on: date) -> date:
    return period.last_day(within.length, within.unit, formed_on, calendar.bundled())


LONGEST_VALIDITY: Final = Period(
    60,
    MONTHS,
    basis="安徽省行政机关规范性文件制定程序规定 (省政府令第149号) art. 7",
    id="NORM-5Y",
    starts="effective_from",
)
WARN_BEFORE_LAPSE: Final = (
    Period(6, MONTHS, basis="own rule", id="NORM-5Y"),
    Period(3, MONTHS, basis="own rule", id="NORM-5Y"),
)

AMENDED_TERM: Final = "已修改"
# DOC-STATE
VALIDITY_TERMS = {
    publishing.Validity.NOT_YET: "尚未施行",
    publishing.Validity.VALID: "有效",
    publishing.Validity.LAPSED: "失效",
    publishing.Validity.REPEALED: "废止",
}


def five_years_end(effective_from: date) -> date:
    """Return the last day of the longest validity: the day before the fifth anniversary."""
    return period.months_later(effective_from, LONGEST_VALIDITY.length) - calendar.ONE_DAY


def last_valid_day(kind: str, effective_from: date | None, valid_until: date | None) -> date | None:
    """Return the last day on which a document is in force; None where it has no end."""
    # NORM-5Y: a normative document that states no validity lapses after five years.
    if valid_until is None and effective_from is not None and kind == terms.NORMATIVE_DOCUMENT.code:
        return five_years_end(effective_from)
    return valid_until


def validity_is_sound(
    kind: str, effective_from: date, valid_until: date | None, *, reason_for_longer: str = ""
) -> Verdict:
    """Return whether a stated validity may stand."""
    if valid_until is None:
        return HOLDS
    if valid_until < effective_from:
        return fails(_("It would lapse before it takes effect."), basis="DOC-STATE", field="valid_until")
    is_longer = kind == terms.NORMATIVE_DOCUMENT.code and valid_until > five_years_end(effective_from)
    if is_longer and not reason_for_longer.strip():
        return fails(
            _("A normative document is valid for five years at most; longer needs a reason."),
            basis=f"NORM-5Y: {LONGEST_VALIDITY.basis}",
            field="valid_until",
        )
    return HOLDS


def validity_term(
    on: date,
    *,
    kind: str,
    effective_from: date | None = None,
    valid_until: date | None = None,
    amended_on: date | None = None,
    repealed_on: date | None = None,
) -> str:
    """Return 有效性 on a day in the term that stands on the page: computed, never typed (DOC-STATE)."""
    state = publishing.validity(
        effective_from=effective_from,
        valid_until=last_valid_day(kind, effective_from, valid_until),
        repealed_on=repealed_on,
        on=on,
    )
    if state is publishing.Validity.VALID and amended_on is not None and amended_on <= on:
        return AMENDED_TERM
    return VALIDITY_TERMS[state]
