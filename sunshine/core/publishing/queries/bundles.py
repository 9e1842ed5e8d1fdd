"""What a bundle contains, frozen and now: the values that the digest and the gate are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sunshine.core.matters.models import Matter
from sunshine.core.publishing import preparing, rules, storage
from sunshine.core.publishing.models import Attachment, Draft, Revision, Submission
from sunshine.core.publishing.queries import conditions
from sunshine.kernel import canonical, commitment

OF_THE_BUNDLE = frozenset({"kind", "attribute", "item", "publish_at", "attachments"})
"""Fields of a sealed version that stand in a draft's own columns, not in its fields."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """The drafts of a matter as they stand, each with its attachments."""

    drafts: tuple[Draft, ...]
    files: Mapping[int, tuple[Attachment, ...]]


def bundle(matter: Matter) -> Bundle:
    """Return the drafts of a matter in two queries."""
    drafts = tuple(
        Draft.objects.filter(matter=matter).select_related("item", "record", "matter").order_by("part")
    )
    files: dict[int, tuple[Attachment, ...]] = {draft.pk: () for draft in drafts}
    for attachment in Attachment.objects.filter(draft__in=files).select_related("blob").order_by("position"):
        files[attachment.draft_id] += (attachment,)
    return Bundle(drafts, files)


def sealed_fields(draft: Draft, files: tuple[Attachment, ...]) -> dict[str, Any]:
    """Return every field that the digest of a member covers, as JSON values."""
    return {
        **{name: value for name, value in draft.fields.items() if value not in ("", None)},
        "kind": draft.kind,
        "attribute": draft.attribute,
        "item": draft.item.code if draft.item else "",
        "publish_at": draft.publish_at.isoformat() if draft.publish_at else None,
        "attachments": [
            {
                "name": file.name,
                "sha256": file.blob.sha256,
                "size": file.blob.size,
                "media_type": file.blob.media_type,
            }
            for file in files
        ],
    }


def bundle_digest(
    held: Bundle,
    member_digests: Sequence[str],
    *,
    requirements: Mapping[str, Any],
    findings: Sequence[Mapping[str, Any]],
    at: datetime,
) -> str:
    """Return the digest that reviews are bound to: it covers every member in its order.

    It covers also what each member becomes a version of, on which ground one is kept back, which reviews
    are required and what the checks found: none of it can be changed behind a signature.

    :param at: when it was submitted
    """
    return canonical.digest(
        {
            "members": list(member_digests),
            "records": [_target(draft, at) for draft in held.drafts],
            "grounds": [
                [
                    draft.ground,
                    draft.ground_note,
                    draft.ground_until.isoformat() if draft.ground_until else "",
                ]
                for draft in held.drafts
            ],
            "requirements": dict(requirements),
            "findings": [dict(finding) for finding in findings],
        }
    )


def standing_submission(matter: Matter) -> Submission | None:
    """Return the submission that stands now, if any."""
    return Submission.objects.filter(matter=matter, voided_at=None).first()


def current_digest(held: Bundle, submission: Submission) -> str:
    """Compute the bundle's digest again from the drafts and the stored bytes as they are now.

    :raises OSError: stored bytes are missing
    :raises ValueError: stored bytes differ from their digest
    """
    digests = []
    salts = {member["draft"]: member["salts"] for member in submission.members}
    for draft in held.drafts:
        for file in held.files[draft.pk]:
            if storage.digest_of(file.blob.path) != file.blob.sha256:
                raise ValueError(file.name)
        fields = sealed_fields(draft, held.files[draft.pk])
        own = salts.get(str(draft.uuid), {})
        if set(own) != set(fields):
            return ""
        digests.append(commitment.seal(fields, own).digest)
    return bundle_digest(
        held,
        digests,
        requirements=submission.requirements,
        findings=submission.findings,
        at=submission.submitted_at,
    )


def _target(draft: Draft, at: datetime) -> str:
    """Return the record that a submission makes a new version of; one that came of it is none."""
    record = draft.record
    if record is None:
        return ""
    came_of_it = record.matter_reference == draft.matter.reference and record.published_at > at
    return "" if came_of_it else record.reference


def candidate(matter: Matter) -> rules.Candidate:
    """Return what the gate looks at, with the digest computed from the stored bytes now."""
    held = bundle(matter)
    submission = standing_submission(matter)
    checked_at = submission.submitted_at if submission else None
    members = tuple(_member(draft, held.files[draft.pk], checked_at) for draft in held.drafts)
    standing = _conditions(held)
    if submission is None:
        return rules.Candidate(members=members, authors=authors(held), conditions=standing)
    digest, problem = _digest_or_problem(held, submission)
    document = held.drafts[0] if held.drafts else None
    return rules.Candidate(
        members=members,
        frozen_digest=submission.digest,
        current_digest=digest,
        problem=problem,
        needs_interpretation=bool(submission.requirements.get("interpretation")),
        required_reviews=tuple(submission.requirements.get("reviews", ())),
        reviews=reviewed(submission),
        findings=tuple(rules.Finding(**finding) for finding in submission.findings),
        authors=authors(held),
        publish_at=document.publish_at if document else None,
        conditions=standing,
    )


def _conditions(held: Bundle) -> dict[str, bool]:
    """Return each condition that stands: met, or exempt (False).

    They are those of the decision that the document names, and whether it was itself given up.
    """
    if not held.drafts:
        return {}
    document = held.drafts[0]
    named, own = document.fields.get(preparing.FIELD), document.matter.reference
    standing = (*conditions.of(named), *conditions.of(own))
    return {each.code: bool(each.reference) for each in standing}


def gate(matter: Matter) -> tuple[rules.GateLine, ...]:
    """Return the gate's lines for a matter."""
    return rules.gate(candidate(matter))


def reviewed(submission: Submission) -> tuple[rules.Reviewed, ...]:
    """Return what was said of a submission, oldest first."""
    return tuple(
        rules.Reviewed(
            kind=review.kind,
            passed=review.passed,
            by=review.by_id,
            digest=review.digest,
            decided=frozenset(decision["key"] for decision in review.decisions),
        )
        for review in submission.reviews.all()
    )


def authors(held: Bundle) -> frozenset[int]:
    """Return the ids of everyone who wrote any revision of any member or attached a file to it."""
    rows = Revision.objects.filter(draft__in=[draft.pk for draft in held.drafts])
    writers = set(rows.values_list("author_id", flat=True).distinct())
    givers = {file.added_by_id for files in held.files.values() for file in files if file.added_by_id}
    return frozenset(writers | givers)


def _member(draft: Draft, files: tuple[Attachment, ...], checked_at: datetime | None) -> rules.Member:
    return rules.Member(
        part=draft.part,
        kind=draft.kind,
        fields=draft.fields,
        attribute=draft.attribute,
        ground=draft.ground,
        item=draft.item.code if draft.item else "",
        item_closed_on=draft.item.closed_on if draft.item else None,
        files=tuple(_file(file, checked_at) for file in files),
    )


def _file(file: Attachment, checked_at: datetime | None) -> rules.AttachedFile:
    blob = file.blob
    is_late = checked_at is not None and blob.scanned_at is not None and blob.scanned_at > checked_at
    return rules.AttachedFile(file.name, blob.sha256, blob.size, blob.scan, blob.is_read, is_late)


def _digest_or_problem(held: Bundle, submission: Submission) -> tuple[str, str]:
    try:
        return current_digest(held, submission), ""
    except (OSError, ValueError) as error:
        return "", str(error)
