"""The gate as a checklist: what holds, what is missing, who can mend it and where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, Protocol

from django.urls import reverse
from django.utils.translation import gettext as _

from sunshine.core.publishing import preparing
from sunshine.core.publishing import rules as publishing
from sunshine.design.parts import Check
from sunshine.doors.desk import words

REVIEWS = {kind.value for kind in publishing.ReviewKind}
MENDED_BY = {
    "attribute": "set_attribute",
    "item": "set_attribute",
    "metadata": "draft",
    "content": "draft",
    "interpretation": "draft",
    "decision": "draft",
    "frozen": "submit",
    "checked": "draft",
    "sign_off": "sign_off",
    "proofreading": "review",
    "privacy": "review",
    "confidentiality": "review",
    "legality": "review",
}
"""Check -> the act that answers it."""


class Way(Protocol):
    """An act that this officer may do now."""

    @property
    def label(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def is_plain(self) -> bool: ...


def checks(candidate: publishing.Candidate, reference: str, ways: Mapping[str, Way]) -> list[Check]:
    """Return the gate's lines for a bundle; `ways` are the acts open to the officer, by name."""
    return [
        _check(line, candidate, reference, ways)
        for line in publishing.gate(candidate)
        if _concerns(line.check.code, candidate)
    ]


def _concerns(code: str, candidate: publishing.Candidate) -> bool:
    """A review that this bundle does not need is no line of its gate; before submission all are shown."""
    if code == "decision":
        return any(preparing.required(each.kind, each.fields.get("formed_on")) for each in candidate.members)
    return code not in REVIEWS or not candidate.frozen_digest or code in candidate.required_reviews


def _check(
    line: publishing.GateLine, candidate: publishing.Candidate, reference: str, ways: Mapping[str, Way]
) -> Check:
    state = _state(line, candidate)
    way = ways.get(MENDED_BY.get(line.check.code, ""))
    url = "" if way is None or state == "met" else way.url
    if way is not None and way.is_plain:
        url = f"{reverse('desk:matter', args=[reference])}#acts" if url else ""
    return Check(
        text=_(line.check.label),
        state=state,
        who=_(line.check.who.label),
        basis=words.cited(line.check.basis),
        reasons=[words.reason(reason) for reason in line.verdict.reasons] if state == "unmet" else [],
        url=url,
        action=way.label if way and url else "",
    )


def _state(line: publishing.GateLine, candidate: publishing.Candidate) -> Literal["met", "unmet", "waiting"]:
    """A check of what was frozen waits until something is; a review waits until it is taken."""
    code = line.check.code
    if not candidate.frozen_digest and (code in REVIEWS or code == "frozen"):
        return "waiting"
    if line.verdict.holds:
        return "met"
    return "waiting" if code in REVIEWS and candidate.newest_review(code) is None else "unmet"
