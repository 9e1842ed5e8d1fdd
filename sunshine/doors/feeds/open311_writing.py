"""Writing what Open311 answers, as XML or JSON from the same values."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from sunshine.doors.feeds import xml
from sunshine.kernel import errors

FORMATS = {"xml": "text/xml; charset=utf-8", "json": "application/json; charset=utf-8"}
PARTS = {
    "services": "service",
    "service_requests": "request",
    "service_requests_updates": "request_update",
    "errors": "error",
    "attributes": "attribute",
    "values": "value",
    "endpoints": "endpoint",
    "formats": "format",
}
"""What one item of a list is called in XML."""


class Refused(Exception):
    """A request that is not answered: the status and what is wrong, one line each."""

    def __init__(self, status: int, lines: tuple[str, ...]) -> None:
        super().__init__(status, lines)
        self.status = status
        self.lines = lines


def answer(format_: str, root: str, told: Any, *, status: int = 200) -> HttpResponse:
    """Return an answer in the format asked for."""
    data = _as_json(told) if format_ == "json" else _as_xml(root, told)
    headers = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-store"}
    kind = FORMATS.get(format_, FORMATS["xml"])
    return HttpResponse(data, status=status, content_type=kind, headers=headers)


def refusal(format_: str, status: int, lines: Sequence[str]) -> HttpResponse:
    """Return an error as the specification has it: a list of codes and descriptions."""
    told = [{"code": status, "description": line} for line in lines]
    return answer(format_, "errors", told, status=status)


def not_answered(format_: str, methods: Sequence[str]) -> HttpResponse:
    """Return the refusal of a method that an address does not answer, with those that it does."""
    named = ", ".join(methods)
    response = refusal(format_, 405, (_("This address answers: %(methods)s") % {"methods": named},))
    response.headers["Allow"] = named
    return response


def said(refusal: errors.DomainError) -> tuple[str, ...]:
    """Return the reasons of a refusal, each with the field that mends it."""
    return tuple(
        f"{reason.field}: {_(reason.text) % reason.params}"
        if reason.field
        else _(reason.text) % reason.params
        for reason in refusal.reasons
    ) or (_("There is no such thing"),)


def moment(value: datetime | None) -> str | None:
    """Return a moment as ISO 8601 with its zone, or nothing."""
    return xml.moment(value) if value else None


def _as_json(told: Any) -> bytes:
    return json.dumps(told, ensure_ascii=False).encode()


def _as_xml(root: str, told: Any) -> bytes:
    out = xml.Writer()
    _write(out, root, told)
    return out.finished()


def _write(out: xml.Writer, name: str, told: Any) -> None:
    if isinstance(told, Mapping):
        out.begin(name)
        for key, value in told.items():
            _write(out, key, value)
        out.end()
    elif isinstance(told, list | tuple):
        out.begin(name)
        for each in told:
            _write(out, PARTS[name], each)
        out.end()
    else:
        out.element(name, _text(told))


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
