"""The addresses of suggestions and proposals on the public site; no deputy stands in one."""

from __future__ import annotations

from django.urls import path, re_path

from sunshine.doors.public import proposals, proposals_one

urlpatterns = [
    path("proposals/", proposals.years, name="proposals"),
    path("proposals/commitments/", proposals_one.commitments, name="commitments"),
    re_path(r"^proposals/(?P<year>\d{4})/$", proposals.year, name="proposals_of_year"),
    re_path(
        r"^proposals/(?P<year>\d{4})/(?P<name>proposals\.[a-z_A-D.]+)/$",
        proposals.figure,
        name="proposals_figure",
    ),
    re_path(r"^proposals/(?P<reference>J\d{4}-\d{5,})/$", proposals_one.one, name="proposal"),
]
