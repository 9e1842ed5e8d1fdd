"""The interface described: OpenAPI for programs, a plain page for people, both in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sunshine.doors.api import problems
from sunshine.doors.api.v1 import api

WORDS = frozenset({"title", "description", "summary"})


@dataclass(frozen=True, slots=True)
class Line:
    """A parameter or a field, as the page shows it."""

    name: str
    title: str
    type: str
    description: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class Operation:
    """One address of the interface, as the page shows it."""

    id: str
    path: str
    summary: str
    description: str
    parameters: tuple[Line, ...]
    answers: tuple[tuple[str, str], ...]
    example: str


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape of an answer, as the page shows it."""

    name: str
    description: str
    fields: tuple[Line, ...]


@require_safe
def openapi(_http_request: HttpRequest) -> JsonResponse:
    """Answer the description of the interface (OpenAPI 3.1)."""
    return JsonResponse(
        described(),
        json_dumps_params={"ensure_ascii": False},
        headers={"Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=3600"},
    )


@require_safe
def page(http_request: HttpRequest) -> HttpResponse:
    """Show the same description to people."""
    told = described()
    context = {
        "title": told["info"]["title"],
        "description": told["info"]["description"],
        "site": {"name": settings.BUREAU.name, "home_url": "/"},
        "operations": list(_operations(told)),
        "shapes": list(_shapes(told)),
        "problems": [(status, _(title)) for status, title in problems.TITLES.items()],
        "base": f"{settings.SITE_URL}/api/v1",
    }
    return render(http_request, "api/docs.html", context)


def described() -> dict[str, Any]:
    """Return the OpenAPI description with its words in the language of now."""
    told: dict[str, Any] = _translated(dict(api.get_openapi_schema(path_prefix="/api/v1")))
    told["servers"] = [{"url": settings.SITE_URL}]
    for operation in (operation for path in told["paths"].values() for operation in path.values()):
        for status, answer in operation["responses"].items():
            if status >= "400" or (isinstance(status, int) and status >= 400):
                answer["content"] = {problems.TYPE: answer["content"]["application/json"]}
    return told


def _translated(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {str(key): _translated(inner, str(key)) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_translated(inner, name) for inner in value]
    if name not in WORDS or not isinstance(value, str) or not value:
        return value
    sentence = " ".join(value.split())
    return _(sentence)


def _operations(told: dict[str, Any]) -> Iterator[Operation]:
    for path, methods in told["paths"].items():
        for operation in methods.values():
            yield Operation(
                id=operation["operationId"].rpartition("_api_")[2] or operation["operationId"],
                path=path,
                summary=operation.get("summary", ""),
                description=operation.get("description", ""),
                parameters=tuple(_parameter(each) for each in operation.get("parameters", ())),
                answers=tuple((status, _answer(each)) for status, each in operation["responses"].items()),
                example="" if "{" in path or _needs_something(operation) else path,
            )


def _needs_something(operation: dict[str, Any]) -> bool:
    return any(each.get("required") for each in operation.get("parameters", ()))


def _parameter(told: dict[str, Any]) -> Line:
    schema = told["schema"]
    return Line(
        name=told["name"],
        title=schema.get("title", ""),
        type=_type(schema),
        description=told.get("description") or schema.get("description", ""),
        is_required=bool(told.get("required")),
    )


def _answer(told: dict[str, Any]) -> str:
    schemas = [content["schema"] for content in told.get("content", {}).values()]
    return _type(schemas[0]) if schemas else ""


def _shapes(told: dict[str, Any]) -> Iterator[Shape]:
    for name, schema in sorted(told["components"]["schemas"].items()):
        if "properties" in schema:
            required = set(schema.get("required", ()))
            fields = (
                Line(
                    field,
                    about.get("title", ""),
                    _type(about),
                    about.get("description", ""),
                    field in required,
                )
                for field, about in schema["properties"].items()
            )
            yield Shape(name, schema.get("description", ""), tuple(fields))


def _type(schema: dict[str, Any]) -> str:
    """Return a type in few words: `string (date)`, `list of RecordLine`, `one of valid, lapsed`."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "enum" in schema:
        return _("one of %(values)s") % {"values": ", ".join(map(str, schema["enum"]))}
    for joined in ("anyOf", "allOf", "oneOf"):
        if joined in schema:
            return " | ".join(dict.fromkeys(_type(each) for each in schema[joined]))
    if schema.get("type") == "array":
        return _("list of %(type)s") % {"type": _type(schema.get("items", {}))}
    form = f" ({schema['format']})" if "format" in schema else ""
    return f"{schema.get('type', '')}{form}"
