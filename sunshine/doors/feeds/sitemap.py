"""The site map for search engines: an index, the standing pages, and the records in parts of 50,000."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotFound,
    StreamingHttpResponse,
)
from django.views.decorators.http import require_safe

from sunshine.core.publishing import rules
from sunshine.core.publishing.queries import directory, listing
from sunshine.doors.feeds import addresses, epoch, xml

TYPE = "application/xml; charset=utf-8"
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
LARGEST_PART = 50_000
IN_ONE_PIECE = 1000
STANDING = ("/", "/directory/", "/verify/", "/ledger/", "/withdrawn/", "/map/")


@require_safe
@epoch.conditional
def index(_http_request: HttpRequest) -> HttpResponseBase:
    """Answer where the parts of the site map lie and when each changed last."""
    return HttpResponse(epoch.once("sitemap", _index), content_type=TYPE)


@require_safe
@epoch.conditional
def pages(_http_request: HttpRequest) -> HttpResponseBase:
    """Answer the pages that are always there: home, columns, the directory and its items."""
    items = [f"/directory/{item.code}/" for item in directory.open_items()]
    columns = [f"/columns/{column.slug}/" for column in rules.COLUMNS]
    paths = [*STANDING, *columns, *items]
    lines = (_line("url", addresses.absolute(path), None) for path in paths)
    return HttpResponse("".join(_wrapped("urlset", lines)), content_type=TYPE)


@require_safe
@epoch.conditional
def part(_http_request: HttpRequest, number: int) -> HttpResponseBase:
    """Answer one part of the records, written while it is read, so that memory stays constant."""
    if not 1 <= number <= listing.count_of_parts(LARGEST_PART):
        return HttpResponseNotFound("not found\n", content_type="text/plain; charset=utf-8")
    rows = listing.part(number, LARGEST_PART)
    lines = (_line("url", addresses.record(reference), changed_at) for reference, changed_at in rows)
    return StreamingHttpResponse(_in_pieces(_wrapped("urlset", lines)), content_type=TYPE)


def _index() -> bytes:
    lines = [_line("sitemap", addresses.absolute("/sitemap-pages.xml"), listing.epoch().changed_at)]
    lines += [
        _line("sitemap", addresses.absolute(f"/sitemap-{number}.xml"), changed_at)
        for number, changed_at in listing.parts(LARGEST_PART)
    ]
    return "".join(_wrapped("sitemapindex", lines)).encode("utf-8")


def _line(name: str, address: str, changed_at: datetime | None) -> str:
    changed = f"<lastmod>{xml.moment(changed_at)}</lastmod>" if changed_at else ""
    return f"<{name}><loc>{xml.text(address)}</loc>{changed}</{name}>\n"


def _wrapped(name: str, lines: Iterable[str]) -> Iterator[str]:
    yield f'{xml.DECLARATION}<{name} xmlns="{NAMESPACE}">\n'
    yield from lines
    yield f"</{name}>\n"


def _in_pieces(lines: Iterable[str]) -> Iterator[bytes]:
    held: list[str] = []
    for line in lines:
        held.append(line)
        if len(held) == IN_ONE_PIECE:
            yield "".join(held).encode("utf-8")
            held.clear()
    yield "".join(held).encode("utf-8")
