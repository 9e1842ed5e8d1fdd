"""Days and due dates, explained: what a day is, and when a period ends and why."""

# ruff: noqa: ARG001  # every view is handed the request, under this name

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext
from ninja import Query, Router

from sunshine.doors.api import asking, shapes
from sunshine.kernel import calendar, clock, explanation, period
from sunshine.kernel.words import gettext_noop as _

router = Router(tags=["calendar"])
LONGEST = 500
ASKED = _("as asked")


@router.get(
    "/calendar/{day}",
    response={200: shapes.Day, 422: shapes.Problem},
    summary=_("Read a day"),
    description=_("Whether a day is a working day in mainland China, and which notice says so."),
)
def read_day(request: HttpRequest, day: asking.Day) -> shapes.Day:
    days = calendar.bundled()
    version = days.version_of(day.year)
    return shapes.Day(
        date=day,
        kind=days.kind(day).value,
        is_working_day=days.is_working_day(day),
        provisional=days.is_provisional(day),
        source=version.source if version else None,
    )


@router.get(
    "/clock",
    response={200: shapes.Clock, 422: shapes.Problem},
    summary=_("Explain a due date"),
    description=_("When a period that began on a day ends, with every day counted and every day off named."),
)
def read_clock(
    request: HttpRequest,
    start: Annotated[
        asking.Day, Query(title=_("Start"), description=_("The day it begins; it is not counted."))
    ],
    length: Annotated[int, Query(ge=1, le=LONGEST, title=_("Length"))] = 20,
    unit: Annotated[period.Unit, Query(title=_("Unit"))] = period.WORKING_DAYS,
    on: Annotated[
        asking.Day | None,
        Query(title=_("Day"), description=_("The day from which it is looked at; the start unless named.")),
    ] = None,
) -> shapes.Clock:
    asked = period.Period(length, unit, basis=gettext(ASKED))
    began = period.start_of(start)
    now = max(period.start_of(on or start), began)
    reading = clock.read(
        clock.Clock("asked", asked), [clock.Event(clock.START, began)], calendar=calendar.bundled(), now=now
    )
    told = explanation.as_json(reading, say=_in_words)
    return shapes.Clock(
        sentence=str(told["sentence"]),
        arithmetic=str(told["arithmetic"]),
        due_on=reading.due_on,
        due_at=reading.due_at,
        provisional=reading.provisional,
        reading=told,
    )


def _in_words(message: explanation.Message) -> str:
    return gettext(explanation.SEPARATOR).join(
        gettext(phrase.text) % phrase.params if phrase.params else gettext(phrase.text) for phrase in message
    )
