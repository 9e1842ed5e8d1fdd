"""What stands beside a page as bytes: attachments, the version as JSON, its proof."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from sunshine.core.ledger import queries as ledger
from sunshine.core.publishing import storage
from sunshine.core.publishing.queries import records
from sunshine.doors.public import answer
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop

# A file from outside never runs here: no scripts, no frames, nothing loaded, whatever its type says.
SANDBOX = "default-src 'none'; sandbox"


@answer.public
def attachment(
    http_request: HttpRequest, reference: str, number: str, position: str, name: str
) -> HttpResponseBase:
    """Send the bytes of a published file, to be saved and never to be run."""
    file = records.file(reference, int(number), int(position))
    if file.name != name:
        raise errors.NotFound(Reason(gettext_noop("There is no such file")))
    etag = f'"{file.sha256}"'
    known = get_conditional_response(http_request, etag=etag)
    if known is not None:
        return known
    response = FileResponse(storage.open_bytes(file.path), content_type=file.media_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, file.name) or "attachment"
    response.headers["Content-Length"] = str(file.size)
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["ETag"] = etag
    return response


@answer.public
def bundle(_http_request: HttpRequest, reference: str, number: str) -> HttpResponse:
    """Send a version with every salt, so that anyone can compute its digest again."""
    shown = records.shown(reference, on=_any_day(), version=int(number))
    version = shown.version
    return JsonResponse(
        {
            "reference": reference,
            "version": version.number,
            "kind": version.fields.get("kind", shown.record.kind),
            "bundle": version.sealed,
            "attachments": [_attachment(reference, version.number, file) for file in version.files],
            "digest": version.digest,
            "index": version.index,
            "published_at": version.published_at.isoformat(),
        },
        json_dumps_params={"ensure_ascii": False, "indent": 1},
        headers={"Access-Control-Allow-Origin": "*"},
    )


@answer.public
def proof(_http_request: HttpRequest, reference: str, number: str) -> HttpResponse:
    """Send the proof that the version's entry stands in the public log (C2SP tlog-proof)."""
    shown = records.shown(reference, on=_any_day(), version=int(number))
    text = ledger.proof_of_leaf(shown.version.index).as_file()
    return HttpResponse(
        text, content_type="text/plain; charset=utf-8", headers={"Access-Control-Allow-Origin": "*"}
    )


def _attachment(reference: str, number: int, file: records.File) -> dict[str, str | int]:
    return {
        "name": file.name,
        "path": f"/r/{reference}/v{number}/files/{file.position}/{quote(file.name, safe='')}",
        "sha256": file.sha256,
        "size": file.size,
    }


def _any_day() -> date:
    """Return a day for questions whose answer does not depend on it."""
    return timezone.localdate()
