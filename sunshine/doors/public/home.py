"""The home page: search first, what is open for comment, what changed this week, are the promises kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sunshine.core.ledger import queries as ledger
from sunshine.core.publishing.models import Record
from sunshine.core.publishing.queries import directory, records
from sunshine.design import parts
from sunshine.doors.public import answer, comments, page, promises, shelf, wording
from sunshine.kernel import period
from sunshine.work.documents import rules as documents

MOST = 8
"""Lines of each list."""
POLICIES = (documents.NORMATIVE_DOCUMENT.code, documents.PLAN.code, documents.INTERPRETATION.code)


@dataclass(frozen=True, slots=True)
class Change:
    """Something that became public, changed or went on a day of the last week."""

    on: str
    what: str
    title: str
    url: str
    tone: parts.Tone = "neutral"


@answer.public
def home(http_request: HttpRequest) -> HttpResponse:
    """Show the home page."""
    on = timezone.localdate()
    since = period.start_of(on - timedelta(days=6))
    policies = records.newest(limit=2 * MOST, kinds=POLICIES)
    return page.show(
        http_request,
        "public/home.html",
        page.Frame(title="", description=_("What this bureau does, published as it does it")),
        entrances=_entrances(),
        open_calls=comments.open_calls(on=on),
        changes=_changes(since)[:MOST],
        policies=shelf.lines(policies, on=on)[:MOST],
        figures=promises.figures(directory.columns(on=on)),
        log_size=ledger.size(),
    )


def _entrances() -> Sequence[parts.Link]:
    """Return the doors of the house that are open."""
    return (
        parts.Link(
            _("Read documents"), reverse("public:column", args=["statutory"]), hint=_("With interpretation")
        ),
        parts.Link(
            _("Ask for information"),
            reverse("public:request_new"),
            hint=_("What is not published can be asked for"),
        ),
        parts.Link(
            _("Write to the bureau"),
            reverse("public:letter_new"),
            hint=_("Ask, complain, suggest, report"),
        ),
        parts.Link(
            _("Say what you think"),
            reverse("public:participation"),
            hint=_("Drafts open for comment, and what came of it"),
        ),
        parts.Link(
            _("What must be published"),
            reverse("public:directory"),
            hint=_("Each item, its limit, its owner"),
        ),
        parts.Link(_("Verify"), reverse("public:verify"), hint=_("Nothing was slipped in or out")),
    )


def _changes(since: datetime) -> list[Change]:
    """Return what happened since a moment, newest first; interpretations go with their documents."""
    changed = records.changed(since=since)
    listed = {record.pk for record in changed}
    told = [(record.changed_at, _change(record, since)) for record in changed if record.main_id not in listed]
    gone = [record for record in records.withdrawn(limit=MOST) if _is_since(record.withdrawn_at, since)]
    told += [(record.changed_at, _withdrawal(record)) for record in gone if record.main_id is None]
    return [change for _at, change in sorted(told, key=lambda pair: pair[0], reverse=True)]


def _is_since(moment: datetime | None, since: datetime) -> bool:
    return moment is not None and moment >= since


def _change(record: Record, since: datetime) -> Change:
    what: str
    tone: parts.Tone = "info"
    if record.published_at >= since:
        what, tone = wording.kind(record.kind), "neutral"
    elif _was_repealed_last(record):
        what = _("Repealed")
    else:
        what = _("Corrected version")
    url = reverse("public:record", args=[record.reference])
    return Change(wording.day(record.changed_at), what, record.title, url, tone)


def _was_repealed_last(record: Record) -> bool:
    """Return whether the last change was a repeal: a new version has the moment of its own publication."""
    return record.repealed_on is not None and not records.has_version_of(record, record.changed_at)


def _withdrawal(record: Record) -> Change:
    """Return a withdrawal: what it was called is not public any more, why it went is."""
    url = reverse("public:record", args=[record.reference])
    return Change(wording.day(record.withdrawn_at), _("Withdrawn"), record.withdrawal_reason, url, "bad")
