"""Counting published reports again from the public log alone: every figure, its list, and the page's numbers.

Nothing is taken from the report but what it says. The log is verified first; its lines up to the size to
which the report is pinned, and the records they announced, are counted by the same rules; then each figure
of the report, of its tables and of its page must be what came out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sunshine.kernel import commitment, merkle
from sunshine.lenses.reporting.rules import cases, counting, forms, labels, log, prose, report
from sunshine.lenses.reporting.rules.cases import Case, Cases, RecordCase
from sunshine.lenses.reporting.rules.report import KIND, YEAR_FIELD, NotAReport, Report
from sunshine.project.verifying import log as log_checks
from sunshine.project.verifying import records
from sunshine.project.verifying.found import Fault, Found, Step, silent
from sunshine.project.verifying.records import Promise
from sunshine.project.verifying.sites import Missing, Site
from sunshine.work.facts.rules import Stated

SHOWN = 5
"""Cases named where a list differs."""


@dataclass(slots=True)
class Recounted:
    """What counting one report again gave.

    `stated` cells and recorded `facts` were entered by an officer and cannot be counted; a fact names its
    source.
    """

    year: int
    reference: str
    version: int
    agreed: int = 0
    stated: int = 0
    cases: int = 0
    facts: list[Stated] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Opened:
    """A public report and its machine-readable file; `problem` says why the file cannot be believed."""

    version: Version
    raw: Mapping[str, Any]
    said: Report | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a record as the site shows it, its digest checked against the log."""

    promise: Promise
    fields: Mapping[str, Any]
    attachments: tuple[Mapping[str, Any], ...]


def recount(
    site: Site, *, key: str = "", year: int | None = None, step: Step = silent
) -> tuple[Found, list[Recounted]]:
    """Count every public report again, or that of one year; the newest version of each.

    What is wrong with the log itself stands in the first part of the answer; then nothing is counted.
    """
    found = Found()
    trusted = log_checks.verifier(site, key, found)
    head = log_checks.checkpoint(site, trusted, found) if trusted else None
    if head is None:
        return found, []
    entries = log_checks.leaves(site, head, found, step)
    told = records.promises(entries, found)
    if found.faults:
        return found, []
    counter = _Counter(site, entries, told, found, step)
    return found, [each for each in counter.reports() if year in (None, each.year)]


class _Counter:
    """Counts the reports of one site, keeping what it has read."""

    def __init__(
        self,
        site: Site,
        entries: Mapping[int, bytes],
        told: records.Promises,
        found: Found,
        step: Step,
    ) -> None:
        self._site, self._entries, self._told = site, entries, told
        self._found, self._step = found, step
        self._versions: dict[tuple[str, int], Version | None] = {}
        self._hashes = [merkle.leaf_hash(entries[index]) for index in sorted(entries)]
        self._reader, self._read_to = log.Reader(), 0

    def reports(self) -> Iterator[Recounted]:
        """Yield each report that is public, as its newest version says, in the order of their pins."""
        newest = self._newest(len(self._entries)).values()
        versions = [version for version in map(self._version, newest) if version is not None]
        opened = [self._opened(each) for each in versions if each.fields.get("kind") == KIND]
        for each in sorted(opened, key=lambda each: each.said.pin.size if each.said else 0):
            yield self._recounted(each)

    def _newest(self, size: int) -> dict[str, Promise]:
        """Return the newest version of each record that the first so many entries announce."""
        before = sorted(self._told.versions, key=lambda each: each.index)
        return {each.reference: each for each in before if each.index < size}

    def _version(self, promise: Promise) -> Version | None:
        """Return a version; None where it was withdrawn or is not what the log announced."""
        place = (promise.reference, promise.version)
        if place not in self._versions:
            self._step("records", 1)
            self._versions[place] = self._read(promise)
        return self._versions[place]

    def _read(self, promise: Promise) -> Version | None:
        try:
            shown = json.loads(self._site.get(promise.path))
            bundle = shown["bundle"]
            sealed = bundle["fields"]
            fields = {name: each["value"] for name, each in sealed.items() if "value" in each}
            version = Version(promise, fields, tuple(shown["attachments"]))
        except Missing:
            if promise.reference not in self._told.withdrawn:
                self._found.fault(promise.path, "it is missing")
            return None
        except (ValueError, KeyError, TypeError) as error:
            self._found.fault(promise.path, str(error))
            return None
        if commitment.verify(bundle) or bundle["digest"] != promise.digest:
            self._found.fault(promise.path, "it is not the version that the log announced")
            return None
        return version

    def _opened(self, version: Version) -> Opened:
        """Return a report with what its machine-readable file says, or why that cannot be believed."""
        try:
            raw = self._file(version)
            said = report.from_json(raw)
            self._pinned(said, version)
        except (NotAReport, Missing) as refusal:
            return Opened(version, {}, None, str(refusal))
        return Opened(version, raw, said)

    def _recounted(self, opened: Opened) -> Recounted:
        version, said = opened.version, opened.said
        year = int(version.fields.get(YEAR_FIELD) or 0)
        made = Recounted(year, version.promise.reference, version.promise.version)
        if said is None:
            made.faults.append(Fault(version.promise.path, opened.problem))
            return made
        _compare(made, opened.raw, said, self._cases(said))
        made.faults += _page_faults(str(version.fields.get("body", "")), said, opened.raw["figures"])
        return made

    def _file(self, version: Version) -> Any:
        """Return what the machine-readable file of a report says, its bytes checked."""
        sealed = {each["name"]: each["sha256"] for each in version.fields.get("attachments") or ()}
        for file in version.attachments:
            if not str(file["name"]).endswith(".json"):
                continue
            data = self._site.get(str(file["path"]).lstrip("/"))
            if hashlib.sha256(data).hexdigest() != sealed.get(file["name"]):
                raise NotAReport(f"{file['name']}: its bytes are not those that were published")
            return json.loads(data)
        raise NotAReport("it has no machine-readable file")

    def _pinned(self, said: Report, version: Version) -> None:
        """Refuse a report that is not pinned to a state that this log had before it."""
        size = said.pin.size
        if size > version.promise.index or merkle.root(self._hashes[:size]).hex() != said.pin.root:
            raise NotAReport(f"it is pinned to a log of {size} entries that this log never was")

    def _cases(self, said: Report) -> Cases:
        """Return the year's cases of the log's first entries, up to the size to which a report is pinned.

        The lines are read once, onward from pin to pin.
        """
        size = said.pin.size
        lines = ((index, json.loads(self._entries[index])) for index in range(self._read_to, size))
        told = self._reader.read(lines)
        self._read_to = size
        newest = self._newest(size)
        claimed = {each.reference: each for each in said.of_year.records}
        known = (self._record(each, newest, claimed) for each in told.records)
        return cases.of_year(said.year, replace(told, records=tuple(known)))

    def _record(
        self, case: RecordCase, newest: Mapping[str, Promise], claimed: Mapping[str, RecordCase]
    ) -> RecordCase:
        """Return a record with its fields; of one withdrawn since, what the report said of it is believed."""
        version = self._version(newest[case.reference])
        if version is not None:
            return log.with_fields(case, version.fields)
        return claimed.get(case.reference, case)


def _compare(made: Recounted, raw: Mapping[str, Any], said: Report, counted: Cases) -> None:
    """Compare each figure that a report states with what the log makes of it."""
    own, again = said.figures, counting.figures(said.year, counted)
    made.cases = sum(len(getattr(counted, kind)) for kind in cases.KINDS)
    made.stated, made.facts = len(said.form.stated), list(said.facts)
    for name in forms.counted_names(said.form):
        stated = raw["figures"].get(name)
        one, other = own[name], again[name]
        if stated == other.value and set(one.cases) == set(other.cases):
            made.agreed += 1
            continue
        label = labels.of(said.form, name)
        what = f"{label}: the report says {stated}, its list makes {one.value}, the log makes {other.value}"
        made.faults.append(Fault(f"{said.year} {name}", what + _differing(one.cases, other.cases)))
    if raw["tables"] != report.tables_to_json(said):
        made.faults.append(Fault(f"{said.year} tables", "a cell does not say what its figure says"))


def _differing(one: tuple[Case, ...], other: tuple[Case, ...]) -> str:
    named = sorted({each.reference for each in set(one) ^ set(other)})
    more = f" and {len(named) - SHOWN} more" if len(named) > SHOWN else ""
    return f" ({', '.join(named[:SHOWN])}{more})" if named else ""


def _page_faults(body: str, said: Report, figures: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield each number of the page that is not what its figure says (AR-I8)."""
    for each in prose.references(body):
        meant = str(figures.get(each.name, said.quoted.get(each.name, "")))
        if each.year != said.year or each.said != meant:
            yield Fault(f"{said.year} {each.name}", f"the page says {each.said}, the figure {meant}")
