"""Freezing a bundle to a digest, and what reviewers say of that digest."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from sunshine.core.matters import queries as matters
from sunshine.core.matters.models import Matter
from sunshine.core.people.models import Person
from sunshine.core.publishing import checks
from sunshine.core.publishing.models import Review, Submission
from sunshine.core.publishing.queries import bundles
from sunshine.core.publishing.rules import REVIEWERS, ReviewKind
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
        findings = checks.findings(held)
        requirements = {"reviews": list(reviews), "interpretation": interpretation}
        last = Submission.objects.filter(matter=matter).aggregate(last=Max("number"))["last"] or 0
        return Submission.objects.create(
            matter=matter,
            number=last + 1,
            digest=bundles.bundle_digest(
                held,
                [str(member["digest"]) for member in members],
                requirements=requirements,
                findings=findings,
                at=at,
            ),
            members=members,
            findings=findings,
            requirements=requirements,
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
    :raises NotAllowed: the person does not hold the role of this kind of review, or wrote part of the text
    :raises RuleBroken: the reviewer objects without a reason, or leaves findings undecided
    """
    with transaction.atomic():
        submission = Submission.objects.select_for_update().filter(matter=matter, voided_at=None).first()
        if submission is None or submission.digest != digest:
            raise errors.StaleStage(
                Reason(gettext_noop("What you reviewed is not what stands now. Read it again"))
            )
        _refuse_who_may_not(matter, kind, by, at)
        _refuse_unsound(submission, kind, passed, remark, decisions)
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


def _refuse_who_may_not(matter: Matter, kind: ReviewKind, by: Person, at: datetime) -> None:
    """Refuse who holds another reviewer's role only, and who wrote what is reviewed."""
    role = REVIEWERS[kind].name
    if role not in matters.roles(by, matter, at=at):
        raise errors.NotAllowed(
            Reason(
                gettext_noop("You do not hold the role that this act needs."), "SEC-REVIEW", mended_by=role
            )
        )
    if by.pk in bundles.authors(bundles.bundle(matter)):
        raise errors.NotAllowed(Reason(gettext_noop("Authors do not review their own text"), "SEC-REVIEW"))


def _refuse_unsound(
    submission: Submission,
    kind: ReviewKind,
    passed: bool,
    remark: str,
    decisions: Sequence[Mapping[str, Any]],
) -> None:
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
