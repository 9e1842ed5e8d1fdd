"""What every public page has in common: its frame, its navigation, its metadata."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sunshine.core.publishing import rules as publishing
from sunshine.design import parts
from sunshine.doors.public import languages, sizes, wording


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds the content: the title, where one is, the metadata of WEB-META, what stays unindexed."""

    title: str
    crumbs: Sequence[parts.Link] = ()
    description: str = ""
    meta: Mapping[str, str] = field(default_factory=dict)
    feed: parts.Link | None = None
    is_indexed: bool = True


def show(
    http_request: HttpRequest, template: str, frame: Frame, *, status: int = 200, **context: Any
) -> HttpResponse:
    """Render a page in the site's frame."""
    home = parts.Link(_("Home page"), reverse("public:home"))
    shown = {
        "site": site(http_request),
        "title": frame.title,
        "description": frame.description,
        "breadcrumb": (home, *frame.crumbs) if frame.crumbs else (),
        "meta": [(name, content) for name, content in frame.meta.items() if content],
        "feed": frame.feed,
        "is_indexed": frame.is_indexed,
        "content_lang": languages.of_content(),
        "bureau": settings.BUREAU,
        "searches_itself": languages.bare(http_request.path_info) in _SEARCHING,
        **context,
    }
    return render(http_request, template, shown, status=status)


def bureau_name() -> str:
    """Return who runs the site, for texts that leave it."""
    name: str = settings.BUREAU.name
    return name


def site(http_request: HttpRequest) -> parts.Site:
    """Return what every page says about the site; asks nobody."""
    here = languages.bare(http_request.path_info)
    return parts.Site(
        name=_("%(bureau)s · Sunshine") % {"bureau": settings.BUREAU.name},
        domain=urlsplit(settings.SITE_URL).hostname or "",
        home_url=reverse("public:home"),
        search_url=reverse("public:search"),
        nav=_navigation(here),
        languages=languages.links(http_request),
        sizes=sizes.links(http_request),
        text_size=sizes.of(http_request),
        footer=_footer(),
    )


_SEARCHING = ("/", "/search/")
"""Pages that begin with a search of their own; the masthead leaves it to them."""


def _navigation(here: str) -> Sequence[parts.Link]:
    """Return the way to the parts of the national column and to what is ours (PRO-PLATFORM)."""
    columns = [
        (wording.column(column.slug, column.term), reverse("public:column", args=[column.slug]))
        for column in publishing.COLUMNS
    ]
    own = [
        (_("Letters"), reverse("public:letters")),
        (_("Directory"), reverse("public:directory")),
        (_("Verify"), reverse("public:verify")),
    ]
    return tuple(parts.Link(label, url, current=_is_here(url, here)) for label, url in (*columns, *own))


def _is_here(url: str, here: str) -> bool:
    return here.startswith(languages.bare(url))


def _footer() -> parts.Footer:
    bureau = settings.BUREAU
    return parts.Footer(
        sponsor=bureau.sponsor or bureau.name,
        contact=bureau.contact,
        address=bureau.address,
        site_code=bureau.site_code,
        icp=bureau.icp,
        police=bureau.police,
        map_url=reverse("public:map"),
        links=(
            parts.Link(_("What was withdrawn"), reverse("public:withdrawn")),
            parts.Link(_("Public log"), reverse("public:ledger")),
            parts.Link(_("Feeds"), "/feeds/all.atom"),
        ),
    )
