"""The public site as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "sunshine.doors.public"
    label = "public"
