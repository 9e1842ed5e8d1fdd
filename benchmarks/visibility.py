"""From the press of “publish” to being visible everywhere: page, home, feed, site map, interface, search.

Aim: below a second at 1,000, 10,000 and 100,000 records. Beside it, as the least that any system needs: one
row committed on the same disk, and a file written and read back through nginx.
"""

from __future__ import annotations

import itertools
import json
import sqlite3
import statistics
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks import bureau
from tests.services import processes, servers

SIZES = (1_000, 10_000, 100_000)
TIMES = 8
LONGEST = 30.0


def main(arguments: Sequence[str] = ()) -> None:
    """Measure and print, a block for each size."""
    sizes = [int(each) for each in arguments] or SIZES
    for size in sizes:
        with bureau.filled(size) as home:
            port = processes.free_port()
            print(f"\n{size:,} records", flush=True)
            with bureau.served(home, port=port) as address:
                bureau.settled(address)
                subprocess.run(
                    [sys.executable, "-m", "benchmarks.visibility", "inside", address],
                    cwd=bureau.ROOT,
                    env=bureau.environment(home, port),
                    check=True,
                )
            _say("a row and a file, through nginx", list(_bare(home)))


def measure(address: str) -> None:
    """Publish some bundles in the installation named in the environment; print when each door showed them."""
    from sunshine.project.commands import ready

    ready.django_ready()
    from django.utils import timezone

    from sunshine.core.publishing.models import Record
    from sunshine.work.documents import operations as documents
    from tests import cast

    bureau_staff = cast.make_cast(at=timezone.now())
    seen: dict[str, list[float]] = {}
    for number in range(TIMES):
        title = f"关于测量第{number}次发布时间的通知"
        document = cast.make_document(
            bureau_staff, upto="approved", title=title, interpretation="<p>解读全文</p>", at=timezone.now()
        )
        begun = time.perf_counter()
        documents.publish(document.matter_id, actor=bureau_staff.office_head, at=timezone.now())
        seen.setdefault("published (committed)", []).append(time.perf_counter() - begun)
        record = Record.objects.get(matter_reference=document.matter.reference, main=None)
        for door, shows in _doors(address, record.reference, title).items():
            seen.setdefault(door, []).append(_until(shows) - begun)
    for door, times in seen.items():
        _say(door, times)


def _doors(address: str, reference: str, title: str) -> dict[str, Callable[[], bool]]:
    def holds(path: str, what: str) -> Callable[[], bool]:
        return lambda: what in _read(f"{address}{path}")

    found = f"/search/?{urllib.parse.urlencode({'q': title})}"
    return {
        "page": holds(f"/r/{reference}/", title),
        "feed": holds("/feeds/all.atom", title),
        "home": holds("/", title),
        "interface": lambda: json.loads(_read(f"{address}/api/v1/records/{reference}"))["title"] == title,
        "site map": holds("/sitemap-1.xml", reference)
        if reference.endswith("-00001")
        else lambda: any(reference in _read(part) for part in _parts(address)),
        "search": holds(found, f"/r/{reference}/"),
    }


def _parts(address: str) -> Iterator[str]:
    """Yield the parts of the site map, the newest first."""
    index = _read(f"{address}/sitemap.xml")
    parts = [line.split("</loc>")[0] for line in index.split("<loc>")[1:]]
    yield from (f"{address}{urllib.parse.urlsplit(part).path}" for part in reversed(parts))


def _until(shows: Callable[[], bool]) -> float:
    """Ask until it is there; return when that was."""
    deadline = time.perf_counter() + LONGEST
    while time.perf_counter() < deadline:
        try:
            if shows():
                return time.perf_counter()
        except OSError:  # a 404 until the record is there
            pass
        time.sleep(0.005)
    raise SystemExit(f"not visible after {LONGEST:.0f} s")


def _read(url: str) -> str:
    with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310  # our own server's address
        read: bytes = answer.read()
    return read.decode()


def _bare(home: Path) -> Iterator[float]:
    with processes.folder("bare") as folder, servers.nginx(f"root {folder}; location / {{ }}") as address:
        folder.chmod(0o755)
        rows = sqlite3.connect(home / "bare.sqlite3", isolation_level=None)
        rows.execute("PRAGMA journal_mode=WAL")
        rows.execute("PRAGMA synchronous=FULL")
        rows.execute("CREATE TABLE page (body TEXT)")
        for number in itertools.islice(itertools.count(), TIMES):
            begun = time.perf_counter()
            rows.execute("INSERT INTO page VALUES (?)", (f"page {number}",))
            (folder / "new").write_text(f"page {number}")
            (folder / "new").replace(folder / f"{number}.html")
            _read(f"{address}/{number}.html")
            yield time.perf_counter() - begun
        rows.close()


def _say(name: str, times: list[float]) -> None:
    print(
        f"  {name:<34} median {statistics.median(times) * 1000:>7.0f} ms   worst {max(times) * 1000:>7.0f} ms"
    )


if __name__ == "__main__":
    measure(sys.argv[2])
