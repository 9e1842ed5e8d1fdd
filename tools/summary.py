"""Adds up the reports of several test runs: one line for each, and a last line for all of them."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figures:
    """How one run of tests, or several, ended; `seconds` is the time the runs took."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0

    def __add__(self, other: Figures) -> Figures:
        return Figures(
            self.passed + other.passed,
            self.failed + other.failed,
            self.skipped + other.skipped,
            self.seconds + other.seconds,
        )


def read(report: Path) -> Figures:
    """Return the figures of one JUnit report, written by our own test run."""
    total = Figures()
    for suite in ET.parse(report).getroot().iter("testsuite"):  # noqa: S314  # our own file
        count = {name: int(suite.get(name, "0")) for name in ("tests", "failures", "errors", "skipped")}
        failed = count["failures"] + count["errors"]
        passed = count["tests"] - failed - count["skipped"]
        total += Figures(passed, failed, count["skipped"], float(suite.get("time", "0")))
    return total


def main(folder: str) -> int:
    """Print the figures of every report in the folder; the exit status says whether all is well."""
    reports = {path.stem: read(path) for path in sorted(Path(folder).glob("*.xml"))}
    total = sum(reports.values(), Figures())
    for name, figures in reports.items():
        print(f"{name:<10}{figures.passed:>6} passed{figures.seconds:>9.1f} s")
    print(f"{total.passed} passed, {total.failed} failed, {total.skipped} skipped")
    return 0 if total.passed and not total.failed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
