"""Tells Django of this door: it has no tables, only a page of documentation."""

from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "sunshine.doors.api"
    label = "api"
