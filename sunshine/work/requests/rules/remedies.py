"""What the applicant can do against an answer: which way first, where, until when; and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sunshine.kernel.period import Period
from sunshine.kernel.verdict import HOLDS, Verdict, fails
from sunshine.kernel.words import gettext_noop as _
from sunshine.work.requests.rules import outcomes, periods
from sunshine.work.requests.rules.terms import Term

# REM-FIRST: 行政复议法 (2023) art. 23(1)(4), in force since this day; REM-OLD before it.
RECONSIDERATION_FIRST_SINCE: Final = date(2024, 1, 1)
FIRST_BASIS: Final = "行政复议法 art. 23(1)(4)"

RECONSIDERATION = Term("reconsideration", _("Administrative reconsideration"), "行政复议")
LAWSUIT = Term("lawsuit", _("Lawsuit"), "行政诉讼")
SORTS = (RECONSIDERATION, LAWSUIT)

# The table of section 四, exact.
RESULTS = (
    Term("upheld", _("Upheld"), "结果维持"),
    Term("corrected", _("Corrected"), "结果纠正"),
    Term("other", _("Other result"), "其他结果"),
)
PENDING = Term("pending", _("Not decided yet"), "尚未审结")


@dataclass(frozen=True, slots=True)
class Remedy:
    """The instruction on remedies under a letter: its sentence in Chinese, its periods, its basis."""

    sentence: str
    is_reconsideration_first: bool
    reconsideration: Period
    lawsuit: Period
    basis: str


_FIRST = (
    "如对本答复不服，应当自收到本答复之日起六十日内先向{government}申请行政复议；"
    "对行政复议决定不服的，可以自收到行政复议决定书之日起十五日内向有管辖权的人民法院提起行政诉讼。"
)
_EITHER = (
    "如对本答复不服，可以自收到本答复之日起六十日内向{government}申请行政复议，"
    "或者自收到本答复之日起六个月内向有管辖权的人民法院提起行政诉讼。"
)
_OLD = (
    "如对本答复不服，可以自收到本答复之日起六十日内向{government}或者上一级主管部门申请行政复议，"
    "或者自收到本答复之日起六个月内向有管辖权的人民法院提起行政诉讼。"
)
_OLDER = (
    "如对本答复不服，可以自收到本答复之日起六十日内向{government}或者上一级主管部门申请行政复议，"
    "或者自收到本答复之日起三个月内向有管辖权的人民法院提起行政诉讼。"
)
# The Administrative Procedure Law gave three months until 2015-04-30, six since.
SIX_MONTHS_SINCE: Final = date(2015, 5, 1)


def filing_is_sound(filed_on: date, received_on: date, today: date) -> Verdict:
    """Return whether the days of a remedy can be: filed first, then told to the bureau, by now."""
    if filed_on > today:
        return fails(_("This day lies ahead; enter what has happened."), basis="own rule", field="filed_on")
    if received_on < filed_on:
        return fails(
            _("The bureau cannot have been told before it was filed."), basis="own rule", field="received_on"
        )
    return HOLDS


def goes_to_reconsideration_first(outcome: str, on: date) -> bool:
    """Return whether an answer of this day must be brought to reconsideration before a court (REM-FIRST)."""
    found = outcomes.outcome_named(outcome)
    return found is not None and found.is_refusal and on >= RECONSIDERATION_FIRST_SINCE


def remedy(outcome: str, on: date) -> Remedy:
    """Return what a letter of this class and day says of remedies."""
    if goes_to_reconsideration_first(outcome, on):
        return Remedy(_FIRST, True, periods.ASK_RECONSIDERATION, periods.SUE_AFTERWARDS, FIRST_BASIS)
    if on >= RECONSIDERATION_FIRST_SINCE:
        # REM-WHO: against a city bureau, the city government alone.
        sentence, basis = _EITHER, "行政复议法 arts. 20, 24; 行政诉讼法 art. 46"
    else:
        sentence, basis = _OLD, "REM-OLD: 行政复议法 (1999, 2017); 行政诉讼法"
    if on < SIX_MONTHS_SINCE:
        until = periods.SUE_DIRECTLY_UNTIL_2015
        return Remedy(_OLDER, False, periods.ASK_RECONSIDERATION, until, basis)
    return Remedy(sentence, False, periods.ASK_RECONSIDERATION, periods.SUE_DIRECTLY, basis)
