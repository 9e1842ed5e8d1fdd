"""The year's figures of participation, each with the list that makes it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from sunshine.design import parts
from sunshine.doors.public import answer, page
from sunshine.lenses.reporting import participation


@answer.public
def figures(http_request: HttpRequest, year: str) -> HttpResponse:
    """Show the figures of a year and their lists on one page."""
    title = _("Participation in figures, %(year)s") % {"year": year}
    above = parts.Link(_("Matters open to participation"), reverse("public:participation"))
    frame = page.Frame(title=title, crumbs=(above, parts.Link(title, "")))
    shown = [
        (
            _(each.label),
            each.value,
            each.name.replace(".", "-"),
            [(line.title, reverse("public:record", args=[line.record]), line.count) for line in each.lines],
        )
        for each in participation.figures(int(year))
    ]
    response = page.show(http_request, "public/participation_figures.html", frame, figures=shown)
    response.headers["Cache-Control"] = "no-store"  # opinions come in without a line in the log
    return response
