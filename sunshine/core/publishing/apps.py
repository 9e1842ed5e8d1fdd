from __future__ import annotations

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "sunshine.core.publishing"
    label = "publishing"
