"""Meetings, hearings, briefings, open days, panels: openness, notice, seats, and what must follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sunshine.core.people import rules as people
from sunshine.kernel import calendar, period
from sunshine.kernel.period import CALENDAR_DAYS, WORKING_DAYS, Period
from sunshine.kernel.procedure import CLOCK, Act, Procedure, Situation, Stage, act, is_blank
from sunshine.kernel.verdict import HOLDS, Verdict, fails
from sunshine.kernel.words import gettext_noop as _
from sunshine.work.participation.rules.telling import tells_of_nobody
from sunshine.work.participation.rules.terms import Term, named

KIND = "gathering"

OPENNESS = "PART-OPEN: the 2018 report §5.2"
HEARING = "DEC-HEAR: 国务院令第713号 art. 16"
RUN = "DEC-HEAR-RUN: 国务院令第713号 art. 17"
SEATS = "PART-SEATS: own rule"
DRAW = "PART-DRAW: 国务院令第713号 art. 16; own rule"

MEETING = Term("meeting", _("Open meeting"), "公众列席会议")
HEARING_SORT = Term("hearing", _("Hearing"), "听证会")
SORTS = (
    MEETING,
    HEARING_SORT,
    Term("panel", _("Panel or consultation"), "座谈协商"),
    Term("briefing", _("Media briefing"), "媒体吹风会"),
    Term("open_day", _("Open day"), "开放日"),
)

SEATS_OPEN = Term("seats", _("Seats for the public"), "公众列席")
CLOSED = Term("closed", _("Not open"), "不公开")
OPEN = (
    SEATS_OPEN,
    Term("live", _("Live stream"), "网络直播"),
    Term("minutes", _("Minutes only"), "公开会议纪要"),
    CLOSED,
)


@dataclass(frozen=True, slots=True)
class Hearing:
    """A sort of hearing and how long before it notice must have been given."""

    code: str
    label: str
    term: str
    notice: Period


HEARINGS: Final = (
    Hearing(
        "decision",
        _("On a major decision"),
        "重大行政决策听证",
        Period(7, CALENDAR_DAYS, basis="国务院令第713号 art. 16", id="DEC-HEAR-7D", starts="announced"),
    ),
    Hearing(
        "rules",
        _("On government rules"),
        "规章听证",
        Period(30, CALENDAR_DAYS, basis="规章制定程序条例 art. 16", id="RULE-30D", starts="announced"),
    ),
    Hearing(
        "licence",
        _("On a licence"),
        "行政许可听证",
        Period(7, WORKING_DAYS, basis="行政许可法 art. 48", id="HEAR-LIC", starts="announced"),
    ),
    Hearing(
        "penalty",
        _("On a penalty"),
        "行政处罚听证",
        Period(7, WORKING_DAYS, basis="行政处罚法 art. 64", id="HEAR-PEN", starts="announced"),
    ),
)

SIGNATURES = (Term("signed", _("Signed"), "已签字"), Term("refused", _("Refused to sign"), "拒绝签字"))

PLANNED = Stage("gathering_planned", _("Planned"))
ANNOUNCED = Stage("gathering_announced", _("Announced, sign-up open"))
SEATED = Stage("gathering_seated", _("Sign-up closed"))
HELD = Stage("gathering_held", _("Held"))
MINUTED = Stage("gathering_minuted", _("Minutes public, decisions followed"))
DONE = Stage("gathering_done", _("Finished"))
CANCELLED = Stage("gathering_cancelled", _("Cancelled"))

DEPARTMENT = (people.DRAFTER, people.DEPARTMENT_HEAD)
OFFICE = (people.OFFICE_CLERK, people.OFFICE_HEAD)


def hearing_named(code: object) -> Hearing | None:
    """Return the sort of hearing of this code, or None."""
    return next((each for each in HEARINGS if each.code == code), None)


def takes_signups(sort: str, openness: str) -> bool:
    """Return whether people may sign up: to a meeting only where seats for the public were decided."""
    return sort != MEETING.code or openness == SEATS_OPEN.code


def notice_is_long_enough(sort: object, hearing: object, *, announced: datetime, starts: datetime) -> Verdict:
    """Return whether a hearing is announced early enough (DEC-HEAR-7D, RULE-30D, HEAR-LIC, HEAR-PEN)."""
    kind = hearing_named(hearing) if sort == HEARING_SORT.code else None
    if kind is None:
        return HOLDS
    first, last = period.day_of(announced), period.day_of(starts)
    days = (
        calendar.bundled().working_days_between(first, last)
        if kind.notice.unit is WORKING_DAYS
        else (last - first).days
    )
    if days >= kind.notice.length:
        return HOLDS
    return fails(
        _("Notice is given %(given)d days before; %(asked)d are asked."),
        basis=f"{kind.notice.id}: {kind.notice.basis}",
        given=int(days),
        asked=kind.notice.length,
    )


def _openness_is_known(situation: Situation) -> Verdict:
    openness = situation.facts.get("openness")
    if named(openness, OPEN) is None:
        return fails(_("Say how open it is."), basis=OPENNESS, field="openness")
    if openness == CLOSED.code and is_blank(situation.facts.get("closed_ground")):
        return fails(_("What is not open names its ground."), basis=OPENNESS, field="closed_ground")
    return HOLDS


def _is_decided_open(situation: Situation) -> Verdict:
    if situation.matter["sort"] != MEETING.code:
        return HOLDS
    openness = situation.matter["openness"]
    if is_blank(openness):
        return fails(_("How open it is was not decided yet."), basis=OPENNESS)
    if openness == CLOSED.code:
        return fails(_("It was decided that it is not open; nothing is announced."), basis=OPENNESS)
    return HOLDS


def _notice_is_public(situation: Situation) -> Verdict:
    if situation.facts.get("notice_is_public"):
        return HOLDS
    return fails(_("Name the record of its notice; it passes the gate first."), basis=HEARING, field="notice")


def _notice_is_early(situation: Situation) -> Verdict:
    """Whether people hear of day and place early enough; what is changed, they hear of with the change."""
    starts = situation.facts.get("starts_at") or situation.matter["starts_at"]
    hearing = situation.matter["hearing"]
    if not isinstance(starts, datetime):
        return HOLDS
    if starts <= situation.at:
        return fails(_("It begins in the past."), field="starts_at")
    return notice_is_long_enough(situation.matter["sort"], hearing, announced=situation.at, starts=starts)


def _signup_is_over(situation: Situation) -> Verdict:
    closes = situation.matter["signup_closes_at"]
    if isinstance(closes, datetime) and situation.at >= closes:
        return HOLDS
    return fails(_("Sign-up is still open."), basis=SEATS)


def _has_begun(situation: Situation) -> Verdict:
    starts = situation.matter["starts_at"]
    if isinstance(starts, datetime) and situation.at >= starts:
        return HOLDS
    return fails(_("It has not begun yet."))


def _record_is_signed(situation: Situation) -> Verdict:
    count = situation.matter["unsigned"]
    if situation.matter["sort"] != HEARING_SORT.code or not count:
        return HOLDS
    return fails(
        _("%(count)d participants have neither signed the record nor refused."), basis=RUN, count=count
    )


def _minutes_are_public(situation: Situation) -> Verdict:
    if situation.facts.get("minutes_are_public"):
        return HOLDS
    return fails(_("Name the record of the minutes or the report."), basis=OPENNESS, field="minutes")


def _nothing_is_open(situation: Situation) -> Verdict:
    count = situation.matter["open_items"]
    return HOLDS if not count else fails(_("%(count)d decisions are not carried out yet."), count=count)


def _before() -> tuple[Act, ...]:
    return (
        act(
            "propose_openness",
            PLANNED,
            by=DEPARTMENT,
            basis=OPENNESS,
            wording=_("%(actor)s proposed how open it is."),
            label=_("Propose how open it is"),
            needs=("openness",),
            checks=(_openness_is_known,),
        ),
        act(
            "decide_openness",
            PLANNED,
            by=(people.OFFICE_HEAD, people.LEADER),
            basis=OPENNESS,
            wording=_("%(actor)s decided how open it is."),
            label=_("Decide how open it is"),
            needs=("openness",),
            checks=(_openness_is_known,),
            never_by_who_did=("propose_openness",),
            four_eyes_since="propose_openness",
        ),
        act(
            "announce",
            PLANNED,
            ANNOUNCED,
            by=OFFICE,
            basis=HEARING,
            wording=_("%(actor)s announced it; sign-up is open."),
            label=_("Announce it"),
            needs=("notice",),
            checks=(_is_decided_open, _notice_is_public, _notice_is_early),
            public=True,
            likely=True,
        ),
        act(
            "change",
            (ANNOUNCED, SEATED),
            by=OFFICE,
            basis=HEARING,
            wording=_("%(actor)s changed time or place."),
            label=_("Change time or place"),
            needs=("starts_at", "place", "reason"),
            checks=(_notice_is_early, tells_of_nobody),
            public=True,
        ),
        act(
            "give_up",
            PLANNED,
            CANCELLED,
            by=people.OFFICE_HEAD,
            basis=OPENNESS,
            wording=_("%(actor)s gave the plan up; it was never announced."),
            label=_("Give the plan up"),
            needs=("reason",),
        ),
        act(
            "cancel",
            (ANNOUNCED, SEATED),
            CANCELLED,
            by=people.OFFICE_HEAD,
            basis=HEARING,
            wording=_("%(actor)s cancelled it."),
            label=_("Cancel it"),
            needs=("reason",),
            checks=(tells_of_nobody,),
            public=True,
        ),
    )


def _seating() -> tuple[Act, ...]:
    return (
        act(
            "close_signup",
            ANNOUNCED,
            SEATED,
            by=CLOCK,
            basis=SEATS,
            wording=_("Sign-up closed; the list of tickets stands in the log."),
            checks=(_signup_is_over,),
            public=True,
        ),
        act(
            "draw",
            SEATED,
            by=CLOCK,
            basis=DRAW,
            wording=_("The participants were drawn with the seed from the log."),
            public=True,
        ),
    )


def _after() -> tuple[Act, ...]:
    return (
        act(
            "hold",
            SEATED,
            HELD,
            by=OFFICE,
            basis=RUN,
            wording=_("It was held."),
            label=_("Enter that it was held"),
            checks=(_has_begun,),
            public=True,
            likely=True,
        ),
        act(
            "sign",
            HELD,
            by=OFFICE,
            basis=RUN,
            wording=_("%(actor)s entered signatures under the record."),
            label=_("Enter signatures under the record"),
            needs=("numbers", "signature"),
        ),
        act(
            "follow",
            (HELD, MINUTED),
            by=OFFICE,
            basis=OPENNESS,
            wording=_("%(actor)s entered a decision that is followed."),
            label=_("Enter a decision to be followed"),
            needs=("what", "department", "due_on"),
            checks=(tells_of_nobody,),
        ),
        act(
            "settle",
            (HELD, MINUTED),
            by=(*OFFICE, *DEPARTMENT),
            basis=OPENNESS,
            wording=_("%(actor)s entered that a decision was carried out."),
            label=_("Enter that a decision was carried out"),
            needs=("item", "note"),
        ),
        act(
            "minute",
            HELD,
            MINUTED,
            by=OFFICE,
            basis=OPENNESS,
            wording=_("The minutes are public."),
            label=_("Name the public minutes or report"),
            needs=("minutes",),
            checks=(_record_is_signed, _minutes_are_public),
            public=True,
            likely=True,
        ),
        act(
            "finish",
            MINUTED,
            DONE,
            by=OFFICE,
            basis=OPENNESS,
            wording=_("%(actor)s finished it: what was decided is carried out."),
            label=_("Finish it"),
            checks=(_nothing_is_open,),
            likely=True,
        ),
    )


GATHERING = Procedure(
    kind=KIND,
    version="2019",
    effective_from=date(2019, 9, 1),
    effective_to=None,
    initial=PLANNED,
    final=frozenset({DONE, CANCELLED}),
    acts=(*_before(), *_seating(), *_after()),
)

STATUS: Mapping[str, str] = {CANCELLED.name: "CANCELLED", PLANNED.name: "TENTATIVE"}
"""RFC 5545: what a calendar says of a stage; everything else is confirmed."""
