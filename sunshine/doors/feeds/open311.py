"""Open311 GeoReport v2, what is asked: discovery, services, cases, tokens, updates; nobody is named."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from sunshine.core.ledger.models import Entry
from sunshine.core.matters import queries as matters
from sunshine.doors.feeds import open311_asking as asking
from sunshine.doors.feeds import open311_posting as posting
from sunshine.doors.feeds import open311_writing as writing
from sunshine.doors.feeds.open311_shapes import CLOSED, OPEN
from sunshine.doors.feeds.open311_writing import Refused, moment
from sunshine.kernel import period
from sunshine.work.correspondence import operations as letters
from sunshine.work.correspondence.models import ApiKey, Case, Reply, Service
from sunshine.work.correspondence.queries import cases, posts, public
from sunshine.work.correspondence.rules import stages, terms
from sunshine.work.correspondence.rules import table as procedures

CHANGESET = "2026-11-24T00:00:00+08:00"
SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
LONGEST = timedelta(days=90)
MOST = 1000
ENDING = frozenset(
    act.name
    for act in procedures.CASE.acts
    if all(act.leads_to(stage) in procedures.CASE.final for stage in act.sources)
)
"""Acts after which a case is closed to a program: they end it, or are of one that has ended."""

LAST_PAGE = 100_000


@asking.method("GET")
def discovery(_http_request: HttpRequest, format_: str) -> HttpResponse:
    """Say where the service is, who answers for it and how one gets a key."""
    bureau = settings.BUREAU
    told = {
        "changeset": CHANGESET,
        "contact": bureau.contact or bureau.name,
        "key_service": _("Ask the bureau’s office for a key: %(contact)s")
        % {"contact": bureau.contact or bureau.name},
        "endpoints": [
            {
                "specification": SPECIFICATION,
                "url": f"{settings.SITE_URL}/open311/v2",
                "changeset": CHANGESET,
                "type": "production",
                "formats": ["text/xml", "application/json"],
            }
        ],
    }
    return writing.answer(format_, "discovery", told)


@asking.method("GET")
def services(_http_request: HttpRequest, format_: str) -> HttpResponse:
    """List what can be reported."""
    rows = cases.services(on=period.day_of(timezone.now()))
    return writing.answer(format_, "services", [_service(row) for row in rows])


def _service(row: Service) -> dict[str, Any]:
    return {
        "service_code": row.code,
        "service_name": row.name,
        "description": row.description,
        "metadata": bool(row.asks),
        "type": "realtime",
        "keywords": row.keywords,
        "group": row.group,
    }


@asking.method("GET")
def definition(_http_request: HttpRequest, format_: str, code: str) -> HttpResponse:
    """Say what a service asks of who reports it."""
    found = cases.service(code, on=period.day_of(timezone.now()))
    if found is None:
        raise Refused(404, (_("service_code: there is no such service"),))
    attributes = [_attribute(ask, place) for place, ask in enumerate(found.asks, start=1)]
    return writing.answer(
        format_, "service_definition", {"service_code": found.code, "attributes": attributes}
    )


def _attribute(ask: dict[str, Any], place: int) -> dict[str, Any]:
    told = {
        "variable": True,
        "code": ask["code"],
        "datatype": ask["datatype"],
        "required": bool(ask.get("required")),
        "datatype_description": ask.get("datatype_description", ""),
        "order": place,
        "description": ask.get("description", ask["code"]),
    }
    if ask.get("values"):
        told["values"] = [{"key": each["key"], "name": each["name"]} for each in ask["values"]]
    return told


@asking.method("GET", "POST")
def requests(http_request: HttpRequest, format_: str) -> HttpResponse:
    """List cases, or report one."""
    if http_request.method == "POST":
        return posting.report(http_request, format_)
    given = http_request.GET
    rows = public.register()
    numbers = asking.many(given, "service_request_id")
    if numbers:
        rows = rows.filter(matter__reference__in=numbers[:MOST])
    else:
        since, until = _span(given, timezone.now())
        first, last = period.day_of(since), period.day_of(until)
        rows = rows.filter(received_on__gte=first, received_on__lte=last)
        rows = rows.filter(arrived_at__gte=since, arrived_at__lte=until)
        codes = asking.many(given, "service_code")
        if codes:
            rows = rows.filter(service__code__in=codes[:MOST])
        rows = rows.filter(**_standing(set(asking.many(given, "status"))))
    size = asking.whole(given, "page_size", usual=MOST, most=MOST)
    place = (asking.whole(given, "page", usual=1, most=LAST_PAGE) - 1) * size
    return _told(http_request, format_, public.lines(rows[place : place + size]))


def _span(given: Any, now: datetime) -> tuple[datetime, datetime]:
    """Return from when until when cases are asked for: at most ninety days, the last ones unless named."""
    since, until = asking.instant(given, "start_date"), asking.instant(given, "end_date")
    if since and until and until < since:
        raise Refused(400, (_("end_date: this lies before start_date"),))
    until = until or (min(since + LONGEST, now) if since else now)
    since = max(since, until - LONGEST) if since else until - LONGEST
    return since, until


def _standing(wanted: set[str]) -> dict[str, bool]:
    if not wanted <= {OPEN, CLOSED}:
        raise Refused(400, (_("status: open or closed"),))
    return {"matter__closed_at__isnull": wanted == {OPEN}} if len(wanted) == 1 else {}


@asking.method("GET")
def request(http_request: HttpRequest, format_: str, number: str) -> HttpResponse:
    """Say where one case stands."""
    return _told(http_request, format_, [public.one(number)])


@asking.method("GET")
def token(_http_request: HttpRequest, format_: str, token: str) -> HttpResponse:
    """Say under which number a report goes on that had to wait; none yet while nobody looked."""
    found = posts.by_token(token)
    if found is None:
        raise Refused(404, (_("token: there is no such report"),))
    number = found.case.matter.reference if found.case else ""
    return writing.answer(format_, "service_requests", [{"service_request_id": number, "token": token}])


def _told(http_request: HttpRequest, format_: str, lines: list[public.Line]) -> HttpResponse:
    """Say cases as everybody may know them; a program with its key reads what it sent itself."""
    now = timezone.now()
    changed = public.changed_at([line.reference for line in lines])
    due = public.due_at([line.id for line in lines], now=now)
    key = letters.program_of(asking.one(http_request.GET, "api_key"))
    own = _own(key, lines) if key else {}
    extended = asking.one(http_request.GET, "extensions") == "true"
    told = []
    for line in lines:
        row = _line(line, changed.get(line.reference), due.get(line.id))
        if extended:
            row |= {"outcome": line.outcome, "contested": line.was_contested, "joined_into": line.joined_into}
        told.append(row | own.get(line.id, {}))
    return writing.answer(format_, "service_requests", told)


def _line(line: public.Line, changed_at: datetime | None, due_at: datetime | None) -> dict[str, Any]:
    stage = procedures.CASE.stage(line.stage)
    outcome = terms.named(line.outcome, terms.OUTCOMES)
    is_closed = line.closed_on is not None
    return {
        "service_request_id": line.reference,
        "status": CLOSED if is_closed else OPEN,
        "status_notes": _(outcome.label) if is_closed and outcome else _(stage.label),
        "service_name": line.service_name,
        "service_code": line.service,
        "description": None,
        "agency_responsible": line.department,
        "service_notice": None,
        "requested_datetime": moment(line.arrived_at),
        "updated_datetime": moment(changed_at or line.arrived_at),
        "expected_datetime": moment(due_at),
        "address": None,
        "address_id": None,
        "zipcode": None,
        "lat": line.lat,
        "long": line.lon,
        "media_url": None,
    }


def _own(key: ApiKey, lines: list[public.Line]) -> dict[int, dict[str, Any]]:
    """Return what a program may read of the cases that it reported: its own words, the reply to them."""
    mine = Case.objects.filter(program=key, pk__in=[line.id for line in lines])
    rows = Reply.objects.filter(case__in=mine, sent_at__isnull=False).order_by("number")
    replies = dict(rows.values_list("case_id", "text"))
    return {
        row.pk: {
            "description": row.text,
            "address": row.address or None,
            "lat": row.lat,
            "long": row.lon,
            **({"status_notes": replies[row.pk]} if row.pk in replies else {}),
        }
        for row in mine
    }


@asking.method("GET", "POST")
def updates(http_request: HttpRequest, format_: str) -> HttpResponse:
    """List what happened to cases, or take in what another system tells of them (an extension)."""
    if http_request.method == "POST":
        return posting.update(http_request, format_)
    since, until = _span(http_request.GET, timezone.now())
    acts = [f"{stages.CASE}.{act.name}" for act in procedures.CASE.acts if act.public]
    entries = Entry.objects.filter(public=True, kind__in=acts, at__gte=since, at__lte=until)
    numbers = asking.many(http_request.GET, "service_request_id")
    if numbers:
        entries = entries.filter(subject__in=numbers[:MOST])
    told = [
        {
            "update_id": str(entry.pk),
            "service_request_id": entry.subject,
            "status": CLOSED if entry.kind.rpartition(".")[2] in ENDING else OPEN,
            "updated_datetime": moment(entry.at),
            "description": _(matters.wording_of(entry.kind)) % {"actor": _("The bureau")},
        }
        for entry in entries.order_by("id")[:MOST]
    ]
    return writing.answer(format_, "service_requests_updates", told)


@asking.method("GET", "POST")
def nothing_here(_http_request: HttpRequest, format_: str) -> HttpResponse:
    """Say of an address that the door does not have that there is no such thing, to programs as well."""
    return writing.refusal(format_, 404, (_("There is no such thing"),))
