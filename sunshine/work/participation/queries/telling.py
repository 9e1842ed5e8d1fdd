"""Why what everybody was told of was changed or called off."""

from __future__ import annotations

from collections.abc import Iterable

from sunshine.core.ledger.models import Entry
from sunshine.work.participation.models import CommentCall, Gathering

TOLD = {
    "gathering.change": "change",
    "gathering.cancel": "cancel",
    "comment_call.extend": "extend",
    "comment_call.call_off": "call_off",
}


def reasons(rows: Iterable[Gathering | CommentCall]) -> dict[int, dict[str, str]]:
    """Return of each call or gathering, by the act, the last reason for it.

    It stands on the page, where it can be withdrawn, and not in the log, which no erasure reaches.
    """
    ids = {row.matter.reference: row.pk for row in rows}
    found: dict[int, dict[str, str]] = {row_id: {} for row_id in ids.values()}
    entries = Entry.objects.filter(subject__in=list(ids), kind__in=list(TOLD)).order_by("id")
    for subject, kind, facts in entries.values_list("subject", "kind", "facts"):
        found[ids[subject]][TOLD[kind]] = str(facts.get("reason", ""))
    return found
