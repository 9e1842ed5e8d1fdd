"""The directory of proactive disclosure with its coverage, the columns, and the site's own figures."""

# ruff: noqa: ARG001  # every view is handed the request, under this name

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from sunshine.core.publishing.queries import directory, records
from sunshine.doors.api import asking, shapes, telling
from sunshine.kernel import calendar
from sunshine.kernel.words import gettext_noop as _

router = Router(tags=["directory"])


@router.get(
    "/directory",
    response={200: shapes.Directory},
    summary=_("Read the directory"),
    description=_(
        "Every item with what the records say of it: how many, how many in time, whether it is stale."
    ),
)
def read_directory(request: HttpRequest) -> shapes.Directory:
    kept = [each for _column, held in directory.columns(on=asking.day(None)) for each in held]
    return shapes.Directory(
        items=len(kept),
        covered=sum(each.is_covered for each in kept),
        stale=sum(each.is_stale for each in kept),
        due=sum(each.due for each in kept),
        in_time=sum(each.in_time for each in kept),
        directory=[telling.item(each) for each in kept],
    )


@router.get(
    "/columns",
    response={200: shapes.Columns},
    summary=_("List the columns"),
    description=_("The five national columns in their fixed order."),
)
def list_columns(request: HttpRequest) -> shapes.Columns:
    held = directory.columns(on=asking.day(None))
    return shapes.Columns(columns=[telling.column(column, kept) for column, kept in held])


@router.get(
    "/health",
    response={200: shapes.Health},
    summary=_("Read the site's own figures"),
    description=_(
        "How many records, how many in time, the newest publication, and how far the calendar is announced."
    ),
)
def read_health(request: HttpRequest) -> shapes.Health:
    figures = records.health()
    return shapes.Health(**figures, calendar_announced_through=calendar.bundled().announced_through)
