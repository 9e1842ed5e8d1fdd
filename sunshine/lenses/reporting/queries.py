"""Questions to the record for the figures of a year, and to what was published of them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import chain

from django.conf import settings
from django.db.models import Q
from django.db.models.fields.json import KT

from sunshine.core.ledger import queries as ledger
from sunshine.core.ledger.models import Leaf
from sunshine.core.matters.models import Matter
from sunshine.core.publishing import storage
from sunshine.core.publishing.models import Attachment, Draft, Record
from sunshine.core.publishing.queries import records
from sunshine.kernel import errors, period, tiles
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.lenses.reporting import others
from sunshine.lenses.reporting.rules import cases, forms
from sunshine.lenses.reporting.rules import report as reports
from sunshine.lenses.reporting.rules.cases import (
    NORMATIVE,
    Cases,
    FeeCase,
    Pin,
    RecordCase,
    RemedyCase,
    RequestCase,
)
from sunshine.lenses.reporting.rules.identities import Reported
from sunshine.lenses.reporting.rules.prose import Words
from sunshine.lenses.reporting.rules.report import KIND, YEAR_FIELD, Report
from sunshine.work.documents.rules.stages import ABANDONED
from sunshine.work.facts import queries as facts
from sunshine.work.proposals import queries as proposals
from sunshine.work.requests import queries as requests
from sunshine.work.requests.models import Fee

AT_ONCE = 500
"""References asked for in one query; databases limit how many values a query may have."""


def report(year: int, *, stated: Mapping[str, str] | None = None, words: Words | None = None) -> Report:
    """Return a year's report as the record makes it now, pinned to the log as it stands."""
    return Report(
        bureau=settings.BUREAU.name,
        year=year,
        pin=pin(),
        of_year=of_year(year),
        stated=dict(stated or {}),
        words=words or Words(),
        facts=tuple(fact.stated for fact in facts.standing(year)),
    )


def of_year(year: int) -> Cases:
    """Return the cases that count in a year, each with its public entries."""
    bare = cases.of_year(year, _cases(year))
    listed: Iterable[cases.Case] = chain(bare.requests, bare.remedies, bare.fees, bare.records, bare.talks)
    places = _places(sorted({each.reference for each in listed}))
    return cases.with_entries(bare, places | others.places_of_proposals(year, _places))


def _cases(year: int) -> Cases:
    first, last = date(year, 1, 1), date(year, 12, 31)
    return Cases(
        requests=tuple(
            RequestCase(
                each.reference,
                each.applicant_kind,
                each.way,
                each.received_on,
                each.closed_on,
                each.outcome,
                each.row,
            )
            for each in requests.counted(until=last, since=first)
        ),
        remedies=tuple(
            RemedyCase(
                each.reference,
                each.request,
                each.sort,
                each.is_after_reconsideration,
                each.filed_on,
                each.decided_on,
                each.result,
            )
            for each in requests.counted_remedies(until=last, since=first)
        ),
        fees=tuple(_fees(first, last)),
        records=tuple(_records(year)),
        proposals=tuple(others.proposals_of(year)),
        talks=tuple(others.talks_of(year)),
        tallies=tuple(others.letters_of(year)),
    )


def _fees(first: date, last: date) -> Iterable[FeeCase]:
    rows = Fee.objects.filter(notified_on__lte=last).order_by("id")
    rows = rows.filter(Q(notified_on__gte=first) | Q(paid_on__gte=first))
    names = ("request__matter__reference", "amount", "notified_on", "paid_on")
    return (FeeCase(*row) for row in rows.values_list(*names))


def _records(year: int) -> Iterable[RecordCase]:
    first, last = period.start_of(date(year, 1, 1)), period.end_of(date(year, 12, 31))
    of_the_year = Q(published_at__gte=first, published_at__lt=last)
    rows = records.visible().filter(of_the_year | Q(kind=NORMATIVE)).order_by("reference")
    names = ("published_at", "formed_on", "effective_from", "valid_until", "repealed_on")
    for reference, kind, published_at, *days in rows.values_list("reference", "kind", *names):
        yield RecordCase(reference, kind, period.day_of(published_at), *days)


def _places(references: Sequence[str]) -> dict[str, list[tuple[str, int]]]:
    """Return kind and place of every public entry about some subjects, in the order of the log."""
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for first in range(0, len(references), AT_ONCE):
        rows = Leaf.objects.filter(entry__subject__in=references[first : first + AT_ONCE]).order_by("index")
        for subject, kind, index in rows.values_list("entry__subject", "entry__kind", "index"):
            found[subject].append((kind, index))
    return found


def pin() -> Pin:
    """Return the state of the log that a report made now is pinned to."""
    size = ledger.size()
    root = tiles.root(ledger.DatabaseTiles(), size) if size else b""
    return Pin(settings.LOG_ORIGIN, size, root.hex())


def years(*, until: date) -> list[int]:
    """Return the years that have something to report, the newest first; the current one among them."""
    first = requests.register().order_by("received_on").values_list("received_on", flat=True).first()
    published = records.visible().order_by("published_at").values_list("published_at", flat=True).first()
    begins = [day.year for day in (first, period.day_of(published) if published else None) if day is not None]
    begins += [*facts.years(), *(year for year, _sessions in proposals.years())]
    begun = max(forms.FIRST_YEAR, min(begins, default=until.year))
    return list(range(until.year, begun - 1, -1))


def published_record(year: int) -> Record | None:
    """Return the public record that is the report of a year, the newest where there are two."""
    return next((record for found, record in published() if found == year), None)


def published() -> list[tuple[int, Record]]:
    """Return every public report with its year, the newest year first."""
    rows = records.visible().filter(kind=KIND)
    years = records.newest_say(rows.order_by(), YEAR_FIELD)
    told = [(int(years[row.pk]), row) for row in rows.order_by("-published_at", "-id") if row.pk in years]
    return sorted(told, key=lambda each: -each[0])


def published_report(year: int) -> Report | None:
    """Return what the newest public report of a year says, as its machine-readable file has it."""
    record = published_record(year)
    return _told(records.newest_versions([record])[record.pk]) if record else None


def before(year: int) -> Reported | None:
    """Return the numbers of the year before: as published, else as the record counts them now."""
    if year <= forms.FIRST_YEAR:
        return None
    return (published_report(year - 1) or report(year - 1)).reported


def opened(year: int) -> Report:
    """Return the public report of a year; raise `NotFound` where none is public."""
    found = published_report(year)
    if found is None:
        raise errors.NotFound(Reason(gettext_noop("No report of this year is public")))
    return found


def _told(version: records.Version) -> Report | None:
    """Return the report in a version's machine-readable file; None where it has none."""
    for file in version.files:
        if file.name.endswith(".json") and not file.is_erased:
            return _parsed(file.path)
    return None


@lru_cache(maxsize=8)
def _parsed(path: str) -> Report:
    """Return the report in a stored file; files are kept by their digest, so a path always means the same."""
    return reports.from_json(json.loads(storage.read(path)))


def drafted(matter: Matter) -> Report | None:
    """Return what the report that lies in a matter says, as it was drafted last."""
    files = Attachment.objects.filter(draft__matter=matter, draft__part=0, name__endswith=".json")
    found = files.select_related("blob").first()
    return _parsed(found.blob.path) if found else None


def draft_of(year: int) -> Matter | None:
    """Return the matter in which a year's report is or was written, the newest."""
    return drafts().get(year)


def drafts() -> dict[int, Matter]:
    """Return the matters in which reports are or were written, by year: the newest of each."""
    rows = Draft.objects.filter(kind=KIND, part=0).exclude(matter__stage=ABANDONED.name)
    said = rows.annotate(year=KT(f"fields__{YEAR_FIELD}")).order_by("id").values_list("year", "matter_id")
    newest = {int(year): matter_id for year, matter_id in said if year}
    matters = Matter.objects.in_bulk(newest.values())
    return {year: matters[matter_id] for year, matter_id in newest.items()}
