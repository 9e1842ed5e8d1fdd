"""The home page: search first, what is new in each column, whether the promises are kept, how to verify."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sunshine.core.ledger import queries as ledger
from sunshine.core.publishing.queries import directory, records
from sunshine.design import parts
from sunshine.doors.public import answer, page, promises, shelf, wording

NEWEST = 6
"""Records shown of each column."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A column of the national pattern with its newest records."""

    title: str
    url: str
    lines: Sequence[shelf.Line]


@answer.public
def home(http_request: HttpRequest) -> HttpResponse:
    """Show the home page."""
    on = timezone.localdate()
    columns = directory.columns(on=on)
    frame = page.Frame(title="", description=_("What this bureau does, published as it does it"))
    return page.show(
        http_request,
        "public/home.html",
        frame,
        entrances=_entrances(),
        shelves=_shelves(columns, on),
        figures=promises.figures(columns),
        log_size=ledger.size(),
    )


def _entrances() -> Sequence[parts.Link]:
    """Return the doors of the house that are open."""
    return (
        parts.Link(
            _("Read documents"), reverse("public:column", args=["statutory"]), hint=_("With interpretation")
        ),
        parts.Link(
            _("What must be published"),
            reverse("public:directory"),
            hint=_("Each item, its limit, its owner"),
        ),
        parts.Link(
            _("Ask for information"),
            reverse("public:column", args=["on-request"]),
            hint=_("What is not published can be asked for"),
        ),
        parts.Link(_("Verify"), reverse("public:verify"), hint=_("Nothing was slipped in or out")),
    )


def _shelves(columns: promises.Columns, on: date) -> Sequence[Shelf]:
    """Return the columns that hold records, each with its newest."""
    shelves = []
    for column, kept in columns:
        if any(each.records for each in kept):
            newest = records.newest(limit=NEWEST, items=[each.item.pk for each in kept])
            shelves.append(
                Shelf(
                    title=wording.column(column.slug, column.term),
                    url=reverse("public:column", args=[column.slug]),
                    lines=shelf.lines(newest, on=on),
                )
            )
    return shelves
