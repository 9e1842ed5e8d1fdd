"""What participation does when the ledger tells of a record: calls open and end with records."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sunshine.core.ledger.models import Entry
from sunshine.core.publishing import preparing
from sunshine.core.publishing.models import Record, RecordVersion
from sunshine.work.participation.models import CommentCall, Decision
from sunshine.work.participation.operations import calls, deciding
from sunshine.work.participation.rules import calls as rules
from sunshine.work.participation.rules import decisions

WITHDRAWN = "草案已撤回"


def hear_record(entry: Entry) -> None:
    """Open the call on a draft that became public; end the call whose report did.

    Heard again, it finds the call opened or ended and leaves it.
    """
    record = Record.objects.filter(reference=entry.subject).first()
    if record is None:
        return
    open_call(record, at=entry.at)
    _decide(record, entry)
    if record.kind == rules.REPORT:
        _end(record, entry)


def open_call(record: Record, *, at: datetime) -> None:
    """Open the call on a draft that names its last day; any other record opens none."""
    fields = _fields(record)
    is_draft = record.kind == rules.DRAFT and record.withdrawn_at is None and record.matter_reference
    # What stood on the former site was open for comment there, if ever.
    if is_draft and fields.get("comment_until") and not fields.get("imported"):
        calls.open_for(
            record,
            version=record.version,
            until=date.fromisoformat(str(fields["comment_until"])),
            identity=str(fields.get("comment_identity", "")),
            at=at,
        )


def hear_withdrawal(entry: Entry) -> None:
    """Call off the call on a draft that was withdrawn."""
    standing = CommentCall.objects.filter(
        record__reference=entry.subject, matter__stage__in=[rules.OPEN.name, rules.CLOSED.name]
    ).first()
    if standing is not None:
        calls.call_off(standing.matter_id, reason=WITHDRAWN, actor=None, at=entry.at)


def _decide(record: Record, entry: Entry) -> None:
    named = _fields(record).get(preparing.FIELD)
    if preparing.required(record.kind, record.formed_on) is None or not named:
        return
    decided = Decision.objects.select_related("matter").filter(
        matter__reference=named, matter__stage=decisions.DECIDED.name
    )
    for decision in decided:
        deciding.publish(decision, record, at=entry.at)


def _end(record: Record, entry: Entry) -> None:
    standing = CommentCall.objects.select_related("matter").filter(
        report_document=record.matter_reference, matter__stage=rules.CLOSED.name
    )
    for call in standing.exclude(report_document=""):
        calls.report(call, record, at=entry.at)


def _fields(record: Record) -> dict[str, Any]:
    version = RecordVersion.objects.get(record=record, number=record.version)
    return {name: field["value"] for name, field in version.sealed["fields"].items() if "value" in field}
