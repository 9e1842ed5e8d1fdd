"""How long what may take, in both texts of the regulation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sunshine.kernel import calendar
from sunshine.kernel.period import CALENDAR_DAYS, MONTHS, WORKING_DAYS, Period
from sunshine.work.requests.rules import terms

CONSENT: Final = Period(15, WORKING_DAYS, basis="FOI 2019 art. 32", id="FOI-3P", starts="received_on")
JOINT: Final = Period(15, WORKING_DAYS, basis="FOI 2019 art. 34", id="FOI-JOINT", starts="received_on")
# FOI-PAUSE-BODY: no law says how long a body may take; so long after sending one asks where its answer is,
# or on which day a co-maker received the letter (own rule).
BODIES: Final = Period(15, WORKING_DAYS, basis="own rule", id="FOI-PAUSE-BODY", starts="sent_on")
TELL: Final = Period(7, WORKING_DAYS, basis="FOI 2019 art. 30", id="FOI-COMPLETE-7WD", starts="received_on")
PAY: Final = Period(
    20, WORKING_DAYS, basis="国办函〔2020〕109号 art. 6", id="FEE-PAY-20WD", starts="notified_on"
)
# FOI-COMPLETE-TIME: "a reasonable time"; fifteen working days are the custom.
COMPLETION: Final = Period(
    15, WORKING_DAYS, basis="FOI 2019 art. 30", id="FOI-COMPLETE-TIME", starts="notified_on"
)
COMPLETION_2008: Final = Period(
    15, WORKING_DAYS, basis="FOI 2008 art. 21(4)", id="FOI-COMPLETE-TIME", starts="notified_on"
)
# FOI-FREQ: a deferred reply comes back to be worked on so long before the day that was told (own rule).
TAKE_UP: Final = Period(5, WORKING_DAYS, basis="own rule")
CORRECTION: Final = Period(20, WORKING_DAYS, basis="FOI 2019 art. 41", id="FOI-CORRECT", starts="received_on")


@dataclass(frozen=True, slots=True)
class Text:
    """One text of the regulation, as far as requests ask: its days, its articles, its periods.

    `pause` is the article, of this text, by which the time of asking others is not counted (FOI-PAUSE).
    `consent` and `joint` are the times, from receiving the letter, after which silence of a third party
    and of a co-maker ends the asking; None where the text gives them no days.
    """

    version: str
    effective_from: date
    effective_to: date | None
    receipt: str
    complete: str
    third_party: str
    time: str
    pause: str
    answer: str
    reply: Period
    longer: Period
    completion: Period
    consent: Period | None = None
    joint: Period | None = None


FOI_2008 = Text(
    "2008",
    terms.FIRST_TEXT,
    terms.FIRST_TEXT_ENDS,
    receipt="国办公开办函〔2015〕207号",
    complete="FOI 2008 art. 21(4)",
    third_party="FOI 2008 art. 23",
    time="FOI 2008 art. 24",
    pause="art. 24 ¶3",
    answer="FOI 2008 art. 21",
    reply=Period(15, WORKING_DAYS, basis="FOI 2008 art. 24", id="FOI-REPLY", starts="received_on"),
    longer=Period(15, WORKING_DAYS, basis="FOI 2008 art. 24", id="FOI-EXTEND"),
    completion=COMPLETION_2008,
)
FOI_2019 = Text(
    "2019",
    terms.SECOND_TEXT,
    None,
    receipt="FOI 2019 art. 31",
    complete="FOI 2019 art. 30",
    third_party="FOI 2019 art. 32",
    time="FOI 2019 art. 33",
    pause="art. 33 ¶3",
    answer="FOI 2019 art. 36",
    reply=Period(20, WORKING_DAYS, basis="FOI 2019 art. 33", id="FOI-20WD", starts="received_on"),
    longer=Period(20, WORKING_DAYS, basis="FOI 2019 art. 33 ¶2", id="FOI-EXT-20WD"),
    completion=COMPLETION,
    consent=CONSENT,
    joint=JOINT,
)


def text(version: str) -> Text:
    """Return the text of the regulation of this version."""
    return next(each for each in (FOI_2008, FOI_2019) if each.version == version)


def text_on(day: date) -> Text:
    """Return the text of the regulation that a request received on a day follows."""
    return FOI_2008 if day <= terms.FIRST_TEXT_ENDS else FOI_2019


def day_of_the_law(way: terms.Way | None, arrived_on: date, entered_on: date) -> date:
    """Return the day whose text a request follows from the moment it is registered (FOI-TRANS).

    It is the day of receipt where the way fixes it on arrival, whenever the office enters it; a request
    that waits for both sides to confirm keeps the text of its registration.
    """
    if way is None or terms.needs_confirmation(way, text_on(arrived_on).version):
        return entered_on
    return arrived_on


def deferral(on: date, until: date) -> Period | None:
    """Return the term of a reply that was put off on a day until another; None where that is not later.

    FOI-FREQ: the day that the applicant was told is itself the term, so it is counted to that day.
    """
    length = calendar.bundled().working_days_between(on, until) if until > on else 0
    if length == 0:
        return None
    return Period(length, WORKING_DAYS, basis="FOI 2019 art. 35", id="FOI-FREQ", starts="deferred")


# 行政复议法 2023 arts. 54, 48; 行政诉讼法 art. 67. Ordinary and simple procedure before the city government.
REMEDY_REPLY: Final = Period(
    10, WORKING_DAYS, basis="行政复议法 art. 48", id="REM-SIMPLE", starts="received_on"
)
REMEDY_REPLY_SIMPLE: Final = Period(
    5, WORKING_DAYS, basis="行政复议法 art. 54", id="REM-SIMPLE", starts="received_on"
)
DEFEND: Final = Period(15, CALENDAR_DAYS, basis="行政诉讼法 art. 67", id="REM-DEFEND", starts="received_on")
ASK_RECONSIDERATION: Final = Period(60, CALENDAR_DAYS, basis="行政复议法 art. 20", id="REM-60D")
SUE_DIRECTLY: Final = Period(6, MONTHS, basis="行政诉讼法 art. 46", id="REM-6M")
SUE_DIRECTLY_UNTIL_2015: Final = Period(3, MONTHS, basis="行政诉讼法 (1989) art. 39", id="REM-6M")
SUE_AFTERWARDS: Final = Period(15, CALENDAR_DAYS, basis="行政诉讼法 art. 45", id="REM-15D")
