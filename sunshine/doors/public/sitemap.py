"""The map of the site for people, and what robots are told; the machines' map belongs to the feeds."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sunshine.core.publishing.queries import directory
from sunshine.design import parts
from sunshine.doors.public import answer, page, wording

ROBOTS = """User-agent: *
Disallow: /desk/
Disallow: /search/
Disallow: /size/
Disallow: /*/search/
Disallow: /*/size/

Sitemap: {site}/sitemap.xml
"""


@answer.public
def sitemap(http_request: HttpRequest) -> HttpResponse:
    """Show every part of the site on one page (WEB-FOOT)."""
    title = _("Site map")
    columns = [
        (
            parts.Link(
                wording.column(column.slug, column.term), reverse("public:column", args=[column.slug])
            ),
            [
                parts.Link(
                    each.item.subject, reverse("public:item", args=[each.item.code]), count=each.records
                )
                for each in kept
            ],
        )
        for column, kept in directory.columns(on=timezone.localdate())
    ]
    own = [
        parts.Link(_("Directory of proactive disclosure"), reverse("public:directory")),
        parts.Link(_("Suggestions and proposals"), reverse("public:proposals")),
        parts.Link(_("Guides and standing pages"), reverse("public:guide")),
        parts.Link(_("Search"), reverse("public:search")),
        parts.Link(_("Verify"), reverse("public:verify")),
        parts.Link(_("Public log"), reverse("public:ledger")),
        parts.Link(_("What was withdrawn"), reverse("public:withdrawn")),
    ]
    programs = [
        parts.Link(_("Everything as a feed (Atom)"), "/feeds/all.atom"),
        parts.Link(_("Site map for programs"), "/sitemap.xml"),
        parts.Link(_("Interface for programs"), "/api/v1/docs"),
    ]
    frame = page.Frame(title=title, crumbs=(parts.Link(title, ""),))
    return page.show(http_request, "public/map.html", frame, columns=columns, own=own, programs=programs)


@answer.public
def robots(_http_request: HttpRequest) -> HttpResponse:
    """Tell robots where not to go."""
    text = ROBOTS.format(site=settings.SITE_URL)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
