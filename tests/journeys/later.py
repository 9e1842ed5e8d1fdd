"""Serves a bureau whose days a test turns: python -m tests.journeys.later PORT.

SUNSHINE_HOME names the bureau (JOURNEYS_HOME, beside JOURNEYS_SITE, for one that is served already).
Each line on standard input is a number of days to go on; `there` is answered once the clock stands there.
The background work goes on beside it, as in `sunshine serve`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socketserver import ThreadingMixIn
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import time_machine

from tests.services import processes


class Server(ThreadingMixIn, WSGIServer):
    """A plain server with a thread for each request."""

    daemon_threads = True
    request_queue_size = 64


class Silent(WSGIRequestHandler):
    """Handles a request and writes no line about it."""

    def log_request(self, *_told: object) -> None:
        """Say nothing."""


class Bureau:
    """A served bureau, and the days that passed since it was begun."""

    def __init__(self, address: str, process: subprocess.Popen[bytes]) -> None:
        self.address = address
        self.days = 0
        self._process = process

    def go_on(self, days: int) -> None:
        """Let days pass."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{days}\n".encode())
        self._process.stdin.flush()
        assert self._process.stdout.readline().strip() == b"there"
        self.days += days

    def day(self, later: int = 0) -> str:
        """Return the bureau's day so many days from its today, as a form takes it."""
        from django.utils import timezone

        return (timezone.localdate() + timedelta(days=self.days + later)).isoformat()


@contextmanager
def served(home: Path) -> Iterator[Bureau]:
    """Serve a copy of the bureau that SUNSHINE_HOME names from a folder, until the block ends."""
    port = processes.free_port()
    address = f"http://localhost:{port}"
    sunshine, kept = str(Path(sys.executable).with_name("sunshine")), home / "bureau.tar.gz"
    here = {**os.environ, "SUNSHINE_HOME": os.environ.get("JOURNEYS_HOME") or os.environ["SUNSHINE_HOME"]}
    subprocess.run([sunshine, "backup", str(kept)], env=here, check=True, capture_output=True, timeout=300)
    own = {
        **here,
        "SUNSHINE_HOME": str(home / "bureau"),
        "SUNSHINE_SITE_URL": address,
        "SUNSHINE_PROXIES": "1",
    }
    subprocess.run([sunshine, "restore", str(kept)], env=own, check=True, capture_output=True, timeout=300)
    shutil.copy(Path(here["SUNSHINE_HOME"]) / "identities.key", home / "bureau")  # kept apart from backups
    command = [sys.executable, "-m", "tests.journeys.later", str(port)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=own, stdin=pipe, stdout=pipe) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline().strip() == b"there"
            yield Bureau(address, process)
        finally:
            process.kill()


def main(port: int) -> None:
    """Serve until standard input ends."""
    with time_machine.travel(datetime.now(UTC), tick=True) as clock:
        from sunshine.project.wsgi import application

        server = Server(("127.0.0.1", port), Silent)
        server.set_app(application)
        from sunshine.project import worker

        Thread(target=server.serve_forever, daemon=True).start()
        Thread(target=worker.work_on, daemon=True).start()
        sys.stdout.write("there\n")
        sys.stdout.flush()
        for line in sys.stdin:
            clock.shift(timedelta(days=int(line)))
            sys.stdout.write("there\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
