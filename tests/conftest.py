"""What every test may rely on; the servers by name stand in `tests/services/fixtures.py`."""

from __future__ import annotations

import os

import hypothesis
import pytest


def pytest_configure() -> None:
    """Hash passwords in a way that costs nothing, and let no test fail because a machine is busy."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # The first question loads a dictionary, and a machine may be busy: benchmarks measure time.
    hypothesis.settings.register_profile("unhurried", deadline=None)
    hypothesis.settings.load_profile("unhurried")


@pytest.hookimpl(tryfirst=True)  # before `-m` chooses
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what touches the database through a fixture, so that `-m django_db` takes it to PostgreSQL too.

    A test that only PostgreSQL can answer is skipped, with the reason, when rows live in SQLite.
    """
    for item in items:
        if "db" in getattr(item, "fixturenames", ()) and not item.get_closest_marker("django_db"):
            item.add_marker("django_db")
    if os.environ.get("SUNSHINE_DATABASE_URL", "").startswith("postgres"):
        return
    for item in items:
        if item.get_closest_marker("postgres"):
            item.add_marker(pytest.mark.skip(reason="needs --database=postgres"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """With the tables comes what `sunshine setup` makes: the folders and the log's key."""
    from django.conf import settings

    from sunshine.core.ledger import signing
    from sunshine.core.matters import sealing

    for folder in (settings.HOME / "files", settings.STATIC_ROOT, settings.SEARCH_INDEX):
        folder.mkdir(parents=True, exist_ok=True)
    signing.make_key(settings.LOG_KEY, settings.LOG_ORIGIN)
    sealing.make_key(settings.IDENTITY_KEY)
