"""The addresses of looking back at the desk."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, re_path

from sunshine.doors.desk import acting, reviews_matter, rooms

OF_A_MATTER: list[URLPattern | URLResolver] = [
    path("", reviews_matter.show, name="looked_back"),
    path("acts/begin/", reviews_matter.begin, name="conversion_begin"),
    path("acts/<slug:name>/", acting.acts_of(rooms.REVIEWS), name="looked_back_act"),
    path("clocks/<slug:name>.json", reviews_matter.clock_as_json, name="looked_back_clock"),
    path("report.docx", reviews_matter.report, name="review_report"),
    path("report.json", reviews_matter.report_as_json, name="review_report_json"),
]

# Before the addresses of documents, which would take these references too.
OF_REVIEWS: list[URLPattern | URLResolver] = [
    re_path(r"^m/(?P<reference>[ZKVN]\d{4}-\d{5,})/", include(OF_A_MATTER)),
]
