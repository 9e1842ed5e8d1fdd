"""Every refusal as problem+json (RFC 9457)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from sunshine.core.publishing.queries import records
from sunshine.kernel import errors
from sunshine.kernel.words import gettext_noop

TYPE = "application/problem+json"
TITLES = {
    400: gettext_noop("The request could not be read"),
    404: gettext_noop("There is no such thing"),
    405: gettext_noop("This can only be read"),
    410: gettext_noop("This was withdrawn"),
    422: gettext_noop("The request asks for what cannot be"),
}


class WasWithdrawn(Exception):
    """The reference names a record that was withdrawn."""

    def __init__(self, reference: str) -> None:
        super().__init__(reference)
        self.reference = reference


def answer(
    http_request: HttpRequest,
    status: int,
    detail: str,
    *,
    reasons: list[dict[str, str]] | None = None,
    **more: Any,
) -> HttpResponse:
    """Return a problem."""
    told = {
        "type": f"{settings.SITE_URL}/api/v1/docs#problem-{status}",
        "title": _(TITLES.get(status, TITLES[400])),
        "status": status,
        "detail": detail,
        "instance": http_request.get_full_path(),
        "reasons": reasons or [],
        **more,
    }
    headers = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-store"}
    return JsonResponse(
        told, status=status, content_type=TYPE, headers=headers, json_dumps_params={"ensure_ascii": False}
    )


def install(api: NinjaAPI) -> None:
    """Let the interface answer its refusals in this form."""
    api.add_exception_handler(errors.NotFound, _not_found)
    api.add_exception_handler(errors.RuleBroken, _rule_broken)
    api.add_exception_handler(ValidationError, _not_valid)
    api.add_exception_handler(WasWithdrawn, _gone)
    api.add_exception_handler(Http404, _nothing_here)
    api.add_exception_handler(HttpError, _http_error)


def nothing_here(http_request: HttpRequest) -> HttpResponse:
    """Answer an address of the interface that does not exist."""
    return answer(http_request, 404, _("The interface has no such address"))


def _nothing_here(http_request: HttpRequest, _error: Any) -> HttpResponse:
    return nothing_here(http_request)


def _not_found(http_request: HttpRequest, refusal: Any) -> HttpResponse:
    reasons = _reasons(refusal)
    return answer(http_request, 404, reasons[0]["text"] if reasons else "", reasons=reasons)


def _rule_broken(http_request: HttpRequest, refusal: Any) -> HttpResponse:
    reasons = _reasons(refusal)
    return answer(http_request, 422, "; ".join(each["text"] for each in reasons), reasons=reasons)


def _not_valid(http_request: HttpRequest, refusal: Any) -> HttpResponse:
    reasons = [
        {"text": str(told["msg"]), "basis": "", "field": str(told["loc"][-1])} for told in refusal.errors
    ]
    detail = "; ".join(f"{each['field']}: {each['text']}" for each in reasons)
    return answer(http_request, 422, detail, reasons=reasons)


def _http_error(http_request: HttpRequest, refusal: Any) -> HttpResponse:
    return answer(http_request, refusal.status_code, refusal.message)


def _gone(http_request: HttpRequest, refusal: Any) -> HttpResponse:
    record = records.tombstone(refusal.reference)
    if record is None or record.withdrawn_at is None:  # made visible again while we were asked
        return nothing_here(http_request)
    return answer(
        http_request,
        410,
        record.withdrawal_reason,
        reference=record.reference,
        withdrawn_at=record.withdrawn_at.isoformat(),
        ground=record.withdrawal_ground,
        reason=record.withdrawal_reason,
        decided_by=record.withdrawal_decided_by,
    )


def _reasons(refusal: errors.DomainError) -> list[dict[str, str]]:
    return [
        {
            "text": _(reason.text) % reason.params if reason.params else _(reason.text),
            "basis": reason.basis,
            "field": reason.field,
        }
        for reason in refusal.reasons
    ]
