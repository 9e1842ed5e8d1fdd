"""The log of acts, and the upkeep: deliveries that stick, files that wait for their virus check."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sunshine.core.ledger import operations, queries
from sunshine.core.ledger.models import Entry
from sunshine.core.matters import queries as matters
from sunshine.core.publishing.models import Blob
from sunshine.core.publishing.queries import drafts
from sunshine.design.parts import Moment
from sunshine.doors.desk import permits, shell, words
from sunshine.text import numbers

ON_A_PAGE = 60


def show(request: HttpRequest) -> HttpResponse:
    """Show what was done, newest first; of one kind of act or about one reference when asked."""
    permits.require(shell.staff(request), permits.READS_LOG)
    kind, subject = request.GET.get("kind", ""), request.GET.get("subject", "").strip()[:40]
    before = numbers.typed(request.GET.get("before", ""), digits=15)
    entries = _entries(kind, subject, before)
    files = words.files_named(entries)
    return shell.page(
        request,
        "desk/log.html",
        title=_("Log of acts"),
        place="log",
        moments=[_line(entry, files) for entry in entries],
        kinds=_kinds(),
        kind=kind,
        subject=subject,
        older=entries[-1].pk if len(entries) == ON_A_PAGE and not subject else None,
        waiting=queries.waiting_deliveries(),
    )


def _entries(kind: str, subject: str, before: int | None) -> list[Entry]:
    if subject:
        rows = [row for row in queries.timeline(subject) if not kind or row.kind == kind]
        return rows[::-1]
    return queries.newest(kinds=[kind] if kind else (), before=before, limit=ON_A_PAGE)


def _line(entry: Entry, files: Mapping[int, str]) -> Moment:
    is_matter = entry.subject[:1].isalpha() and "-" in entry.subject and entry.kind.startswith("document.")
    url = reverse("desk:matter", args=[entry.subject]) if is_matter else ""
    return Moment(
        at=entry.at,
        sentence=words.sentence(entry),
        who=entry.subject,
        note=words.note(entry, files),
        url=url,
    )


def _kinds() -> list[tuple[str, str]]:
    """Return every kind of entry with its words, for choosing one."""
    acts = {
        f"{procedure.kind}.{act.name}": _(act.label)
        for procedure in matters.procedures()
        for act in procedure.acts
        if act.label
    }
    others = {kind: words.say(text, {"actor": "…"}) for kind, text in words.SENTENCES.items() if "." in kind}
    return [*acts.items(), *others.items()]


def upkeep(request: HttpRequest) -> HttpResponse:
    """Show what sticks: deliveries that failed, files that wait or did not pass their virus check."""
    person = shell.staff(request)
    permits.require(person, (*permits.KEEPS_RUNNING, *permits.READS_LOG))
    return shell.page(
        request,
        "desk/upkeep.html",
        title=_("Upkeep"),
        place="upkeep",
        stuck=queries.stuck_deliveries(),
        waiting=queries.waiting_deliveries(),
        files=[(blob, _matters_of(blob)) for blob in drafts.files_not_clean()],
        may_retry=permits.holds(person, permits.KEEPS_RUNNING),
    )


def _matters_of(blob: Blob) -> list[tuple[str, str]]:
    """Return (file name, matter's reference) of the drafts that a file belongs to."""
    return [(row.name, row.draft.matter.reference) for row in blob.attachments.all()]


@require_POST
def retry(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """Have a stuck delivery tried again."""
    person = shell.staff(request)
    permits.require(person, permits.KEEPS_RUNNING)
    operations.retry(delivery_id, actor=person, at=timezone.now())
    messages.success(request, _("It will be tried again within seconds."))
    return HttpResponseRedirect(reverse("desk:upkeep"))
