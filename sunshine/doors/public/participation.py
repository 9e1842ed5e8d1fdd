"""Taking part: the yearly list of matters open to participation, and the ways in."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from sunshine.design import parts
from sunshine.doors.public import answer, page
from sunshine.work.participation.models import ListedMatter
from sunshine.work.participation.queries import listing
from sunshine.work.participation.rules import listing as rules


@dataclass(frozen=True, slots=True)
class Line:
    """A matter of a year's list."""

    title: str
    department: str
    ways: str
    month: int
    url: str
    struck_because: str


@dataclass(frozen=True, slots=True)
class Year:
    """A year's list with the record it became public by."""

    year: int
    record_url: str
    lines: list[Line]


@answer.public
def show(http_request: HttpRequest) -> HttpResponse:
    """Show the lists of all years, and where one can speak now."""
    lists = listing.published()
    matters = [matter for each in lists for matter in each.matters.all()]
    open_ones = listing.public_references([matter.reference for matter in matters])
    title = _("Matters open to participation")
    frame = page.Frame(
        title=title, crumbs=(parts.Link(title, ""),), description=_("What can be taken part in, how and when")
    )
    years = [
        Year(
            each.year,
            reverse("public:record", args=[each.record.reference]) if each.record else "",
            [_line(matter, open_ones) for matter in each.matters.all()],
        )
        for each in lists
    ]
    return page.show(http_request, "public/participation.html", frame, years=years)


def _line(matter: ListedMatter, open_ones: set[str]) -> Line:
    ways = {way.code: _(way.label) for way in rules.WAYS}
    return Line(
        matter.title,
        matter.department.name,
        _(", ").join(ways.get(way, way) for way in matter.ways),
        matter.month,
        _address(matter.reference) if matter.reference in open_ones else "",
        matter.struck_because,
    )


def _address(reference: str) -> str:
    name = "public:call" if reference.startswith("YZ") else "public:event"
    return reverse(name, args=[reference])
