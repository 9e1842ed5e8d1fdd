"""The yearly report of a simulated bureau: time and memory of its figures and files, and how both grow.

For each size ten years are simulated (`benchmarks.simulated`), each year's report published in its January.
Then, each in a process of its own: the figures of every year, the files of the last, the page of one
figure, and counting all reports again from the log. `python -m benchmarks report -- --count 20000 --mirror`
also exports a mirror and counts from it alone.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks import bureau, simulated

YEARS = 10
COUNTS = (2_000, 20_000)


def main(arguments: Sequence[str] = ()) -> None:
    """Measure and print, a block for each size."""
    parser = argparse.ArgumentParser(prog="report")
    parser.add_argument("--count", type=int, action="append", help="requests in ten years")
    parser.add_argument("--mirror", action="store_true", help="export a mirror and count from it alone")
    asked = parser.parse_args(list(arguments))
    for count in asked.count or COUNTS:
        with tempfile.TemporaryDirectory(prefix="report-") as folder:
            home = Path(folder) / "home"
            begun = time.perf_counter()
            _python(home, "benchmarks.simulated", str(count), str(YEARS))
            print(f"\n{count:,} requests in {YEARS} years, simulated in {time.perf_counter() - begun:.0f} s")
            for step in ("years", "files", "figure"):
                _python(home, "benchmarks.report", step)
            _recount(home, home)
            if asked.mirror:
                _mirror(home, Path(folder) / "mirror")


def _python(home: Path, *arguments: str) -> None:
    command = [sys.executable, "-m", *arguments]
    subprocess.run(command, cwd=bureau.ROOT, env=bureau.environment(home), check=True)


def _sunshine(home: Path, *arguments: object) -> None:
    command = [str(Path(sys.executable).with_name("sunshine")), *map(str, arguments)]
    subprocess.run(command, env=bureau.environment(home), check=True, stdout=subprocess.DEVNULL)


def _recount(home: Path, target: Path) -> None:
    begun = time.perf_counter()
    _sunshine(home, "recount", target)
    name = "the installation" if target == home else "the mirror alone"
    print(f"  recount of {YEARS} reports from {name:<20} {time.perf_counter() - begun:8.1f} s, all agree")


def _mirror(home: Path, mirror: Path) -> None:
    begun = time.perf_counter()
    _sunshine(home, "export", mirror, "--languages", "zh-hans")
    files = sum(1 for each in mirror.rglob("*") if each.is_file())
    print(f"  export of the mirror, {files:,} files {time.perf_counter() - begun:28.1f} s")
    _recount(mirror.parent / "nobody", mirror)


def _measured(name: str, measure: Callable[[], Any]) -> Any:
    """Run something once and print its time and by how much the process grew at its peak."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.perf_counter()
    made = measure()
    seconds = time.perf_counter() - begun
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"  {name:<48} {seconds * 1000:8.0f} ms   + {grown:5.0f} MB at its peak")
    return made


def years() -> None:
    """Count every year in the installation named in the environment, the first year first."""
    from sunshine.lenses.reporting import queries
    from sunshine.lenses.reporting.rules import counting
    from sunshine.lenses.reporting.rules import report as reports

    for year in range(simulated.LAST_YEAR - YEARS + 1, simulated.LAST_YEAR + 1):

        def count(year: int = year) -> reports.Report:
            made = queries.report(year)
            assert all(counting.agrees(made.figure(name)) for name in made.values)
            return made

        made = _measured(f"figures of {year}, each with its list", count)
        print(f"    of {len(made.of_year.requests):,} requests")


def files() -> None:
    """Make the files of the last year's report."""
    from sunshine.lenses.reporting import queries, rendering
    from sunshine.lenses.reporting.rendering import paper, word

    made = queries.opened(simulated.LAST_YEAR)
    _measured("page", lambda: rendering.body(made))
    _measured("Word file", lambda: word.document(made))
    _measured("PDF", lambda: paper.pdf(made))
    size = len(_measured("machine-readable file", lambda: rendering.machine_readable(made)))
    print(f"  its size {size / 1024:>44,.0f} KB")


def figure() -> None:
    """Open the largest figure's public page, first and again."""
    from django.test import Client

    client = Client()
    client.get("/report/", headers={"host": "localhost"}, secure=True)  # what every first page loads
    url = f"/report/{simulated.LAST_YEAR}/requests.new.total/"
    for name in ("page of the largest figure, first", "again"):
        answer = _measured(name, lambda: client.get(url, headers={"host": "localhost"}, secure=True))
        assert answer.status_code == 200, answer


STEPS = {"years": years, "files": files, "figure": figure}

if __name__ == "__main__":
    from sunshine.project.commands import ready

    ready.django_ready()
    STEPS[sys.argv[1]]()
