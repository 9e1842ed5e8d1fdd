"""The letters to a third party, as files to print or to write on in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from sunshine.doors.desk import downloads, requests_matter
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.requests import paper, third_parties
from sunshine.work.requests.models import Consultation
from sunshine.work.requests.rules.letters import Letter


def as_pdf(request: HttpRequest, reference: str, asked: int, sort: str) -> HttpResponse:
    """Answer a letter to a third party as PDF/A."""
    letter = _letter(request, reference, asked, sort)
    return downloads.download(f"{letter.title}.pdf", paper.pdf(letter), paper.PDF)


def as_docx(request: HttpRequest, reference: str, asked: int, sort: str) -> HttpResponse:
    """Answer a letter to a third party as docx."""
    letter = _letter(request, reference, asked, sort)
    return downloads.download(f"{letter.title}.docx", paper.docx(letter), paper.DOCX)


def _letter(request: HttpRequest, reference: str, asked: int, sort: str) -> Letter:
    """Return a letter of a request that this officer may read; who asked stands nowhere in it."""
    matter = requests_matter.readable(request, reference)
    row = (
        Consultation.objects.filter(request_id=matter.pk, pk=asked).select_related("request__matter").first()
    )
    letter = third_parties.letters_to(row).get(sort) if row is not None else None
    if letter is None or not letter.is_whole:
        raise errors.NotFound(Reason(gettext_noop("There is no such letter")))
    return letter
