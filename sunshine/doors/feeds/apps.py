"""Tells Django of this door: it has no tables."""

from __future__ import annotations

from django.apps import AppConfig


class FeedsConfig(AppConfig):
    name = "sunshine.doors.feeds"
    label = "feeds"
