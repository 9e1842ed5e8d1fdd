"""The addresses of citizens' letters at the desk, and of the lists behind them."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, re_path

from sunshine.doors.desk import (
    acting,
    letters_keeping,
    letters_lists,
    letters_matter,
    letters_new,
    letters_posts,
    letters_showing,
    rooms,
)

OF_A_LETTER: list[URLPattern | URLResolver] = [
    path("", letters_matter.show, name="letter"),
    path("acts/show_answer/", letters_showing.show_answer, name="show_answer"),
    path("acts/<slug:name>/", acting.acts_of(rooms.LETTERS), name="letter_act"),
    path("clocks/<slug:name>.json", letters_matter.clock_as_json, name="letter_clock"),
    path("who/", letters_matter.who, name="letter_who"),
    path("sealed/<int:file_id>/", letters_matter.file, name="letter_file"),
    path("number/", letters_new.name_elsewhere, name="letter_number"),
]

# Before the addresses of documents, which would take these references too.
OF_LETTERS: list[URLPattern | URLResolver] = [
    path("letters/", letters_new.enter, name="letters"),
    path("letters/lists/", letters_lists.bring, name="letter_lists"),
    path("letters/lists/<str:token>/", letters_lists.look, name="letter_list"),
    path("letters/waiting/", letters_posts.waiting, name="posts"),
    path("letters/waiting/decide/", letters_posts.decide, name="decide_posts"),
    path("letters/promises/", letters_keeping.promises, name="promises"),
    path("letters/services/", letters_keeping.services, name="services"),
    path("letters/services/new/", letters_keeping.new_service, name="new_service"),
    path("letters/services/<slug:code>/", letters_keeping.change_service, name="service"),
    path("letters/programs/", letters_keeping.programs, name="programs"),
    path("letters/programs/<int:key_id>/end/", letters_keeping.end_program, name="end_program"),
    re_path(r"^m/(?P<reference>X[FTA]?\d{4}-\d{5,})/", include(OF_A_LETTER)),
]
