"""A mirror's every file under one signature: a list that `sha256sum -c` reads, and a note that signs it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from sunshine.kernel import note
from sunshine.project.verifying.found import Found, Step, silent
from sunshine.project.verifying.sites import Folder, Missing, Site

LIST, NOTE = "manifest.sha256", "manifest.note"
FORM = "sunshine-mirror/v1"
"""The first line of the signed text: no checkpoint begins like this, so neither passes for the other."""


def write(
    root: Path, digests: Mapping[str, str], *, origin: str, size: int, made_at: str, signer: note.Signer
) -> None:
    """Write the list of a finished mirror and sign it."""
    listed = "".join(f"{digest}  {path}\n" for path, digest in sorted(digests.items()))
    (root / LIST).write_text(listed, "utf-8")
    digest = hashlib.sha256(listed.encode()).hexdigest()
    text = f"{FORM}\n{origin}\nlog of {size} entries\n{len(digests)} files\n{digest}\nmade {made_at}\n"
    (root / NOTE).write_text(note.sign(text, signer), "utf-8")


def check(site: Site, key: note.Verifier, found: Found, step: Step = silent) -> None:
    """Check every file that a mirror's signed list names; in a folder also that there is no other."""
    try:
        signed = site.get(NOTE)
    except Missing:
        return
    listed = _signed_list(site, signed, key, found)
    if listed is None:
        return
    for path, digest in listed.items():
        step("files", 1)
        try:
            data = site.get(_quoted(path))
        except Missing:
            found.fault(path, "the file is missing")
            continue
        found.pages += 1
        if hashlib.sha256(data).hexdigest() != digest:
            found.fault(path, "its bytes are not those of the signed list")
    if isinstance(site, Folder):
        for path in sorted(set(site.files()) - set(listed) - {LIST, NOTE}):
            found.fault(path, "the signed list does not name this file")


def _signed_list(site: Site, signed: bytes, key: note.Verifier, found: Found) -> dict[str, str] | None:
    try:
        lines = note.verify(signed.decode("utf-8"), key).split("\n")
    except (note.BadNote, UnicodeDecodeError) as error:
        found.fault(NOTE, str(error))
        return None
    if len(lines) < 6 or lines[0] != FORM or lines[1] != key.name:
        found.fault(NOTE, "it is no signed list of a mirror of this log")
        return None
    try:
        data = site.get(LIST)
    except Missing:
        found.fault(LIST, "it is missing")
        return None
    if hashlib.sha256(data).hexdigest() != lines[4]:
        found.fault(LIST, "it is not the list that was signed")
        return None
    pairs = (line.split("  ", 1) for line in data.decode("utf-8").splitlines())
    return {path: digest for digest, path in pairs}


def _quoted(path: str) -> str:
    from urllib.parse import quote

    return quote(path)
