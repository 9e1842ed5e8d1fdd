"""Records: lists, one whole record, its versions."""

# ruff: noqa: ARG001  # every view is handed the request, under this name

from __future__ import annotations

from typing import Annotated

from django.conf import settings
from django.http import HttpRequest, QueryDict
from ninja import Query, Router

from sunshine.core.publishing.queries import listing
from sunshine.core.publishing.queries import records as public
from sunshine.doors.api import asking, problems, shapes, telling
from sunshine.kernel.words import gettext_noop as _

router = Router(tags=["records"])
NOT_THERE = {404: shapes.Problem, 410: shapes.Gone, 422: shapes.Problem}


@router.get(
    "/records",
    response={200: shapes.Records, 404: shapes.Problem, 422: shapes.Problem},
    summary=_("List records"),
    description=_(
        "Newest first. Follow `next` until it is empty; what is published meanwhile shifts nothing."
    ),
)
def list_records(
    request: HttpRequest,
    asked: Query[asking.Filter],
    on: asking.On = None,
    after: Annotated[
        shapes.Reference | None,
        Query(
            title=_("Begin after"), description=_("The last record already seen; the list goes on after it.")
        ),
    ] = None,
    limit: Annotated[int, Query(ge=1, le=200, title=_("At most so many"))] = 50,
) -> shapes.Records:
    day = asking.day(on)
    page = listing.page(asked.wanted(), on=day, after=after or "", limit=limit)
    return shapes.Records(
        records=[telling.line(record, day) for record in page.records],
        next=_address(request.GET, page.next) if page.next else None,
    )


@router.get(
    "/records/{reference}",
    response={200: shapes.RecordWhole, **NOT_THERE},
    summary=_("Read a record"),
    description=_(
        "The newest version with its content and attachments. A withdrawn record answers 410 and why."
    ),
)
def read_record(
    request: HttpRequest, reference: shapes.Reference, on: asking.On = None
) -> shapes.RecordWhole:
    day = asking.day(on)
    refuse_withdrawn(reference)
    return telling.whole(public.shown(reference, on=day), day)


@router.get(
    "/records/{reference}/versions",
    response={200: shapes.Versions, **NOT_THERE},
    summary=_("List versions"),
    description=_("Every version that was ever public, oldest first; none is ever changed."),
)
def list_versions(request: HttpRequest, reference: shapes.Reference) -> shapes.Versions:
    refuse_withdrawn(reference)
    versions = public.versions(reference)
    if not versions:
        public.shown(reference, on=asking.day(None))  # says that there is no such record
    return shapes.Versions(
        reference=reference, versions=[telling.version(reference, version) for version in versions]
    )


def refuse_withdrawn(reference: str) -> None:
    """Answer 410 for a withdrawn record.

    :raises WasWithdrawn: it was
    """
    if public.tombstone(reference) is not None:
        raise problems.WasWithdrawn(reference)


def _address(asked: QueryDict, after: str) -> str:
    following = asked.copy()
    following["after"] = after
    return f"{settings.SITE_URL}/api/v1/records?{following.urlencode()}"
