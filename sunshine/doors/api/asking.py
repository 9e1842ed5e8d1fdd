"""What one may ask with a request: the parameters of version 1, each with its title."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.utils import timezone
from ninja import Query, Schema
from pydantic import Field

from sunshine.core.publishing.queries import listing
from sunshine.core.publishing.rules import Validity
from sunshine.doors.api import shapes, telling
from sunshine.kernel import period
from sunshine.kernel.words import gettext_noop as _

EARLIEST, LATEST = date(1949, 10, 1), date(2199, 12, 31)
Day = Annotated[date, Field(ge=EARLIEST, le=LATEST)]
On = Annotated[
    Day | None,
    Query(title=_("Day"), description=_("The day on which validity is judged; today unless named.")),
]


class Filter(Schema):
    """Which records are wanted; what is left out does not narrow."""

    kind: list[shapes.Code] = Field([], title=_("Kind"), description=_("May be given more than once."))
    item: list[shapes.Code] = Field(
        [], title=_("Directory item"), description=_("May be given more than once.")
    )
    column: shapes.Code | None = Field(None, title=_("Column"))
    department: shapes.Words | None = Field(
        None, title=_("Issuing department"), description=_("Its exact name.")
    )
    year: Annotated[int, Field(ge=EARLIEST.year, le=LATEST.year)] | None = Field(
        None, title=_("Year"), description=_("The year in which it was formed.")
    )
    validity: shapes.State | None = Field(None, title=_("Validity"))
    since: Day | None = Field(None, title=_("Published since"), description=_("First day of publication."))
    until: Day | None = Field(None, title=_("Published until"), description=_("Last day of publication."))

    def wanted(self) -> listing.Wanted:
        """Return what the list is asked for."""
        return listing.Wanted(
            kinds=tuple(self.kind),
            items=tuple(self.item),
            column=self.column or "",
            department=self.department or "",
            year=self.year,
            validity=Validity(self.validity) if self.validity else None,
            since=self.since,
            until=self.until,
            longest=telling.LONGEST,
        )


def day(on: date | None) -> date:
    """Return the day asked for, else today."""
    return on or period.day_of(timezone.now())
