"""The demo's days: counted in working days from today, so that its clocks stand where they should."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sunshine.kernel import calendar, period

OPENS = time(9, 0)
BETWEEN_ACTS = timedelta(minutes=37)
"""Acts of one story on one day stand so far apart; a dozen of them fit a day at the office."""

_PLACE = re.compile(r"\{(day|iso|month|year|lastyear|reported|afterwards)([+-]\d+)?\}")
REPORTS_ARE_OUT = 2
"""The month from which last year's report is out."""


@dataclass(frozen=True, slots=True)
class Days:
    """Days around `today`: a negative number lies so many working days back, a positive one ahead."""

    today: date

    def day(self, number: int) -> date:
        """Return a day."""
        working = calendar.bundled()
        return working.before(self.today, -number) if number < 0 else working.after(self.today, number)

    @property
    def reported(self) -> int:
        """The newest year whose report is out."""
        return self.today.year - (1 if self.today.month >= REPORTS_ARE_OUT else 2)

    def ago(self, when: date | int) -> int:
        """Return how many working days ago something is that a text dates, or counts back to."""
        if isinstance(when, int):
            return when
        return calendar.bundled().working_days_between(when, self.today)

    def lies_ahead(self, when: date | int) -> bool:
        """Return whether something that a text dates has not happened yet."""
        return not isinstance(when, int) and when >= self.today

    def filled(self, text: str) -> str:
        """Return a text with its days: `{day-20}` written out, `{iso-20}`, `{month-20}`, `{year-20}`.

        `{reported}` is the newest year whose report is out, `{afterwards}` the year after it.
        """
        return _PLACE.sub(self._written, text)

    def _written(self, match: re.Match[str]) -> str:
        number = int(match[2] or 0)
        day = self.day(number)
        forms = {
            "year": str(day.year),
            "lastyear": str(day.year - 1),
            "reported": str(self.reported),
            "afterwards": str(self.reported + 1),
            "iso": day.isoformat(),
            "day": f"{day.year}年{day.month}月{day.day}日",
            "month": f"{day.year}年{day.month}月",
        }
        return forms[match[1]]


@dataclass(slots=True)
class Diary:
    """The moments of one story: each act on a day comes a while after the one before it."""

    days: Days
    begins_late: int
    """Minutes after the office opens; differs from story to story."""

    _acts: Counter[int] = field(default_factory=Counter)

    def moment(self, days_ago: int) -> datetime:
        """Return the next moment on the day so many working days ago."""
        opened = datetime.combine(self.days.day(-days_ago), OPENS, period.SHANGHAI)
        acts = self._acts[days_ago]
        self._acts[days_ago] += 1
        return opened + timedelta(minutes=self.begins_late) + acts * BETWEEN_ACTS
