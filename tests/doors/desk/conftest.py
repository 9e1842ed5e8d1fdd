"""What stories at the desk need: a bureau, and a way to walk in as somebody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.test import Client

from sunshine.core.people.models import Person
from tests import cast

WalkIn = Callable[[Person], Client]


@pytest.fixture(autouse=True)
def plain_static_files(settings: LazySettings) -> None:
    """Pages name their style sheets without asking for what `collectstatic` writes."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def bureau(db: None) -> cast.Cast:
    return cast.make_cast()


@pytest.fixture
def walk_in() -> WalkIn:
    """Return a browser in which a person is signed in, reading English."""

    def enter(person: Person) -> Client:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        client.cookies["django_language"] = "en"
        return client

    return enter
