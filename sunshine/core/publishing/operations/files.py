"""Files from outside are hostile: kept apart, checked for viruses, read for their text, then usable."""

from __future__ import annotations

import logging
import mimetypes
from dataclasses import asdict
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max, Q

from sunshine.core.people.models import Person
from sunshine.core.publishing import names, scanning, storage
from sunshine.core.publishing.models import Attachment, Blob, Draft, RecordFile
from sunshine.core.publishing.models.files import Scan
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.text import extract, properties

logger = logging.getLogger(__name__)

LARGEST = 50 * 1024 * 1024
PUT_OFF = timedelta(minutes=10)
"""How long a file waits that made its own check fail."""
SMALL = 5 * 1024 * 1024
"""Bytes of a file that is checked while its giver waits; larger ones are left to the background work."""

MOST_TEXT = 1_000_000
"""Characters kept of a file's text; a file with more was read in part, and a person must read the rest."""

ENDINGS = frozenset(
    {
        "pdf",
        "docx",
        "xlsx",
        "pptx",
        "odt",
        "ods",
        "txt",
        "csv",
        "json",
        "jpg",
        "jpeg",
        "png",
        "ofd",
        "zip",
        "mp4",
        "mp3",
    }
)


def keep(name: str, data: bytes) -> Blob:
    """Keep a file's bytes, unchecked for now.

    :raises RuleBroken: too large, empty, or of a kind that is not accepted
    """
    ending = name.rpartition(".")[2].lower()
    if ending not in ENDINGS:
        raise errors.RuleBroken(
            Reason(
                gettext_noop("Files of the kind “%(ending)s” are not accepted"),
                field="file",
                params={"ending": ending},
            )
        )
    if not data or len(data) > LARGEST:
        raise errors.RuleBroken(
            Reason(
                gettext_noop("A file must hold something and at most %(most)d MB"),
                field="file",
                params={"most": LARGEST >> 20},
            )
        )
    return keep_any(name, data)


def keep_any(name: str, data: bytes) -> Blob:
    """Keep bytes of any kind; what may enter was decided before."""
    sha256 = storage.keep(data)
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    blob, _ = Blob.objects.get_or_create(
        sha256=sha256, defaults={"size": len(data), "media_type": media_type, "path": storage.path_of(sha256)}
    )
    return blob if blob.erased_at is None else _begun_anew(sha256)


def _begun_anew(sha256: str) -> Blob:
    """Let an erased file that is given again wait for its checks like any other.

    What it was erased from must not show it again: those versions let go of it.
    """
    with transaction.atomic():
        blob = Blob.objects.select_for_update().get(pk=sha256)
        if blob.erased_at is None:
            return blob
        RecordFile.objects.filter(blob=blob).delete()
        blob.scan, blob.scan_note, blob.scanned_at = Scan.WAITING, "", None
        blob.text, blob.is_read, blob.names, blob.erased_at = "", False, [], None
        blob.save()
    return blob


def attach(draft_id: int, *, name: str, data: bytes, added_by: Person, at: datetime) -> Attachment:
    """Put a file with a draft; it waits for the virus check before the gate lets it pass."""
    safe = names.safe_name(name)
    blob = keep(safe, data)
    with transaction.atomic():
        draft = Draft.objects.select_for_update().get(pk=draft_id)
        if Attachment.objects.filter(draft=draft, name=safe).exists():
            raise errors.RuleBroken(
                Reason(gettext_noop("A file of this name is attached already"), field="file")
            )
        last = Attachment.objects.filter(draft=draft).aggregate(last=Max("position"))["last"] or 0
        return Attachment.objects.create(
            draft=draft, blob=blob, name=safe, position=last + 1, added_by=added_by, added_at=at
        )


def detach(attachment_id: int) -> None:
    """Take a file away from a draft; its bytes stay as long as anything refers to them."""
    Attachment.objects.filter(pk=attachment_id).delete()


def scan(sha256: str, *, at: datetime) -> Blob:
    """Check a file for viruses, read its text and names; where no scanner can be asked it waits on."""
    blob = Blob.objects.get(pk=sha256)
    if blob.scan != Scan.WAITING:
        return blob
    data = storage.read(blob.path)
    try:
        answer = scanning.scanner(settings.CLAMAV_URL).scan(data)
    except scanning.ScannerUnavailable:
        Blob.objects.filter(pk=sha256).update(scanned_at=at)  # others have their turn before it
        return blob
    blob.scan = Scan.CLEAN if answer.is_clean else Scan.INFECTED if answer.is_judged else Scan.REFUSED
    blob.scan_note, blob.scanned_at = answer.note[:300], at
    if answer.is_clean:
        _read_text(blob, data)
    blob.save()
    return blob


def _read_text(blob: Blob, data: bytes) -> None:
    try:
        read = extract.read(data, blob.media_type)
        blob.text, blob.is_read = read.text[:MOST_TEXT], len(read.text) <= MOST_TEXT and not read.left
    except extract.NotReadable as refusal:
        if refusal.is_hostile:
            blob.scan, blob.scan_note = Scan.REFUSED, str(refusal)[:300]
            return
    # A scanned page has no text, and its author all the same.
    blob.names = [asdict(each) for each in properties.hidden_in(data, blob.media_type)]


def scan_waiting(*, at: datetime, limit: int = 50) -> int:
    """Check what still waits, those longest not tried first; return how many files have an answer now."""
    rows = Blob.objects.filter(Q(scanned_at=None) | Q(scanned_at__lte=at), scan=Scan.WAITING)
    waiting = rows.order_by(F("scanned_at").asc(nulls_first=True), "sha256").values_list("sha256", flat=True)
    return sum(_is_answered(sha256, at=at) for sha256 in list(waiting[:limit]))


def scan_of(matter_id: int, *, at: datetime) -> int:
    """Check the small files that wait in a matter's bundle, so that nobody waits for the background work.

    Call it after the commit: the scanner is asked over the network. Return how many have an answer now.
    """
    waiting = Attachment.objects.filter(draft__matter=matter_id, blob__scan=Scan.WAITING)
    small = waiting.filter(blob__size__lte=SMALL).values_list("blob_id", flat=True)
    return sum(_is_answered(sha256, at=at) for sha256 in list(small.distinct().order_by("blob_id")))


def _is_answered(sha256: str, *, at: datetime) -> bool:
    """Check one file; one that makes the check itself fail is put off and stops no other."""
    try:
        return scan(sha256, at=at).scan != Scan.WAITING
    except Exception as error:  # hostile files and lost bytes fail in ways that nobody has listed
        logger.exception("the file %s could not be checked", sha256)
        note = f"{type(error).__name__}: {error}"[:300]
        waiting = Blob.objects.filter(pk=sha256, scan=Scan.WAITING)
        waiting.update(scanned_at=at + PUT_OFF, scan_note=note)
        return False
