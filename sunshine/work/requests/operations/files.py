"""Files of a request: what comes is checked like anything hostile, then sealed with its name."""

from __future__ import annotations

from datetime import datetime

from sunshine.core.matters import sealing
from sunshine.core.matters.models import Matter
from sunshine.core.publishing import incoming
from sunshine.work.requests.models import SealedFile

LARGEST = incoming.LARGEST
MOST = 10
ENDINGS = incoming.ENDINGS


def refuse_unless_harmless(name: str, data: bytes) -> str:
    """Return the media type of a file that may be kept; raise as `incoming.checked` does."""
    return incoming.checked(name, data).media_type


def keep(matter: Matter, name: str, data: bytes, *, kind: str, media_type: str, at: datetime) -> SealedFile:
    """Seal bytes and name; the path says nothing of either."""
    path = incoming.keep(data)
    return SealedFile.objects.create(
        matter=matter,
        kind=kind,
        sealed_name=sealing.seal(name.encode(), place=f"name:{path}"),
        path=path,
        size=len(data),
        media_type=media_type,
        came_at=at,
    )


def take_in(matter: Matter, came: incoming.Checked, *, at: datetime) -> SealedFile:
    """Seal a file that came with the request and was checked."""
    kind = SealedFile.CAME
    return keep(matter, came.name, came.data, kind=kind, media_type=came.media_type, at=at)


def name_of(file: SealedFile) -> str:
    """Return the name of a sealed file."""
    return sealing.unseal(bytes(file.sealed_name), place=f"name:{file.path}").decode()


def read(file: SealedFile) -> bytes:
    """Return the bytes of a sealed file."""
    return incoming.read(file.path)


def opened(file: SealedFile) -> tuple[str, bytes]:
    """Return name and bytes of a file that its applicant may have."""
    return name_of(file), read(file)
