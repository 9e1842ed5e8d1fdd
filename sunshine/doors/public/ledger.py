"""The human page of the public log: every public act in one line, newest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sunshine.core.ledger import queries
from sunshine.core.matters import queries as matters
from sunshine.design import parts
from sunshine.doors.public import answer, page
from sunshine.kernel.words import gettext_noop
from sunshine.text import numbers

PER_PAGE = 50

SENTENCES: Mapping[str, str] = {
    "record.published": gettext_noop("Published: version %(version)s"),
    "record.corrected": gettext_noop("Corrected: version %(version)s"),
    "record.withdrawn": gettext_noop("Withdrawn from public view"),
    "record.repealed": gettext_noop("Marked as repealed from %(on)s"),
    "record.erased": gettext_noop("Fields lawfully erased from version %(version)s"),
    "directory.listed": gettext_noop("Entered in the directory"),
    "directory.changed": gettext_noop("Changed in the directory"),
    "directory.closed": gettext_noop("Closed in the directory"),
    "document.publish": gettext_noop("A document passed the gate"),
    "document.withdraw": gettext_noop("The withdrawal of a document was decided"),
    "document.repeal": gettext_noop("The repeal of a document was entered"),
    "document.lower_attribute": gettext_noop("A document was made less open"),
    "document.lower_attribute_in_draft": gettext_noop("A document not yet published was made less open"),
}
"""What each kind of public entry says; one that is not listed shows its kind as it stands in the log."""

PAGES: Mapping[str, str] = {
    "record": "public:record",
    "directory": "public:item",
    "information_request": "public:request",
}
"""Which page shows the subject of an entry, by the first word of its kind."""


@dataclass(frozen=True, slots=True)
class Line:
    """One public entry for a reader."""

    index: int
    at: str
    sentence: str
    subject: str
    url: str
    digest: str


@answer.public
def ledger(http_request: HttpRequest) -> HttpResponse:
    """Show the log, fifty entries a page; `?before=` pages on."""
    before = numbers.typed(http_request.GET.get("before", ""), digits=15)
    entries = queries.public_lines(before=before, limit=PER_PAGE)
    title = _("Public log")
    frame = page.Frame(title=title, crumbs=(parts.Link(title, ""),))
    return page.show(
        http_request,
        "public/ledger.html",
        frame,
        entries=[_line(index, told) for index, told in entries],
        older=entries[-1][0] if entries and entries[-1][0] > 0 else None,
        is_paged=before is not None,
        size=queries.size(),
        checkpoint=queries.checkpoint(),
        key=queries.verifier_key(),
        origin=settings.LOG_ORIGIN,
    )


def _line(index: int, told: Mapping[str, Any]) -> Line:
    kind, subject = str(told["kind"]), str(told["subject"])
    view = PAGES.get(kind.partition(".")[0])
    at = timezone.localtime(datetime.fromisoformat(told["at"]))
    return Line(
        index=index,
        at=at.strftime("%Y-%m-%d %H:%M:%S"),
        sentence=_sentence(kind, told),
        subject=subject,
        url=reverse(view, args=[subject]) if view else "",
        digest=str(told.get("digest", "")),
    )


def _sentence(kind: str, told: Mapping[str, Any]) -> str:
    known = SENTENCES.get(kind)
    if known:
        return _(known) % {"version": told.get("version", ""), "on": told.get("on", "")}
    wording = matters.wording_of(kind)
    return _(wording) % {"actor": _("The bureau")} if wording else kind
