"""Registers the desk with Django."""

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "sunshine.doors.desk"
    label = "desk"

    def ready(self) -> None:
        from allauth.account.signals import password_changed

        from sunshine.doors.desk import entrance

        password_changed.connect(entrance.password_changed)
