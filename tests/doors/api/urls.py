"""Only this door, so that its tests stand on nothing of the others."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("api/", include("sunshine.doors.api.urls"))]
