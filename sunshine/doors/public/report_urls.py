"""The addresses of the yearly reports; published reports hold them, so they never move."""

from __future__ import annotations

from django.urls import path, re_path

from sunshine.doors.public import report

YEAR = r"report/(?P<year>20\d\d)"

urlpatterns = [
    path("report/", report.reports, name="reports"),
    re_path(rf"^{YEAR}/$", report.report, name="report"),
    re_path(rf"^{YEAR}/(?P<name>[a-z0-9_.]+)/$", report.figure, name="figure"),
]
