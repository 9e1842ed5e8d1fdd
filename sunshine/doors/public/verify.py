"""Verification: is this text, this file, this line of digits what the bureau made public, and when?

Nothing that is sent here is kept. The page also tells how to find out without asking us.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from sunshine.core.ledger import queries as ledger
from sunshine.core.publishing.queries import digests
from sunshine.design import parts
from sunshine.doors.public import page, wording
from sunshine.kernel import commitment

DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
LARGEST = 50 << 20
LARGEST_BUNDLE = 4 << 20


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found out, in words; `url` leads to the page of what was found."""

    tone: parts.Tone
    title: str
    sentences: Sequence[str]
    url: str = ""
    label: str = ""
    proof_url: str = ""


@csrf_exempt  # nothing is changed or kept, and the answer depends on nobody's session
def verify(http_request: HttpRequest) -> HttpResponse:
    """Explain verification; check a digest (`?digest=`), a pasted text or an uploaded file."""
    if http_request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    given = http_request.GET.get("digest", "")
    answers = _posted(http_request) if http_request.method == "POST" else _of_text(given)
    title = _("Verify")
    frame = page.Frame(title=title, crumbs=(parts.Link(title, ""),), is_indexed=not given)
    response = page.show(
        http_request,
        "public/verify.html",
        frame,
        answers=answers,
        given=given,
        key=ledger.verifier_key(),
        origin=settings.LOG_ORIGIN,
        size=ledger.size(),
        example=f"{settings.SITE_URL}/r/2026-00001/v1.json",
    )
    response.headers["Cache-Control"] = "no-store" if answers else "public, no-cache"
    return response


def _posted(http_request: HttpRequest) -> Sequence[Answer]:
    """Answer what was sent: the file first, else the pasted text."""
    file = http_request.FILES.get("file")
    if isinstance(file, UploadedFile) and file.size:
        return _of_file(file)
    text = http_request.POST.get("text", "")
    if not text.strip():
        return [Answer("warn", _("Nothing was given"), [_("Choose a file or paste a digest, then check.")])]
    return _of_text(text)


def _of_text(text: str) -> Sequence[Answer]:
    """Answer a pasted text: a digest, or a version as JSON."""
    compact = re.sub(r"\s+", "", text).lower()
    if not compact:
        return []
    if DIGEST.fullmatch(compact):
        return _of_digest(compact)
    told = _json(text.encode())
    if told is not None:
        return _of_bundle(told)
    return [
        Answer(
            "warn",
            _("This is neither a digest nor a proof"),
            [
                _("A digest is a line of 64 digits and letters; it stands at the foot of every record."),
                _("To check a file, choose the file itself: a copied text does not carry its digest."),
            ],
        )
    ]


def _of_file(file: UploadedFile[Any]) -> Sequence[Answer]:
    if file.size is None or file.size > LARGEST:
        sentence = _("We check files of up to %(most)d MB.") % {"most": LARGEST >> 20}
        return [Answer("warn", _("The file is too large"), [sentence])]
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    if file.size <= LARGEST_BUNDLE:
        file.seek(0)
        told = _json(file.read())
        if told is not None:
            return _of_bundle(told)
    return _of_digest(digest.hexdigest())


def _of_digest(digest: str) -> Sequence[Answer]:
    """Answer a digest: whose it is, or that nobody here knows it."""
    places = digests.versions_with(digest) or digests.files_with(digest)
    if places:
        return [_found(place) for place in places]
    return [
        Answer(
            "bad",
            _("Nothing with this digest was ever published here"),
            [
                _("Digest: %(digest)s") % {"digest": digest},
                _("Either the text or file was changed after publication, or it never came from us."),
            ],
        )
    ]


def _of_bundle(told: dict[str, Any]) -> Sequence[Answer]:
    """Answer a version as JSON: whether it holds what its digest promises, then whose digest it is."""
    problems = commitment.verify(told.get("bundle"))
    if problems:
        return [
            Answer(
                "bad",
                _("This is not what was published: it was changed"),
                [_("It does not hold what its digest promises:"), *problems],
            )
        ]
    return _of_digest(told["bundle"]["digest"])


def _json(data: bytes) -> dict[str, Any] | None:
    """Return a version's JSON, or None when the bytes are something else."""
    try:
        told = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) and "bundle" in told else None


def _found(place: digests.Place) -> Answer:
    moment = timezone.localtime(place.published_at).strftime("%Y-%m-%d %H:%M:%S")
    names = {"version": place.version, "reference": place.reference, "index": place.index, "moment": moment}
    entered = _("Entry %(index)s of the public log, made on %(moment)s.") % names
    if place.withdrawn_at is not None:
        return Answer(
            "warn",
            _("This was published, and withdrawn later"),
            [entered, _("Withdrawn on %(day)s.") % {"day": wording.day(place.withdrawn_at)}],
            url=reverse("public:record", args=[place.reference]),
            label=_("When, why and who decided"),
        )
    what = (
        _("A file of version %(version)s of record %(reference)s.")
        if place.file
        else _("Version %(version)s of record %(reference)s.")
    )
    newer = [] if place.is_newest else [_("A newer version has been published since.")]
    return Answer(
        "good" if place.is_newest else "info",
        _("Genuine: this is what we published"),
        [place.file or place.title, what % names, entered, *newer],
        url=reverse("public:version", args=[place.reference, place.version]),
        label=_("See the published version"),
        proof_url=reverse("public:proof", args=[place.reference, place.version]),
    )
