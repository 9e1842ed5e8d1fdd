"""The shapes of what Open311 answers as JSON; a field that is not here may not be answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sunshine.work.correspondence.rules.services import DATATYPES

TEXT: Mapping[str, Any] = {"type": "string"}
TEXT_OR_NONE: Mapping[str, Any] = {"type": ["string", "null"]}
MOMENT: Mapping[str, Any] = {"type": "string", "format": "date-time"}
MOMENT_OR_NONE: Mapping[str, Any] = {"type": ["string", "null"], "format": "date-time"}
NUMBER_OR_NONE: Mapping[str, Any] = {"type": ["number", "null"]}
WHOLE: Mapping[str, Any] = {"type": "integer"}
YES_OR_NO: Mapping[str, Any] = {"type": "boolean"}
OPEN, CLOSED = "open", "closed"
STANDING: Mapping[str, Any] = {"type": "string", "enum": [OPEN, CLOSED]}


def of(fields: Mapping[str, Any], sometimes: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return the shape that has these fields always, some others at times, and no more."""
    return {
        "type": "object",
        "properties": {**fields, **(sometimes or {})},
        "required": list(fields),
        "additionalProperties": False,
    }


def several(shape: Mapping[str, Any], *, least: int = 0) -> dict[str, Any]:
    """Return the shape of a list."""
    return {"type": "array", "items": shape, "minItems": least}


def one_only(shape: Mapping[str, Any]) -> dict[str, Any]:
    """Return the shape of a list that holds one thing, as the specification has it."""
    return {**several(shape, least=1), "maxItems": 1}


ENDPOINT = of(
    {
        "specification": TEXT,
        "url": TEXT,
        "changeset": MOMENT,
        "type": {"enum": ["production", "test"]},
        "formats": several(TEXT, least=1),
    }
)
SERVICE = of(
    {
        "service_code": TEXT,
        "service_name": TEXT,
        "description": TEXT,
        "metadata": YES_OR_NO,
        "type": {"enum": ["realtime", "batch", "blackbox"]},
        "keywords": TEXT,
        "group": TEXT,
    }
)
ATTRIBUTE = of(
    {
        "variable": YES_OR_NO,
        "code": TEXT,
        "datatype": {"enum": list(DATATYPES)},
        "required": YES_OR_NO,
        "datatype_description": TEXT,
        "order": WHOLE,
        "description": TEXT,
    },
    {"values": several(of({"key": TEXT, "name": TEXT}), least=1)},
)
REQUEST = of(
    {
        "service_request_id": TEXT,
        "status": STANDING,
        "status_notes": TEXT,
        "service_name": TEXT,
        "service_code": TEXT,
        "description": TEXT_OR_NONE,
        "agency_responsible": TEXT,
        "service_notice": TEXT_OR_NONE,
        "requested_datetime": MOMENT,
        "updated_datetime": MOMENT,
        "expected_datetime": MOMENT_OR_NONE,
        "address": TEXT_OR_NONE,
        "address_id": TEXT_OR_NONE,
        "zipcode": TEXT_OR_NONE,
        "lat": NUMBER_OR_NONE,
        "long": NUMBER_OR_NONE,
        "media_url": TEXT_OR_NONE,
    },
    {"outcome": TEXT, "contested": YES_OR_NO, "joined_into": TEXT},
)
REPORTED = {
    **of(
        {"service_notice": TEXT, "account_id": TEXT_OR_NONE},
        {"service_request_id": TEXT, "token": TEXT, "follow_code": TEXT},
    ),
    "oneOf": [{"required": ["service_request_id"]}, {"required": ["token"]}],
}
UPDATE = of(
    {
        "update_id": TEXT,
        "service_request_id": TEXT,
        "status": STANDING,
        "updated_datetime": MOMENT,
        "description": TEXT,
    }
)

ANSWERS: Mapping[str, dict[str, Any]] = {
    "Discovery": of(
        {"changeset": MOMENT, "contact": TEXT, "key_service": TEXT, "endpoints": several(ENDPOINT)}
    ),
    "Services": several(SERVICE),
    "Definition": of({"service_code": TEXT, "attributes": several(ATTRIBUTE)}),
    "Requests": several(REQUEST),
    "Request": one_only(REQUEST),
    "Reported": one_only(REPORTED),
    "Token": one_only(of({"service_request_id": TEXT, "token": TEXT})),
    "Updates": several(UPDATE),
    "Heard": one_only(of({"update_id": TEXT, "is_new": YES_OR_NO})),
    "Errors": several(of({"code": WHOLE, "description": TEXT}), least=1),
}
