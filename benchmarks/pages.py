"""A published page against nginx serving the same bytes as a static file, alone and behind nginx.

Aims: at least half of nginx without it, at least nine tenths behind it. The bureau is filled with 1,000,
10,000 and 100,000 records to show that a page costs the same in each.
"""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks import bureau, load
from tests.services import processes, servers

SIZES = (1_000, 10_000, 100_000)
WARM = 3
SAID_BY_NGINX = {"server", "date", "content-type", "content-length", "last-modified", "etag", "connection"}


def main(arguments: Sequence[str] = ()) -> None:
    """Measure and print, a block for each size."""
    sizes = [int(each) for each in arguments] or SIZES
    print("A published page, 32 connections, one load process on the same two cores")
    for size in sizes:
        with bureau.filled(size) as home:
            _measure(home, size)


def _measure(home: Path, size: int) -> None:
    (home / "pages").mkdir()
    port = processes.free_port()
    with bureau.served(home, port=port) as address:
        path, page = bureau.settled(address)
        print(f"\n{size:,} records; {path} has {len(page):,} bytes")
        with _static_file(page) as file:
            peer = load.ask(file)
        print(f"  nginx, static file   {peer}")
        with _static_file(page, _headers(f"{address}{path}")) as file:
            _say("… with our headers", load.ask(file), peer)
        alone = load.ask(f"{address}{path}")
        _say("sunshine alone", alone, peer)
        with servers.in_front_of(home, port) as front:
            for _again in range(WARM):
                assert _read(f"{front}{path}") == page
            _say("behind nginx", load.ask(f"{front}{path}"), peer)


def _say(name: str, speed: load.Speed, peer: load.Speed) -> None:
    print(f"  {name:<20} {speed}   {speed.per_second / peer.per_second:.2f} of nginx")


def _read(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310  # our own server's address
        read: bytes = answer.read()
    return read


def _headers(url: str) -> str:
    """Return the headers that the product adds to a page, as nginx is told to add them."""
    with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310  # our own server's address
        told = {name: value for name, value in answer.headers.items() if name.lower() not in SAID_BY_NGINX}
    return "".join(f'add_header {name} "{value}"; ' for name, value in told.items())


@contextmanager
def _static_file(page: bytes, headers: str = "") -> Iterator[str]:
    with processes.folder("static") as folder:
        folder.chmod(0o755)
        (folder / "page.html").write_bytes(page)
        with servers.nginx(f"root {folder}; location / {{ {headers} }}") as address:
            yield f"{address}/page.html"
