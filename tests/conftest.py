"""What every test may rely on; the servers by name stand in `tests/services/fixtures.py`."""

from __future__ import annotations

import os

import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test that only PostgreSQL can answer is skipped, with the reason, when rows live in SQLite."""
    if os.environ.get("SUNSHINE_DATABASE_URL", "").startswith("postgres"):
        return
    for item in items:
        if item.get_closest_marker("postgres"):
            item.add_marker(pytest.mark.skip(reason="needs --database=postgres"))
