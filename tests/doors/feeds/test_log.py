"""The public log over the wire: what a stranger with no trust in us can read and verify."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client

from sunshine.core.ledger import operations as ledger
from sunshine.kernel import merkle, note, tiles
from tests.cast import MONDAY

pytestmark = [pytest.mark.django_db, pytest.mark.urls("sunshine.doors.feeds.urls")]


@pytest.fixture
def public() -> Client:
    return Client()


def log_of(size: int) -> None:
    with transaction.atomic():
        for number in range(size):
            ledger.record("directory.listed", f"item-{number}", actor=None, at=MONDAY, public={})


def test_an_empty_log_has_no_checkpoint_yet(public):
    assert public.get("/log/checkpoint").status_code == 404


def test_the_checkpoint_is_signed_with_the_key_that_is_served(public):
    log_of(3)
    signed = public.get("/log/checkpoint")
    key = public.get("/log/key").text.strip()
    told = note.verify_checkpoint(signed.text, note.Verifier.parse(key))
    assert told.size == 3
    assert signed["Content-Type"] == "text/plain; charset=utf-8"
    assert signed["Cache-Control"] == "no-store"


def test_the_root_can_be_computed_from_the_entries_and_from_the_tiles(public):
    log_of(258)
    full = public.get("/log/tile/entries/000").content
    rest = public.get("/log/tile/entries/001.p/2").content
    entries = tiles.decode_bundle(full) + tiles.decode_bundle(rest)
    served = tiles.SizedTiles(
        lambda level, index, width: public.get(f"/log/{tiles.tile_path(level, index, width)}").content, 258
    )
    assert merkle.root([merkle.leaf_hash(entry) for entry in entries]) == tiles.root(served, 258)


def test_a_tile_keeps_for_ever_and_is_bytes(public):
    log_of(256)
    tile = public.get("/log/tile/0/000")
    assert len(tile.content) == 256 * 32
    assert tile["Content-Type"] == "application/octet-stream"
    assert "immutable" in tile["Cache-Control"]


@pytest.mark.parametrize(
    "path", ["tile/0/000", "tile/0/000.p/4", "tile/entries/000", "tile/0/001.p/1", "tile/1/000.p/1"]
)
def test_a_tile_that_the_log_has_not_grown_to_is_not_served(public, path):
    log_of(3)
    assert public.get(f"/log/{path}").status_code == 404


@pytest.mark.parametrize("path", ["tile/0/0", "tile/00/000", "tile/0/000.p/256", "tile/0/../key", "tile/x"])
def test_a_place_is_written_in_one_way_only(public, path):
    log_of(3)
    assert public.get(f"/log/{path}").status_code == 404


def test_nothing_can_be_sent_to_the_log(public):
    assert public.post("/log/checkpoint").status_code == 405
