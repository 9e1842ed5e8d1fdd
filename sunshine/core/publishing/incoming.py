"""Files that people send in: checked like anything hostile, pictures without their place, then sealed.

Every way in (form, counter, import, Open311) goes through `checked`; there is no other.
"""

from __future__ import annotations

import mimetypes
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from sunshine.core.matters import sealing
from sunshine.core.publishing import names, scanning
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.text import extract, pictures

LARGEST = 10 * 1024 * 1024
ENDINGS = frozenset({"pdf", "docx", "xlsx", "odt", "ods", "txt", "jpg", "jpeg", "png"})
FOLDER = "sealed"
"""Where in the store sealed bytes lie."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be kept: its safe name, its bytes without hidden marks, its media type."""

    name: str
    data: bytes
    media_type: str


def checked(name: str, data: bytes) -> Checked:
    """Return a file as it may be kept.

    :raises RuleBroken: its kind, its size, a virus, or something in it made to harm
    """
    safe = names.safe_name(name)
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
    return Checked(safe, _bare(data, media_type), media_type)


def _bare(data: bytes, media_type: str) -> bytes:
    """Return a picture without what looks do not show; refuse what is built to harm."""
    built = gettext_noop("This file is built in a way that is not accepted")
    if media_type.startswith("image/"):
        try:
            return pictures.bare(data)
        except pictures.NoPicture as refusal:
            raise _refused(built) from refusal
    try:
        extract.text_of(data, media_type)
    except extract.NotReadable as refusal:
        if refusal.is_hostile:
            raise _refused(built) from refusal
    return data


def _refused(text: str, **params: object) -> errors.RuleBroken:
    return errors.RuleBroken(Reason(text, field="attachments", params=params))


def keep(data: bytes) -> str:
    """Seal bytes and return where they lie; the path says nothing of them."""
    sealed = sealing.seal(data, place="file")
    return default_storage.save(f"{FOLDER}/{secrets.token_hex(16)}", ContentFile(sealed))


def forget(path: str) -> None:
    """Delete what lies under a path; deleting it twice is deleting it once."""
    default_storage.delete(path)


def read(path: str) -> bytes:
    """Return the bytes that were sealed under a path."""
    with default_storage.open(path, "rb") as opened:
        return sealing.unseal(opened.read(), place="file")
