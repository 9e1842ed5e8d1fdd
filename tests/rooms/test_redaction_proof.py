"""What the proof of a redacted copy claims: no more than was done."""

from __future__ import annotations

import io

import pypdf
import pytest

from sunshine.text import extract
from sunshine.work.requests import redaction
from sunshine.work.requests.redaction import proof
from sunshine.work.requests.redaction.shapes import Made

MASK = "13800001234"


def test_the_proof_names_the_pages_on_which_no_reader_of_pictures_has_looked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked_at: list[bytes] = []

    def reads(data: bytes, media_type: str) -> str:
        if media_type == "image/png":
            looked_at.append(data)
        return ""

    monkeypatch.setattr(extract, "text_of", reads)
    monkeypatch.setattr(proof, "MOST_LOOKED_AT", 2)
    nowhere: frozenset[int] = frozenset()
    for pages, boxes, by_eye, unseen in (
        ((1, 2, 3), nowhere, "ocr_in_part", [3]),
        ((1, 2, 3), frozenset({3}), "ocr", []),
        ((2, 1), nowhere, "ocr", []),
    ):
        blank = pypdf.PdfWriter()
        for _number in range(3):
            blank.add_blank_page(72, 72)
        kept = io.BytesIO()
        blank.write(kept)
        told = proof.prove(Made(kept.getvalue(), redaction.PDF, {}, pages, (), boxes), (MASK,))
        assert (told["readers"], told["unseen"]) == (["pypdf", "pdfium", by_eye], unseen)
        assert len(looked_at) == 2
        looked_at.clear()
