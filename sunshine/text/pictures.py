"""Pictures without what looks do not show: place, camera, moment, thumbnails, comments, colour profiles."""

from __future__ import annotations

import io
import struct
import warnings
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_PIXELS: Final = 60_000_000
QUALITY: Final = 90
_KEPT: Final = {"JPEG": "RGB", "PNG": "RGBA"}


class NoPicture(Exception):
    """Bytes that are no picture of a kind that is taken, or one made to harm."""


def bare(data: bytes) -> bytes:
    """Return a picture drawn anew from its points alone, turned the way it was meant to be seen.

    :raises NoPicture: no JPEG or PNG, damaged, or so large that drawing it would harm
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # damaged marks are said in warnings; they are thrown away here
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as opened:
                return _drawn(opened)
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NoPicture(str(error)) from error
    except (OSError, SyntaxError, ValueError, LookupError, TypeError, EOFError, struct.error) as error:
        raise NoPicture(str(error)) from error  # what the decoders let through for broken input


def _drawn(opened: Image.Image) -> bytes:
    kind = opened.format or ""
    if kind not in _KEPT or opened.width * opened.height > MOST_PIXELS:
        raise NoPicture(kind)
    upright = ImageOps.exif_transpose(opened).convert(_KEPT[kind])
    fresh = Image.new(upright.mode, upright.size)
    fresh.paste(upright)
    kept = io.BytesIO()
    fresh.save(kept, kind, **({"quality": QUALITY} if kind == "JPEG" else {"optimize": False}))
    return kept.getvalue()
