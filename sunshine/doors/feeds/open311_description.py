"""The Open311 door described (OpenAPI 3.1), from the tables that it reads and answers by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sunshine.doors.feeds import open311, open311_asking, open311_posting, open311_shapes, open311_writing
from sunshine.kernel import period
from sunshine.work.correspondence.queries import cases
from sunshine.work.correspondence.rules.posting import EMAIL, MOST_PHOTOS, PHONE_ANYWHERE

MOMENT = {"type": "string", "anyOf": [{"format": "date-time"}, {"format": "date"}]}
KINDS: Mapping[str, Mapping[str, Any]] = {
    "lat": {"type": "number", "minimum": -90, "maximum": 90},
    "long": {"type": "number", "minimum": -180, "maximum": 180},
    "page": {"type": "integer", "minimum": 1, "maximum": open311.LAST_PAGE},
    "page_size": {"type": "integer", "minimum": 1, "maximum": open311.MOST},
    "extensions": {"type": "string", "enum": ["true", "false"]},
    "phone": {"type": "string", "pattern": f"^({PHONE_ANYWHERE.pattern})$"},
    "email": {"type": "string", "pattern": f"^({EMAIL.pattern})$"},
    **dict.fromkeys(("start_date", "end_date", "updated_datetime"), MOMENT),
}
"""What is not any text; every other parameter is one, with its most characters."""

PEOPLE = ("first_name", "last_name", "phone", "email", "account_id", "device_id")
PLACE = ("lat", "long", "address_string", "address_id")
REPORT = ("api_key", "jurisdiction_id", "service_code", *PLACE, "description", "media_url", *PEOPLE)
UPDATE = (
    *("api_key", "jurisdiction_id", "service_request_id", "update_id"),
    *("status", "updated_datetime", "description"),
)
SPAN = ("service_request_id", "start_date", "end_date")
SEVERAL = ("service_request_id", "service_code", "status")
"""These take several values in a question, with commas between them."""


@dataclass(frozen=True, slots=True)
class Operation:
    """What one address does for one method, whatever the form of its answer."""

    path: str
    summary: str
    answer: str
    refusals: tuple[int, ...]
    asks: tuple[str, ...] = ()
    form: Mapping[str, Any] | None = None


@require_safe
def openapi(_http_request: HttpRequest) -> JsonResponse:
    """Answer the description; the services that can be reported today are named in it."""
    return JsonResponse(
        described(),
        json_dumps_params={"ensure_ascii": False},
        headers={"Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=3600"},
    )


def described() -> dict[str, Any]:
    """Return the description with its words in the language of now."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in _operations():
        for format_ in open311_writing.FORMATS:
            method = "post" if operation.form else "get"
            told = paths.setdefault(f"/open311/{operation.path}.{format_}", {})
            told[method] = _operation(operation, format_)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Open311 GeoReport v2",
            "version": "2",
            "description": _(
                "Report a case to the bureau and follow it. The fields mean what the specification says; "
                "an empty one counts as none. Every answer is given in XML and in JSON."
            ),
        },
        "externalDocs": {"url": open311.SPECIFICATION},
        "servers": [{"url": settings.SITE_URL}],
        "paths": paths,
        "components": {"schemas": open311_shapes.ANSWERS},
    }


def _operations() -> Iterator[Operation]:
    asked, sent = (400, 404, 429), (400, 403, 404)
    codes = [each.code for each in cases.services(on=period.day_of(timezone.now()))]
    yield Operation("discovery", _("Where the service is, and who answers for it"), "Discovery", asked)
    yield Operation("v2/services", _("What can be reported"), "Services", asked)
    yield Operation("v2/services/{code}", _("What a service asks of who reports it"), "Definition", asked)
    yield Operation(
        "v2/requests",
        _("The cases of a time, newest first; a program reads its own reports in full"),
        "Requests",
        asked,
        (*SPAN, "service_code", "status", "page", "page_size", "extensions", "api_key"),
    )
    yield Operation(
        "v2/requests",
        _("Report a case; the answer bears its number, or a token where it waits for a look"),
        "Reported",
        sent,
        form=_report(codes),
    )
    yield Operation(
        "v2/requests/{number}", _("Where one case stands"), "Request", asked, ("extensions", "api_key")
    )
    yield Operation("v2/tokens/{token}", _("The number of a report that had to wait"), "Token", asked)
    yield Operation("v2/servicerequestupdates", _("What happened to cases"), "Updates", asked, SPAN)
    yield Operation(
        "v2/servicerequestupdates",
        _("Tell what another system knows of a case"),
        "Heard",
        sent,
        form=_update(),
    )


def _operation(told: Operation, format_: str) -> dict[str, Any]:
    refusals = {
        400: _("What was sent cannot be; each line says which field mends it"),
        403: _("api_key: this key is unknown or holds no longer"),
        404: _("There is no such thing"),
        429: _("Too many questions in a minute; wait a moment"),
    }
    answers = {"200": _answer(told.summary, told.answer, format_)}
    answers |= {str(each): _answer(refusals[each], "Errors", format_) for each in told.refusals}
    operation: dict[str, Any] = {"summary": told.summary, "responses": answers}
    operation["parameters"] = [*_in_the_path(told.path), *map(_in_the_query, ("jurisdiction_id", *told.asks))]
    if told.form:
        operation["requestBody"] = {"required": True, "content": told.form}
        operation["parameters"] += [_once()] if told.answer == "Reported" else []
    return operation


def _answer(words: str, shape: str, format_: str) -> dict[str, Any]:
    kind = open311_writing.FORMATS[format_].partition(";")[0]
    # The same names in XML; JSON Schema cannot say how it is written.
    schema = {"schema": {"$ref": f"#/components/schemas/{shape}"}} if format_ == "json" else {}
    return {"description": words, "content": {kind: schema}}


def _in_the_path(path: str) -> list[dict[str, Any]]:
    _before, brace, name = path.removesuffix("}").partition("{")
    pattern = open311_asking.TOKEN if name == "token" else open311_asking.NUMBER
    schema = {"type": "string", "pattern": f"^{pattern}$"}
    return [{"name": name, "in": "path", "required": True, "schema": schema}] if brace else []


def _in_the_query(name: str) -> dict[str, Any]:
    told: dict[str, Any] = {"name": name, "in": "query", "schema": _value(name)}
    if name in SEVERAL:
        each = open311_shapes.STANDING if name == "status" else open311_shapes.TEXT
        told |= {"schema": open311_shapes.several(each), "style": "form", "explode": False}
    return told


def _once() -> dict[str, Any]:
    words = _("Sent again under the same name, a report is taken once")
    return {"name": "Idempotency-Key", "in": "header", "description": words, "schema": open311_shapes.TEXT}


def _value(name: str) -> dict[str, Any]:
    if name == "jurisdiction_id":
        return {"type": "string", "enum": [open311_asking.jurisdiction()]}
    return dict(KINDS.get(name) or {"type": "string", "maxLength": open311_asking.LONGEST[name]})


def _report(codes: Sequence[str]) -> dict[str, Any]:
    told = _form(REPORT, ("api_key", "service_code"), service_code=codes)
    told["patternProperties"] = {f"^{open311_asking.ATTRIBUTE.pattern}$": open311_shapes.TEXT}
    told["dependentRequired"] = {"lat": ["long"], "long": ["lat"]}
    picture = {"type": "string", "format": "binary"}
    pictures = {"media": {"type": "array", "items": picture, "maxItems": MOST_PHOTOS}}
    return _content(told, {**told, "properties": {**told["properties"], **pictures}})


def _update() -> dict[str, Any]:
    needed = ("api_key", "service_request_id", "updated_datetime")
    told = _form(UPDATE, needed, status=list(open311_posting.STATUSES))
    return _content(told, told)


def _form(names: Sequence[str], needed: Sequence[str], **one_of: Sequence[str]) -> dict[str, Any]:
    fields = {name: _value(name) for name in names}
    for name, values in one_of.items():
        fields[name] |= {"enum": list(values)} if values else {}
    return {"type": "object", "properties": fields, "required": list(needed)}


def _content(plain: Mapping[str, Any], in_parts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "application/x-www-form-urlencoded": {"schema": plain},
        "multipart/form-data": {"schema": in_parts},
    }
