"""Personal data in a text: where it stands, what it is, how sure, and how it may be masked (rulebook 14).

Structured identifiers are found by shape and proved by their check digits (`detectors`), home addresses by
their doors (`addresses`), persons by the document's own labels and by reading (`parties`). A finding whose
mask is empty may stay: an office's number, an official acting in office, an organisation's code; or it may be
a name and a reader is to look (`possible_name`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from sunshine.kernel.words import gettext_noop
from sunshine.text import addresses, detectors, exceptions, names, normal, parties, reading, script

SURE = 0.85
"""Confidence from which a finding is worth stopping a publication for."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A span of the given text: characters from `start` to before `end`; `confidence` from 0 to 1."""

    start: int
    end: int
    kind: str
    text: str
    confidence: float
    reason: str
    mask: str

    @property
    def suggestion(self) -> str:
        """Return what may stand there instead; what may stay as it is."""
        return self.mask or self.text

    @property
    def is_private(self) -> bool:
        """Return whether it is to be masked or decided on, and not merely seen."""
        return bool(self.mask)


@dataclass(frozen=True, slots=True)
class Context:
    """What the caller knows of a document: its parties, who acts in office, the office's own numbers."""

    parties: Collection[str] = ()
    officials: Collection[str] = ()
    open_numbers: Collection[str] = ()
    """Telephone numbers and addresses of the register of organisations, in digits or small letters."""

    occasion: str = ""
    """Why it is published: a key of `exceptions.EXCEPTIONS`, or nothing."""

    on: date | None = None
    """The day of publication, which decides the version of the exception."""


NOTHING_KNOWN = Context()

_NOT_DIGITS = re.compile(r"\D")
_KEPT_BY_RULE = gettext_noop("A field that this kind of notice publishes by rule: it may stay")


def find(text: str, known: Context = NOTHING_KNOWN, *, with_doubtful: bool = False) -> list[Finding]:
    """Return the personal data in a text, in the order of places; spans never overlap.

    Within the text each person has one pseudonym, and no two share one.

    :param with_doubtful: also what may be a name, for readers to look at: `possible_name`, without a mask
    """
    found = [
        each
        for begun, part in reading.parts(text)
        for each in _moved(_found_in(part, known, with_doubtful=with_doubtful), begun)
    ]
    return _excepted(text, _with_pseudonyms(found), known)


def _found_in(part: reading.Reading, known: Context, *, with_doubtful: bool) -> Iterator[Finding]:
    text = part.readable
    spans = [
        *(parties.doubtful(part, known.officials) if with_doubtful else ()),
        *detectors.spans(text),
        *addresses.spans(text),
        *parties.spans(part, known.parties, known.officials),
    ]
    return (_finding(part, each) for each in _apart(spans) if not _is_open(text, each, known))


def identifiers_in(text: str) -> list[Finding]:
    """Return the structured identifiers and addresses alone: several times quicker than `find`."""
    found: list[Finding] = []
    for begun, part in reading.parts(text):
        spans = _apart([*detectors.spans(part.readable), *addresses.spans(part.readable)])
        found += _moved((_finding(part, each) for each in spans), begun)
    return found


def _moved(found: Iterable[Finding], by: int) -> Iterable[Finding]:
    return (replace(each, start=each.start + by, end=each.end + by) for each in found) if by else found


def masked(text: str, findings: Iterable[Finding]) -> str:
    """Return the text with each finding that may not stay replaced by its mask."""
    pieces: list[str] = []
    place = 0
    for finding in sorted(findings, key=lambda each: each.start):
        if finding.is_private:
            pieces += (text[place : finding.start], finding.mask)
            place = finding.end
    return "".join([*pieces, text[place:]])


def _apart(spans: Iterable[detectors.Span]) -> Iterator[detectors.Span]:
    """Yield spans that do not overlap: the surer, then the longer one stays."""
    taken: list[detectors.Span] = []
    for span in sorted(spans, key=lambda each: (each[0], -each[3], each[0] - each[1])):
        while taken and taken[-1][1] > span[0] and _is_better(span, taken[-1]):
            taken.pop()
        if not taken or taken[-1][1] <= span[0]:
            taken.append(span)
    yield from taken


def _is_better(one: detectors.Span, other: detectors.Span) -> bool:
    return (one[3], one[1] - one[0]) > (other[3], other[1] - other[0])


def _is_open(text: str, span: detectors.Span, known: Context) -> bool:
    if not known.open_numbers or span[2] not in ("landline", "fax", "mobile", "email", "address"):
        return False
    written = text[span[0] : span[1]]
    return _NOT_DIGITS.sub("", written) in known.open_numbers or written.lower() in known.open_numbers


def _finding(part: reading.Reading, span: detectors.Span) -> Finding:
    start, end = part.folded.origin(span[0], span[1])
    return Finding(start, end, span[2], part.text[start:end], span[3], span[4], span[5])


def _with_pseudonyms(found: list[Finding]) -> list[Finding]:
    private = [each for each in found if each.kind == "person_name" and each.is_private]
    bare = {each.text: _bare(each.text) for each in private}
    shown = names.pseudonyms(bare.values())
    masks = {text: shown[name] for text, name in bare.items()}
    return [
        replace(each, mask=masks[each.text])
        if each.kind == "person_name" and each.is_private and each.mask != masks[each.text]
        else each
        for each in found
    ]


def _bare(name: str) -> str:
    return re.sub(r"\s", "", script.simplified_characters(normal.plain(name)))


def _excepted(text: str, found: list[Finding], known: Context) -> list[Finding]:
    """Return the findings, those that the occasion's rule publishes with an empty mask."""
    rule = exceptions.in_force(known.occasion, known.on)
    if rule is None:
        return found
    return [
        replace(each, mask="", reason=_KEPT_BY_RULE)
        if exceptions.keeps(rule, text, each.start, each.kind)
        else each
        for each in found
    ]
