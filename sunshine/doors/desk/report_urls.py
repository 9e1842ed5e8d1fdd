"""The addresses of the yearly report at the desk."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from sunshine.doors.desk import report

YEAR = r"report/(?P<year>20\d\d)"

OF_REPORTS: list[URLPattern | URLResolver] = [
    path("report/", report.years, name="reports"),
    re_path(rf"^{YEAR}/$", report.year, name="report"),
    re_path(rf"^{YEAR}/(?P<name>[a-z0-9_.]+)/$", report.figure, name="report_figure"),
]
