"""Looking back by time: the lens says what stays closed and what is often asked, the room acts on it."""

from __future__ import annotations

from datetime import date, datetime

from sunshine.core.people.models import Department
from sunshine.kernel import period
from sunshine.lenses.reporting import looking_back, queries
from sunshine.work.reviews import operations as reviews
from sunshine.work.reviews.models import YearlyReview

MONTHS_OF_ASKING = 12


def look_back(*, at: datetime) -> int:
    """Open the year's review, warn of grounds that end, propose what is often asked, remind of the report.

    The review of a year opens with the first work of the year; where nothing is closed there is none.
    """
    office = Department.objects.filter(is_office=True, closed_on=None).first()
    if office is None:
        return 0
    today = period.day_of(at)
    kept = looking_back.kept()
    done = reviews.warn_of_ends(kept, at=at)
    if kept and not YearlyReview.objects.filter(year=today.year).exists():
        pin = queries.pin()
        reviews.open_review(
            today.year, candidates=kept, seed=pin.root, log_size=pin.size, office=office, at=at
        )
        done += 1
    since = period.months_later(today, -MONTHS_OF_ASKING)
    done += reviews.propose_conversions(looking_back.often_asked(since=since), at=at)
    return done + _remind(today, office, at)


def _remind(today: date, office: Department, at: datetime) -> int:
    """Remind of last year's report, where that year has something to report."""
    year = today.year - 1
    if year not in queries.years(until=today):
        return 0
    record = queries.published_record(year)
    return reviews.remind_of_report(year, record=record.reference if record else "", office=office, at=at)
