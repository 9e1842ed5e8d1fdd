"""The addresses of citizens' letters on the public site; nothing personal ever stands in one."""

from __future__ import annotations

from django.urls import path, re_path

from sunshine.doors.public import letters_figures, letters_following, letters_register, letters_writing

urlpatterns = [
    path("letters/", letters_register.register, name="letters"),
    path("letters/new/", letters_writing.new, name="letter_new"),
    path("letters/answers/", letters_register.answers, name="letter_answers"),
    path("letters/figures/", letters_figures.newest, name="letter_figures"),
    re_path(r"^letters/figures/(?P<year>20\d\d)/$", letters_figures.figures, name="letter_year"),
    re_path(
        r"^letters/figures/(?P<year>20\d\d)/(?P<figure>[a-z_0-9]+(?:\.[a-z_0-9]+)?)/$",
        letters_figures.figure,
        name="letter_figure",
    ),
    path("letters/follow/", letters_following.follow, name="letter_follow"),
    path("letters/follow/leave/", letters_following.leave, name="letter_leave"),
    path("letters/follow/<slug:name>/", letters_following.act, name="letter_act"),
    re_path(r"^letters/(?P<reference>X\d{4}-\d{5,})/$", letters_register.one, name="letter"),
]
