"""Bytes that an officer saves: files that came with a case, letters and reports made by the house."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def download(name: str, data: bytes, media_type: str) -> HttpResponse:
    """Return bytes to be saved under a name, and never to be run: files from outside are hostile."""
    response = HttpResponse(data, content_type=media_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
