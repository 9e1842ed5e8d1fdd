"""The addresses of calls, decisions, meetings and hearings at the desk."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, re_path

from sunshine.doors.desk import (
    acting,
    calls_messages,
    calls_opinions,
    calls_report,
    gathering_people,
    participation_list,
    participation_matter,
    participation_new,
    rooms,
)

OF_A_MATTER: list[URLPattern | URLResolver] = [
    path("", participation_matter.show, name="participation"),
    path("acts/<slug:name>/", acting.acts_of(rooms.PARTICIPATION), name="participation_act"),
    path("clocks/<slug:name>.json", participation_matter.clock_as_json, name="participation_clock"),
    path("messages/", calls_messages.show, name="call_messages"),
    path("messages/<int:number>/sender/", calls_messages.sender, name="call_sender"),
    path("messages/files/<int:file_id>/", calls_messages.file, name="call_file"),
    path("opinions/", calls_opinions.show, name="call_opinions"),
    path("people/", gathering_people.show, name="gathering_people"),
    path("report/", calls_report.begin, name="call_report"),
]

# Before the addresses of documents, which would take these references too.
OF_PARTICIPATION: list[URLPattern | URLResolver] = [
    path("participation/", participation_new.begin, name="participation_begin"),
    path("participation/list/<int:year>/", participation_list.show, name="participation_list"),
    path("participation/gathering/", participation_new.plan, name="new_gathering"),
    path("participation/decision/", participation_new.decision, name="new_decision"),
    re_path(r"^m/(?P<reference>Y[ZJK]\d{4}-\d{5,})/", include(OF_A_MATTER)),
]
