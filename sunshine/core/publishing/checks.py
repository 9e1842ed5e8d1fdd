"""The automatic checks of a bundle: personal data, proofreading and secrecy marks, of texts and files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from sunshine.core.people import queries as people
from sunshine.core.publishing.queries import records
from sunshine.core.publishing.queries.bundles import Bundle
from sunshine.text import markup, privacy, proofread

_ADDRESS = re.compile(r"https?://[^\s<>\"'，。；、（）《》\u4e00-\u9fff]+")
_RECORD = re.compile(r"/(?:[a-z-]+/)?r/([\w-]+)")
MOST = 200
"""Findings kept of one kind and member; a text with more is not ready for a reviewer."""


def findings(held: Bundle) -> list[dict[str, Any]]:
    """Return what the checks found in a bundle, as rows for `rules.Finding`, keyed by place."""
    found: list[dict[str, Any]] = []
    register = people.offices()
    for draft in held.drafts:
        day = _day(draft.fields.get("formed_on"))
        texts = {
            "title": str(draft.fields.get("title", "")),
            "body": markup.to_text(str(draft.fields.get("body", ""))),
        }
        texts |= {f"file:{file.name}": file.blob.text for file in held.files[draft.pk]}
        leading, hosts = _addresses(texts.values())
        known = proofread.Knowledge(people=register, on=day, addresses=leading, hosts=hosts)
        acting = privacy.Context(officials=tuple(register), on=day)
        for name, text in texts.items():
            found += check_text(text, prefix=f"{draft.part}.{name}", known=known, acting=acting)
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


def check_text(
    text: str,
    *,
    prefix: str,
    known: proofread.Knowledge,
    acting: privacy.Context = privacy.NOTHING_KNOWN,
) -> list[dict[str, Any]]:
    """Return what the checks found in one text.

    :param known: the people register, and the day of the document: what it cites was in force then or not
    :param acting: who acts in office, whose names may stay
    """
    if not text:
        return []
    return [*_personal(text, prefix, acting), *_slips(text, prefix, known)]


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def _addresses(texts: Iterable[str]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the addresses of our own site in some texts that lead somewhere, and the site's host.

    Only records can be missing without anybody's knowledge; other pages of the site count as there.
    """
    host = urlsplit(settings.SITE_URL).netloc
    found = {each.rstrip(".,;:!?)") for text in texts for each in _ADDRESS.findall(text)}
    ours = {each for each in found if urlsplit(each).netloc == host}
    cited = {each: match[1] for each in ours if (match := _RECORD.match(urlsplit(each).path))}
    there = records.visible_references(list(set(cited.values()))) if cited else set()
    return frozenset(each for each in ours if each not in cited or cited[each] in there), (host,)


def _personal(text: str, prefix: str, acting: privacy.Context) -> Iterator[dict[str, Any]]:
    """Yield what is to be masked or decided on; what may stay, as an official's name, is no finding."""
    private = [each for each in privacy.find(text, acting) if each.is_private]
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
