"""The machine side of the public log: checkpoint, key, tiles and entries, as C2SP tlog-tiles asks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.views.decorators.http import require_safe

from sunshine.core.ledger import queries as ledger
from sunshine.kernel import errors, tiles

TEXT = "text/plain; charset=utf-8"
BYTES = "application/octet-stream"
FOR_EVER = "public, max-age=31536000, immutable"
NEVER = "no-store"


@require_safe
def checkpoint(_http_request: HttpRequest) -> HttpResponse:
    """Answer the newest signed checkpoint; a log without any line has none yet."""
    signed = ledger.checkpoint()
    return _plain(signed, NEVER) if signed else _nothing()


@require_safe
def key(_http_request: HttpRequest) -> HttpResponse:
    """Answer the key that checkpoints are verified with, in one line."""
    return _plain(f"{ledger.verifier_key()}\n", "public, max-age=3600")


@require_safe
def tile(_http_request: HttpRequest, path: str) -> HttpResponse:
    """Answer a tile or a bundle of entries; whatever was answered once never changes."""
    try:
        place = tiles.parse_path(path)
        data = (
            ledger.entry_bundle(place.index, place.width)
            if place.level is None
            else ledger.tile(place.level, place.index, place.width)
        )
    except (tiles.BadTile, errors.NotFound):
        return _nothing()
    return HttpResponse(data, content_type=BYTES, headers={"Cache-Control": FOR_EVER})


def _plain(text: str, cache_control: str) -> HttpResponse:
    return HttpResponse(text, content_type=TEXT, headers={"Cache-Control": cache_control})


def _nothing() -> HttpResponse:
    return HttpResponseNotFound("not found\n", content_type=TEXT, headers={"Cache-Control": NEVER})
