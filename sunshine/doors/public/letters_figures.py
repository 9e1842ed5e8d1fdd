"""The figures of letters: each a number, most of them with the list of cases that makes it."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sunshine.design import parts
from sunshine.doors.public import answer, letters_register, page
from sunshine.lenses.reporting import letters

KEPT_FOR = 60
"""Seconds that figures stand before they are counted again: counting grows with a year's letters."""

KEPT = f"public, max-age={KEPT_FOR}"
"""Some figures move without a public entry (ratings, promises that come due)."""


@answer.public
def newest(_http_request: HttpRequest) -> HttpResponse:
    """Lead to the figures of this year."""
    year = timezone.localdate().year
    return HttpResponseRedirect(reverse("public:letter_year", args=[year]))


@answer.public
def figures(http_request: HttpRequest, year: str) -> HttpResponse:
    """Show a year's figures."""
    on = timezone.localdate()
    counted = _counted(int(year), on)
    groups = [
        (_(group), [(_(each.label), each.value, _address(year, each)) for each in found])
        for group, found in groupby(counted, key=lambda each: each.group)
    ]
    title = _("Figures of letters, %(year)s") % {"year": year}
    response = page.show(
        http_request,
        "public/letter_figures.html",
        page.Frame(title=title, crumbs=_crumbs(title)),
        groups=groups,
        years=[
            parts.Link(str(each), reverse("public:letter_year", args=[each]), current=str(each) == year)
            for each in letters.years(on=on)
        ],
    )
    response.headers["Cache-Control"] = KEPT
    return response


def _counted(year: int, on: date) -> list[letters.Counted]:
    """Return a year's figures, counted within the last minute."""
    key = f"letters-figures:{year}:{on}"
    counted: list[letters.Counted] | None = cache.get(key)
    if counted is None:
        found = letters.figures(year, on=on)
        counted = sorted(found, key=lambda each: GROUPS.index(each.group))
        cache.set(key, counted, KEPT_FOR)
    return counted


GROUPS = (
    letters.RECEIVED,
    letters.PERSONS,
    letters.REPLIED,
    letters.ENDED,
    letters.PROMISES,
    letters.RATED,
    letters.HELD,
)


def _address(year: str, each: letters.Counted) -> str:
    return reverse("public:letter_figure", args=[year, each.name]) if each.has_list else ""


def _crumbs(title: str) -> tuple[parts.Link, ...]:
    return (parts.Link(_("Letters"), reverse("public:letters")), parts.Link(title, ""))


@answer.public
def figure(http_request: HttpRequest, year: str, figure: str) -> HttpResponse:
    """Show the cases that make one figure."""
    before = http_request.GET.get("before", "")
    place = int(before) if before.isdecimal() and len(before) < 19 else None
    label, shown, following = letters.listed(int(year), figure, on=timezone.localdate(), before=place)
    title = f"{year} · {_(label)}"
    response = page.show(
        http_request,
        "public/letter_figure.html",
        page.Frame(title=title, crumbs=_crumbs(title), is_indexed=False),
        lines=[letters_register.line(each) for each in shown],
        following=following,
        year_url=reverse("public:letter_year", args=[year]),
    )
    response.headers["Cache-Control"] = KEPT
    return response
