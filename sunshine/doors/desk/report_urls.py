"""The addresses of the yearly report at the desk."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from sunshine.doors.desk import report, report_facts

YEAR = r"report/(?P<year>20\d\d)"
FACT = rf"{YEAR}/facts/(?P<code>[a-z][a-z0-9_]+)"

OF_REPORTS: list[URLPattern | URLResolver] = [
    path("report/", report.years, name="reports"),
    re_path(rf"^{YEAR}/$", report.year, name="report"),
    re_path(rf"^{YEAR}/facts/$", report_facts.record, name="report_fact_new"),
    re_path(rf"^{FACT}/$", report_facts.correct, name="report_fact"),
    re_path(rf"^{FACT}/strike/$", report_facts.strike, name="report_fact_strike"),
    re_path(rf"^{YEAR}/(?P<name>[a-z0-9_.]+)/$", report.figure, name="report_figure"),
]
