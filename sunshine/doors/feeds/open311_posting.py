"""Open311 GeoReport v2, what is sent: a report of a case, or an update of one (an extension)."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from sunshine.core.people import queries as people
from sunshine.doors.feeds import open311_asking as asking
from sunshine.doors.feeds import open311_writing as writing
from sunshine.doors.feeds.open311_writing import Refused
from sunshine.kernel import errors, period
from sunshine.work.correspondence import operations as letters
from sunshine.work.correspondence.models import ApiKey, Service
from sunshine.work.correspondence.queries import cases
from sunshine.work.correspondence.rules import foreign, services
from sunshine.work.correspondence.rules.posting import Letter

STATUSES = {"open": foreign.OPEN, "closed": foreign.CLOSED, "urged": foreign.URGED}


def report(http_request: HttpRequest, format_: str) -> HttpResponse:
    """Take in a report: answer its number, or a token where it waits for a look first.

    A program that reports more than agreed is not refused: what is too much waits.
    """
    given = http_request.POST
    program = asking.program(given)
    service = _service(asking.one(given, "service_code"))
    answers = asking.attributes(given)
    errors.RuleBroken.unless(services.answers_are_sound(service.asks, answers))
    taken = letters.post(
        _letter(http_request, service, answers),
        office=people.office(),
        network=http_request.META.get("REMOTE_ADDR", ""),
        program=program,
        is_trusted=program.is_trusted and not asking.is_over_limit(program),
        once=http_request.headers.get("Idempotency-Key", "").strip()[:100],
        at=timezone.now(),
    )
    told: dict[str, Any] = {}
    if taken.case is not None:
        told["service_request_id"] = taken.case.matter.reference
    elif taken.post is not None:
        told["token"] = taken.post.token
    told |= {
        "service_notice": _notice(taken),
        "account_id": asking.one(given, "account_id") or None,
    }
    if taken.code:
        told["follow_code"] = taken.code
    return writing.answer(format_, "service_requests", [told])


def _service(code: str) -> Service:
    if not code:
        raise Refused(400, (_("service_code: name the service that is reported"),))
    found = cases.service(code, on=period.day_of(timezone.now()))
    if found is None:
        raise Refused(404, (_("service_code: there is no such service"),))
    return found


def _letter(http_request: HttpRequest, service: Service, answers: Any) -> Letter:
    given = http_request.POST
    lat, lon = asking.number(given, "lat"), asking.number(given, "long")
    address = asking.one(given, "address_string") or asking.one(given, "address_id")
    if service.has_place and (lat is None or lon is None) and not address:
        raise Refused(400, (_("lat, long: say where it is, by a point, address_string or address_id"),))
    told = services.only_asked(service.asks, answers)
    media_url = asking.one(given, "media_url")
    if media_url:
        told[_("Picture elsewhere")] = media_url
    name = f"{asking.one(given, 'last_name')}{asking.one(given, 'first_name')}"
    return Letter(
        channel="open311",
        text=asking.one(given, "description") or service.name,
        sort=service.sort,
        service=service.code,
        address=address,
        lat=lat,
        lon=lon,
        who={
            "name": name,
            "phone": asking.one(given, "phone"),
            "email": asking.one(given, "email"),
            "account": asking.one(given, "account_id"),
            "device": asking.one(given, "device_id"),
        },
        asked=told,
        files=tuple((str(file.name), file.read()) for file in http_request.FILES.getlist("media")),
    )


def _notice(taken: letters.Taken) -> str:
    follow = f"{settings.SITE_URL}/letters/follow/"
    if taken.case is None:
        said = _("The report waits for a look; the moment of its arrival counts. Follow it at %(address)s")
    else:
        said = _("The report is registered. Follow it at %(address)s")
    return said % {"address": follow}


def update(http_request: HttpRequest, format_: str) -> HttpResponse:
    """Take in what another system tells of a case, in any order, as often as it likes."""
    given = http_request.POST
    program: ApiKey = asking.program(given)
    number = asking.one(given, "service_request_id")
    at = asking.instant(given, "updated_datetime")
    if not number or at is None:
        raise Refused(400, (_("service_request_id and updated_datetime must be given"),))
    status = asking.one(given, "status") or "open"
    if status not in STATUSES:
        raise Refused(400, (_("status: open, closed or urged"),))
    words = asking.one(given, "description")
    named = asking.one(given, "update_id")
    told = foreign.Update(named or _name_of(number, str(at), status, words), at, STATUSES[status], words)
    new = letters.hear(program.source, [letters.Message(number, told)], actor=None, at=timezone.now())
    return writing.answer(
        format_, "service_requests_updates", [{"update_id": told.number, "is_new": bool(new)}]
    )


def _name_of(*parts: str) -> str:
    """Return a name for an update that has none: the same update has always the same."""
    return uuid.uuid5(uuid.NAMESPACE_URL, "\n".join(parts)).hex
