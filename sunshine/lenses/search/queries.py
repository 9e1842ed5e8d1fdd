"""Questions to the search: what is found, how much of which sort, and where it stands in the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from sunshine.core.publishing import rules as publishing
from sunshine.core.publishing.queries import records
from sunshine.kernel import period
from sunshine.lenses.search import counting, guessing, matching, ranking, snippets, store
from sunshine.text import query, tokens

FURTHEST = 1000
"""Hits that can be turned to; who needs more narrows the search."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is sought; what is empty does not narrow.

    `year` is the year of forming, `since` and `until` are days of publication, `validity` is a
    `publishing.rules.Validity`, `sort` is relevance, newest or oldest.
    """

    words: str = ""
    kinds: tuple[str, ...] = ()
    topic: str = ""
    department: str = ""
    year: int | None = None
    validity: str = ""
    since: date | None = None
    until: date | None = None
    sort: str = "relevance"
    page: int = 1
    per_page: int = 10


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found. The snippet is segments of (is it a hit, text)."""

    reference: str
    title: str
    number: str
    kind: str
    department: str
    published_at: datetime
    validity: str
    snippet_segments: tuple[tuple[bool, str], ...]


@dataclass(frozen=True, slots=True)
class Result:
    """How many records were found, one page of them, and how many have which value of each facet.

    `meant` is what the reader may have meant instead; it is what was found when `is_instead`.
    """

    total: int = 0
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, Sequence[tuple[str, int]]] = field(default_factory=dict)
    meant: str = ""
    is_instead: bool = False


def search(question: Question, *, on: date) -> Result:
    """Return what the public may read of what is asked for; nothing while there is no index."""
    try:
        searcher = store.reader(folder()).searcher()
    except store.Absent:
        return Result()
    day = matching.day_number(on)
    meanings = query.meanings(question.words)
    found = ranking.found(searcher, meanings, _narrowing(question), day)
    result = _result(searcher, found, question, on)
    meant = _meant(searcher, found) if found.is_doubtful else ""
    if not meant or result.total:
        return replace(result, meant=meant)
    instead = ranking.found(searcher, query.meanings(meant), _narrowing(question), day)
    return replace(_result(searcher, instead, question, on), meant=meant, is_instead=True)


def suggest(begun: str, *, limit: int = 8) -> tuple[str, ...]:
    """Return titles of public records that hold what somebody has begun to write, in Han or in pinyin."""
    try:
        searcher = store.reader(folder()).searcher()
        pages = _still_public(guessing.titled(searcher, begun)) if begun.strip() else []
    except store.Absent:
        return ()
    return tuple(dict.fromkeys(each.page.title for each in pages))[:limit]


def related(reference: str, *, title: str, topic: str, limit: int = 5) -> tuple[tuple[str, str], ...]:
    """Return (reference, title) of the public records whose titles are nearest to that of one."""
    try:
        searcher = store.reader(folder()).searcher()
        pages = _still_public(guessing.alike(searcher, reference, title, topic))
    except store.Absent:
        return ()
    return tuple((each.page.reference, each.page.title) for each in pages[:limit])


def _meant(searcher: Any, found: ranking.Found) -> str:
    """Return what a query that found nothing was probably meant to be; only public titles are read for it."""
    first = found.meanings[0]
    pages, syllables = guessing.meant(searcher, first.asked)
    titles = [tokens.folded(each.page.title) for each in _still_public(pages)]
    return guessing.corrected(first.asked, first.tokens, syllables, titles)


def _result(searcher: Any, found: ranking.Found, question: Question, on: date) -> Result:
    day = matching.day_number(on)
    first = max(0, question.page - 1) * question.per_page
    last = min(first + question.per_page, FURTHEST)
    kept = ranking.ranked(searcher, found, sort=question.sort, first=first, last=last, on=day)
    shown = _still_public(kept)
    counted = counting.counts(searcher, found.query, day)
    meanings = [each.asked for each in found.meanings]
    return Result(
        total=max(0, counted.total - (len(kept) - len(shown))),
        hits=tuple(_hit(each, meanings, on) for each in shown),
        facets=counted.facets,
    )


def folder() -> Path:
    """Return where the index lies."""
    return Path(settings.SEARCH_INDEX)


def _still_public(kept: Sequence[store.Kept]) -> list[store.Kept]:
    """Return the pages that everybody may read exactly as the index knows them; one query however many."""
    marks = records.marks([each.page.reference for each in kept]) if kept else {}
    return [each for each in kept if marks.get(each.page.reference) == each.page.mark]


def _narrowing(question: Question) -> matching.Narrowing:
    return matching.Narrowing(
        kinds=question.kinds,
        topic=question.topic,
        department=question.department,
        year=question.year,
        validity=question.validity,
        since=_second(period.start_of(question.since)) if question.since else None,
        until=_second(period.end_of(question.until)) - 1 if question.until else None,
    )


def _second(moment: datetime) -> int:
    return max(0, int(moment.timestamp()))


def _hit(kept: store.Kept, meanings: Sequence[query.Asked], on: date) -> Hit:
    page = kept.page
    return Hit(
        reference=page.reference,
        title=page.title or page.reference,
        number=page.number,
        kind=page.kind,
        department=page.department,
        published_at=datetime.fromtimestamp(page.published, UTC),
        validity=_validity(page, on),
        snippet_segments=snippets.of(kept.text, meanings),
    )


def _validity(page: store.Page, on: date) -> str:
    return publishing.validity(
        effective_from=_day(page.effective),
        valid_until=_day(page.until),
        repealed_on=_day(page.repealed),
        on=on,
    ).value


def _day(number: int) -> date | None:
    if number in (0, store.NEVER):
        return None
    return date(number // 10000, number // 100 % 100, number % 100)
