"""What the acts on a case ask: named checks, each with its reasons and the rule that wants it.

They read `situation.matter` (see `queries.cases.situation`) and what is given with the act.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from sunshine.core.people import rules as people
from sunshine.kernel import calendar, period
from sunshine.kernel.period import Period
from sunshine.kernel.procedure import Check, Done, Situation, is_blank
from sunshine.kernel.verdict import HOLDS, Verdict, fails
from sunshine.kernel.words import gettext_noop as _
from sunshine.work.correspondence.rules import periods, terms

MOST_RETURNS: Final = 2
"""Returns that go back to the clerk; the next goes to the head of the office (CH-RETURN)."""

OWN: Final = "own rule"
CONTEST: Final = "CH-CONTEST: own rule"
SHOW: Final = "CH-SHOW: 国办秘函〔2019〕19号"
ACCUSED: Final = "XF-KINDS: 信访工作条例 art. 30"
# A place of a template that nobody filled in: {name}, 【姓名】, ［…］, XX, ××, ____.
UNFILLED: Final = re.compile(r"\{[^{}\n]{0,40}\}|【[^】\n]{0,40}】|\[[^\[\]\n]{1,40}\]|_{3,}|[X×Ｘ]{2,}")


def day(situation: Situation, name: str) -> date | None:
    """Return a day that is given with the act or known of the case."""
    value = situation.fact(name)
    if isinstance(value, datetime):
        return period.day_of(value)
    return value if isinstance(value, date) else None


def is_over(length: Period, since: date | datetime | None, at: datetime) -> bool:
    """Return whether a period that began then is over at a moment."""
    if since is None:
        return False
    begun = since if isinstance(since, datetime) else period.start_of(since)
    return not period.in_time(at, period.due(length, begun, calendar.bundled()))


def last_done(situation: Situation, *acts: str) -> Done | None:
    """Return the newest of these acts that was done in the case."""
    return next((done for done in reversed(situation.done) if done.act in acts), None)


def one_of(name: str, among: Iterable[terms.Term], basis: str) -> Check:
    """Return the check that what is given is one of a list."""
    codes = frozenset(term.code for term in among)

    def one_of(situation: Situation) -> Verdict:
        if situation.facts.get(name) in codes:
            return HOLDS
        return fails(_("Choose one of the list."), basis=basis, field=name)

    return one_of


def may_still_be_returned(situation: Situation) -> Verdict:
    """CH-RETURN: twice to the clerk; the third return goes to the head of the office."""
    if situation.times("give_back") < MOST_RETURNS:
        return HOLDS
    return fails(
        _("It was given back twice; this return goes to the head of the office."),
        basis="CH-RETURN: own rule",
    )


def was_returned_twice(situation: Situation) -> Verdict:
    """CH-RETURN: to the head only what was given back twice."""
    if situation.times("give_back") >= MOST_RETURNS:
        return HOLDS
    return fails(_("The first two returns go to the clerk of the office."), basis="CH-RETURN: own rule")


def not_yet_extended(situation: Situation) -> Verdict:
    """CH-TERMS, XF-60D: once only."""
    if situation.times("extend_case"):
        return fails(_("The period was extended before; it may be once."), basis="CH-TERMS: own rule")
    return HOLDS


def period_runs(situation: Situation) -> Verdict:
    """CH-TERMS: the reporter is told before the period ends."""
    due = situation.matter.get("answer_due_at")
    if isinstance(due, datetime) and not period.in_time(situation.at, due):
        return fails(
            _("The period is over; what is over can no longer be extended."), basis="CH-TERMS: own rule"
        )
    return HOLDS


def extension_was_proposed(situation: Situation) -> Verdict:
    """The head consents to what somebody else proposed with a reason."""
    if situation.times("ask_for_extension"):
        return HOLDS
    return fails(_("Somebody else must propose this first."), basis=OWN, mended_by=people.DRAFTER.name)


def tasks_are_answered(situation: Situation) -> Verdict:
    """CH-TASK: what other departments were asked is in before the reply is drafted."""
    if situation.matter.get("tasks_open"):
        return fails(_("A department that was asked has not answered yet."), basis="CH-TASK: own rule")
    return HOLDS


def question_is_open(situation: Situation) -> Verdict:
    """CH-TASK: only what was not answered yet is withdrawn."""
    waiting = situation.matter.get("tasks_open") or ()
    given = situation.facts.get("task")
    if isinstance(waiting, tuple) and (given in waiting or (given is None and waiting)):
        return HOLDS
    return fails(
        _("No question of this case waits for the answer of another department."),
        basis="CH-TASK: own rule",
        field="task" if waiting else "",
    )


def reply_says_something(situation: Situation) -> Verdict:
    """CH-REPLY: a reply has words of its own (“0” is an answer), and every place of a template is filled."""
    text = str(situation.fact("text") if situation.fact("text") is not None else "")
    if is_blank(text):
        return fails(_("Write the reply."), basis="CH-REPLY: own rule", field="text")
    found = UNFILLED.search(text)
    if found:
        return fails(
            _("A place of the template is not filled in: %(place)s"),
            basis="CH-REPLY: own rule",
            field="text",
            place=found[0],
        )
    return HOLDS


def reply_names_nobody(situation: Situation) -> Verdict:
    """CH-REPLY: everybody who reported the same reads the reply, so it holds no personal data."""
    found = situation.fact("found_in_reply")
    if not found:
        return HOLDS
    assert isinstance(found, list | tuple)  # noqa: S101  # the operation gives what it found
    return fails(
        _("The reply holds personal data: %(found)s. Everybody who reported this reads it."),
        basis="CH-REPLY: PIPL; own rule",
        field="text",
        found="、".join(map(str, found)),
    )


def promise_has_its_day(situation: Situation) -> Verdict:
    """CH-PROMISE: “will be done” names the day by which it is, and that day lies ahead."""
    if situation.fact("outcome") != terms.PROMISED.code:
        return HOLDS
    until = day(situation, "promised_on")
    if until is None:
        return fails(
            _("Say by which day it will be done."), basis="CH-PROMISE: own rule", field="promised_on"
        )
    if until <= period.day_of(situation.at):
        return fails(_("The promised day must lie ahead."), basis="CH-PROMISE: own rule", field="promised_on")
    return HOLDS


def not_by_who_replied_before(situation: Situation) -> Verdict:
    """CH-CONTEST: what is contested goes to a different person."""
    before = situation.matter.get("replied_by") or ()
    assert isinstance(before, tuple | list)  # noqa: S101  # `situation` gives a tuple
    given = situation.facts.get("handled_by")
    if given is not None and given in before:
        return fails(
            _("This person drafted the reply that is contested; give it to somebody else."),
            basis=CONTEST,
            field="officer",
        )
    return HOLDS


def not_contested_before(situation: Situation) -> Verdict:
    """CH-CONTEST: once."""
    if situation.times("contest"):
        return fails(_("This reply was contested before; it can be once."), basis=CONTEST)
    return HOLDS


def contest_is_in_time(situation: Situation) -> Verdict:
    """CH-CONTEST: within ten days of the reply."""
    replied = last_done(situation, "send_reply")
    if replied is not None and is_over(periods.CONTEST, replied.at, situation.at):
        return fails(_("The ten days in which a reply can be contested are over."), basis=CONTEST)
    return HOLDS


def rating_is_known(situation: Situation) -> Verdict:
    """CH-RATE: one to five; who is silent has not rated."""
    if situation.facts.get("rating") in terms.RATINGS:
        return HOLDS
    return fails(_("Choose from one to five."), basis="CH-RATE: own rule", field="rating")


def review_is_in_time(situation: Situation) -> Verdict:
    """XF-REVIEW: within thirty days of the written opinion."""
    replied = last_done(situation, "send_reply")
    if replied is not None and is_over(periods.REVIEW, replied.at, situation.at):
        return fails(
            _("The thirty days for asking a review are over."), basis="XF-REVIEW: 信访工作条例 art. 35"
        )
    return HOLDS


def objection_is_in_time(situation: Situation) -> Verdict:
    """XF-OBJECT: what was forwarded to us and is not ours is objected to within five working days."""
    if is_over(periods.OBJECT, day(situation, "received_on"), situation.at):
        return fails(
            _("Five working days have passed: what was not objected to is ours."),
            basis="XF-OBJECT: 信访工作条例 art. 23",
        )
    return HOLDS


def a_promise_is_open(situation: Situation) -> Verdict:
    """CH-PROMISE: a promise is followed until it is kept."""
    if situation.matter.get("promise_open"):
        return HOLDS
    return fails(_("No promise of this case is open."), basis="CH-PROMISE: own rule")


def new_day_lies_ahead(situation: Situation) -> Verdict:
    """CH-PROMISE: a promise is moved to a day that lies ahead, and the first day stays visible."""
    until = day(situation, "promised_on")
    if until is not None and until > period.day_of(situation.at):
        return HOLDS
    return fails(_("The promised day must lie ahead."), basis="CH-PROMISE: own rule", field="promised_on")


def consent_was_given(situation: Situation) -> Verdict:
    """CH-SHOW: message and answer are shown with the consent of who wrote the message, of nobody else."""
    if situation.matter.get("may_be_shown"):
        return HOLDS
    return fails(_("The reporter has not agreed that this be shown."), basis=SHOW)


def reply_was_not_shown(situation: Situation) -> Verdict:
    """CH-SHOW: of one reply one document is begun."""
    last = last_done(situation, "show_answer", "send_reply")
    if last is not None and last.act == "show_answer":
        return fails(_("A document was begun from this reply before."), basis=SHOW)
    return HOLDS


def nobody_else_reported(situation: Situation) -> Verdict:
    """CASE-MERGE: nobody takes back what others reported as well; they leave it."""
    if _reporters(situation) <= 1:
        return HOLDS
    return fails(_("Several reported this: enter which of them takes it back."), basis="CASE-MERGE: own rule")


def others_reported(situation: Situation) -> Verdict:
    """CASE-MERGE: who is the last to leave takes the case back."""
    if _reporters(situation) > 1:
        return HOLDS
    return fails(_("Nobody else reported this: enter that it is taken back."), basis="CASE-MERGE: own rule")


def _reporters(situation: Situation) -> int:
    count = situation.matter["reporters"]
    assert isinstance(count, int)  # noqa: S101  # `situation` counts them
    return count


def nothing_was_replied(situation: Situation) -> Verdict:
    """XF-TURN: what was answered as a letter ended as one; who is not content may petition anew."""
    if situation.matter.get("replied_by"):
        return fails(
            _("A reply has gone out, so it ended as a letter; what is left is a petition of its own."),
            basis="XF-TURN: own rule",
        )
    return HOLDS


def not_to_the_accused(situation: Situation) -> Verdict:
    """XF-KINDS, arts. 29–31: an accusation is never given to whom it accuses, nor asked about there."""
    accused = situation.matter.get("accused") or ()
    assert isinstance(accused, frozenset | tuple)  # noqa: S101  # `situation` gives a set
    for name in ("department", "asked"):
        given = situation.facts.get(name)
        if given is not None and getattr(given, "pk", given) in accused:
            return fails(
                _("This department is the one accused; it must not get the letter."),
                basis=ACCUSED,
                field=name,
            )
    return HOLDS
