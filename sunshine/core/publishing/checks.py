"""The automatic checks of a bundle: personal data, proofreading and secrecy marks, of texts and files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from sunshine.core.people import queries as people
from sunshine.core.publishing import own_words, rules
from sunshine.core.publishing.models import Attachment
from sunshine.core.publishing.queries import records
from sunshine.core.publishing.queries.bundles import Bundle, sealed_fields
from sunshine.kernel.words import gettext_noop
from sunshine.text import markup, parties, privacy, proofread

MOST = 200
"""Errors and warnings kept of one kind and text; where there are more, a finding of its own says so."""

SEVERITIES = ("error", "warning", "hint")
"""The gravest first."""

MOST_HINTS = 30
"""Mere hints kept of one text; those beyond are left out without a word, for nobody must decide on them."""

UNREAD = gettext_noop("The file could not be read")
PARTLY_READ = gettext_noop("Only part of the file was read")
MORE_HINTS = gettext_noop("There are more hints than are listed here")
MORE_ERRORS = gettext_noop("There are more errors than are listed here; the text is not ready for a reviewer")

_NO_WORDS = frozenset(
    {
        "kind",
        "attribute",
        "item",
        "publish_at",
        "attachments.sha256",
        "attachments.media_type",
        "imported.sha256",
        "imported.at",
    }
)
"""Places of sealed fields at which nobody writes words; a digest may look like a person's number."""
_PLACE_IN_A_LIST = re.compile(r"\.\d+")
_A_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ADDRESS = re.compile(r"https?://[^\s<>\"'，。；、（）《》\u4e00-\u9fff]+")
_RECORD = re.compile(r"/(?:[a-z-]+/)?r/([\w-]+)")


def findings(held: Bundle) -> list[dict[str, Any]]:
    """Return what the checks found in a bundle, as rows for `rules.Finding`, keyed by place."""
    found: list[dict[str, Any]] = []
    register, lists = people.offices(), own_words.lists()
    for draft in held.drafts:
        files = held.files[draft.pk]
        said = texts(sealed_fields(draft, files)) | {f"file:{file.name}": file.blob.text for file in files}
        day = _day(draft.fields.get("formed_on"))
        leading, hosts = _addresses(said.values())
        known = proofread.Knowledge(
            people=register,
            words=lists.words,
            short_names=lists.short_names,
            on=day,
            addresses=leading,
            hosts=hosts,
        )
        acting = privacy.Context(officials=tuple(register), on=day)
        for name, text in said.items():
            found += check_text(text, prefix=f"{draft.part}.{name}", known=known, acting=acting)
        found += [
            _row(
                f"{draft.part}.file:{file.name}.unread",
                "privacy",
                "error",
                file.name,
                PARTLY_READ if file.blob.text else UNREAD,
            )
            for file in files
            if not file.blob.is_read and file.blob.scan == "clean"
        ]
        found += [row for file in files for row in _unseen(file, draft.part)]
    return found


def _unseen(file: Attachment, part: int) -> Iterator[dict[str, Any]]:
    """Yield whom a file's properties, comments and tracked changes name; it is published as it is."""
    for number, each in enumerate(file.blob.names):
        place = f"{part}.file:{file.name}.{each['kind']}.{number}"
        yield _row(place, "privacy", "warning", each["text"], each["reason"])


def texts(fields: Mapping[str, Any]) -> dict[str, str]:
    """Return every text of sealed fields by its place, such as `coverage.aims`; a body without its markup."""
    return dict(_texts(fields, ""))


def _texts(value: object, place: str) -> Iterator[tuple[str, str]]:
    if _PLACE_IN_A_LIST.sub("", place) in _NO_WORDS:
        return
    if isinstance(value, str):
        text = markup.to_text(value) if place == "body" else value
        if text and not _A_DAY.fullmatch(text):
            yield place, text
    elif isinstance(value, Mapping):
        for name, each in value.items():
            yield from _texts(each, f"{place}.{name}" if place else str(name))
    elif isinstance(value, (list, tuple)):
        for number, each in enumerate(value):
            yield from _texts(each, f"{place}.{number}")


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
    return [*_most(_personal(text, prefix, acting), prefix), *_most(_slips(text, prefix, known), prefix)]


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def _most(rows: Iterator[dict[str, Any]], prefix: str) -> list[dict[str, Any]]:
    """Return so many findings as a person can decide, the errors first; say it where some are left out."""
    every = sorted(rows, key=lambda row: (row["check"] != "secrecy", SEVERITIES.index(row["severity"])))
    found = [row for row in every if row["severity"] != "hint"]
    hints = [row for row in every if row["severity"] == "hint"][:MOST_HINTS]
    left = found[MOST:]
    if not left:
        return [*found, *hints]
    # Hints need no decision, so a person may answer for those not listed; for errors nobody can.
    are_errors = left[0]["severity"] == "error"
    check, reason = (rules.CUT, MORE_ERRORS) if are_errors else (left[0]["check"], MORE_HINTS)
    more = _row(f"{prefix}.{found[0]['check']}:more", check, "error", f"{MOST} / {len(found)}", reason)
    return [more, *found[:MOST], *hints]


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
    """Yield what is to be masked or looked at; what may stay, as an official's name, is no finding."""
    for finding in privacy.find(text, acting, with_doubtful=True):
        is_doubtful = finding.kind == parties.POSSIBLE_NAME
        if finding.is_private or is_doubtful:
            severity = "hint" if is_doubtful else "error" if finding.confidence >= privacy.SURE else "warning"
            place = f"{prefix}:{finding.start}-{finding.end}"
            yield _row(place, "privacy", severity, finding.text, finding.reason)


def _slips(text: str, prefix: str, known: proofread.Knowledge) -> Iterator[dict[str, Any]]:
    for finding in proofread.check(text, known):
        shown = text[finding.start : min(finding.end, finding.start + 60)]
        check = "secrecy" if finding.kind == "secrecy_mark" else "proofreading"
        yield _row(f"{prefix}:{finding.start}-{finding.end}", check, finding.severity, shown, finding.reason)


def _row(key: str, check: str, severity: str, text: str, reason: str) -> dict[str, Any]:
    return {"key": f"{check}:{key}", "check": check, "severity": severity, "text": text, "reason": reason}
