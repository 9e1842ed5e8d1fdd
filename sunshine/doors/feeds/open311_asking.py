"""What a program sent, read strictly: an empty parameter counts as none, whatever cannot be is said so."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from sunshine.doors.feeds import open311_writing as writing
from sunshine.doors.feeds.open311_writing import Refused
from sunshine.kernel import errors, period
from sunshine.work.correspondence import operations as letters
from sunshine.work.correspondence.models import ApiKey

MOST_A_MINUTE = 600
"""Questions from one address in a minute; who may know stays free to ask again a minute later."""

MOST = 4000
"""Characters of a text, and of several values with commas between them."""

LONGEST: Mapping[str, int] = {
    "account_id": 100,
    "address_id": 100,
    "address_string": 300,
    "api_key": 200,
    "description": MOST,
    "device_id": 100,
    "email": 120,
    "end_date": 40,
    "extensions": 10,
    "first_name": 60,
    "jurisdiction_id": 200,
    "last_name": 60,
    "lat": 40,
    "long": 40,
    "media_url": 500,
    "page": 9,
    "page_size": 9,
    "phone": 40,
    "service_code": 40,
    "service_request_id": 120,
    "start_date": 40,
    "status": 40,
    "update_id": 100,
    "updated_datetime": 40,
}
"""Every parameter that is read, with its most characters; the description says the same."""

NUMBER, TOKEN = r"[-\w]{1,40}", r"[-\w]{1,60}"
"""What stands in an address for a case or a service, and for a report that waits."""

ATTRIBUTE = re.compile(r"attribute\[([^\[\]]{1,40})\](\[\])?")
UNSAYABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
View = Callable[..., HttpResponse]


def method(*names: str) -> Callable[[View], View]:
    """Let a view answer these methods, in XML or JSON, and say every refusal in that form."""
    allowed = (*names, "HEAD") if "GET" in names else names

    def decorated(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def answer(http_request: HttpRequest, format_: str, **kwargs: str) -> HttpResponse:
            if http_request.method not in allowed:
                return writing.not_answered(format_, allowed)
            try:
                _refuse_floods(http_request)
                _refuse_other_places(http_request)
                return view(http_request, format_, **kwargs)
            except Refused as refused:
                return writing.refusal(format_, refused.status, refused.lines)
            except errors.NotFound as refused:
                return writing.refusal(format_, 404, writing.said(refused))
            except errors.DomainError as refused:
                return writing.refusal(format_, 400, writing.said(refused))
            except (TooManyFieldsSent, TooManyFilesSent, RequestDataTooBig):
                return writing.refusal(format_, 400, (_("This is too much at once"),))
            except (BadRequest, MultiPartParserError, UnreadablePostError):
                return writing.refusal(format_, 400, (_("The request could not be read"),))

        return answer

    return decorated


def _refuse_floods(http_request: HttpRequest) -> None:
    if http_request.method == "POST":
        return  # what somebody reports is never refused for being one too many
    minute = int(timezone.now().timestamp()) // 60
    place = f"open311:{http_request.META.get('REMOTE_ADDR', '')}:{minute}"
    cache.add(place, 0, 120)
    try:
        asked = cache.incr(place)
    except ValueError:  # it was forgotten in between
        return
    if asked > MOST_A_MINUTE:
        raise Refused(429, (_("Too many questions in a minute; wait a moment"),))


def _refuse_other_places(http_request: HttpRequest) -> None:
    asked = one(http_request.GET, "jurisdiction_id") or one(http_request.POST, "jurisdiction_id")
    if asked and asked != jurisdiction():
        raise Refused(
            404, (_("jurisdiction_id: this service answers for %(own)s") % {"own": jurisdiction()},)
        )


def jurisdiction() -> str:
    """Return the name under which this bureau answers."""
    return str(settings.LOG_ORIGIN).partition("/")[0]


def one(given: QueryDict, name: str, *, longest: int | None = None) -> str:
    """Return a parameter without blanks around it; empty where there is none.

    :raises Refused: it is too long, or holds characters that no text has
    """
    longest = longest or LONGEST[name]
    value = given.get(name, "")
    text = str(value).strip()
    if len(text) > longest:
        raise Refused(400, (_("%(name)s: at most %(most)d characters") % {"name": name, "most": longest},))
    if UNSAYABLE.search(text):
        raise Refused(400, (_("%(name)s: this is no text") % {"name": name},))
    return text


def many(given: QueryDict, name: str) -> list[str]:
    """Return the values of a parameter that takes several, with commas between them."""
    values = [each.strip() for each in one(given, name, longest=MOST).split(",")]
    return [each for each in values if each]


def number(given: QueryDict, name: str) -> float | None:
    """Return a parameter that is a number; None where there is none."""
    text = one(given, name)
    if not text:
        return None
    try:
        return float(text)
    except ValueError:
        raise Refused(400, (_("%(name)s: this is no number") % {"name": name},)) from None


def whole(given: QueryDict, name: str, *, usual: int, most: int) -> int:
    """Return a parameter that counts, from 1 up to `most`."""
    text = one(given, name)
    if not text:
        return usual
    if not (text.isascii() and text.isdecimal()) or not 1 <= int(text) <= most:
        raise Refused(400, (_("%(name)s: from 1 to %(most)d") % {"name": name, "most": most},))
    return int(text)


def instant(given: QueryDict, name: str) -> datetime | None:
    """Return a parameter that is a moment, in China's time where no zone is named, or None."""
    text = one(given, name)
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text.replace(" ", "+") if "T" in text else text)
        aware = found if found.tzinfo else found.replace(tzinfo=period.SHANGHAI)
        here = aware.astimezone(period.SHANGHAI)  # a database need not know an offset of 21:58
    except (ValueError, OverflowError):
        raise Refused(
            400, (_("%(name)s: write a moment as 2026-03-02T09:00:00+08:00") % {"name": name},)
        ) from None
    if not 1949 <= here.year <= 2199:
        raise Refused(400, (_("%(name)s: this lies too far away") % {"name": name},))
    return here


def attributes(given: QueryDict) -> Mapping[str, list[str]]:
    """Return the answers to what a service asks: attribute[code]=…, or several attribute[code][]=…"""
    found: dict[str, list[str]] = {}
    for name in given:
        match = ATTRIBUTE.fullmatch(name)
        if match:
            found.setdefault(match[1], []).extend(str(value) for value in given.getlist(name))
    return found


def program(given: QueryDict) -> ApiKey:
    """Return the program whose key was sent.

    :raises Refused: there is none, or it holds no longer
    """
    found = letters.program_of(one(given, "api_key"))
    if found is None:
        raise Refused(403, (_("api_key: this key is unknown or holds no longer"),))
    return found


def is_over_limit(found: ApiKey) -> bool:
    """Return whether a program has reported more in this minute than was agreed."""
    place = f"open311:key:{found.pk}:{int(timezone.now().timestamp()) // 60}"
    cache.add(place, 0, 120)
    try:
        return bool(cache.incr(place) > found.per_minute)
    except ValueError:  # it was forgotten in between
        return False
