"""The record page: the document as it stands, its interpretation beside it, its files, versions and proof."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sunshine.core.ledger import queries as ledger
from sunshine.core.publishing import preparing
from sunshine.core.publishing.models import Record
from sunshine.core.publishing.queries import conditions, records
from sunshine.design import parts
from sunshine.doors.public import answer, comments, head, languages, page, wording
from sunshine.lenses.search import queries as search
from sunshine.work.documents import queries as document_queries
from sunshine.work.documents import rules as documents
from sunshine.work.proposals import queries as proposals

INDEX = "sunshine.lenses.search.handlers.index_record"
"""The handler that takes records into the search index."""


@dataclass(frozen=True, slots=True)
class Download:
    """A published file as a reader finds it; an erased one says so and leads nowhere."""

    name: str
    ending: str
    size: str
    url: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Edition:
    """A version in the list of versions; `changes_url` compares it with the one before."""

    number: int
    at: str
    url: str
    changes_url: str
    digest: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Staged:
    """A later interpretation that was promised, and how the promise stands."""

    due_on: str
    form: str
    note: str
    said: str
    tone: parts.Tone
    url: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What explains a document: an interpretation's title, address, form and words."""

    title: str
    url: str
    form: str
    body: str
    coverage: Sequence[tuple[str, str]]


@answer.public
def newest(http_request: HttpRequest, reference: str) -> HttpResponse:
    """Show a record in its newest version."""
    on = timezone.localdate()
    return _page(http_request, records.shown(reference, on=on), on)


@answer.public
def version(http_request: HttpRequest, reference: str, number: str) -> HttpResponse:
    """Show a record as one version had it."""
    on = timezone.localdate()
    return _page(http_request, records.shown(reference, on=on, version=int(number)), on, is_one_version=True)


def _page(
    http_request: HttpRequest, shown: records.Shown, on: date, *, is_one_version: bool = False
) -> HttpResponse:
    record, version = shown.record, shown.version
    fields = version.fields
    title = fields.get("title") or record.title
    addressee, body = _addressed(str(fields.get("body", "")))
    is_interpretation = record.kind == documents.INTERPRETATION.code
    validity, tone = wording.validity(record, on=on)
    frame = page.Frame(
        title=title,
        crumbs=_crumbs(record, version.number if is_one_version else None),
        description=str(fields.get("summary", ""))[:200],
        meta=_meta(record, fields, title),
        is_indexed=version.number == record.version,
    )
    response = page.show(
        http_request,
        "public/record.html",
        frame,
        record=record,
        version=version,
        heading=title,
        rows=head.rows(shown, on=on),
        is_official=bool(record.number) and not is_interpretation,
        is_old=version.number != record.version,
        newest_url=reverse("public:record", args=[record.reference]),
        issuer=f"{settings.BUREAU.name}文件",
        dated=wording.written_day(wording.parsed_day(fields.get("formed_on"))),
        open_note=""
        if record.kind == documents.STANDING_PAGE.code
        else documents.OPEN_NOTES.get(fields.get("attribute", ""), ""),
        addressee=addressee,
        body=_reachable(body),
        validity=validity,
        tone=tone,
        is_dead=tone == "bad",
        call=None if is_one_version else comments.call(record, on=on),
        coverage=_coverage(fields),
        main=shown.main,
        readings=_readings(shown.interpretations),
        staged=[
            _staged(promise, is_over=tone == "bad")
            for promise in document_queries.promises(record.matter_reference)
        ]
        if fields.get("staged")
        else [],
        steps=_steps(fields),
        downloads=[_download(record, version, file) for file in version.files],
        erased=[wording.field(name) for name in version.erased],
        editions=_editions(record, version),
        lateness=_lateness(record),
        imported_on=_imported_on(record, fields),
        proof=_proof(record, version),
        answers=_answered(record),
        related=_related(record, title),
    )
    if not ledger.has_heard_all(INDEX):  # the index still hears: its relatives may be others in a moment
        response.headers["Cache-Control"] = "no-store"
    return response


_ADDRESSEE = re.compile(r"\s*<p>([^<。]{2,120}(?<!如下)：)</p>")


def _reachable(body: str) -> str:
    """Return a text whose wide tables scroll in a frame of their own, and whose links keep the language."""
    frame = f'<div class="scroll" role="group" tabindex="0" aria-label="{html.escape(_("Table"))}">'
    framed = body.replace("<table>", f"{frame}<table>").replace("</table>", "</table></div>")
    return languages.with_links_kept(framed)


def _addressed(body: str) -> tuple[str, str]:
    """Return whom a document addresses (主送机关) and its text: a first line that ends in a colon."""
    match = _ADDRESSEE.match(body)
    return (html.unescape(match[1]), body[match.end() :]) if match else ("", body)


def _crumbs(record: Record, number: int | None) -> Sequence[parts.Link]:
    item = parts.Link(record.item.subject, reverse("public:item", args=[record.item.code]))
    here = reverse("public:record", args=[record.reference])
    directory = parts.Link(_("Directory"), reverse("public:directory"))
    if number is None:
        return (directory, item, parts.Link(record.reference, ""))
    name = _("Version %(number)s") % {"number": number}
    return (directory, item, parts.Link(record.reference, here), parts.Link(name, ""))


def _meta(record: Record, fields: Mapping[str, Any], title: str) -> Mapping[str, str]:
    """Return the metadata that inspectors and search engines read (WEB-META)."""
    return {
        "ColumnName": record.item.subject,
        "ArticleTitle": title,
        "PubDate": timezone.localtime(record.published_at).strftime("%Y-%m-%d %H:%M"),
        "ContentSource": record.department or settings.BUREAU.name,
        "Author": record.department,
        "Keywords": record.topic,
        "Description": str(fields.get("summary", "")),
        "Url": f"{settings.SITE_URL}{reverse('public:record', args=[record.reference])}",
    }


def _steps(fields: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    """Return how a decision came about: each step with what it was met by, or why it was left out."""
    return [
        (
            _(preparing.CONDITIONS[each.code]),
            each.reference.partition(" · ")[0] or _("left out: %(ground)s") % {"ground": each.ground},
        )
        for each in conditions.of(fields.get(preparing.FIELD))
    ]


def _coverage(fields: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    """Return the nine things an interpretation covers, in their order (INT-CONTENT)."""
    covered = fields.get("coverage") or {}
    return [
        (_(term.label) if wording.is_english() else term.term, covered[term.code])
        for term in documents.INTERPRETATION_FIELDS
        if covered.get(term.code)
    ]


def _readings(interpretations: Sequence[Record]) -> Sequence[Reading]:
    held = records.newest_versions(interpretations) if interpretations else {}
    return [_reading(record, held[record.pk].fields) for record in interpretations]


def _reading(record: Record, fields: Mapping[str, Any]) -> Reading:
    return Reading(
        title=record.title,
        url=reverse("public:record", args=[record.reference]),
        form=wording.form(str(fields.get("form", ""))),
        body=_reachable(str(fields.get("body", ""))),
        coverage=_coverage(fields),
    )


def _staged(promise: document_queries.Promise, *, is_over: bool) -> Staged:
    """Return a later interpretation that was promised, and whether the promise is kept (INT-DURING).

    :param is_over: the document is repealed or has lapsed, and with it what was not kept yet
    """
    tone: parts.Tone = "neutral"
    said = _("due")
    if promise.met_by:
        said, tone = _("published"), "good"
    elif is_over:
        said = _("ended with the document")
    elif promise.due_on < timezone.localdate():
        said, tone = _("overdue"), "bad"
    url = reverse("public:record", args=[promise.met_by]) if promise.met_by else ""
    return Staged(promise.due_on.isoformat(), wording.form(promise.form), promise.note, said, tone, url)


def _download(record: Record, version: records.Version, file: records.File) -> Download:
    address = [record.reference, version.number, file.position, file.name]
    return Download(
        name=file.name,
        ending=file.name.rpartition(".")[2].upper(),
        size=wording.size(file.size),
        url="" if file.is_erased else reverse("public:attachment", args=address),
        sha256=file.sha256,
    )


def _editions(record: Record, shown: records.Version) -> Sequence[Edition]:
    """Return all versions, newest first."""
    return [
        Edition(
            number=each.number,
            at=timezone.localtime(each.published_at).strftime("%Y-%m-%d %H:%M"),
            url=reverse("public:version", args=[record.reference, each.number]),
            changes_url=reverse("public:compare", args=[record.reference, each.number - 1, each.number])
            if each.number > 1
            else "",
            digest=each.digest,
            is_shown=each.number == shown.number,
        )
        for each in reversed(records.versions(record.reference))
    ]


def _lateness(record: Record) -> str:
    if record.due_on is None or record.in_time is None:
        return ""
    days = {"due": wording.day(record.due_on), "on": wording.day(record.published_at)}
    if record.in_time:
        return _("Due by %(due)s, published on %(on)s: in time.") % days
    return _("Due by %(due)s, published on %(on)s: late.") % days


def _imported_on(record: Record, fields: Mapping[str, Any]) -> str:
    if not record.imported_from:
        return ""
    told = fields.get("imported") or {}
    return str(told.get("at", ""))[:10] or wording.day(record.published_at)


def _answered(record: Record) -> str:
    """Return the address of the proposal that a reply answers; empty for any other record."""
    if record.kind != documents.PROPOSAL_REPLY.code:
        return ""
    found = proposals.proposal_of_record(record.reference)
    return reverse("public:proposal", args=[found]) if found else ""


def _related(record: Record, title: str) -> Sequence[parts.Link]:
    found = search.related(record.reference, title=title, topic=record.topic)
    return [parts.Link(name, reverse("public:record", args=[reference])) for reference, name in found]


def _proof(record: Record, version: records.Version) -> parts.Proof:
    address = [record.reference, version.number]
    return parts.Proof(
        entry=version.index,
        published_at=version.published_at,
        digest=version.digest,
        verify_url=f"{reverse('public:verify')}?digest={version.digest}",
        steps_url=f"{reverse('public:verify')}#without-us",
        bundle_url=reverse("public:bundle", args=address),
    )
