"""Files from officers: attached to a draft, taken away, handed out again, and the text of a Word file."""

from __future__ import annotations

from typing import cast
from urllib.parse import quote

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sunshine.core.publishing import storage
from sunshine.core.publishing.models.files import Scan
from sunshine.core.publishing.operations import files
from sunshine.core.publishing.queries import drafts
from sunshine.doors.desk import matter, shell, words
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.text import markup
from sunshine.work.documents import operations as documents


@require_POST
def attach(request: HttpRequest, reference: str, part: int) -> HttpResponse:
    """Put a file with a member of the bundle; it waits for the virus check."""
    document = matter.readable(request, reference)
    back = HttpResponseRedirect(f"{reverse('desk:write', args=[reference, part])}#files")
    try:
        given = _given(request, "file")
        documents.attach(
            document.matter_id,
            part=part,
            name=given.name or "",
            data=given.read(),
            actor=shell.staff(request),
            at=timezone.now(),
        )
    except errors.RuleBroken as refusal:
        for reason in refusal.reasons:
            messages.error(request, words.reason(reason))
        return back
    files.scan_of(document.matter_id, at=timezone.now())
    messages.success(request, _("The file is attached."))
    return back


@require_POST
def detach(request: HttpRequest, reference: str, attachment_id: int) -> HttpResponse:
    """Take a file away from the bundle."""
    document = matter.readable(request, reference)
    attachment = drafts.attachment(document.matter, attachment_id)
    documents.detach(
        document.matter_id, attachment_id=attachment.pk, actor=shell.staff(request), at=timezone.now()
    )
    messages.success(request, _("The file is no longer attached."))
    return HttpResponseRedirect(f"{reverse('desk:write', args=[reference, attachment.draft.part])}#files")


def download(request: HttpRequest, reference: str, attachment_id: int) -> HttpResponse | FileResponse:
    """Hand an attached file out to who may read the matter, once it is known to be clean."""
    attachment = drafts.attachment(matter.readable(request, reference).matter, attachment_id)
    if attachment.blob.erased_at is not None:  # elsewhere, where it was published too
        raise errors.NotFound(Reason(gettext_noop("There is no such file")))
    if attachment.blob.scan != Scan.CLEAN:
        raise errors.RuleBroken(
            Reason(
                gettext_noop("The file has not passed the virus check; it is not handed out"), basis="WEB-SEC"
            )
        )
    response = FileResponse(storage.open_bytes(attachment.blob.path), content_type=attachment.blob.media_type)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(attachment.name)}"
    response.headers["Content-Security-Policy"] = "sandbox"
    return response


def body_from_word(request: HttpRequest) -> str:
    """Return the clean body that a sent Word file holds.

    :raises RuleBroken: no file, too large a file, or one that is no readable Word file
    """
    given = _given(request, "docx")
    try:
        return str(markup.from_docx(given.read()))
    except ValueError as refusal:
        raise errors.RuleBroken(
            Reason(gettext_noop("This is no Word file (.docx) that can be read"), field="body")
        ) from refusal


def _given(request: HttpRequest, name: str) -> UploadedFile[bytes]:
    """Return a sent file that is not larger than any file may be; larger ones are not read."""
    if name not in request.FILES:
        raise errors.RuleBroken(Reason(gettext_noop("Choose a file first"), field="body"))
    given = cast("UploadedFile[bytes]", request.FILES[name])
    if (given.size or 0) > files.LARGEST:
        raise errors.RuleBroken(
            Reason(
                gettext_noop("A file must hold something and at most %(most)d MB"),
                field="body",
                params={"most": files.LARGEST >> 20},
            )
        )
    return given
