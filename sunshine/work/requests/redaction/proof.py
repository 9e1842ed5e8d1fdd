"""The proof: two readers look through the finished copy for everything that was masked."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pypdf
import pypdfium2

from sunshine.kernel.words import gettext_noop as _
from sunshine.text import extract
from sunshine.work.requests.redaction.shapes import Made, NotRedacted

PDF = "application/pdf"
MOST_LOOKED_AT = 20
"""Pages read by eye in one go; each takes about two seconds, and somebody waits."""

_TAG = re.compile(r"<[^>]*>")


def prove(made: Made, masks: Sequence[str]) -> dict[str, Any]:
    """Return the proof of a copy: who read it, and its digest; the masked texts are not in it.

    `unseen` are the doubtful pages of a drawn copy on which the reader of pictures has not looked and nobody
    marked a place; that reader is named as such only where there are none.

    :raises NotRedacted: one of the readers still finds something masked
    """
    readers: tuple[Callable[[Made], Iterator[str]], ...] = (_read, _read_raw)
    for reader in readers:
        bare = "".join("".join(text.split()) for text in reader(made)).casefold()
        if any("".join(mask.split()).casefold() in bare for mask in masks):
            raise NotRedacted(_("something masked is still in the copy"))
    proof = {
        "sha256": hashlib.sha256(made.data).hexdigest(),
        "masked": [made.found.get(mask, 0) for mask in masks],
    }
    if made.media_type != PDF:
        return {**proof, "readers": ["text", "markup"]}
    looked_at = _looks(made, masks) if masks else set()
    unseen = sorted(set(made.pages) - looked_at - made.boxed) if masks else []
    by_eye = () if not looked_at else ("ocr_in_part",) if unseen else ("ocr",)
    return {**proof, "readers": ["pypdf", "pdfium", *by_eye], "unseen": unseen}


def _read(made: Made) -> Iterator[str]:
    """Yield what the house's own reader finds."""
    if made.media_type == PDF:
        reader = pypdf.PdfReader(io.BytesIO(made.data))
        yield from (page.extract_text() for page in reader.pages)
        yield str(reader.metadata or "")
        return
    yield extract.text_of(made.data, made.media_type)


def _read_raw(made: Made) -> Iterator[str]:
    """Yield everything that stands in any part of the file, names and properties included."""
    if made.media_type == PDF:
        document = pypdfium2.PdfDocument(made.data)
        try:
            for number in range(len(document)):
                text = document[number].get_textpage()
                yield text.get_text_range()
                text.close()
            yield str(document.get_metadata_dict())
        finally:
            document.close()
        return
    with zipfile.ZipFile(io.BytesIO(made.data)) as archive:
        for name in archive.namelist():
            part = archive.read(name).decode("utf-8", "ignore")
            yield from (name, part, _TAG.sub("", part))


def _looks(made: Made, masks: Sequence[str]) -> set[int]:
    """Look at the doubtful pages as a person would, as many as one waits for; return which were looked at.

    :raises NotRedacted: something masked can still be read, or a page without a text layer is left on which
        neither that reader nor whoever marks places has looked
    """
    looked_at: set[int] = set()
    document = pypdfium2.PdfDocument(made.data)
    try:
        for number in made.pages[:MOST_LOOKED_AT]:
            kept = io.BytesIO()
            document[number - 1].render(scale=2).to_pil().save(kept, "PNG")
            bare = "".join(extract.text_of(kept.getvalue(), "image/png").split()).casefold()
            if any("".join(mask.split()).casefold() in bare for mask in masks):
                raise NotRedacted(_("something masked can still be read on page %(page)d"), page=number)
            looked_at.add(number)
    except extract.NotReadable:
        looked_at.clear()  # no reader of pictures is installed
    finally:
        document.close()
    unseen = [str(number) for number in made.unsearched if number not in looked_at | made.boxed]
    if unseen:
        pages = ", ".join(unseen)
        raise NotRedacted(
            _("no text can be searched on pages %(pages)s: mark the places on them"), pages=pages
        )
    return looked_at
