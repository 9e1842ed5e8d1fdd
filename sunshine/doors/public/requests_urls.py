"""The addresses of requests on the public site; nothing personal ever stands in one."""

from __future__ import annotations

from django.urls import path, re_path

from sunshine.doors.public import requests_filing, requests_following, requests_register

urlpatterns = [
    path("requests/", requests_register.register, name="requests"),
    path("requests/new/", requests_filing.new, name="request_new"),
    path("requests/new/near/", requests_filing.nearby, name="request_near"),
    path("requests/new/saved/", requests_filing.saved, name="request_saved"),
    path("requests/follow/", requests_following.follow, name="follow"),
    path("requests/follow/leave/", requests_following.leave, name="follow_leave"),
    path("requests/follow/parts/", requests_following.part, name="follow_part"),
    path("requests/follow/notices/<slug:kind>.pdf", requests_following.notice, name="follow_notice"),
    path("requests/follow/papers/<int:file_id>/", requests_following.paper, name="follow_paper"),
    path("requests/follow/<slug:name>/", requests_following.act, name="follow_act"),
    re_path(r"^requests/(?P<reference>S\d{4}-\d{5,})/$", requests_register.one, name="request"),
]
