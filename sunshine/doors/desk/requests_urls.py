"""The addresses of requests, remedies and corrections at the desk."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, re_path

from sunshine.doors.desk import (
    acting,
    requests_codes,
    requests_drafting,
    requests_enclosing,
    requests_matter,
    requests_new,
    requests_publishing,
    requests_third_parties,
    rooms,
)

OF_A_MATTER: list[URLPattern | URLResolver] = [
    path("", requests_matter.show, name="request"),
    path("acts/draft_reply/", requests_drafting.draft, name="draft_reply"),
    path("acts/make_public/", requests_publishing.make_public, name="make_public"),
    path("acts/enclose/", requests_enclosing.enclose, name="enclose"),
    path("acts/issue_code/", requests_codes.issue_code, name="issue_code"),
    path("acts/<slug:name>/", acting.acts_of(rooms.REQUESTS), name="request_act"),
    path("clocks/<slug:name>.json", requests_matter.clock_as_json, name="request_clock"),
    path("who/", requests_matter.who, name="who"),
    path("sealed/<int:file_id>/", requests_matter.file, name="sealed_file"),
    path("notices/<slug:kind>.pdf", requests_matter.notice, name="notice"),
    path("third-parties/<int:asked>/<slug:sort>.pdf", requests_third_parties.as_pdf, name="third_party_pdf"),
    path(
        "third-parties/<int:asked>/<slug:sort>.docx", requests_third_parties.as_docx, name="third_party_docx"
    ),
    path("remedy/", requests_new.remedy, name="remedy"),
]

# Before the addresses of documents, which would take these references too.
OF_REQUESTS: list[URLPattern | URLResolver] = [
    path("requests/new/", requests_new.register, name="register_request"),
    path("requests/correction/", requests_new.correction, name="register_correction"),
    re_path(r"^m/(?P<reference>[SFG]\d{4}-\d{5,})/", include(OF_A_MATTER)),
]
