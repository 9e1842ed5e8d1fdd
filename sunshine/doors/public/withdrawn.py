"""What was taken down: a public list of every withdrawal, with its reason and who decided."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from sunshine.core.publishing.models import Record
from sunshine.core.publishing.queries import records
from sunshine.design import parts
from sunshine.doors.public import answer, page, wording

NEWEST = 200


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """One withdrawal as anyone may know it; nothing of what the record said."""

    reference: str
    url: str
    kind: str
    published_on: str
    withdrawn_on: str
    reason: str
    ground: wording.NamedGround
    decided_by: str


@answer.public
def everything(http_request: HttpRequest) -> HttpResponse:
    """Show the newest withdrawals."""
    title = _("What was withdrawn")
    withdrawals = [_withdrawal(record) for record in records.withdrawn(limit=NEWEST)]
    frame = page.Frame(title=title, crumbs=(parts.Link(title, ""),))
    return page.show(http_request, "public/withdrawn.html", frame, withdrawals=withdrawals)


def _withdrawal(record: Record) -> Withdrawal:
    return Withdrawal(
        reference=record.reference,
        url=reverse("public:record", args=[record.reference]),
        kind=wording.kind(record.kind),
        published_on=wording.day(record.published_at),
        withdrawn_on=wording.day(record.withdrawn_at),
        reason=record.withdrawal_reason,
        ground=wording.withdrawal_ground(record),
        decided_by=record.withdrawal_decided_by,
    )
