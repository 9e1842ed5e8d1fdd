"""The addresses of meetings, hearings and events on the public site; nothing personal ever stands in one."""

from __future__ import annotations

from django.urls import path, re_path

from sunshine.doors.public import events, events_following, participation, participation_figures

EVENT = r"^events/(?P<reference>YK\d{4}-\d{5,})/"

urlpatterns = [
    path("participation/", participation.show, name="participation"),
    re_path(
        r"^participation/figures/(?P<year>20\d\d)/$",
        participation_figures.figures,
        name="participation_figures",
    ),
    path("events/", events.everything, name="events"),
    path("events/follow/", events_following.follow, name="event_follow"),
    path("events/follow/give-back/", events_following.give_back, name="event_give_back"),
    path("events/follow/leave/", events_following.leave, name="event_follow_leave"),
    re_path(rf"{EVENT}$", events.event, name="event"),
    re_path(rf"{EVENT}draw\.json$", events.draw, name="event_draw"),
]
