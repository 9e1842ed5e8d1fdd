"""Taking over what a former site published: what passes the automatic checks becomes public, the rest waits.

Nobody's review is claimed for any of it. A file is known again by where it came from and by its bytes, so
a second run changes nothing and a run that was cut off goes on where it ended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import PurePosixPath

from django.db import transaction
from django.db.models import F

from sunshine.core.matters import operations as matters
from sunshine.core.matters import queries as matters_queries
from sunshine.core.people import rules as people
from sunshine.core.people.models import Department, Person
from sunshine.core.publishing import names
from sunshine.core.publishing import rules as publishing
from sunshine.core.publishing.models import Attachment, Blob, DirectoryItem, Draft, Record, RecordVersion
from sunshine.core.publishing.operations import directory as publishing_directory
from sunshine.core.publishing.operations import drafts, files
from sunshine.core.publishing.operations import importing as publishing_imports
from sunshine.core.publishing.operations.importing import Import
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.documents import rules
from sunshine.work.documents.models import Document
from sunshine.work.documents.operations import drafting
from sunshine.work.documents.reading.reader import Reading

MOST_FINDINGS_TOLD = 12
LABELS = {review.code: review.label for review in rules.REVIEWS}

FOUND = gettext_noop("%(check)s: “%(text)s” — %(why)s")
MORE = gettext_noop("… and %(count)d findings more")
NO_ITEM = gettext_noop("The directory has no open item “%(item)s”")
WITHDRAWN = gettext_noop("It was published and withdrawn; a withdrawn address is never reused")
WORKED_ON = gettext_noop("It changed, but officers have worked on it here since: compare by hand")
NO_DRAFTER = gettext_noop("It changed, but who holds its draft may not write in it: hand it to a drafter")
CHANGED = gettext_noop("It changed; the draft that waits has the new text")


class Became(StrEnum):
    """What became of a file."""

    PUBLISHED = "published"
    NEW_VERSION = "new version"
    UNCHANGED = "unchanged"
    WAITS = "waits"
    NOT_READ = "not read"
    LEFT = "left as it is"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: the record or the matter it is now, and why it is not public."""

    name: str
    became: Became
    reference: str = ""
    title: str = ""
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What a former run made of a file: a record, or a draft that waits (or has waited).

    A record that officers have taken up is theirs: no import changes it any more.
    """

    sha256: str
    reference: str
    record: int | None = None
    matter: int | None = None
    is_withdrawn: bool = False
    is_untouched: bool = False
    is_taken_up: bool = False


@dataclass(frozen=True, slots=True)
class Into:
    """Where the documents go: whose they are, under which items, on whose worklist the rest waits.

    `items` finds an item by code and by subject; `item` is for files whose table names none.
    """

    officer: Person
    department: Department
    issuer: str
    items: Mapping[str, DirectoryItem]
    item: DirectoryItem | None
    kind: str = ""


def known(origins: Iterable[str]) -> dict[str, Known]:
    """Return what former runs made of files, by where these came from."""
    wanted = list(origins)
    found = {}
    # Both indexes leave out what came from nowhere; SQLite uses one only when the question says so too.
    documents = Document.objects.filter(imported_from__in=wanted).exclude(imported_from="")
    waiting = Draft.objects.filter(part=0, matter__in=documents.values("matter")).select_related("matter")
    for draft in waiting.order_by("id"):
        told = draft.fields["imported"]
        is_untouched = draft.revision == told["revision"] and draft.matter.stage == rules.DRAFTING.name
        found[told["origin"]] = Known(
            told["sha256"], draft.matter.reference, matter=draft.matter_id, is_untouched=is_untouched
        )
    imported = Record.objects.filter(imported_from__in=wanted).exclude(imported_from="")
    rows = RecordVersion.objects.filter(record__in=imported, number=F("record__version"))
    for origin, sha256, reference, record, withdrawn_at, matter_reference in rows.values_list(
        "record__imported_from",
        "sealed__fields__imported__value__sha256",
        "record__reference",
        "record_id",
        "record__withdrawn_at",
        "record__matter_reference",
    ):
        waits = found.get(origin)
        if matter_reference or waits is None or waits.sha256 == sha256:
            found[origin] = Known(
                sha256,
                reference,
                record,
                is_withdrawn=withdrawn_at is not None,
                is_taken_up=bool(matter_reference),
            )
        elif not waits.is_untouched:
            found[origin] = Known(waits.sha256, waits.reference, record, waits.matter)
    return found


def take_over(
    readings: Sequence[Reading], *, into: Into, at: datetime, say: Callable[[Reason], str]
) -> list[Outcome]:
    """Publish what passes and let the rest wait, all of it in one instant; return what became of each.

    :param say: words a reason for the entry that the officers read
    """
    with transaction.atomic():
        before = known(reading.origin for reading in readings)
        outcomes: list[Outcome] = []
        passing: list[tuple[Reading, Import]] = []
        for reading in readings:
            earlier = before.get(reading.origin)
            settled = _settled(reading, earlier)
            if settled is not None:
                outcomes.append(settled)
                continue
            blobs = _kept(reading, at)
            item, reasons = _judge(reading, into, blobs)
            if reasons or item is None or (earlier is not None and earlier.matter is not None):
                outcomes.append(_hold(reading, reasons, item, blobs, earlier, into=into, at=at, say=say))
            else:
                passing.append((reading, _import(reading, item, blobs, earlier, into)))
        outcomes += _publish(passing, into.officer, at)
    return outcomes


def _settled(reading: Reading, earlier: Known | None) -> Outcome | None:
    """Return the outcome of what needs no further look."""
    if reading.problem is not None:
        return Outcome(reading.name, Became.NOT_READ, reasons=(reading.problem,))
    if earlier is None:
        return None
    if earlier.sha256 == reading.sha256:
        return Outcome(reading.name, Became.UNCHANGED, earlier.reference, reading.title)
    if earlier.is_withdrawn:
        return Outcome(reading.name, Became.LEFT, earlier.reference, reading.title, (Reason(WITHDRAWN),))
    if earlier.is_taken_up or (earlier.matter is not None and not earlier.is_untouched):
        return Outcome(reading.name, Became.LEFT, earlier.reference, reading.title, (Reason(WORKED_ON),))
    return None


def _kept(reading: Reading, at: datetime) -> tuple[tuple[str, Blob], ...]:
    """Keep the original of a Word or PDF file, checked for viruses; its text alone is not the document."""
    if not reading.original:
        return ()
    name = names.safe_name(PurePosixPath(reading.name).name)
    blob = files.keep_any(name, reading.original)
    return ((name, files.scan(blob.sha256, at=at)),)


def _judge(
    reading: Reading, into: Into, blobs: tuple[tuple[str, Blob], ...]
) -> tuple[DirectoryItem | None, tuple[Reason, ...]]:
    """Ask the gate's automatic checks and what they found; return the item and the reasons to wait."""
    item = into.items.get(reading.item) if reading.item else into.item
    unknown = (Reason(NO_ITEM, params={"item": reading.item}),) if reading.item and item is None else ()
    candidate = publishing.Candidate(
        members=(
            publishing.Member(
                part=0,
                kind=into.kind or reading.kind,
                fields=_fields(reading, into),
                attribute=publishing.Attribute.PROACTIVE,
                ground="",
                item=item.code if item else "",
                item_closed_on=item.closed_on if item else None,
                files=tuple(
                    publishing.AttachedFile(name, blob.sha256, blob.size, blob.scan, blob.is_read)
                    for name, blob in blobs
                ),
            ),
        ),
        frozen_digest=reading.sha256,
        current_digest=reading.sha256,
        findings=tuple(publishing.Finding(**finding) for finding in reading.findings),
    )
    automatic = tuple(line for line in publishing.gate(candidate) if line.check.code in publishing.AUTOMATIC)
    return item, (*unknown, *reading.slips, *publishing.passes(automatic).reasons, *_findings(candidate))


def _findings(candidate: publishing.Candidate) -> tuple[Reason, ...]:
    """Return the findings that a person must decide; the gate itself refuses the others."""
    by_the_gate = {"secrecy", publishing.CUT}
    errors = [
        each for each in candidate.findings if each.severity == "error" and each.check not in by_the_gate
    ]
    told = tuple(
        Reason(
            FOUND,
            params={"check": LABELS.get(each.check, each.check), "text": each.text[:40], "why": each.reason},
        )
        for each in errors[:MOST_FINDINGS_TOLD]
    )
    more = len(errors) - len(told)
    return (*told, Reason(MORE, params={"count": more})) if more else told


def _fields(reading: Reading, into: Into) -> dict[str, object]:
    """Return the fields of a document; what nobody else issued, the bureau did where it was told so."""
    return {"department": into.issuer, **reading.fields} if into.issuer else dict(reading.fields)


def _import(
    reading: Reading,
    item: DirectoryItem,
    blobs: tuple[tuple[str, Blob], ...],
    earlier: Known | None,
    into: Into,
) -> Import:
    return Import(
        kind=into.kind or reading.kind,
        item=item,
        fields=_fields(reading, into),
        files=blobs,
        origin=reading.origin,
        sha256=reading.sha256,
        record=earlier.record if earlier else None,
    )


def _publish(passing: Sequence[tuple[Reading, Import]], actor: Person, at: datetime) -> list[Outcome]:
    records = publishing_imports.publish_imported([each for _reading, each in passing], actor=actor, at=at)
    return [
        Outcome(
            reading.name,
            Became.PUBLISHED if record.version == 1 else Became.NEW_VERSION,
            record.reference,
            record.title,
        )
        for (reading, _), record in zip(passing, records, strict=True)
    ]


def _hold(
    reading: Reading,
    reasons: tuple[Reason, ...],
    item: DirectoryItem | None,
    blobs: tuple[tuple[str, Blob], ...],
    earlier: Known | None,
    *,
    into: Into,
    at: datetime,
    say: Callable[[Reason], str],
) -> Outcome:
    """Let a document wait as a draft on the officer's worklist, its reasons in the entry that opens it."""
    if earlier is not None and earlier.matter is not None:
        draft = _rewrite(reading, earlier.matter, into, at)
        if draft is None:
            why = (Reason(NO_DRAFTER),)
            return Outcome(reading.name, Became.LEFT, earlier.reference, reading.title, why)
        return Outcome(
            reading.name,
            Became.WAITS,
            draft.matter.reference,
            reading.title,
            (Reason(CHANGED), *reasons),
        )
    record = Record.objects.get(pk=earlier.record) if earlier and earlier.record else None
    kind = into.kind or reading.kind
    matter = matters.open_matter(
        kind=rules.KIND,
        letter="D",
        title=reading.title[:300],
        department=into.department,
        officer=into.officer,
        at=at,
        facts={"imported": reading.origin, "reason": "\n".join([reading.origin, *map(say, reasons)])},
    )
    Document.objects.create(matter=matter, kind=kind, imported_from=reading.origin)
    draft = drafts.create(
        matter, kind=kind, fields=_waiting_fields(reading, into, at), author=into.officer, at=at
    )
    Draft.objects.filter(pk=draft.pk).update(item=item, record=record)
    for position, (name, blob) in enumerate(blobs, start=1):
        Attachment.objects.create(
            draft=draft, blob=blob, name=name, position=position, added_by=into.officer, added_at=at
        )
    return Outcome(reading.name, Became.WAITS, matter.reference, reading.title, reasons)


def _rewrite(reading: Reading, matter_id: int, into: Into, at: datetime) -> Draft | None:
    """Put the changed text into the draft that waits; None where nobody who may write in it holds it."""
    draft = Draft.objects.select_related("matter__officer").get(matter=matter_id, part=0)
    holder = draft.matter.officer
    if holder is None or people.DRAFTER.name not in matters_queries.roles(holder, draft.matter, at=at):
        return None
    fields = _waiting_fields(reading, into, at, revision=draft.revision + 1)
    return drafting.write(matter_id, part=0, fields=fields, revision=draft.revision, actor=holder, at=at)


def _waiting_fields(reading: Reading, into: Into, at: datetime, *, revision: int = 1) -> dict[str, object]:
    imported = {
        "origin": reading.origin,
        "sha256": reading.sha256,
        "at": at.isoformat(),
        "revision": revision,
    }
    return {**_fields(reading, into), "imported": imported}


def enter_item(code: str, subject: str, *, actor: Person, at: datetime) -> DirectoryItem:
    """Enter the item of the directory that a taking-over needs and the directory does not have yet."""
    return DirectoryItem.objects.filter(code=code).first() or publishing_directory.list_item(
        actor=actor,
        at=at,
        code=code,
        subject=subject,
        column=publishing.STATUTORY.slug,
        basis="FOI 2019 art. 20",
        audience="社会公众",
        channels=["政府网站"],
    )
