"""The addresses of this door, below the language of the page."""

from __future__ import annotations

from django.urls import path, re_path

from sunshine.doors.public import (
    calls_urls,
    columns,
    comparison,
    directory,
    events_urls,
    files,
    home,
    ledger,
    letters_urls,
    proposals_urls,
    record,
    report_urls,
    requests_urls,
    search,
    sitemap,
    sizes,
    verify,
    withdrawn,
)

REFERENCE = r"r/(?P<reference>\d{4}-\d{5,})"

app_name = "public"
urlpatterns = [
    *report_urls.urlpatterns,
    *requests_urls.urlpatterns,
    *calls_urls.urlpatterns,
    *events_urls.urlpatterns,
    *letters_urls.urlpatterns,
    *proposals_urls.urlpatterns,
    path("", home.home, name="home"),
    path("columns/<slug:slug>/", columns.column, name="column"),
    path("guide/", columns.guide, name="guide"),
    path("directory/", directory.directory, name="directory"),
    path("directory/<slug:code>/", directory.item, name="item"),
    re_path(rf"^{REFERENCE}/$", record.newest, name="record"),
    re_path(rf"^{REFERENCE}/v/(?P<number>[1-9]\d*)/$", record.version, name="version"),
    re_path(
        rf"^{REFERENCE}/v/(?P<number>[1-9]\d*)/compare/(?P<other>[1-9]\d*)/$",
        comparison.compare,
        name="compare",
    ),
    re_path(rf"^{REFERENCE}/v(?P<number>[1-9]\d*)\.json$", files.bundle, name="bundle"),
    re_path(rf"^{REFERENCE}/v(?P<number>[1-9]\d*)\.tlog-proof$", files.proof, name="proof"),
    re_path(
        rf"^{REFERENCE}/v/?(?P<number>[1-9]\d*)/files/(?P<position>\d+)/(?P<name>[^/]+)$",
        files.attachment,
        name="attachment",
    ),
    path("withdrawn/", withdrawn.everything, name="withdrawn"),
    path("search/", search.search, name="search"),
    path("search/suggest/", search.suggest, name="suggest"),
    path("verify/", verify.verify, name="verify"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("map/", sitemap.sitemap, name="map"),
    path("size/", sizes.choose, name="size"),
    path("robots.txt", sitemap.robots, name="robots"),
]
