"""The addresses of this door, below /api/."""

from __future__ import annotations

from django.urls import path, re_path

from sunshine.doors.api import documentation, problems
from sunshine.doors.api.v1 import api

urlpatterns = [
    path("v1/openapi.json", documentation.openapi, name="api-openapi"),
    path("v1/docs", documentation.page, name="api-docs"),
    path("v1/", api.urls),
    re_path(r"^.*$", problems.nothing_here),
]
