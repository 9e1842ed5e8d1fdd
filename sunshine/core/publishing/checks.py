"""The automatic checks of a bundle: personal data, proofreading and secrecy marks, of texts and files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sunshine.core.people import queries as people
from sunshine.core.publishing.queries.bundles import Bundle
from sunshine.text import markup, privacy, proofread

MOST = 200
"""Findings kept of one kind and member; a text with more is not ready for a reviewer."""


def findings(held: Bundle) -> list[dict[str, Any]]:
    """Return what the checks found in a bundle, as rows for `rules.Finding`, keyed by place."""
    found: list[dict[str, Any]] = []
    register = people.offices()
    for draft in held.drafts:
        known = proofread.Knowledge(people=register, on=_day(draft.fields.get("formed_on")))
        texts = {
            "title": str(draft.fields.get("title", "")),
            "body": markup.to_text(str(draft.fields.get("body", ""))),
        }
        texts |= {f"file:{file.name}": file.blob.text for file in held.files[draft.pk]}
        for name, text in texts.items():
            found += check_text(text, prefix=f"{draft.part}.{name}", known=known)
        found += [
            _row(
                f"{draft.part}.file:{file.name}.unread",
                "privacy",
                "error",
                file.name,
                "The file could not be read",
            )
            for file in held.files[draft.pk]
            if not file.blob.is_read and file.blob.scan == "clean"
        ]
    return found


def check_text(text: str, *, prefix: str, known: proofread.Knowledge) -> list[dict[str, Any]]:
    """Return what the checks found in one text.

    :param known: the people register, and the day of the document: what it cites was in force then or not
    """
    if not text:
        return []
    return [*_personal(text, prefix), *_slips(text, prefix, known)]


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def _personal(text: str, prefix: str) -> Iterator[dict[str, Any]]:
    """Yield what is to be masked or decided on; what may stay, as an official's name, is no finding."""
    private = [each for each in privacy.find(text) if each.is_private]
    for finding in private[:MOST]:
        severity = "error" if finding.confidence >= privacy.SURE else "warning"
        place = f"{prefix}:{finding.start}-{finding.end}"
        yield _row(place, "privacy", severity, finding.text, finding.reason)


def _slips(text: str, prefix: str, known: proofread.Knowledge) -> Iterator[dict[str, Any]]:
    for finding in proofread.check(text, known)[:MOST]:
        shown = text[finding.start : min(finding.end, finding.start + 60)]
        check = "secrecy" if finding.kind == "secrecy_mark" else "proofreading"
        yield _row(f"{prefix}:{finding.start}-{finding.end}", check, finding.severity, shown, finding.reason)


def _row(key: str, check: str, severity: str, text: str, reason: str) -> dict[str, Any]:
    return {"key": f"{check}:{key}", "check": check, "severity": severity, "text": text, "reason": reason}
