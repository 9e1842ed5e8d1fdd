"""Registers the desk with Django."""

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "sunshine.doors.desk"
    label = "desk"
