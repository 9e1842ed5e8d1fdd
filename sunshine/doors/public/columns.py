"""The parts of the national column 政府信息公开 (PRO-PLATFORM), and the guide."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sunshine.core.publishing import rules as publishing
from sunshine.core.publishing.queries import directory, records
from sunshine.design import parts
from sunshine.doors.public import answer, page, promises, shelf, wording
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.documents import rules as documents

NEWEST = 30


@answer.public
def column(http_request: HttpRequest, slug: str) -> HttpResponse:
    """Show one part: its items, and what is newest under them."""
    on = timezone.localdate()
    known, kept = _known(slug, on)
    title = wording.column(known.slug, known.term)
    newest = records.newest(limit=NEWEST, items=[each.item.pk for each in kept]) if kept else []
    frame = page.Frame(
        title=title,
        crumbs=(parts.Link(title, ""),),
        description=_(wording.COLUMN_HINTS[slug]),
        meta={"ColumnName": known.term, "ColumnType": "政府信息公开", "ColumnDescription": known.term},
        feed=parts.Link(title, f"/feeds/{slug}.atom"),
    )
    return page.show(
        http_request,
        "public/column.html",
        frame,
        hint=_(wording.COLUMN_HINTS[slug]),
        rows=[promises.row(each) for each in kept],
        lines=shelf.lines(newest, on=on),
        is_full=len(newest) == NEWEST,
        is_on_request=slug == publishing.ON_REQUEST.slug,
        is_of_reports=slug == publishing.REPORTS.slug,
    )


@answer.public
def guide(http_request: HttpRequest) -> HttpResponse:
    """Show the standing pages; where there is only one, lead to it."""
    standing = records.newest(limit=NEWEST, kinds=[documents.STANDING_PAGE.code])
    if len(standing) == 1:
        return HttpResponseRedirect(reverse("public:record", args=[standing[0].reference]))
    title = _("Guides and standing pages")
    frame = page.Frame(title=title, crumbs=(parts.Link(title, ""),))
    lines = shelf.lines(standing, on=timezone.localdate())
    return page.show(http_request, "public/guide.html", frame, lines=lines)


def _known(slug: str, on: date) -> tuple[publishing.Column, list[directory.Kept]]:
    for known, kept in directory.columns(on=on):
        if known.slug == slug:
            return known, kept
    raise errors.NotFound(Reason(gettext_noop("There is no such column")))
