"""The addresses of comment calls on the public site; nothing personal ever stands in one."""

from __future__ import annotations

from django.urls import path, re_path

from sunshine.doors.public import calls, calls_following, calls_sending

CALL = r"^calls/(?P<reference>YZ\d{4}-\d{5,})/"

urlpatterns = [
    path("calls/", calls.everything, name="calls"),
    path("calls/follow/", calls_following.follow, name="call_follow"),
    path("calls/follow/leave/", calls_following.leave, name="call_follow_leave"),
    path("calls/follow/telephone/", calls_following.telephone, name="call_follow_telephone"),
    path("calls/follow/confirm/", calls_following.confirm, name="call_follow_confirm"),
    re_path(rf"{CALL}$", calls_sending.call, name="call"),
    re_path(rf"{CALL}opinions/$", calls.opinions, name="call_opinions"),
]
