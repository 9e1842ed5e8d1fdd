"""Prepares the outside world before Django's settings are read.

The run gets a home folder of its own, so it never touches an installation, and the database that was
asked for: `--database=postgres` (or `SUNSHINE_TEST_DATABASE=postgres`) starts a real PostgreSQL.
Each parallel worker loads this plugin again through `PYTEST_PLUGINS` and takes a folder inside the home.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path

import pytest

pytest_plugins = ["tests.services.fixtures"]

_world = ExitStack()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=("sqlite", "postgres"),
        default=os.environ.get("SUNSHINE_TEST_DATABASE", "sqlite"),
        help="where the tests' rows live; postgres starts a server of its own",
    )


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, object, object]:
    """Set the product's environment; a wrapper runs before pytest-django reads the settings."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:
        os.environ["SUNSHINE_HOME"] = str(Path(os.environ["SUNSHINE_HOME"]) / worker)
    else:
        _prepare(early_config.known_args_namespace.database)
    return (yield)


def _prepare(database: str) -> None:
    for name in [name for name in os.environ if name.startswith("SUNSHINE_")]:
        del os.environ[name]  # what an installation on this machine uses is none of the tests' business
    os.environ["SUNSHINE_HOME"] = _world.enter_context(tempfile.TemporaryDirectory(prefix="sunshine-tests-"))
    os.environ["SUNSHINE_SECRET_KEY"] = "the tests' own, known to everybody"
    os.environ["PYTEST_PLUGINS"] = "tests.plugin"
    if database == "postgres":
        from tests.services import servers

        os.environ["SUNSHINE_DATABASE_URL"] = _world.enter_context(servers.postgres())


def pytest_unconfigure() -> None:
    _world.close()


def pytest_report_header(config: pytest.Config) -> str:
    return f"database: {config.getoption('database')}"
