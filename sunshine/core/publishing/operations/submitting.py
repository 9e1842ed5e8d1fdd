"""Freezing a bundle to a digest, and what reviewers say of that digest."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from sunshine.core.matters.models import Matter
from sunshine.core.people.models import Person
from sunshine.core.publishing import checks
from sunshine.core.publishing.models import Review, Submission
from sunshine.core.publishing.queries import bundles
from sunshine.core.publishing.rules import ReviewKind
from sunshine.kernel import commitment, errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop


def submit(
    matter: Matter, *, reviews: Sequence[str], interpretation: bool, submitted_by: Person | None, at: datetime
) -> Submission:
    """Freeze the matter's bundle: seal every field of every member and run the automatic checks.

    `reviews` are the kinds of review this bundle needs, `interpretation` whether it must travel with
    plan and material. An earlier submission is voided, and with it every review of its digest.
    """
    with transaction.atomic():
        void(matter, at=at)
        held = bundles.bundle(matter)
        members = []
        for draft in held.drafts:
            fields = bundles.sealed_fields(draft, held.files[draft.pk])
            salts = {name: secrets.token_hex(16) for name in fields}
            sealed = commitment.seal(fields, salts)
            members.append(
                {"draft": str(draft.uuid), "part": draft.part, "salts": salts, "digest": sealed.digest}
            )
        last = Submission.objects.filter(matter=matter).aggregate(last=Max("number"))["last"] or 0
        return Submission.objects.create(
            matter=matter,
            number=last + 1,
            digest=bundles.bundle_digest([str(member["digest"]) for member in members]),
            members=members,
            findings=checks.findings(held),
            requirements={"reviews": list(reviews), "interpretation": interpretation},
            submitted_by=submitted_by,
            submitted_at=at,
        )


def void(matter: Matter, *, at: datetime) -> None:
    """Let the standing submission stand no longer; its reviews go with it."""
    Submission.objects.filter(matter=matter, voided_at=None).update(voided_at=at)


def review(
    matter: Matter,
    kind: ReviewKind,
    *,
    digest: str,
    passed: bool,
    remark: str = "",
    decisions: Sequence[Mapping[str, Any]] = (),
    by: Person,
    at: datetime,
) -> Review:
    """Say of one digest that it passes a kind of review, or why not.

    :raises StaleStage: the digest the reviewer read is not the one that stands now
    :raises RuleBroken: the reviewer wrote part of it, objects without a reason, or leaves findings undecided
    """
    with transaction.atomic():
        submission = Submission.objects.select_for_update().filter(matter=matter, voided_at=None).first()
        if submission is None or submission.digest != digest:
            raise errors.StaleStage(
                Reason(gettext_noop("What you reviewed is not what stands now. Read it again"))
            )
        _refuse_unsound(matter, submission, kind, passed, remark, decisions, by)
        return Review.objects.create(
            submission=submission,
            kind=kind.value,
            passed=passed,
            by=by,
            at=at,
            remark=remark,
            decisions=[dict(decision) for decision in decisions],
            digest=digest,
        )


def _refuse_unsound(
    matter: Matter,
    submission: Submission,
    kind: ReviewKind,
    passed: bool,
    remark: str,
    decisions: Sequence[Mapping[str, Any]],
    by: Person,
) -> None:
    if by.pk in bundles.authors(bundles.bundle(matter)):
        raise errors.NotAllowed(Reason(gettext_noop("Authors do not review their own text"), "SEC-REVIEW"))
    if not passed and not remark.strip():
        raise errors.RuleBroken(Reason(gettext_noop("An objection needs a reason"), field="remark"))
    decided = {decision["key"] for decision in decisions if decision.get("decision")}
    asked = {
        finding["key"]
        for finding in submission.findings
        if finding["check"] == kind and finding["severity"] == "error"
    }
    if passed and asked - decided:
        raise errors.RuleBroken(
            Reason(
                gettext_noop("%(count)d findings are undecided"),
                basis="PII-GATE",
                field="decisions",
                params={"count": len(asked - decided)},
            )
        )
