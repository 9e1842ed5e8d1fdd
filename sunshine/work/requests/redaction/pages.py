"""A PDF or a scan as pictures of its pages, with the masked places painted over before they are kept."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2
from PIL import Image, ImageDraw, UnidentifiedImageError

from sunshine.kernel.words import gettext_noop as _
from sunshine.work.requests.redaction.shapes import Box, Made, NotRedacted, places, refuse_unless_found

PDF = "application/pdf"
DOTS = 200
"""Dots an inch: read well on a screen and in print, about 400 kB a page."""

POINTS, MARGIN = 72, 2
IMAGE, DEPTH = pypdfium2.raw.FPDF_PAGEOBJ_IMAGE, 5
MOST_PAGES = 500
NO_TEXT = 3
"""How doubtful a page without a text layer is: nothing on it can be searched."""


def redrawn(data: bytes, media_type: str, masks: Sequence[str], boxes: Sequence[Box]) -> Made:
    """Return a PDF of pictures in which the masked texts and the boxes are black.

    :raises NotRedacted: damaged, encrypted, too long, a mask that stands nowhere, a box on no page
    """
    found: dict[str, int] = {}
    drawn = _of_pdf(data, masks, found) if media_type == PDF else _of_picture(data)
    sheets: list[Image.Image] = []
    doubts: list[int] = []
    for n, sheet in enumerate(drawn, 1):  # a page is twelve million bytes: none is held twice
        sheets.append(_blackened(sheet.picture, [box for box in boxes if box.page == n]))
        doubts.append(sheet.doubt)
    boxed = frozenset(box.page for box in boxes)
    if any(not 1 <= page <= len(sheets) for page in boxed):
        raise NotRedacted(_("a box lies on a page that the file does not have"))
    unsearched = tuple(n for n, doubt in enumerate(doubts, 1) if doubt == NO_TEXT)
    if not boxed.intersection(unsearched):  # a text on a scan is found by eye, and proved to be gone by it
        refuse_unless_found(masks, found)
    kept = io.BytesIO()
    sheets[0].save(kept, "PDF", save_all=True, append_images=sheets[1:], resolution=DOTS)
    order = {n: doubt for n, doubt in enumerate(doubts, 1) if doubt or n in boxed}
    pages = tuple(sorted(order, key=lambda n: -order[n]))
    return Made(kept.getvalue(), PDF, found, pages, unsearched, boxed)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page as it was drawn: whether it has a text layer, holds pictures, was painted on."""

    picture: Image.Image
    has_text: bool = False
    has_pictures: bool = True
    is_painted: bool = False

    @property
    def doubt(self) -> int:
        """Return how doubtful it is that everything was found: 0 where a text layer says all."""
        return NO_TEXT if not self.has_text else 2 if self.has_pictures else int(self.is_painted)


def _of_pdf(data: bytes, masks: Sequence[str], found: dict[str, int]) -> Iterator[_Sheet]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise NotRedacted(_("the file cannot be read")) from error
    try:
        if not 0 < len(document) <= MOST_PAGES:
            raise NotRedacted(_("it has no page, or more than %(most)d"), most=MOST_PAGES)
        document.init_forms()
        for number in range(len(document)):
            yield _page(document[number], masks, found)
    finally:
        document.close()


def _page(page: pypdfium2.PdfPage, masks: Sequence[str], found: dict[str, int]) -> _Sheet:
    """Draw one page and paint over every letter of what is masked on it."""
    bitmap = page.render(scale=DOTS / POINTS)
    picture: Image.Image = bitmap.to_pil().convert("RGB")
    brush = ImageDraw.Draw(picture)
    place = bitmap.get_posconv(page)  # knows of turned pages and moved origins
    text = page.get_textpage()
    try:
        words = [text.get_text_range(at, 1) for at in range(text.count_chars())]
        line = "".join(word[:1] or " " for word in words)
        has_pictures = any(True for _each in page.get_objects(filter=[IMAGE], max_depth=DEPTH))
        before = sum(found.values())
        for mask in masks:
            spans = list(places(line, mask))
            found[mask] = found.get(mask, 0) + len(spans)
            for at in (at for start, end in spans for at in range(start, end)):
                left, bottom, right, top = text.get_charbox(at, loose=True)
                corners = (place.to_bitmap(left, top), place.to_bitmap(right, bottom))
                (near, far), (upper, lower) = (sorted(each) for each in zip(*corners, strict=True))
                brush.rectangle((near - MARGIN, upper - MARGIN, far + MARGIN, lower + MARGIN), fill="black")
    finally:
        text.close()
        page.close()
    return _Sheet(picture, bool(line.strip()), has_pictures, sum(found.values()) > before)


def _of_picture(data: bytes) -> Iterator[_Sheet]:
    try:
        with Image.open(io.BytesIO(data)) as opened:
            yield _Sheet(opened.convert("RGB"))
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise NotRedacted(_("the picture cannot be read")) from error


def _blackened(sheet: Image.Image, boxes: Sequence[Box]) -> Image.Image:
    """Return a fresh picture of the pixels alone, with the boxes black."""
    clean = Image.new("RGB", sheet.size, "white")
    clean.paste(sheet)
    brush = ImageDraw.Draw(clean)
    width, height = sheet.size
    for box in boxes:
        corners = (box.left * width, box.top * height, box.right * width, box.bottom * height)
        brush.rectangle(corners, fill="black")
    return clean
