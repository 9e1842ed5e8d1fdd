"""An import as it runs: files are read and checked beside each other, and taken over batch by batch.

While batches are being read by the other processes, those before are written: the database never waits
for the checks, nor they for it. A batch is published whole or not at all; a run that is cut off goes on
after the last.
"""

from __future__ import annotations

import csv
import io
import json
import multiprocessing
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Protocol

from django.utils.translation import gettext as _

from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.project.commands import ready
from sunshine.work.documents.operations import importing
from sunshine.work.documents.operations.importing import Became, Into, Outcome
from sunshine.work.documents.reading import reader, sources
from sunshine.work.documents.reading.reader import Job, Reading
from sunshine.work.documents.reading.table import Table

BATCH = 64
AHEAD = 2
"""Batches that are being read while one is written."""

NO_FILE = gettext_noop("The table names it, but there is no such file")


class Bar(Protocol):
    """Whatever shows how far it is."""

    def update(self, n: float | None = 1) -> object: ...


@dataclass(slots=True)
class Report:
    """What became of every file, in the order in which it was decided."""

    outcomes: list[Outcome] = field(default_factory=list)

    def counts(self) -> Counter[Became]:
        """Return how many files became what."""
        return Counter(outcome.became for outcome in self.outcomes)

    def as_csv(self) -> str:
        """Return the report for an office program: it opens with its columns apart and in Chinese."""
        text = io.StringIO()
        lines = csv.writer(text)
        lines.writerow(["file", "became", "reference", "title", "reasons"])
        for each in self.outcomes:
            reasons = "\n".join(say(reason) for reason in each.reasons)
            cells = (each.name, each.became.value, each.reference, each.title, reasons)
            lines.writerow([_safe(cell) for cell in cells])
        return "\ufeff" + text.getvalue()

    def as_json(self) -> str:
        """Return the report for programs."""
        told = [
            {
                "file": each.name,
                "became": each.became.value,
                "reference": each.reference,
                "title": each.title,
                "reasons": [say(reason) for reason in each.reasons],
            }
            for each in self.outcomes
        ]
        return json.dumps(told, ensure_ascii=False, indent=1)

    def write(self, path: Path) -> None:
        """Write the report as what its name ends with: .json, else .csv."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.as_json() if path.suffix == ".json" else self.as_csv(), "utf-8")


def _safe(cell: object) -> str:
    """Return a cell that no office program takes for a formula."""
    text = str(cell)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t")) else text


def say(reason: Reason) -> str:
    """Word a reason in the language of the installation, and the rule that asks."""
    words = _(reason.text)
    params = {
        name: _(value) if isinstance(value, str) and value else value for name, value in reason.params.items()
    }
    sentence = words % params if params else words
    return f"{sentence}（{reason.basis}）" if reason.basis else sentence


def run(
    path: Path,
    *,
    table: Table,
    into: Into,
    workers: int,
    now: Callable[[], datetime],
    bar: Bar,
    report: Report,
) -> None:
    """Take over every file of a folder or archive; `report` holds at every moment what was decided.

    :raises BadSource: the folder or archive cannot be read
    """
    root = sources.root_name(path) if path.is_dir() or path.suffix.lower() not in sources.READABLE else ""
    named: set[str] = set()
    with _readers(workers) as read:
        begun: deque[Callable[[], Sequence[Reading]]] = deque()
        for jobs in _batches(_jobs(path, root, table, named, report, bar)):
            begun.append(read(jobs))
            if len(begun) > AHEAD:
                _settle(begun.popleft()(), into, now, report, bar)
        while begun:
            _settle(begun.popleft()(), into, now, report, bar)
    report.outcomes += [
        Outcome(row.file, Became.NOT_READ, reasons=(Reason(NO_FILE),))
        for row in table.rows
        if row.file not in named
    ]


def _jobs(path: Path, root: str, table: Table, named: set[str], report: Report, bar: Bar) -> Iterator[Job]:
    """Yield what must be read; report at once what is refused and what nothing has changed in."""
    for sources_of_a_batch in _batches(sources.walk(path)):
        jobs = []
        for source in sources_of_a_batch:
            row = table.row(source.name)
            if row is not None:
                named.add(row.file)
            if source.refusal:
                report.outcomes.append(
                    Outcome(source.name, Became.NOT_READ, reasons=(Reason(source.refusal),))
                )
                bar.update()
            else:
                jobs.append(reader.job(source, root, row))
        yield from _changed(jobs, report, bar)


def _changed(jobs: Sequence[Job], report: Report, bar: Bar) -> Iterator[Job]:
    before = importing.known(job.origin for job in jobs)
    for job in jobs:
        earlier = before.get(job.origin)
        if earlier is None or earlier.sha256 != job.sha256:
            yield job
            continue
        report.outcomes.append(Outcome(job.source.name, Became.UNCHANGED, earlier.reference))
        bar.update()


def _settle(
    readings: Sequence[Reading], into: Into, now: Callable[[], datetime], report: Report, bar: Bar
) -> None:
    report.outcomes += importing.take_over(readings, into=into, at=now(), say=say)
    bar.update(len(readings))


def _batches(things: Iterable[Job] | Iterable[sources.Source]) -> Iterator[list]:  # type: ignore[type-arg]  # of either
    rest = iter(things)
    while batch := list(islice(rest, BATCH)):
        yield batch


@contextmanager
def _readers(workers: int) -> Iterator[Callable[[Sequence[Job]], Callable[[], Sequence[Reading]]]]:
    """Yield a function that begins to read a batch and returns how to wait for it."""
    if workers <= 1:
        yield lambda jobs: lambda: [reader.read(job) for job in jobs]
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, ready.child_ready) as pool:

        def begin(jobs: Sequence[Job]) -> Callable[[], Sequence[Reading]]:
            begun = pool.map(reader.read, jobs, chunksize=8)
            return lambda: list(begun)

        try:
            yield begin
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
