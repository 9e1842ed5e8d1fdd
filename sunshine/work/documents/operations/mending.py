"""After publication or approval: corrections, withdrawals, repeals, and attributes lowered by two people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from sunshine.core.ledger import queries as ledger
from sunshine.core.matters import queries as matters_queries
from sunshine.core.people import queries as people
from sunshine.core.people.models import Department, Person
from sunshine.core.publishing.models import Draft, Record
from sunshine.core.publishing.operations import drafts, mending, submitting
from sunshine.core.publishing.queries import records
from sunshine.kernel import errors, period
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.documents import rules
from sunshine.work.documents.models import Document
from sunshine.work.documents.operations import drafting
from sunshine.work.documents.operations.acting import act


def correct(matter_id: int, *, reason: str, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Open a published document for a new version; what is public stays until that passes the gate.

    It keeps its date of forming; when it was changed is today, until its drafters say another day.
    """
    with act(matter_id, "correct", actor=actor, at=at, seen=seen, reason=reason) as acting:
        submitting.void(acting.matter, at=at)
        draft = Draft.objects.get(matter=acting.matter, part=0)
        changed = {"changed_on": period.day_of(at).isoformat()}
        drafts.save(draft.pk, fields=changed, seen=draft.revision, author=actor, at=at)


def propose_withdrawal(
    matter_id: int, *, ground: str, reason: str, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Propose to take a published document from public view; another person decides."""
    with act(matter_id, "propose_withdrawal", actor=actor, at=at, seen=seen, ground=ground, reason=reason):
        pass


def withdraw(
    matter_id: int, *, ground: str, reason: str, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Withdraw every record of the bundle; each address answers 410 from now on."""
    with act(matter_id, "withdraw", actor=actor, at=at, seen=seen, ground=ground, reason=reason) as acting:
        _take_down(acting.matter.reference, ground, reason, actor, at)


def repeal(
    matter_id: int, *, on: date, reason: str, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Mark the published document as repealed from a day on; its page stays and says so."""
    with act(matter_id, "repeal", actor=actor, at=at, seen=seen, on=on, reason=reason) as acting:
        acting.facts["on"] = on.isoformat()
        for record in _live_records(acting.matter.reference):
            if record.main_id is None:
                mending.repeal(record.pk, on=on, reason=reason, actor=actor, at=at)


def propose_lower_attribute(
    matter_id: int,
    *,
    attribute: str,
    ground: str,
    ground_until: date | None = None,
    reason: str,
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Propose to make a document less open than it was marked; a second person decides (ATTR-CHANGE)."""
    facts = {"attribute": attribute, "ground": ground, "ground_until": ground_until, "reason": reason}
    with act(matter_id, "lower_attribute_propose", actor=actor, at=at, seen=seen, **facts) as acting:
        acting.facts["ground_until"] = ground_until.isoformat() if ground_until else None
        Document.objects.filter(matter=acting.matter).update(
            proposed_attribute=attribute, proposed_ground=ground, proposed_ground_until=ground_until
        )


def lower_attribute(
    matter_id: int, *, reason: str, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Lower the attribute that another person proposed to lower, and withdraw its records.

    A draft that came back stays with its drafters; of what was never public there is nothing to withdraw.
    """
    document = Document.objects.select_related("matter").get(matter_id=matter_id)
    name = "lower_attribute_in_draft" if document.matter.stage == rules.DRAFTING.name else "lower_attribute"
    attribute, ground = document.proposed_attribute, document.proposed_ground
    until = document.proposed_ground_until
    facts = {"attribute": attribute, "ground": ground, "ground_until": until, "reason": reason}
    with act(matter_id, name, actor=actor, at=at, seen=seen, **facts) as acting:
        acting.facts["ground_until"] = until.isoformat() if until else None
        Draft.objects.filter(matter=acting.matter).update(
            attribute=attribute, ground=ground, ground_until=until
        )
        Document.objects.filter(matter=acting.matter).update(
            proposed_attribute="", proposed_ground="", proposed_ground_until=None
        )
        submitting.void(acting.matter, at=at)
        _take_down(acting.matter.reference, ground, reason, actor, at)
        acting.public |= {"attribute": attribute, "ground": ground}


def take_up(reference: str, *, department: Department, actor: Person, at: datetime) -> Document:
    """Give a record of the former site a matter, so that it can be corrected, withdrawn, repealed or erased.

    :raises NotFound: there is no such visible record
    :raises StaleStage: a matter keeps it already
    :raises RuleBroken: it did not come from the former site
    """
    with transaction.atomic():
        record = records.visible().select_for_update().filter(reference=reference).first()
        if record is None:
            raise errors.NotFound(Reason(gettext_noop("There is no such record"), field="reference"))
        if record.matter_reference:
            raise errors.StaleStage(
                Reason(
                    gettext_noop("The matter %(matter)s keeps this record already"),
                    field="reference",
                    params={"matter": record.matter_reference},
                )
            )
        document = drafting.open_document(
            kind=record.kind, title=record.title, department=department, officer=actor, at=at
        )
        drafts.take_over(document.matter, record, author=actor, at=at)
        with act(document.matter_id, "take_up", actor=actor, at=at, seen=None) as acting:
            acting.facts["record"] = record.reference
    return document


def propose_erasure(
    matter_id: int, *, parts: Sequence[str], reason: str, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Propose to erase personal data from what was published; another person decides (PII-ERASE)."""
    with act(matter_id, "propose_erasure", actor=actor, at=at, seen=seen, parts=list(parts), reason=reason):
        pass


def erase(matter_id: int, *, reason: str, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Erase for ever what another person proposed to erase; the log goes on verifying (PII-ERASE)."""
    with act(matter_id, "erase", actor=actor, at=at, seen=seen, reason=reason) as acting:
        kind = f"{acting.matter.kind}.propose_erasure"
        proposal = next(
            entry for entry in reversed(ledger.timeline(acting.matter.reference)) if entry.kind == kind
        )
        assert proposal.actor is not None  # noqa: S101  # only people propose; the procedure says so
        for (reference, version), names in _by_version(proposal.facts["parts"]).items():
            mending.erase(
                reference,
                version=version,
                names=names,
                ground=reason,
                proposed_by=proposal.actor,
                decided_by=actor,
                at=at,
            )
        acting.matter.refresh_from_db(fields=["title"])  # an erased one must not be written back


def _by_version(parts: Sequence[str]) -> dict[tuple[str, int], list[str]]:
    """Return the names of the fields by (reference, version) of what is written record/version/field."""
    grouped: dict[tuple[str, int], list[str]] = {}
    for part in parts:
        reference, version, name = part.split("/")
        grouped.setdefault((reference, int(version)), []).append(name)
    return grouped


def open_up(matter_id: int, *, reason: str, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Take a filed document up again: what stayed closed may be public now (PRO-DYNAMIC).

    What was public before and was taken down gets addresses of its own: a withdrawn one is never reused.
    """
    with act(matter_id, "open_up", actor=actor, at=at, seen=seen, reason=reason) as acting:
        submitting.void(acting.matter, at=at)
        taken_down = Draft.objects.filter(matter=acting.matter, record__withdrawn_at__isnull=False)
        taken_down.update(record=None)


def _take_down(matter_reference: str, ground: str, reason: str, actor: Person, at: datetime) -> None:
    posts = people.posts_of(actor, on=at.astimezone(matters_queries.BUREAU_TIME).date())
    decided_by = str(posts[0]) if posts else ""
    for record in _live_records(matter_reference):
        mending.withdraw(record.pk, ground=ground, reason=reason, decided_by=decided_by, actor=actor, at=at)


def _live_records(matter_reference: str) -> list[Record]:
    return list(records.visible().filter(matter_reference=matter_reference).order_by("-id"))
