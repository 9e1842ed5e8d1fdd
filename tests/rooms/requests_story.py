"""Requests as tests need them: filed by somebody, and taken as far as asked through the room's operations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sunshine.kernel.period import day_of
from sunshine.work.requests import operations as requests
from sunshine.work.requests.models import Request
from sunshine.work.requests.rules.filing import Filing
from tests.cast import MONDAY, Cast

# Invented people: the first number is the standard's own example.
PERSON = {
    "name": "测试人甲",
    "document": "resident_id",
    "document_number": "11010519491231002X",
    "phone": "13800001234",
    "email": "applicant@example.com",
    "address": "阳光市测试路1号",
}
WANTED = "阳光路停车场2025年收费标准及批准文件"
MINUTE = timedelta(minutes=1)


def filing(way: str = "web", **fields: Any) -> Filing:
    """Return a sound request of a natural person."""
    given: dict[str, Any] = {"applicant_kind": "natural_person", "wanted": WANTED, "identity": PERSON}
    return Filing(way=way, **{**given, **fields})


def file(cast: Cast, *, at: datetime = MONDAY, **fields: Any) -> Request:
    """Let somebody file a request on the site."""
    request, _code = requests.file_online(filing(**fields), office=cast.office, at=at)
    return request


def handled(cast: Cast, *, at: datetime = MONDAY, **fields: Any) -> Request:
    """Return a request that lies with the cast's department."""
    request = file(cast, at=at, **fields)
    requests.assign(
        request.pk, department=cast.department, officer=cast.drafter, actor=cast.clerk, at=at + MINUTE
    )
    return request


def answer(
    cast: Cast,
    request: Request,
    outcome: str = "disclosed",
    *,
    at: datetime,
    details: Mapping[str, Any] | None = None,
    served_on: date | None = None,
) -> Request:
    """Draft, approve and send a reply."""
    requests.draft_reply(
        request.pk,
        outcome=outcome,
        finding="经查，相关信息如下。",
        public_subject="停车收费标准",
        details=details if details is not None else {"handover": "电子"},
        actor=cast.drafter,
        at=at,
    )
    requests.approve(request.pk, actor=cast.office_head, at=at + MINUTE)
    requests.reply(
        request.pk,
        service="electronic",
        served_on=served_on or day_of(at),
        actor=cast.clerk,
        at=at + 2 * MINUTE,
    )
    return Request.objects.select_related("matter").get(pk=request.pk)
