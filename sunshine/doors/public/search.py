"""Search over all records: words, facets, order; every state of it is an address (WEB-SEARCH)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sunshine.design import parts
from sunshine.doors.public import answer, languages, page, wording
from sunshine.lenses.search import queries as lens
from sunshine.text import script

PER_PAGE = 10
LONGEST = 200
"""Characters that are read of what was written."""
FURTHEST = 100
"""Pages one can turn to; who needs more narrows the search, and programs have the interface."""

FACETS = ("kind", "validity", "year", "department", "topic")
SORTS = ("relevance", "newest", "oldest")


@dataclass(frozen=True, slots=True)
class Found:
    """One hit, worded: the snippet is segments of (is it a hit, text)."""

    title: str
    url: str
    snippet: Sequence[tuple[bool, str]]
    facts: Sequence[str]
    validity: str
    tone: parts.Tone


class Counted(Paginator):  # type: ignore[type-arg]  # Django reads no type argument here
    """Pages of hits that the index has already cut out of the whole."""

    def __init__(self, total: int) -> None:
        super().__init__((), PER_PAGE)
        self.count = min(total, PER_PAGE * FURTHEST)


@answer.public
def search(http_request: HttpRequest) -> HttpResponse:
    """Show what is found; without words and facets, how to search."""
    asked = http_request.GET
    on = timezone.localdate()
    words = asked.get("q", "").strip()[:LONGEST]
    is_asked = bool(words) or any(asked.get(name) for name in FACETS)
    result = lens.search(_question(asked, words), on=on) if is_asked else None
    frame = page.Frame(title=words or _("Search"), crumbs=(parts.Link(_("Search"), ""),), is_indexed=False)
    response = page.show(
        http_request,
        "public/search.html",
        frame,
        query=words,
        is_asked=is_asked,
        total=result.total if result else 0,
        found=[_found(hit) for hit in result.hits] if result else [],
        page=_page(result.total, asked) if result else None,
        facets=_facets(result.facets, asked) if result else [],
        sorts=_sorts(asked),
        meant=result.meant if result else "",
        meant_url=_address(asked, "q", result.meant) if result and result.meant else "",
        is_instead=bool(result and result.is_instead),
        kept=[(name, asked[name]) for name in (*FACETS, "sort") if asked.get(name)],
    )
    response.headers["Cache-Control"] = "no-store"  # the index follows a moment after the record
    return response


@answer.public
def suggest(http_request: HttpRequest) -> HttpResponse:
    """Answer what was begun with the titles of public records that hold it, in the form of OpenSearch."""
    begun = http_request.GET.get("q", "").strip()[:LONGEST]
    titles = lens.suggest(begun)
    if languages.of_content() == languages.TRADITIONAL:
        titles = tuple(map(script.to_traditional, titles))
    response = JsonResponse([begun, titles], safe=False, json_dumps_params={"ensure_ascii": False})
    response.headers["Cache-Control"] = "no-store"
    return response


def _question(asked: QueryDict, words: str) -> lens.Question:
    year = asked.get("year", "")
    return lens.Question(
        words,
        kinds=tuple(filter(None, asked.getlist("kind"))),
        topic=asked.get("topic", ""),
        department=asked.get("department", ""),
        year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
        validity=asked.get("validity", ""),
        since=_day(asked.get("since", "")),
        until=_day(asked.get("until", "")),
        sort=next((sort for sort in SORTS if sort == asked.get("sort")), SORTS[0]),
        page=_number(asked),
        per_page=PER_PAGE,
    )


def _number(asked: QueryDict) -> int:
    given = asked.get("page", "")
    return min(max(1, int(given)), FURTHEST) if given.isascii() and given.isdigit() and len(given) < 6 else 1


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _page(total: int, asked: QueryDict) -> Page[Any]:
    return Counted(total).get_page(_number(asked))


def _found(hit: lens.Hit) -> Found:
    validity, tone = _validity(hit.kind, hit.validity)
    facts = (wording.day(hit.published_at), wording.kind(hit.kind), hit.number, hit.department)
    return Found(
        title=hit.title,
        url=reverse("public:record", args=[hit.reference]),
        snippet=hit.snippet_segments,
        facts=[fact for fact in facts if fact],
        validity=validity,
        tone=tone,
    )


def _validity(kind: str, code: str) -> tuple[str, parts.Tone]:
    return ("", "neutral") if kind in wording.VALIDITY_FREE or not code else wording.validity_of(code)


def _facets(facets: Mapping[str, Iterable[tuple[str, int]]], asked: QueryDict) -> Sequence[Mapping[str, Any]]:
    """Return the values that narrow the search, each an address; the chosen ones lead back out."""
    titles = {
        "kind": _("Kind"),
        "validity": wording.label("validity"),
        "year": _("Year"),
        "department": wording.label("issuer"),
        "topic": wording.label("topic"),
    }
    shown = []
    for name in FACETS:
        chosen = asked.get(name, "")
        options = [
            parts.Link(_option(name, value), _address(asked, name, value), chosen == value, count=count)
            for value, count in facets.get(name, ())
        ]
        if options:
            clear_url = _address(asked, name, "") if chosen else ""
            shown.append({"title": titles[name], "options": options, "clear_url": clear_url})
    return shown


def _option(name: str, value: str) -> str:
    if name == "kind":
        return wording.kind(value)
    return wording.validity_of(value)[0] if name == "validity" else value


def _sorts(asked: QueryDict) -> Sequence[parts.Link]:
    labels = {"relevance": _("Best match"), "newest": _("Newest first"), "oldest": _("Oldest first")}
    chosen = asked.get("sort", "relevance")
    return [parts.Link(labels[name], _address(asked, "sort", name), current=name == chosen) for name in SORTS]


def _address(asked: QueryDict, name: str, value: str) -> str:
    query = asked.copy()
    query.pop("page", None)
    query[name] = value
    if not value:
        del query[name]
    return f"?{query.urlencode()}"
