"""Starts a server, waits until it answers, and sees that it never outlives the tests."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

IN_CI = os.environ.get("CI") == "true"
SECONDS_TO_START = 30


class DidNotStart(Exception):
    """The server went away or never answered; its log is in the message."""


def program(name: str, *folders: Path) -> str:
    """Return the path of an installed program, or skip the test (in CI: fail it).

    :param folders: places to look in before the search path and the system folders
    """
    places = [*map(str, folders), os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"]
    found = shutil.which(name, path=os.pathsep.join(places))
    if found:
        return found
    message = f"{name} is not installed: `make services` installs it"
    if IN_CI:
        pytest.fail(message)
    pytest.skip(message)


def free_port(*, below: int = 60_000) -> int:
    """Return a loopback port that nobody listens on right now."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        if port < below:
            return port


def listens(port: int) -> bool:
    """Say whether somebody accepts connections on this loopback port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def folder(name: str, *, owner: str = "") -> Iterator[Path]:
    """Lend an empty temporary folder with a short path (a socket's path must fit 107 bytes)."""
    path = Path(tempfile.mkdtemp(prefix=f"{name}-", dir="/tmp"))  # a short path, made safely
    if owner:
        shutil.chown(path, owner, pwd.getpwnam(owner).pw_gid)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def as_user(owner: str, command: Sequence[str]) -> list[str]:
    """Return the command that runs as another user, and is interrupted when its parent dies."""
    identity = (
        [f"--reuid={owner}", f"--regid={pwd.getpwnam(owner).pw_gid}", "--clear-groups"] if owner else []
    )
    return ["setpriv", *identity, "--pdeathsig=INT", "--", *command]


@contextmanager
def running(
    command: Sequence[str],
    *,
    cwd: Path,
    ready: Callable[[], bool],
    owner: str = "",
    stop: signal.Signals = signal.SIGINT,
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the block ends.

    :param ready: asked again and again until it says yes
    :param owner: the user to run as, where it is not us
    :param stop: what ends it; servers here own nothing worth a slow farewell
    :raises DidNotStart: it ended, or was not ready in time
    """
    log = cwd / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(as_user(owner, command), cwd=cwd, stdout=output, stderr=output)
    try:
        _wait_until(ready, process, log)
        yield process
    finally:
        _stop(process, stop)


def _wait_until(ready: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while not ready():
        if process.poll() is not None or time.monotonic() > deadline:
            raise DidNotStart(f"{process.args!r}\n{log.read_text('utf-8', 'replace')[-4000:]}")
        time.sleep(0.02)


def _stop(process: subprocess.Popen[bytes], how: signal.Signals) -> None:
    if process.poll() is None:
        process.send_signal(how)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
