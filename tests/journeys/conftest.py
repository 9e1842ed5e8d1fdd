"""The served demo bureau and the browser; started once, and only when a journey is walked."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.officers import Officers, signed_in
from tests.journeys.walker import DESKTOP, Walker
from tests.services import processes


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a freshly set-up, served demo bureau, or of the one that JOURNEYS_SITE names."""
    if served := os.environ.get("JOURNEYS_SITE"):
        yield served
        return
    home = tmp_path_factory.mktemp("bureau")
    port = processes.free_port()
    address = f"http://localhost:{port}"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SUNSHINE_")}
    environment = {**kept, "SUNSHINE_HOME": str(home), "SUNSHINE_SITE_URL": address, "PYTEST_PLUGINS": ""}
    sunshine = str(Path(sys.executable).with_name("sunshine"))
    for command in ("setup", "demo"):
        subprocess.run([sunshine, command], env=environment, check=True, capture_output=True, timeout=900)
    before = dict(os.environ)
    os.environ.update(environment)
    try:
        with processes.running(
            [sunshine, "serve", "--port", str(port)], cwd=home, ready=lambda: processes.listens(port)
        ):
            yield address
    finally:
        os.environ.clear()
        os.environ.update(before)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a headless Chromium of the system."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=processes.program("chromium"), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def walker(site: str, browser: Browser) -> Iterator[Callable[[int], Walker]]:
    """Return a function that makes a walker with a screen of some width, in a session of its own."""
    contexts = []

    def make(width: int = DESKTOP, **options: Any) -> Walker:
        context = browser.new_context(
            base_url=site, viewport={"width": width, "height": 800}, locale="zh-CN", **options
        )
        contexts.append(context)
        page: Page = context.new_page()
        return Walker(page)

    yield make
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def officers(site: str, browser: Browser) -> Iterator[Officers]:
    """Return a function that gives an officer by name, signed in once and at one screen for the whole run."""
    with signed_in(site, browser) as officer:
        yield officer
