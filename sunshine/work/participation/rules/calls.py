"""Comment calls (公开征求意见): how long they are open, who may do what, and when all is answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from sunshine.core.people import rules as people
from sunshine.kernel import period, procedure
from sunshine.kernel.period import WORKING_DAYS, Period
from sunshine.kernel.procedure import CLOCK, Procedure, Situation, Stage, act, is_blank
from sunshine.kernel.verdict import HOLDS, Verdict, all_of, fails
from sunshine.kernel.words import gettext_noop as _
from sunshine.work.participation.rules import terms
from sunshine.work.participation.rules.telling import tells_of_nobody

KIND = "comment_call"
DRAFT, REPORT = "decision_draft", "adoption_report"
"""Kinds of record: the draft that a call is about, the report that ends it."""

COMMENTS = "DEC-30D: 国务院令第713号 art. 15"
ADOPTION = "DEC-PUBLISH: 国务院令第713号 art. 32"
MODERATION = "PART-MODERATE: own rule"

GRACE: Final = timedelta(minutes=10)
"""PART-CLOSE, own rule: what was begun before 24:00 of the last day may still be sent so long."""

ANSWER: Final = Period(20, WORKING_DAYS, basis="own rule", id="DEC-PUBLISH", starts="closed")
"""DEC-PUBLISH: no law names the days within which adoption is told; 20 working days are our own."""

LONGEST: Final = 20_000
"""Characters of one opinion."""

PREPARED = Stage("call_prepared", _("Prepared"))
OPEN = Stage("call_open", _("Open for comment"))
CLOSED = Stage("call_closed", _("Being answered"))
REPORTED = Stage("call_reported", _("Answered"))
CALLED_OFF = Stage("call_called_off", _("Called off"))

OFFICE = (people.OFFICE_CLERK, people.OFFICE_HEAD)
DEPARTMENT = (people.DRAFTER, people.DEPARTMENT_HEAD)
EVERYBODY = (*DEPARTMENT, *OFFICE)


def closes_at(until: date) -> datetime:
    """Return the 24:00 that ends the last day (PART-CLOSE)."""
    return period.end_of(until)


def may_still_come(until: date, *, begun_at: datetime, at: datetime) -> Verdict:
    """Return whether an opinion that was begun at a moment may be sent now (PART-CLOSE)."""
    closing = closes_at(until)
    if at < closing or (begun_at < closing and at < closing + GRACE):
        return HOLDS
    return fails(_("This call closed at 24:00 of %(until)s."), basis="PART-CLOSE: own rule", until=until)


def is_sound(pieces: Iterable[tuple[int, str]], paragraphs: int) -> Verdict:
    """Return whether what somebody says can be taken: something is said, of places that exist."""
    said = [(paragraph, text) for paragraph, text in pieces if not is_blank(text)]
    if not said:
        return fails(_("Say something of the whole or of a paragraph."), field="p0")
    return all_of(_piece(paragraph, text, paragraphs) for paragraph, text in said)


def _piece(paragraph: int, text: str, paragraphs: int) -> Verdict:
    if not 0 <= paragraph <= paragraphs:
        return fails(_("The draft has no such paragraph."), field="p0")
    if len(text) > LONGEST:
        return fails(
            _("An opinion has at most %(most)d characters; a longer one can come as a file."),
            field=f"p{paragraph}",
            most=LONGEST,
        )
    return HOLDS


def answer_is_sound(answer: object, reason: object) -> Verdict:
    """Return whether an answer is one of the list and gives the reason that it owes."""
    if terms.named(answer, terms.ANSWERS) is None:
        return fails(_("Choose the answer"), basis=ADOPTION, field="answer")
    if answer in terms.NEEDS_REASON and is_blank(reason):
        return fails(_("What is not adopted is owed the reason."), basis=ADOPTION, field="reason")
    return HOLDS


def _is_over(situation: Situation) -> Verdict:
    until = situation.matter["until"]
    if isinstance(until, date) and situation.at >= closes_at(until) + GRACE:
        return HOLDS
    return fails(_("The call is still open."), basis=COMMENTS)


def _is_later(situation: Situation) -> Verdict:
    now, then = situation.matter["until"], situation.facts.get("until")
    if isinstance(now, date) and isinstance(then, date) and then > now:
        return HOLDS
    return fails(_("A call is only ever prolonged."), basis=COMMENTS, field="until")


def _is_answered(situation: Situation) -> Verdict:
    count = situation.matter["unanswered"]
    if not count:
        return HOLDS
    return fails(_("%(count)d opinions have no answer yet."), basis=ADOPTION, count=count)


def _nothing_waits(situation: Situation) -> Verdict:
    count = situation.matter["held"]
    if not count:
        return HOLDS
    return fails(_("%(count)d messages were not looked at yet."), basis=MODERATION, count=count)


def _is_not_reported_on(situation: Situation) -> Verdict:
    """DEC-PUBLISH: a report says what stood when it was begun, so nothing of that changes behind it."""
    if is_blank(situation.matter["report_document"]):
        return HOLDS
    return fails(
        _("The report on what was adopted is begun already. Take the answers up again first."), basis=ADOPTION
    )


def _report_can_be_given_up(situation: Situation) -> Verdict:
    if is_blank(situation.matter["report_document"]):
        return fails(_("No report was begun."), basis=ADOPTION)
    if situation.matter["report_is_public"]:
        return fails(_("The report is public already."), basis=ADOPTION)
    return HOLDS


def may_confirm(*, is_reported_on: bool) -> Verdict:
    """Return whether an author may still confirm what was sent: until it is written what became of it all."""
    if not is_reported_on:
        return HOLDS
    return fails(
        _("What was said was summed up already; what is confirmed now can no longer count."), basis=ADOPTION
    )


def _answers_soundly(situation: Situation) -> Verdict:
    return answer_is_sound(situation.facts.get("answer"), situation.facts.get("reason"))


def _moderating() -> tuple[procedure.Act, ...]:
    both = (OPEN, CLOSED)
    return (
        act(
            "release",
            both,
            by=OFFICE,
            basis=MODERATION,
            wording=_("%(actor)s let messages be shown."),
            label=_("Look through messages"),
            needs=("numbers",),
            likely=True,
        ),
        act(
            "hide",
            both,
            by=OFFICE,
            basis=MODERATION,
            wording=_("%(actor)s hid messages."),
            label=_("Hide messages"),
            needs=("numbers", "hiding"),
            public=True,
        ),
        act(
            "restore",
            both,
            by=OFFICE,
            basis=MODERATION,
            wording=_("%(actor)s brought hidden messages back."),
            label=_("Bring messages back"),
            needs=("numbers",),
            checks=(_is_not_reported_on,),
            public=True,
        ),
        act(
            "confirm",
            both,
            by=OFFICE,
            basis="PART-CONFIRM: own rule",
            wording=_("%(actor)s confirmed messages at the counter or by telephone."),
            label=_("Confirm messages"),
            needs=("numbers",),
            checks=(_is_not_reported_on,),
        ),
        act(
            "enter",
            both,
            by=EVERYBODY,
            basis=COMMENTS,
            wording=_("%(actor)s entered an opinion that came another way."),
            label=_("Enter an opinion that came another way"),
            needs=("way", "text"),
            checks=(_is_not_reported_on,),
        ),
        act(
            "take_out",
            both,
            by=EVERYBODY,
            basis=ADOPTION,
            wording=_("%(actor)s took an opinion out of its group."),
            label=_("Take an opinion out of its group"),
            needs=("opinion",),
            checks=(_is_not_reported_on,),
        ),
    )


def _answering() -> tuple[procedure.Act, ...]:
    return (
        act(
            "answer",
            CLOSED,
            by=DEPARTMENT,
            basis=ADOPTION,
            wording=_("%(actor)s answered opinions."),
            label=_("Answer the opinions"),
            needs=("groups", "answer"),
            checks=(_is_not_reported_on, _answers_soundly),
            likely=True,
        ),
        act(
            "begin_report",
            CLOSED,
            by=DEPARTMENT,
            basis=ADOPTION,
            wording=_("%(actor)s began the report on what was adopted."),
            label=_("Begin the report on what was adopted"),
            checks=(_is_not_reported_on, _nothing_waits, _is_answered),
            likely=True,
        ),
        act(
            "answer_again",
            CLOSED,
            by=DEPARTMENT,
            basis=ADOPTION,
            wording=_("%(actor)s took the answers up again; the report that was begun counts no more."),
            label=_("Take the answers up again"),
            needs=("reason",),
            checks=(_report_can_be_given_up,),
        ),
        act(
            "report",
            CLOSED,
            REPORTED,
            by=CLOCK,
            basis=ADOPTION,
            wording=_("The report on what was adopted became public."),
            clocks=(procedure.stops("adoption"),),
            public=True,
        ),
    )


CALL = Procedure(
    kind=KIND,
    version="2019",
    effective_from=date(2019, 9, 1),
    effective_to=None,
    initial=PREPARED,
    final=frozenset({REPORTED, CALLED_OFF}),
    acts=(
        act(
            "open",
            PREPARED,
            OPEN,
            by=CLOCK,
            basis=COMMENTS,
            wording=_("The draft became public; the call is open."),
            public=True,
        ),
        act(
            "extend",
            OPEN,
            by=(people.DEPARTMENT_HEAD, people.OFFICE_HEAD),
            basis=COMMENTS,
            wording=_("%(actor)s prolonged the call."),
            label=_("Prolong the call"),
            needs=("until", "reason"),
            checks=(_is_later, tells_of_nobody),
            public=True,
        ),
        *_moderating(),
        act(
            "close",
            OPEN,
            CLOSED,
            by=CLOCK,
            basis=COMMENTS,
            wording=_("The call closed."),
            checks=(_is_over,),
            clocks=(procedure.starts("adoption"),),
            public=True,
        ),
        *_answering(),
        act(
            "call_off",
            (OPEN, CLOSED),
            CALLED_OFF,
            by=(CLOCK, people.OFFICE_HEAD),
            basis=COMMENTS,
            wording=_("The call was called off."),
            label=_("Call it off"),
            needs=("reason",),
            checks=(tells_of_nobody,),
            public=True,
        ),
    ),
    clocks={"adoption": ANSWER},
)
