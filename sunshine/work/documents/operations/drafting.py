"""From an empty page to a submitted bundle."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from sunshine.core.matters import operations as matters
from sunshine.core.matters import queries as matters_queries
from sunshine.core.matters.models import Matter
from sunshine.core.people import rules as people
from sunshine.core.people.models import Department, Person
from sunshine.core.publishing.models import Attachment, DirectoryItem, Draft, Submission
from sunshine.core.publishing.operations import drafts, files, submitting
from sunshine.core.publishing.queries import drafts as draft_queries
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.documents import queries, rules
from sunshine.work.documents.models import Document
from sunshine.work.documents.operations.acting import act


def open_document(
    *,
    kind: str,
    title: str,
    department: Department,
    officer: Person,
    at: datetime,
    fields: Mapping[str, Any] | None = None,
) -> Document:
    """Begin a document in the officer's department; it needs a title, everything else may follow.

    :raises RuleBroken: no title, or a kind that is not on the list
    """
    if kind not in {known.code for known in rules.KINDS}:
        raise errors.RuleBroken(Reason(gettext_noop("Choose the kind of document"), field="kind"))
    if not title.strip():
        raise errors.RuleBroken(Reason(gettext_noop("Give the document a title"), field="title"))
    with transaction.atomic():
        matter = matters.open_matter(
            kind=rules.KIND, letter="D", title=title.strip(), department=department, officer=officer, at=at
        )
        document = Document.objects.create(matter=matter, kind=kind)
        begun = {"department": department.name, **(fields or {}), "title": title.strip()}
        drafts.create(matter, kind=kind, fields=_normal(begun), author=officer, at=at)
    return document


def write(
    matter_id: int,
    *,
    part: int,
    fields: Mapping[str, Any],
    revision: int,
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> Draft:
    """Save what an author wrote in one part of the bundle.

    :raises StaleStage: somebody else saved in between
    """
    with act(matter_id, "draft", actor=actor, at=at, seen=seen) as acting:
        draft = draft_queries.draft(acting.matter, part)
        draft = drafts.save(draft.pk, fields=_normal(fields), seen=revision, author=actor, at=at)
        if part == 0 and draft.fields.get("title"):
            acting.matter.title = draft.fields["title"][:300]
        acting.facts |= {"part": part, "revision": draft.revision}
    return draft


def autosave(
    matter_id: int, *, part: int, fields: Mapping[str, Any], revision: int, actor: Person, at: datetime
) -> None:
    """Keep what is typed and not saved yet, for this author alone.

    :raises NotAllowed: the person may not draft in this matter
    """
    matter = Matter.objects.get(pk=matter_id)
    if people.DRAFTER.name not in matters_queries.roles(actor, matter, at=at):
        raise errors.NotAllowed(Reason(gettext_noop("You do not hold the role that this act needs.")))
    draft = draft_queries.draft(matter, part)
    # as typed: a number half written is no mistake yet
    drafts.autosave(draft.pk, fields=dict(fields), seen=revision, author=actor, at=at)


def set_attribute(
    matter_id: int,
    *,
    attribute: str,
    ground: str = "",
    ground_note: str = "",
    ground_until: date | None = None,
    item: DirectoryItem | None = None,
    publish_at: datetime | None = None,
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Fix the openness attribute of the whole bundle, its place in the directory and its time of publication.

    :raises RuleBroken: an unknown attribute, or "not public" without a ground of the dated list (ATTR-3)
    """
    facts = {"attribute": attribute, "ground": ground, "ground_until": ground_until}
    with act(matter_id, "set_attribute", actor=actor, at=at, seen=seen, **facts) as acting:
        Draft.objects.filter(matter=acting.matter).update(
            attribute=attribute,
            ground=ground,
            ground_note=ground_note,
            ground_until=ground_until,
            item=item,
            publish_at=publish_at,
        )
        acting.facts |= {
            "item": item.code if item else "",
            "ground_until": ground_until.isoformat() if ground_until else None,
            "publish_at": publish_at.isoformat() if publish_at else None,
        }


def add_interpretation(
    matter_id: int,
    *,
    title: str,
    fields: Mapping[str, Any],
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> Draft:
    """Begin an interpretation material that travels with the document (INT-3SYNC)."""
    with act(matter_id, "draft", actor=actor, at=at, seen=seen) as acting:
        main = draft_queries.draft(acting.matter, 0)
        begun = {"department": main.fields.get("department", ""), **fields, "title": title}
        draft = drafts.create(
            acting.matter, kind="interpretation", fields=_normal(begun), author=actor, at=at
        )
        Draft.objects.filter(pk=draft.pk).update(
            attribute=main.attribute,
            ground=main.ground,
            ground_note=main.ground_note,
            ground_until=main.ground_until,
            item=main.item,
            publish_at=main.publish_at,
        )
        acting.facts |= {"part": draft.part}
    return draft


def remove_interpretation(
    matter_id: int, *, part: int, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Take an interpretation material out of the bundle again."""
    with act(matter_id, "draft", actor=actor, at=at, seen=seen) as acting:
        drafts.remove_part(draft_queries.draft(acting.matter, part).pk)
        acting.facts |= {"removed_part": part}


def attach(
    matter_id: int, *, part: int, name: str, data: bytes, actor: Person, at: datetime, seen: int | None = None
) -> Attachment:
    """Put a file with a part of the bundle; it waits for the virus check."""
    with act(matter_id, "draft", actor=actor, at=at, seen=seen) as acting:
        draft = draft_queries.draft(acting.matter, part)
        attachment = files.attach(draft.pk, name=name, data=data, added_by=actor, at=at)
        acting.facts |= {"part": part, "attachment": attachment.pk}  # no name: no erasure reaches the ledger
    return attachment


def detach(
    matter_id: int, *, attachment_id: int, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Take a file away from the bundle."""
    with act(matter_id, "draft", actor=actor, at=at, seen=seen) as acting:
        attachment = draft_queries.attachment(acting.matter, attachment_id)
        acting.facts |= {"part": attachment.draft.part, "removed_attachment": attachment.pk}
        files.detach(attachment.pk)


def submit(matter_id: int, *, actor: Person, at: datetime, seen: int | None = None) -> Submission:
    """Freeze the bundle and send it to the office; nothing leaves drafting without an attribute."""
    with act(matter_id, "submit", actor=actor, at=at, seen=seen) as acting:
        _state_validity(acting.matter, actor, at)
        submission = _freeze(acting.matter, actor, at)
        acting.facts |= {"digest": submission.digest}
    return submission


def _state_validity(matter: Matter, actor: Person, at: datetime) -> None:
    """Write into the text's head how long it is in force where the law says so and the draft does not."""
    main = draft_queries.draft(matter, 0)
    effective_from, valid_until = (_day(main.fields.get(name)) for name in ("effective_from", "valid_until"))
    last = rules.last_valid_day(main.kind, effective_from, valid_until)
    if last is not None and last != valid_until:
        drafts.save(
            main.pk, fields={"valid_until": last.isoformat()}, seen=main.revision, author=actor, at=at
        )


def _freeze(matter: Matter, actor: Person, at: datetime) -> Submission:
    document = Document.objects.get(matter=matter)
    asked = queries.situation(matter)
    return submitting.submit(
        matter,
        reviews=[review.code for review in rules.required_reviews(document.kind, str(asked["attribute"]))]
        + [rules.SIGN_OFF.code],
        interpretation=bool(asked["needs_interpretation"]),
        submitted_by=actor,
        at=at,
    )


def abandon(matter_id: int, *, reason: str, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Give a draft up; it stays in the ledger with its reason."""
    with act(matter_id, "abandon", actor=actor, at=at, seen=seen, reason=reason):
        pass


def drop_correction(
    matter_id: int, *, reason: str, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Give a correction up; the version that is public stands, and the drafts say again what it says."""
    with act(matter_id, "drop_correction", actor=actor, at=at, seen=seen, reason=reason) as acting:
        drafts.restore_published(acting.matter, author=actor, at=at)
        title = draft_queries.draft(acting.matter, 0).fields.get("title")
        acting.matter.title = title[:300] if title else acting.matter.title


def hand_over(
    matter_id: int, *, officer: Person, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Give the document to another officer."""
    with act(matter_id, "hand_over", actor=actor, at=at, seen=seen, officer=officer.name) as acting:
        acting.matter.officer = officer


def _normal(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return fields with the document number in its standard brackets (DOC-NO)."""
    number = fields.get("number")
    if not number:
        return dict(fields)
    normal, slips = rules.document_number(str(number))
    if not normal:
        raise errors.RuleBroken(*slips.reasons)
    return {**fields, "number": normal}


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None
