"""Atom feeds of what was published and what was withdrawn (RFC 4287, RFC 5005, RFC 6721)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotFound
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sunshine.core.publishing import rules
from sunshine.core.publishing.models import Record
from sunshine.core.publishing.queries import directory, listing, records
from sunshine.doors.feeds import addresses, epoch, xml
from sunshine.kernel import errors, period
from sunshine.text import markup
from sunshine.work.documents import rules as documents

TYPE = "application/atom+xml; charset=utf-8"
ATOM = "http://www.w3.org/2005/Atom"
DELETED = "http://purl.org/atompub/tombstones/1.0"
LANGUAGE = "zh-Hans"
ON_A_PAGE = 50
LONGEST_SUMMARY = 300
BEFORE_ANYTHING = datetime(1970, 1, 1, tzinfo=UTC)
KINDS = {kind.code: kind.term for kind in documents.KINDS}


@dataclass(frozen=True, slots=True)
class Feed:
    """What one feed is about: its path, its title, its page for people, and which records it tells of."""

    path: str
    title: str
    page: str
    wanted: listing.Wanted
    items: tuple[int, ...] = ()


@require_safe
@epoch.conditional
def everything(http_request: HttpRequest) -> HttpResponseBase:
    """Answer the feed of everything published."""
    with translation.override(settings.LANGUAGE_CODE):
        return _answer(
            http_request, Feed("/feeds/all.atom", _("Everything published"), "/", listing.Wanted())
        )


@require_safe
@epoch.conditional
def column(http_request: HttpRequest, slug: str) -> HttpResponseBase:
    """Answer the feed of one column of the directory."""
    found = next((each for each in rules.COLUMNS if each.slug == slug), None)
    if found is None:
        return _nothing()
    items = listing.items_in(slug)
    wanted = listing.Wanted(items=tuple(each.code for each in items), column=slug)
    path = f"/feeds/{slug}.atom"
    feed = Feed(path, found.term, f"/columns/{slug}/", wanted, tuple(each.pk for each in items))
    return _answer(http_request, feed)


@require_safe
@epoch.conditional
def item(http_request: HttpRequest, code: str) -> HttpResponseBase:
    """Answer the feed of one item of the directory."""
    try:
        found = directory.item(code)
    except errors.NotFound:
        return _nothing()
    wanted = listing.Wanted(items=(code,))
    feed = Feed(f"/feeds/item/{code}.atom", found.subject, f"/directory/{code}/", wanted, (found.pk,))
    return _answer(http_request, feed)


def _answer(http_request: HttpRequest, feed: Feed) -> HttpResponse:
    after = http_request.GET.get("after", "")
    try:
        # Only the newest page is kept: anybody can ask for a page after any record.
        data = _document(feed, after) if after else epoch.once(feed.path, lambda: _document(feed, ""))
    except errors.NotFound:
        return _nothing()
    return HttpResponse(data, content_type=TYPE)


def _nothing() -> HttpResponse:
    return HttpResponseNotFound("not found\n", content_type="text/plain; charset=utf-8")


def _document(feed: Feed, after: str) -> bytes:
    page = listing.page(feed.wanted, on=period.day_of(timezone.now()), after=after, limit=ON_A_PAGE)
    has_no_items = bool(feed.wanted.column) and not feed.items
    withdrawn = [] if after or has_no_items else records.withdrawn(limit=ON_A_PAGE, items=feed.items)
    versions = records.newest_versions(page.records)
    out = xml.Writer()
    out.begin("feed", {"xmlns": ATOM, "xmlns:at": DELETED, "xml:lang": LANGUAGE})
    _head(out, feed, after, page.next, _newest_change([*page.records, *withdrawn]))
    for record in withdrawn:
        _tombstone(out, record)
    for record in page.records:
        _entry(out, record, versions[record.pk])
    out.end()
    return out.finished()


def _newest_change(told: Sequence[Record]) -> datetime:
    return max((record.changed_at for record in told), default=BEFORE_ANYTHING)


def _head(out: xml.Writer, feed: Feed, after: str, following: str, updated: datetime) -> None:
    own = f"{feed.path}?after={after}" if after else feed.path
    links = [("self", own, TYPE), ("alternate", feed.page, "text/html"), ("first", feed.path, TYPE)]
    if following:
        links.append(("next", f"{feed.path}?after={following}", TYPE))
    out.element("id", addresses.lasting_name(feed.path))
    out.element("title", f"{settings.BUREAU.name} · {feed.title}")
    out.element("updated", xml.moment(updated))
    _person(out, "author", settings.BUREAU.name)
    for relation, path, media_type in links:
        href = addresses.absolute(path)
        out.element("link", attributes={"rel": relation, "type": media_type.partition(";")[0], "href": href})


def _entry(out: xml.Writer, record: Record, version: records.Version) -> None:
    address = addresses.record(record.reference)
    out.begin("entry")
    out.element("id", addresses.lasting_name(f"/r/{record.reference}/"))
    out.element("title", record.title)
    out.element("published", xml.moment(record.published_at))
    out.element("updated", xml.moment(record.changed_at))
    _person(out, "author", record.department or settings.BUREAU.name)
    out.element("category", attributes={"term": record.kind, "label": KINDS.get(record.kind, record.kind)})
    out.element("link", attributes={"rel": "alternate", "type": "text/html", "href": address})
    for file in version.files:
        if not file.is_erased:
            _enclosure(out, record, version, file)
    out.element("summary", _summary(version), {"type": "text"})
    out.end()


def _enclosure(out: xml.Writer, record: Record, version: records.Version, file: records.File) -> None:
    href = addresses.attachment(record.reference, version.number, file.position, file.name)
    about = {"type": file.media_type, "length": file.size, "title": file.name}
    out.element("link", attributes={"rel": "enclosure", "href": href, **about})


def _summary(version: records.Version) -> str:
    told = str(version.fields.get("summary") or markup.to_text(str(version.fields.get("body", ""))))
    flat = " ".join(told.split())
    return flat if len(flat) <= LONGEST_SUMMARY else f"{flat[: LONGEST_SUMMARY - 1]}…"


def _tombstone(out: xml.Writer, record: Record) -> None:
    if record.withdrawn_at is None:  # only withdrawn records come here; the type does not know
        return
    name = addresses.lasting_name(f"/r/{record.reference}/")
    out.begin("at:deleted-entry", {"ref": name, "when": xml.moment(record.withdrawn_at)})
    _person(out, "at:by", record.withdrawal_decided_by or settings.BUREAU.name)
    out.element("at:comment", record.withdrawal_reason, {"type": "text"})
    out.end()


def _person(out: xml.Writer, role: str, name: str) -> None:
    out.begin(role)
    out.element("name", name)
    out.end()
