"""Every address of the house: which door answers where."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = [
    path("desk/", include("sunshine.doors.desk.urls")),
    path("api/", include("sunshine.doors.api.urls")),
    path("", include("sunshine.doors.feeds.urls")),
    *i18n_patterns(path("", include("sunshine.doors.public.urls")), prefix_default_language=False),
]

handler400 = "sunshine.doors.public.errors.bad_request"
handler403 = "sunshine.doors.public.errors.forbidden"
handler404 = "sunshine.doors.public.errors.not_found"
handler500 = "sunshine.doors.public.errors.server_error"
