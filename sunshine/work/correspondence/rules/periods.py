"""How long what may take. What no national rule fixes is local: open, and so marked in the law table."""

from __future__ import annotations

from datetime import date
from typing import Final

from sunshine.kernel.period import CALENDAR_DAYS, HOURS, WORKING_DAYS, Period

# CH-TERMS: 国办发〔2020〕53号 sets no terms of reply; these are common ones, open until the city's are had.
ANSWER: Final = Period(5, WORKING_DAYS, basis="own rule", id="CH-TERMS", starts="arrived")
CONSULTATION: Final = Period(3, WORKING_DAYS, basis="own rule", id="CH-TERMS", starts="arrived")
# CH-MSG-SITE: five working days and once ten more: a valid message is answered within fifteen at the latest.
LONGER: Final = Period(10, WORKING_DAYS, basis="own rule", id="CH-TERMS")
DANGER: Final = Period(2, HOURS, basis="own rule", id="CH-TERMS", starts="arrived")
ACCEPT: Final = Period(1, WORKING_DAYS, basis="own rule", id="CH-DISPATCH", starts="dispatched")
TASK: Final = Period(3, WORKING_DAYS, basis="own rule", id="CH-TASK", starts="asked")
LOOK: Final = Period(1, WORKING_DAYS, basis="own rule", id="CH-HELD", starts="arrived")
RESTORABLE: Final = Period(30, CALENDAR_DAYS, basis="own rule", id="CH-HELD")
CONTEST: Final = Period(10, CALENDAR_DAYS, basis="own rule", id="CH-CONTEST", starts="replied")

PETITION_FROM: Final = date(2022, 5, 1)
TELL: Final = Period(15, CALENDAR_DAYS, basis="信访工作条例 art. 23", id="XF-TELL", starts="received")
SETTLE: Final = Period(60, CALENDAR_DAYS, basis="信访工作条例 art. 34", id="XF-60D", starts="accepted")
SETTLE_LONGER: Final = Period(30, CALENDAR_DAYS, basis="信访工作条例 art. 34", id="XF-60D")
OBJECT: Final = Period(5, WORKING_DAYS, basis="信访工作条例 art. 23", id="XF-OBJECT", starts="received")
REVIEW: Final = Period(30, CALENDAR_DAYS, basis="信访工作条例 art. 35", id="XF-REVIEW", starts="replied")

# OPN-5H and OPN-24H: hours round the clock, both from the moment it was known.
STATEMENT: Final = Period(5, HOURS, basis="国办发〔2016〕80号", id="OPN-5H", starts="known")
BRIEFING: Final = Period(24, HOURS, basis="国办发〔2016〕80号", id="OPN-24H", starts="known")
