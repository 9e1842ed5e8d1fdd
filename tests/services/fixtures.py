"""The servers by name, each started at most once in a test process and only when a test asks for it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.services import servers


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """An empty PostgreSQL database, not the one that the rest of the tests may be using."""
    with servers.postgres() as url:
        yield url


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    with servers.redis() as url:
        yield url


@pytest.fixture(scope="session")
def clamav_url() -> Iterator[str]:
    with servers.clamav() as url:
        yield url


@pytest.fixture(scope="session")
def storage_url() -> Iterator[str]:
    with servers.seaweedfs() as url:
        yield url


@pytest.fixture
def nginx() -> Iterator[Callable[[str], str]]:
    """Return a function that takes the inside of a `server { … }` block and returns the address served."""
    with ExitStack() as stack:
        yield lambda server: stack.enter_context(servers.nginx(server))


@pytest.fixture(scope="session")
def on_postgres() -> bool:
    """Say whether this run keeps its rows in PostgreSQL."""
    return os.environ.get("SUNSHINE_DATABASE_URL", "").startswith("postgres")
