"""docs/nginx.conf in front of the served product: pages come from files, and a withdrawal counts at once."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest

from benchmarks import bureau
from tests.services import processes, servers

pytestmark = pytest.mark.service

PAGE = "/r/{year}-00001/"
OF_THE_MOMENT = {"date", "server", "connection", "last-modified", "etag", "accept-ranges", "vary"}
WITHDRAW = """
import sys
from sunshine.project.commands import ready
ready.django_ready()
from datetime import UTC, datetime
from sunshine.core.publishing.models import Record
from sunshine.core.publishing.operations import mending
record = Record.objects.get(reference=sys.argv[1])
mending.withdraw(
    record.pk, ground="inaccurate", reason="内容有误", decided_by="主任", actor=None, at=datetime.now(UTC)
)
"""


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    with bureau.filled(30) as folder:
        (folder / "pages").mkdir()
        yield folder


@pytest.fixture(scope="module")
def addresses(home: Path) -> Iterator[tuple[str, str]]:
    """Yield the product's own address and that of the nginx in front of it."""
    port = processes.free_port()
    with bureau.served(home, port=port, workers=1) as own, servers.in_front_of(home, port) as front:
        yield own, front


def ask(url: str | urllib.request.Request) -> tuple[int, Message, bytes]:
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.headers, refusal.read()


def year_of(home: Path) -> int:
    return time.localtime(home.stat().st_mtime).tm_year


def comes_from_a_file(url: str) -> bool:
    """Say whether nginx itself answered: its entity tags are times and lengths in hexadecimal."""
    _status, headers, _body = ask(url)
    return "-" in headers.get("ETag", "")


def told(headers: Message) -> dict[str, object]:
    """Return what headers say whoever sends them; a policy is a set of directives."""
    said = {name.lower(): value for name, value in headers.items() if name.lower() not in OF_THE_MOMENT}
    policy = said.pop("content-security-policy")
    return {**said, "policy": {directive.strip() for directive in policy.split(";")}}


def wait_until_kept(url: str) -> None:
    deadline = time.monotonic() + 20
    while not comes_from_a_file(url):
        assert time.monotonic() < deadline, "the page never became a file"
        time.sleep(0.1)


def test_a_page_from_a_file_says_what_the_product_says(addresses: tuple[str, str], home: Path):
    own, front = addresses
    page = PAGE.format(year=year_of(home))
    wait_until_kept(front + page)
    of_file, of_product = ask(front + page), ask(own + page)
    assert of_file[2] == of_product[2]
    assert told(of_file[1]) == told(of_product[1])


def test_what_is_no_plain_page_goes_to_the_product(addresses: tuple[str, str], home: Path):
    _own, front = addresses
    for path in (
        "/search/?q=停车".encode().decode("latin-1"),
        "/log/checkpoint",
        "/api/v1/records",
        "/desk/",
    ):
        status, _headers, _body = ask(front + urllib.parse.quote(path, safe="/?="))
        assert status == 200, path
    assert not comes_from_a_file(f"{front}/?page=1")


def test_only_a_plain_question_for_a_page_is_answered_from_its_file(addresses: tuple[str, str], home: Path):
    own, front = addresses
    page = PAGE.format(year=year_of(home))
    wait_until_kept(front + page)
    assert not comes_from_a_file(f"{front}{page}?from=1")
    large = urllib.request.Request(front + page, headers={"Cookie": "size=large"})
    assert ask(large)[2] == ask(urllib.request.Request(own + page, headers={"Cookie": "size=large"}))[2]
    assert ask(large)[2] != ask(front + page)[2]
    bare = urllib.request.Request(front + page, method="HEAD")
    assert ask(bare)[0] == 200
    for missing in (page.rstrip("/"), "/r/1949-00001/", "/passed-on", "/r/%3Findex.html", "/r/%2e%2e/"):
        of_front, of_product = ask(front + missing), ask(own + missing)
        assert of_front[0] == of_product[0], missing
        assert told(of_front[1]) == told(of_product[1]), missing


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_what_is_sent_reaches_the_product_as_it_was_sent(addresses: tuple[str, str], home: Path, method: str):
    own, front = addresses
    page = PAGE.format(year=year_of(home))
    wait_until_kept(front + page)
    for path in (page, f"{page}?a=1", "/requests/new/"):
        of_front, of_product = (
            ask(urllib.request.Request(server + path, data=b"text=1", method=method))
            for server in (front, own)
        )
        assert of_front[0] == of_product[0] != 200
        assert of_front[1].get("Allow") == of_product[1].get("Allow")


def test_who_asks_before_sending_much_is_told_to_go_on(addresses: tuple[str, str], home: Path):
    _own, front = addresses
    host, _colon, port = front.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=10) as line:
        line.sendall(
            f"POST /requests/new/ HTTP/1.1\r\nHost: {host}\r\nContent-Length: 6\r\n"
            "Expect: 100-continue\r\n\r\n".encode()
        )
        assert line.recv(100).startswith(b"HTTP/1.1 100 ")


def test_a_withdrawn_page_is_gone_from_the_files_at_once(addresses: tuple[str, str], home: Path):
    _own, front = addresses
    page = PAGE.format(year=year_of(home))
    wait_until_kept(front + page)
    subprocess.run(
        [sys.executable, "-c", WITHDRAW, page.strip("/").split("/")[1]],
        cwd=bureau.ROOT,
        env=bureau.environment(home),
        check=True,
    )
    status, _headers, body = ask(front + page)
    assert status == 410
    assert "内容有误" in body.decode()
