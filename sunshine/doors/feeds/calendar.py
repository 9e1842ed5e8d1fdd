"""Calendars to subscribe to (RFC 5545): meetings, hearings, events, and the last days of comment calls.

An event keeps its UID for ever; each change counts SEQUENCE up, and what is cancelled says so, so that
a calendar that subscribed shows the change and strikes the event out. So is what was withdrawn: left out
without a word, it would stand in calendars that keep what they once read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotFound
from django.utils import translation
from django.views.decorators.http import require_safe

from sunshine.doors.feeds import addresses, epoch
from sunshine.kernel import errors
from sunshine.work.participation import composing
from sunshine.work.participation.models import CommentCall, Gathering
from sunshine.work.participation.queries import calls, gatherings, telling
from sunshine.work.participation.rules import calls as call_rules
from sunshine.work.participation.rules import gatherings as rules

TYPE = "text/calendar; charset=utf-8"
MOST = 500
CONFIRMED, CANCELLED = "CONFIRMED", "CANCELLED"
WITHDRAWN = "已撤回"
"""What stands instead of the title once the record that gave it is withdrawn: title and place go with it."""
WHY = {"cancel": "取消原因", "change": "变更原因"}
LONGEST = 75
"""Octets of a line; a longer one is folded."""


@require_safe
@epoch.conditional
def everything(http_request: HttpRequest) -> HttpResponseBase:
    """Answer the calendar of everything that was announced."""
    del http_request
    with translation.override(settings.LANGUAGE_CODE):
        return _answer(epoch.once("/feeds/events.ics", _everything))


@require_safe
@epoch.conditional
def one(http_request: HttpRequest, reference: str) -> HttpResponseBase:
    """Answer the calendar of one event."""
    del http_request
    try:
        found = gatherings.subscribed_gathering(reference)
    except errors.NotFound:
        return HttpResponseNotFound("not found\n", content_type="text/plain; charset=utf-8")
    return _answer(_calendar(_event(found, telling.reasons([found])[found.pk])))


def _answer(data: bytes) -> HttpResponse:
    return HttpResponse(data, content_type=TYPE)


def _everything() -> bytes:
    lines: list[str] = []
    rows = list(gatherings.subscribed()[:MOST])
    reasons = telling.reasons(rows)
    for row in rows:
        lines += _event(row, reasons[row.pk])
    for call in calls.subscribed()[:MOST]:
        lines += _last_day(call)
    return _calendar(lines)


def _calendar(lines: Iterable[str]) -> bytes:
    name = f"{settings.BUREAU.name} · 公众参与"
    head = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{_text(settings.LOG_ORIGIN)}//Sunshine//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
        "X-WR-TIMEZONE:Asia/Shanghai",
    ]
    whole = [*head, *lines, "END:VCALENDAR"]
    return "".join(f"{folded}\r\n" for each in whole for folded in _folded(each)).encode()


def _event(row: Gathering, reasons: Mapping[str, str]) -> list[str]:
    path = f"/events/{row.matter.reference}/"
    span, notice = (row.starts_at, row.ends_at), row.notice
    if notice is not None and notice.withdrawn_at is not None:
        changed_at = max(row.changed_at, notice.withdrawn_at)
        return _entry(path, row.sequence + 1, changed_at, span, WITHDRAWN, status=CANCELLED)
    return _entry(
        path,
        row.sequence,
        row.changed_at,
        span,
        notice.title if notice else "",
        status=rules.STATUS.get(row.matter.stage, CONFIRMED),
        more=[
            f"LAST-MODIFIED:{_moment(row.changed_at)}",
            f"LOCATION:{_text(row.place)}",
            *(f"DESCRIPTION:{_text(why)}" for why in _said(reasons)),
            f"URL:{addresses.absolute(path)}",
        ],
    )


def _said(reasons: Mapping[str, str]) -> Iterator[str]:
    """Yield why an event stands otherwise than it was announced: cancelled, or else moved."""
    for act, term in WHY.items():
        if why := composing.without_personal_data(reasons.get(act, "")):
            yield f"{term}：{why}"
            return


def _last_day(call: CommentCall) -> list[str]:
    """Return the moment at which a call closes, as an event of no length; prolonged, it moves."""
    path = f"/calls/{call.matter.reference}/"
    closes = call_rules.closes_at(call.until)
    is_off = call.matter.stage == call_rules.CALLED_OFF.name
    if call.record.withdrawn_at is not None:
        # The worker may not have called it off yet; that too counts the changes up by one.
        changes = call.sequence if is_off else call.sequence + 1
        return _entry(path, changes, call.record.withdrawn_at, (closes, closes), WITHDRAWN, status=CANCELLED)
    return _entry(
        path,
        call.sequence,
        call.matter.opened_at,
        (closes, closes),
        f"征求意见截止：{call.record.title}",
        status=CANCELLED if is_off else CONFIRMED,
        more=[f"URL:{addresses.absolute(path)}", "TRANSP:TRANSPARENT"],
    )


def _entry(
    path: str,
    sequence: int,
    changed_at: datetime,
    span: tuple[datetime, datetime],
    title: str,
    *,
    status: str,
    more: Iterable[str] = (),
) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{addresses.lasting_name(path)}",
        f"DTSTAMP:{_moment(changed_at)}",
        f"SEQUENCE:{sequence}",
        f"STATUS:{status}",
        f"DTSTART:{_moment(span[0])}",
        *([f"DTEND:{_moment(span[1])}"] if span[1] > span[0] else ()),  # never at the start (3.8.2.2)
        f"SUMMARY:{_text(title)}",
        *more,
        "END:VEVENT",
    ]


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(value: str) -> str:
    """Return a text as RFC 5545 has it: what means something is escaped, what cannot be said is gone."""
    told = "".join(character for character in value if character >= " " or character in "\n\t")
    return told.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Yield a line in pieces of at most 75 octets, none of which cuts a character."""
    piece, room = "", LONGEST
    for character in line:
        size = len(character.encode())
        if size > room:
            yield piece
            piece, room = " ", LONGEST - 1
        piece += character
        room -= size
    yield piece
