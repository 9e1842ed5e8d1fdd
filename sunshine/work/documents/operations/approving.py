"""From the office's first look to the leader's signature."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F

from sunshine.core.people.models import Person
from sunshine.core.publishing.operations import submitting
from sunshine.core.publishing.queries import bundles
from sunshine.core.publishing.rules import ReviewKind
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.documents.models import Document
from sunshine.work.documents.operations.acting import act


def accept(matter_id: int, *, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Let a submitted bundle go on to its reviewers; without plan and material it is refused (INT-RETURN)."""
    with act(matter_id, "accept", actor=actor, at=at, seen=seen):
        pass


def return_without_interpretation(
    matter_id: int, *, reason: str, actor: Person | None, at: datetime, seen: int | None = None
) -> None:
    """Send a document back because plan or material is missing (退文); the yearly figures count it."""
    with act(
        matter_id, "return_without_interpretation", actor=actor, at=at, seen=seen, reason=reason
    ) as acting:
        submitting.void(acting.matter, at=at)
        Document.objects.filter(matter=acting.matter).update(returned=F("returned") + 1)


def send_back(matter_id: int, *, reason: str, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Send a document back to its drafters with a reason; every review of it is void."""
    with act(matter_id, "send_back", actor=actor, at=at, seen=seen, reason=reason) as acting:
        submitting.void(acting.matter, at=at)


def review(
    matter_id: int,
    *,
    kind: ReviewKind,
    digest: str,
    passed: bool,
    remark: str = "",
    decisions: Sequence[Mapping[str, Any]] = (),
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Say of the digest one has read that it passes one kind of review, or why not."""
    facts = {"review": kind.value, "digest": digest, "passed": passed, "remark": remark}
    with act(matter_id, "review", actor=actor, at=at, seen=seen, **facts) as acting:
        submitting.review(
            acting.matter,
            kind,
            digest=digest,
            passed=passed,
            remark=remark,
            decisions=decisions,
            by=actor,
            at=at,
        )


def pass_on(matter_id: int, *, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Lay a reviewed bundle before the leader."""
    with act(matter_id, "pass_on", actor=actor, at=at, seen=seen):
        pass


def sign_off(
    matter_id: int, *, digest: str, remark: str = "", actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Sign the exact bundle, document and interpretation together (同步审签)."""
    with act(matter_id, "sign_off", actor=actor, at=at, seen=seen, digest=digest) as acting:
        submission = bundles.standing_submission(acting.matter)
        if submission is None:
            raise errors.StaleStage(Reason(gettext_noop("The document has not been submitted")))
        submitting.review(
            acting.matter, ReviewKind.SIGN_OFF, digest=digest, passed=True, remark=remark, by=actor, at=at
        )


def file(matter_id: int, *, actor: Person, at: datetime, seen: int | None = None) -> None:
    """File an approved document that is not for proactive disclosure; its attribute stays with it."""
    with act(matter_id, "file", actor=actor, at=at, seen=seen):
        pass
