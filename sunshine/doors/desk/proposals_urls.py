"""The addresses of suggestions and proposals at the desk."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, re_path

from sunshine.doors.desk import (
    acting,
    proposals_entering,
    proposals_list,
    proposals_matter,
    proposals_publishing,
    proposals_replying,
    rooms,
)

OF_A_MATTER: list[URLPattern | URLResolver] = [
    path("", proposals_matter.show, name="proposal"),
    path("answer/", proposals_replying.draft, name="draft_answer"),
    path("publish/", proposals_publishing.begin, name="publish_answer"),
    path("acts/<slug:name>/", acting.acts_of(rooms.PROPOSALS), name="proposal_act"),
    path("clocks/<slug:name>.json", proposals_matter.clock_as_json, name="proposal_clock"),
]

# Before the addresses of documents, which would take these references too.
OF_PROPOSALS: list[URLPattern | URLResolver] = [
    path("proposals/", proposals_list.sessions, name="proposals"),
    path("proposals/new/", proposals_entering.new_session, name="new_session"),
    path("proposals/<slug:code>/", proposals_list.session, name="session"),
    path("proposals/<slug:code>/enter/", proposals_entering.enter, name="enter_proposal"),
    path("proposals/<slug:code>/import/", proposals_entering.import_list, name="import_proposals"),
    re_path(
        r"^proposals/(?P<code>[\w-]+)/figures/(?P<name>proposals\.[\w.]+)/$",
        proposals_list.figure,
        name="proposal_figure",
    ),
    re_path(r"^m/(?P<reference>[JHW]\d{4}-\d{5,})/", include(OF_A_MATTER)),
]
