"""The directory of proactive disclosure (主动公开目录): every promise, and whether it is kept (M10)."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sunshine.core.publishing.queries import directory as queries
from sunshine.core.publishing.queries import records
from sunshine.design import parts
from sunshine.doors.public import answer, page, promises, shelf, wording

PER_PAGE = 20


@answer.public
def directory(http_request: HttpRequest) -> HttpResponse:
    """Show every item, or those that a figure counts (`?show=stale`)."""
    on = timezone.localdate()
    columns = queries.columns(on=on)
    show = http_request.GET.get("show", "")
    wanted = promises.SHOWN.get(show)
    name = _("Directory")
    title = promises.titles()[show] if wanted else _("Directory of proactive disclosure")
    crumbs = (parts.Link(name, reverse("public:directory") if wanted else ""),)
    frame = page.Frame(title=title, crumbs=(*crumbs, parts.Link(title, "")) if wanted else crumbs)
    late = queries.late_records() if show == "late" else []
    return page.show(
        http_request,
        "public/directory.html",
        frame,
        figures=promises.figures(columns),
        groups=[
            (wording.column(column.slug, column.term), column.slug, rows)
            for column, kept in columns
            if (rows := [promises.row(each) for each in kept if wanted is None or wanted(each)])
        ],
        late=shelf.lines(late, on=on),
        is_part=wanted is not None,
    )


@answer.public
def item(http_request: HttpRequest, code: str) -> HttpResponse:
    """Show one item: what it promises, how it is kept, and all its records."""
    on = timezone.localdate()
    known = queries.item(code)
    columns = queries.columns(on=on)
    kept = next((each for _column, held in columns for each in held if each.item.pk == known.pk), None)
    shown = Paginator(records.of_item(known), PER_PAGE).get_page(http_request.GET.get("page"))
    column = next(column for column, _held in columns if column.slug == known.column)
    frame = page.Frame(
        title=known.subject,
        crumbs=(
            parts.Link(_("Directory"), reverse("public:directory")),
            parts.Link(
                wording.column(column.slug, column.term), reverse("public:column", args=[column.slug])
            ),
            parts.Link(known.subject, ""),
        ),
        meta={"ColumnName": known.subject, "ColumnType": column.term},
        feed=parts.Link(known.subject, f"/feeds/item/{known.code}.atom"),
    )
    return page.show(
        http_request,
        "public/item.html",
        frame,
        item=known,
        row=promises.row(kept) if kept else None,
        page=shown,
        lines=shelf.lines(shown.object_list, on=on),
    )
