from __future__ import annotations

from django.apps import AppConfig


class FactsConfig(AppConfig):
    name = "sunshine.work.facts"
    label = "facts"
