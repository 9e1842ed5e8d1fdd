"""The public addresses that feeds and site map name, below the site's own."""

from __future__ import annotations

import uuid
from urllib.parse import quote

from django.conf import settings


def absolute(path: str) -> str:
    """Return the whole address of a path of the site."""
    return f"{settings.SITE_URL}{quote(path, safe='/?=&%')}"


def record(reference: str) -> str:
    """Return the address of a record."""
    return absolute(f"/r/{reference}/")


def attachment(reference: str, version: int, position: int, name: str) -> str:
    """Return the address of a file that was published with a version."""
    return f"{settings.SITE_URL}/r/{reference}/v{version}/files/{position}/{quote(name, safe='')}"


def lasting_name(path: str) -> str:
    """Return a name that stays when the site moves: it is made from the log's name, which never changes."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"https://{settings.LOG_ORIGIN}{path}").urn
