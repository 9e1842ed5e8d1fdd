"""Pictures that people send carry no place and no camera into the house."""

from __future__ import annotations

import contextlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as some
from PIL import Image

from sunshine.text import pictures

GPS, ORIENTATION, CAMERA = 0x8825, 0x0112, 0x0110


def photograph(kind: str = "JPEG", *, size: tuple[int, int] = (40, 20)) -> bytes:
    """Return a picture that says where and with what it was taken."""
    picture = Image.new("RGB", size, (200, 30, 30))
    exif = Image.Exif()
    exif[CAMERA] = "SecretCamera"
    exif[ORIENTATION] = 6
    exif.get_ifd(GPS).update({1: "N", 2: (31.0, 49.0, 13.0), 3: "E", 4: (117.0, 13.0, 38.0)})
    kept = io.BytesIO()
    picture.save(kept, kind, exif=exif, **({"comment": b"hidden words"} if kind == "JPEG" else {}))
    return kept.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_loses_place_camera_and_comment_but_not_its_way_up(kind):
    bare = pictures.bare(photograph(kind))
    assert b"SecretCamera" not in bare
    assert b"hidden words" not in bare
    with Image.open(io.BytesIO(bare)) as opened:
        assert dict(opened.getexif()) == {}
        assert opened.size == (20, 40), "it is turned as it was meant to be seen"
        assert opened.format == kind


@given(some.binary(max_size=400))
def test_whatever_is_no_picture_is_refused_by_one_name(data):
    with pytest.raises(pictures.NoPicture):
        pictures.bare(data)


@given(some.integers(0, 600), some.integers(0, 255))
def test_a_damaged_picture_is_drawn_or_refused_never_a_fault(place, value):
    data = bytearray(photograph())
    data[place % len(data)] = value
    with contextlib.suppress(pictures.NoPicture):
        pictures.bare(bytes(data))


def test_a_picture_that_would_fill_the_memory_is_refused():
    kept = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(kept, "PNG")
    with pytest.raises(pictures.NoPicture):
        pictures.bare(kept.getvalue())
