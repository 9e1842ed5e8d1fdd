"""The demo's suggestions and proposals: the sixty-four of 2018 from their lists, and a running year."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl

from sunshine.core.people import queries as people
from sunshine.core.people import rules as roles
from sunshine.kernel import calendar, period
from sunshine.project.demo import answering, sources, verbs
from sunshine.project.demo.answering import Told
from sunshine.project.demo.bureau import Bureau
from sunshine.project.demo.days import Days
from sunshine.work.proposals import operations as proposals
from sunshine.work.proposals.models import Proposal
from sunshine.work.proposals.rules import terms

LIST = {
    "编号": "number",
    "标题": "title",
    "提出人": "proposer",
    "提出人类别": "proposer_sort",
    "办理方式": "role",
    "主办单位": "lead_body",
    "会办单位": "joint_bodies",
    "交办日期": "assigned_on",
}
"""The headings of the list that is taken in, with the columns of the demo's file."""

RATINGS = {each.term: each.code for each in terms.RATINGS}
PUBLISHED_LATE = "84"
PUBLISHED_BY = ("attribute", "submit", "accept", "review_all", "pass_on", "sign_off", "publish")
Acts = Iterator[datetime]


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of 2018; the bureau is founded before the first of them came."""

    begun: int
    stories: int
    """How many stories of proposals are told, the sessions' own among them."""


def lists(days: Days) -> Lists:
    """Return when the first list came, in working days ago."""
    first = min(date.fromisoformat(row["assigned_on"]) for row in _rows())
    table = sources.read_table("proposals.toml", days)
    stories = len(_rows()) + len(table["sessions"]) + len(table["stories"])
    return Lists(calendar.bundled().working_days_between(first, days.today), stories)


def acts(bureau: Bureau, days: Days) -> list[Acts]:
    """Return the stories of all proposals, each yielding the moment of its next act before it is done."""
    table = sources.read_table("proposals.toml", days)
    rows = _rows()
    told: list[Acts] = [
        _session(each, [row for row in rows if row["session"] == each["code"]], bureau, days)
        for each in table["sessions"]
    ]
    told += [
        _of_2018(Told(bureau, days, row, table["grounds"], number % 50)) for number, row in enumerate(rows)
    ]
    told += [
        _of_the_year(Told(bureau, days, row, table["grounds"], number % 50))
        for number, row in enumerate(table["stories"])
    ]
    return told


def _rows() -> list[dict[str, str]]:
    text = (sources.TEXTS / "proposals-2018.csv").read_text("utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def _later(day: date, number: int) -> date:
    working = calendar.bundled()
    return working.after(day, number) if number >= 0 else working.before(day, -number)


def _session(told: Mapping[str, Any], rows: list[dict[str, str]], bureau: Bureau, days: Days) -> Acts:
    """Enter a session, and take in its list where there is one."""
    given = {name: told[name] for name in ("code", "name", "body", "level", "year")}
    day = _later(date.fromisoformat(rows[0]["assigned_on"]), 1) if rows else days.day(-told["on"])
    yield (at := datetime.combine(day, time(8, 30), period.SHANGHAI))
    clerk = bureau.in_role(roles.OFFICE_CLERK.name, "office", at)
    session = proposals.open_session(**given, classes="four", naming="surname", actor=clerk, at=at)
    if rows:
        yield (at := at + timedelta(minutes=10))
        proposals.import_list(session, _workbook(rows), office=people.office(), actor=clerk, at=at)


def _workbook(rows: list[dict[str, str]]) -> bytes:
    """Return the list as the assigner would send it."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("交办表")
    sheet.append(list(LIST))
    for row in rows:
        sheet.append([row[name] for name in LIST.values()])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _find(session: str, number: str) -> Proposal:
    rows = Proposal.objects.select_related("matter", "session")
    return rows.get(session__code=session, number=number)


def _of_2018(told: Told) -> Acts:
    """Let one of 2018 be answered, or let the bureau give its opinion, on the days of the file."""
    row = told.row
    assigned, answered = (date.fromisoformat(row[name]) for name in ("assigned_on", "replied_on"))
    yield (at := told.moment(_later(assigned, 2)))
    told.made = _find(row["session"], row["number"])
    clerk = told.who(roles.OFFICE_CLERK.name, at)
    if row["role"] == terms.JOINT.term:
        yield from _opinion_of_2018(told, assigned, answered)
        return
    proposals.accept(told.made.pk, actor=clerk, at=at)
    yield (at := told.moment(_later(assigned, 3)))
    answering.assign(told, at)
    if (answered - assigned).days > 100:  # beyond three months: it was extended
        yield (at := told.moment(_later(assigned, 40)))
        answering.propose_extension(told, at, reason="涉及部门多，扶持政策需报市政府审定")
        yield (at := told.moment(_later(assigned, 41)))
        answering.extend(told, at)
    yield from _answer_of_2018(told, answered, row["done"], RATINGS[row["rating"]])
    if row["kept_on"]:
        yield (at := told.moment(date.fromisoformat(row["kept_on"])))
        answering.keep(told, at)


def _opinion_of_2018(told: Told, assigned: date, answered: date) -> Acts:
    yield (at := told.moment(_later(assigned, 4)))
    answering.assign(told, at)
    yield (at := told.moment(_later(answered, -2)))
    answering.draft_opinion(
        told, at, text=f"关于《{told.title}》，我局职责范围内的事项已逐条研究，同意配合办理。"
    )
    yield (at := told.moment(answered))
    head = told.who(roles.OFFICE_HEAD.name, at)
    proposals.send_opinion(told.made.pk, sent_on=answered, actor=head, at=at)


def _answer_of_2018(told: Told, answered: date, done: str, rating: str) -> Acts:
    row = told.row
    promised = [(date.fromisoformat(row["promised_for"]), row["promised"])] if row["promised"] else []
    yield from _one_reply(told, answered, done, row["class"], promised)
    yield (at := told.moment(_later(answered, _published_after(told) + 3)))
    answering.rate(told, at, rating=rating)
    if rating == terms.DISSATISFIED.code:
        again = _later(answered, 24)
        yield from _one_reply(
            told, again, f"{done}针对您提出的意见，又增设停放区一百处，并逐处设置引导标识。", "A", []
        )
        yield (at := told.moment(_later(again, 9)))
        answering.rate(told, at, rating=terms.SATISFIED.code)


def _published_after(told: Told) -> int:
    """Return how many working days after the answer its record came; one of them too late."""
    return 23 if told.row["number"] == PUBLISHED_LATE else 5


def _one_reply(
    told: Told, answered: date, done: str, reply_class: str, promised: list[tuple[date, str]]
) -> Acts:
    yield (at := told.moment(_later(answered, -8)))
    answering.contact(told, at)
    yield (at := told.moment(_later(answered, -5)))
    answering.draft_reply(told, at, done, reply_class, promised)
    yield (at := told.moment(_later(answered, -2)))
    answering.sign(told, at)
    yield (at := told.moment(answered))
    answering.reply(told, at)
    yield from _publish(told, answered, _later(answered, _published_after(told)))


def _of_the_year(told: Told) -> Acts:
    """Do what the text says, each act so many working days ago."""
    for act in told.row["acts"]:
        given = {name: value for name, value in act.items() if name not in ("on", "do")}
        day = told.days.day(-act["on"])
        if act["do"] == "publish":
            yield from _publish(told, day, told.days.day(-act["on"] + 2))
            continue
        yield (at := told.moment(day))
        answering.VERBS[act["do"]](told, at, **given)


def _publish(told: Told, begun_on: date, public_on: date) -> Acts:
    """Take the document of the newest reply through the gate."""
    yield (at := told.moment(begun_on))
    telling = answering.begin_document(told, at)
    for name in PUBLISHED_BY[:-1]:
        for step in verbs.STEPS[name](telling):
            yield (at := told.moment(begun_on))
            step(telling, at)
    yield (at := told.moment(public_on))
    verbs.publish(telling, at)
    for record in telling.matter.drafts.values_list("record__reference", flat=True):
        proposals.note_record(record, at=at)  # the worker would tell it; the play keeps to its own days
