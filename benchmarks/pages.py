"""A published page against nginx serving the same bytes as a static file, alone and behind nginx.

Aims: at least half of nginx without it, at least nine tenths behind it. The bureau is filled with 1,000,
10,000 and 100,000 records to show that a page costs the same in each. All are asked in turn, round after
round, for machines that are shared swing by half from one second to the next; what is printed is the middle.
"""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

from benchmarks import bureau, load
from tests.services import processes, servers

SIZES = (1_000, 10_000, 100_000)
WARM, ROUNDS, SECONDS = 3, 9, 2
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
    with ExitStack() as started:
        address = started.enter_context(bureau.served(home, port=port))
        path, page = bureau.settled(address)
        front = started.enter_context(servers.in_front_of(home, port))
        asked = {
            "nginx, static file": started.enter_context(_static_file(page)),
            "… with our headers": started.enter_context(_static_file(page, _headers(f"{address}{path}"))),
            "sunshine alone": f"{address}{path}",
            "behind nginx": f"{front}{path}",
        }
        for url in asked.values():
            for _again in range(WARM):
                assert _read(url) == page
        rounds = [
            {name: load.ask(url, seconds=SECONDS) for name, url in asked.items()} for _ in range(ROUNDS)
        ]
    print(f"\n{size:,} records; {path} has {len(page):,} bytes")
    for name in asked:
        _say(name, [(each[name], each["nginx, static file"]) for each in rounds])


def _say(name: str, measured: Sequence[tuple[load.Speed, load.Speed]]) -> None:
    """Print the middle of the rounds, and how the speed was to the peer's of the same round."""
    speed = median(own.per_second for own, _peer in measured)
    slowest = median(own.p99_ms for own, _peer in measured)
    ratios = sorted(own.per_second / peer.per_second for own, peer in measured)
    refused = sum(own.refused for own, _peer in measured)
    print(
        f"  {name:<20} {speed:>9,.0f} /s   p99 {slowest:>6.2f} ms   "
        f"{median(ratios):.2f} of nginx ({ratios[0]:.2f} to {ratios[-1]:.2f})"
        + (f"   {refused} not answered well" if refused else "")
    )


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
