"""What the entries promise: each version's fields, salted and committed, and the bytes of its files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sunshine.kernel import canonical, commitment
from sunshine.project.verifying.found import Found, Step, silent
from sunshine.project.verifying.sites import Gone, Missing, Site

PUBLISHED, CORRECTED, WITHDRAWN, ERASED = (
    "record.published",
    "record.corrected",
    "record.withdrawn",
    "record.erased",
)


@dataclass(frozen=True, slots=True)
class Promise:
    """One version as the log announced it."""

    reference: str
    version: int
    digest: str
    at: str
    index: int

    @property
    def path(self) -> str:
        return f"r/{self.reference}/v{self.version}.json"


@dataclass(slots=True)
class Promises:
    """Everything the log says about records."""

    versions: list[Promise] = field(default_factory=list)
    withdrawn: set[str] = field(default_factory=set)
    erased: dict[tuple[str, int], set[str]] = field(default_factory=dict)


def promises(entries: Mapping[int, bytes], found: Found) -> Promises:
    """Return what the entries say; an entry that is no canonical line is a fault."""
    told = Promises()
    for index, data in sorted(entries.items()):
        try:
            line = canonical.decode(data)
            _note(told, index, line)
        except (canonical.NotCanonical, KeyError, TypeError, ValueError) as error:
            found.fault(f"entry {index}", f"it is no line of this log: {error}")
    return told


def _note(told: Promises, index: int, line: Mapping[str, Any]) -> None:
    kind, reference = line["kind"], str(line["subject"])
    if kind in (PUBLISHED, CORRECTED):
        version, digest = int(line["version"]), str(line["digest"])
        told.versions.append(Promise(reference, version, digest, str(line["at"]), index))
    elif kind == WITHDRAWN:
        told.withdrawn.add(reference)
    elif kind == ERASED:
        told.erased.setdefault((reference, int(line["version"])), set()).update(line["fields"])


def check(
    site: Site, told: Promises, found: Found, step: Step = silent, *, hides_withdrawn: bool = True
) -> None:
    """Check every version that the log announced against what the site shows of it.

    :param hides_withdrawn: what was withdrawn must not be shown any more; a database still keeps it
    """
    found.withdrawn = len(told.withdrawn)
    for promise in told.versions:
        step("records", 1)
        if hides_withdrawn and promise.reference in told.withdrawn:
            _must_be_gone(site, promise, found)
            continue
        shown = _shown(site, promise, found)
        if shown is not None:
            found.versions += 1
            _check_version(site, promise, shown, told, found)


def _must_be_gone(site: Site, promise: Promise, found: Found) -> None:
    try:
        site.get(promise.path)
    except Missing:
        return
    found.fault(promise.path, "it was withdrawn, and is still shown")


def _shown(site: Site, promise: Promise, found: Found) -> Mapping[str, Any] | None:
    try:
        told = json.loads(site.get(promise.path))
    except Gone:
        return None  # withdrawn since the checkpoint was signed
    except Missing:
        found.fault(promise.path, f"it is missing; entry {promise.index} announced it")
        return None
    except (ValueError, RecursionError):
        found.fault(promise.path, "it is no JSON")
        return None
    if not isinstance(told, dict):
        found.fault(promise.path, "it is no version of a record")
        return None
    return told


def _check_version(
    site: Site, promise: Promise, shown: Mapping[str, Any], told: Promises, found: Found
) -> None:
    bundle = shown.get("bundle")
    problems = commitment.verify(bundle)
    for problem in problems:
        found.fault(promise.path, problem)
    if not isinstance(bundle, dict) or not isinstance(bundle.get("fields"), dict):
        return
    if bundle.get("digest") != promise.digest:
        found.fault(promise.path, f"its digest is not the one that entry {promise.index} announced")
    for name in ("reference", "version", "digest", "index"):
        said, meant = shown.get(name), getattr(promise, name)
        if said != meant:
            found.fault(promise.path, f"{name} says {said!r}, the log {meant!r}")
    if problems:
        return
    lawful = told.erased.get((promise.reference, promise.version), set())
    erased = {name for name, each in bundle["fields"].items() if "value" not in each}
    found.erased += len(erased)
    for name in sorted(erased - lawful):
        found.fault(promise.path, f"{name} was erased, and no entry of the log says so")
    if "attachments" not in erased:
        _check_files(site, promise, shown, bundle["fields"], found)


def _check_files(
    site: Site, promise: Promise, shown: Mapping[str, Any], fields: Mapping[str, Any], found: Found
) -> None:
    sealed = fields.get("attachments", {}).get("value") or []
    listed = shown.get("attachments") or []
    if _named(sealed) != _named(listed):
        found.fault(promise.path, "the files it lists are not those it was published with")
        return
    for file in listed:
        path = str(file.get("path", "")).lstrip("/")
        try:
            data = site.get(path)
        except Missing:
            found.fault(path, "the file is missing")
            continue
        found.files += 1
        if hashlib.sha256(data).hexdigest() != file["sha256"]:
            found.fault(path, "its bytes are not those that were published")


def _named(files: Iterable[Any]) -> list[tuple[Any, Any, Any]]:
    return [
        (file.get("name"), file.get("sha256"), file.get("size")) for file in files if isinstance(file, dict)
    ]
