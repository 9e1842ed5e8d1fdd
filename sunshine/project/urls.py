"""Every address of the house: which door answers where."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("desk/", include("sunshine.doors.desk.urls")),
    path("api/", include("sunshine.doors.api.urls")),
    path("", include("sunshine.doors.feeds.urls")),
    path("", include("sunshine.doors.public.urls")),
]

handler400 = "sunshine.doors.public.errors.bad_request"
handler403 = "sunshine.doors.public.errors.forbidden"
handler404 = "sunshine.doors.public.errors.not_found"
handler500 = "sunshine.doors.public.errors.server_error"
