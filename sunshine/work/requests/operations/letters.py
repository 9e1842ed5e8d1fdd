"""Letters become files: numbered, set, sealed with the request, their digest entered."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.conf import settings

from sunshine.core.matters import operations as matters
from sunshine.kernel import period
from sunshine.work.requests import composing, paper
from sunshine.work.requests.models import Answer, SealedFile
from sunshine.work.requests.operations import files


def set_reply(answer: Answer, *, at: datetime) -> str:
    """Number an approved reply, set it as PDF/A and docx, seal both; return the digest of the PDF."""
    day = period.day_of(at)
    if not answer.letter_number:  # one that was sent back after approval keeps its number
        number = matters.next_number(f"letter{day.year}")
        answer.letter_number = f"{settings.BUREAU.letter}公开告〔{day.year}〕{number}号"
    letter = composing.reply(answer, on=day)
    matter, kind, pdf = answer.request.matter, SealedFile.LETTER, paper.pdf(letter)
    answer.letter_pdf = files.keep(matter, f"{letter.title}.pdf", pdf, kind=kind, media_type=paper.PDF, at=at)
    answer.letter_docx = files.keep(
        matter, f"{letter.title}.docx", paper.docx(letter), kind=kind, media_type=paper.DOCX, at=at
    )
    answer.letter_digest = hashlib.sha256(pdf).hexdigest()
    answer.save(update_fields=["letter_number", "letter_pdf", "letter_docx", "letter_digest"])
    return answer.letter_digest
