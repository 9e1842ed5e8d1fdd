"""Files that came with a request: checked like anything hostile, then sealed with their names."""

from __future__ import annotations

import mimetypes
import secrets
from datetime import datetime

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from sunshine.core.matters.models import Matter
from sunshine.core.publishing import rules as publishing
from sunshine.core.publishing import scanning
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.text import extract
from sunshine.work.requests import sealing
from sunshine.work.requests.models import SealedFile

LARGEST = 10 * 1024 * 1024
MOST = 10
ENDINGS = frozenset({"pdf", "docx", "xlsx", "odt", "ods", "txt", "jpg", "jpeg", "png"})


def refuse_unless_harmless(name: str, data: bytes) -> str:
    """Return the media type of a file that may be kept.

    :raises RuleBroken: its kind, its size, a virus, or something in it made to harm
    """
    safe = publishing.safe_name(name)
    ending = safe.rpartition(".")[2].lower()
    if ending not in ENDINGS:
        raise _refused(gettext_noop("Files of the kind “%(ending)s” are not accepted"), ending=ending)
    if not data or len(data) > LARGEST:
        raise _refused(gettext_noop("A file must hold something and at most %(most)d MB"), most=LARGEST >> 20)
    try:
        answer = scanning.scanner(settings.CLAMAV_URL).scan(data)
    except scanning.ScannerUnavailable as error:
        raise _refused(gettext_noop("The virus check cannot be asked just now; try again soon")) from error
    if not answer.is_clean:
        raise _refused(gettext_noop("The virus check refuses this file"))
    media_type = mimetypes.guess_type(safe)[0] or "application/octet-stream"
    try:
        extract.text_of(data, media_type)
    except extract.NotReadable as refusal:
        if refusal.is_hostile:
            raise _refused(gettext_noop("This file is built in a way that is not accepted")) from refusal
    return media_type


def _refused(text: str, **params: object) -> errors.RuleBroken:
    return errors.RuleBroken(Reason(text, field="attachments", params=params))


def keep(matter: Matter, name: str, data: bytes, *, media_type: str, at: datetime) -> SealedFile:
    """Seal bytes and name; the path says nothing of either."""
    path = default_storage.save(
        f"sealed/{secrets.token_hex(16)}", ContentFile(sealing.seal(data, place="file"))
    )
    sealed_name = sealing.seal(name.encode(), place=f"name:{path}")
    return SealedFile.objects.create(
        matter=matter, sealed_name=sealed_name, path=path, size=len(data), media_type=media_type, came_at=at
    )


def take_in(matter: Matter, name: str, data: bytes, *, at: datetime) -> SealedFile:
    """Check a file and seal it."""
    media_type = refuse_unless_harmless(name, data)
    return keep(matter, publishing.safe_name(name), data, media_type=media_type, at=at)


def name_of(file: SealedFile) -> str:
    """Return the name of a sealed file."""
    return sealing.unseal(bytes(file.sealed_name), place=f"name:{file.path}").decode()


def read(file: SealedFile) -> bytes:
    """Return the bytes of a sealed file."""
    with default_storage.open(file.path, "rb") as opened:
        return sealing.unseal(opened.read(), place="file")


def opened(file: SealedFile) -> tuple[str, bytes]:
    """Return name and bytes of a file that its applicant may have."""
    return name_of(file), read(file)
