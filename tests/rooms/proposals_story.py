"""Suggestions and proposals as tests need them: entered, and taken as far as asked by the room's verbs."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import openpyxl

from sunshine.core.matters.models import Matter
from sunshine.core.people import operations as people
from sunshine.core.people import rules as roles
from sunshine.core.people.models import Department, Person
from sunshine.kernel.period import day_of
from sunshine.work.proposals import operations as proposals
from sunshine.work.proposals.models import Proposal, Session
from sunshine.work.proposals.rules.lists import Entry
from tests.cast import MONDAY, Cast, make_person

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
HEADINGS = ("编号", "标题", "提出人", "类别", "办理方式", "主办单位", "交办日期", "联系电话")


def session(cast: Cast, *, at: datetime = MONDAY, **given: Any) -> Session:
    """Open a session of the city's congress, with four classes and deputies named by surname."""
    told: dict[str, Any] = {
        "code": f"congress-{at.year}",
        "name": f"市人大{at.year}年会议",
        "body": "congress",
        "level": "city",
        "year": at.year,
        "classes": "four",
        "naming": "surname",
        **given,
    }
    return proposals.open_session(**told, actor=cast.clerk, at=at)


def entry(**given: Any) -> Entry:
    """Return a sound entry of the list."""
    told: dict[str, Any] = {
        "number": "12",
        "title": "关于增设公共停车位的建议",
        "proposer": "欧阳测试",
        "role": "lead",
        "assigned_on": MONDAY.date(),
        "text": "老城区停车难，建议利用边角地增设车位。",
        **given,
    }
    return Entry(**told)


def entered(cast: Cast, of: Session | None = None, *, at: datetime = MONDAY, **given: Any) -> Proposal:
    """Enter one that was assigned today."""
    given.setdefault("assigned_on", day_of(at))
    return proposals.enter(
        of or session(cast, at=at), entry(**given), office=cast.office, actor=cast.clerk, at=at
    )


def handled(cast: Cast, of: Session | None = None, *, at: datetime = MONDAY, **given: Any) -> Proposal:
    """Return one that lies with the cast's department."""
    made = entered(cast, of, at=at, **given)
    proposals.accept(made.pk, actor=cast.clerk, at=at + MINUTE)
    proposals.assign(
        made.pk, department=cast.department, officer=cast.drafter, actor=cast.clerk, at=at + 2 * MINUTE
    )
    return made


def talk(cast: Cast, made: Proposal, *, at: datetime) -> None:
    """Talk with the deputy."""
    proposals.record_contact(
        made.pk, contacted_on=day_of(at), way="visit", said="当面听取意见。", actor=cast.drafter, at=at
    )


def draft(
    cast: Cast, made: Proposal, *, at: datetime, commitments: Sequence[tuple[date, str]] = (), **given: Any
) -> None:
    """Draft a reply of class A, or as given."""
    told: dict[str, Any] = {
        "reply_class": "B" if commitments else "A",
        "text": "欧阳测试代表：\n您提出的建议收悉，现答复如下。已增设车位一百个。",
        "mark": "proactive",
        **given,
    }
    proposals.draft_reply(made.pk, **told, commitments=commitments, actor=cast.drafter, at=at)


def replied(
    cast: Cast,
    made: Proposal,
    *,
    at: datetime,
    commitments: Sequence[tuple[date, str]] = (),
    replied_on: date | None = None,
    **given: Any,
) -> Proposal:
    """Talk, draft, sign and hand over a reply."""
    talk(cast, made, at=at)
    draft(cast, made, at=at + MINUTE, commitments=commitments, **given)
    proposals.sign(made.pk, actor=cast.leader, at=at + 2 * MINUTE)
    proposals.reply(
        made.pk, replied_on=replied_on or day_of(at), way="visit", actor=cast.drafter, at=at + 3 * MINUTE
    )
    return fresh(made)


def rated(cast: Cast, made: Proposal, rating: str, *, at: datetime) -> None:
    """Enter what the deputy says."""
    proposals.rate(made.pk, rating=rating, rated_on=day_of(at), actor=cast.drafter, at=at)


def joined(cast: Cast, of: Session, *, at: datetime = MONDAY, **given: Any) -> Proposal:
    """Enter one in which the bureau gives its opinion to another lead."""
    return entered(cast, of, at=at, role="joint", lead_body="市自然资源局", **given)


def opined(cast: Cast, made: Proposal, *, at: datetime, sent_on: date | None = None) -> None:
    """Let the department write the bureau's opinion and the office send it."""
    proposals.assign(made.pk, department=cast.department, actor=cast.clerk, at=at)
    proposals.draft_opinion(made.pk, opinion="我局意见如下。", actor=cast.drafter, at=at + MINUTE)
    proposals.send_opinion(made.pk, sent_on=sent_on or day_of(at), actor=cast.office_head, at=at + 2 * MINUTE)


def joint_department(number: int) -> tuple[Department, Person, Person]:
    """Found a department that may be asked, with a drafter and a head."""
    department = people.found_department(code=f"joint{number}", name=f"会办{number}处", position=9 + number)
    drafter = make_person(department=department, name=f"会办员{number}", holds=(roles.DRAFTER,))
    head = make_person(department=department, name=f"会办处长{number}", holds=(roles.DEPARTMENT_HEAD,))
    return department, drafter, head


def fresh(made: Proposal) -> Proposal:
    """Return a proposal as it stands now."""
    return Proposal.objects.select_related("matter", "session").get(pk=made.pk)


def stage(made: Proposal) -> str:
    """Return where a proposal stands now."""
    return Matter.objects.values_list("stage", flat=True).get(pk=made.pk)


def row(**given: Any) -> tuple[Any, ...]:
    """Return a row of the list, in the order of `HEADINGS`."""
    told = {
        "编号": "1",
        "标题": "关于增设公共停车位的建议",
        "提出人": "测试甲",
        "类别": "建议",
        "办理方式": "主办",
        "主办单位": "",
        "交办日期": "2026-03-02",
        "联系电话": "13800001234",
        **given,
    }
    return tuple(told[heading] for heading in HEADINGS)


def workbook(
    rows: Sequence[Sequence[Any]], *, headings: Sequence[str] = HEADINGS, title: str = "交办表"
) -> bytes:
    """Return the bytes of a list with a title line above its headings."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([title])
    sheet.append(list(headings))
    for each in rows:
        sheet.append(list(each))
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
