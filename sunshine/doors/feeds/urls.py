"""The addresses of this door, below the root of the site."""

from __future__ import annotations

from django.urls import path, re_path

from sunshine.doors.feeds import atom, calendar, log, sitemap

app_name = "feeds"
urlpatterns = [
    path("log/checkpoint", log.checkpoint, name="checkpoint"),
    path("log/key", log.key, name="key"),
    re_path(r"^log/(?P<path>tile/.+)$", log.tile, name="tile"),
    path("feeds/all.atom", atom.everything, name="everything"),
    path("feeds/item/<slug:code>.atom", atom.item, name="item"),
    path("feeds/<slug:slug>.atom", atom.column, name="column"),
    path("feeds/events.ics", calendar.everything, name="events"),
    re_path(r"^feeds/event/(?P<reference>K\d{4}-\d{5,})\.ics$", calendar.one, name="event"),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemap-pages.xml", sitemap.pages, name="sitemap-pages"),
    path("sitemap-<int:number>.xml", sitemap.part, name="sitemap-part"),
]
