"""The addresses of this door, below the root of the site."""

from __future__ import annotations

from django.urls import path, re_path

from sunshine.doors.feeds import atom, calendar, log, open311, open311_description, sitemap
from sunshine.doors.feeds.open311_asking import NUMBER, TOKEN

FORMAT = r"(?P<format_>xml|json)"

app_name = "feeds"
urlpatterns = [
    path("log/checkpoint", log.checkpoint, name="checkpoint"),
    path("log/key", log.key, name="key"),
    re_path(r"^log/(?P<path>tile/.+)$", log.tile, name="tile"),
    path("feeds/all.atom", atom.everything, name="everything"),
    path("feeds/item/<slug:code>.atom", atom.item, name="item"),
    path("feeds/<slug:slug>.atom", atom.column, name="column"),
    path("feeds/events.ics", calendar.everything, name="events"),
    re_path(r"^feeds/event/(?P<reference>YK\d{4}-\d{5,})\.ics$", calendar.one, name="event"),
    re_path(rf"^open311/discovery\.{FORMAT}$", open311.discovery, name="open311"),
    re_path(rf"^open311/v2/services\.{FORMAT}$", open311.services, name="services"),
    re_path(rf"^open311/v2/services/(?P<code>{NUMBER})\.{FORMAT}$", open311.definition, name="definition"),
    re_path(rf"^open311/v2/requests\.{FORMAT}$", open311.requests, name="cases"),
    re_path(rf"^open311/v2/requests/(?P<number>{NUMBER})\.{FORMAT}$", open311.request, name="case"),
    re_path(rf"^open311/v2/tokens/(?P<token>{TOKEN})\.{FORMAT}$", open311.token, name="token"),
    re_path(rf"^open311/v2/servicerequestupdates\.{FORMAT}$", open311.updates, name="updates"),
    path("open311/v2/openapi.json", open311_description.openapi, name="open311-description"),
    re_path(rf"^open311/[\s\S]*\.{FORMAT}$", open311.nothing_here),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemap-pages.xml", sitemap.pages, name="sitemap-pages"),
    path("sitemap-<int:number>.xml", sitemap.part, name="sitemap-part"),
]
