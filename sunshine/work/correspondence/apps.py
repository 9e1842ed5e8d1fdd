from __future__ import annotations

from django.apps import AppConfig


class CorrespondenceConfig(AppConfig):
    name = "sunshine.work.correspondence"
    label = "correspondence"
