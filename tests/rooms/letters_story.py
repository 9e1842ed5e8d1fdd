"""How tests tell the story of a letter: plain functions around the operations that the desk calls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sunshine.core.matters.models import Matter
from sunshine.core.people import operations as people
from sunshine.core.people import rules as roles
from sunshine.core.people.models import Department, Person
from sunshine.work.correspondence import operations as letters
from sunshine.work.correspondence.models import Case, Service
from sunshine.work.correspondence.rules import stages
from sunshine.work.correspondence.rules.posting import Letter
from tests import cast as plays
from tests.cast import MONDAY, Cast

TEXT = "长江路与金寨路交口东北角的垃圾桶三天没有清运，气味很大，请尽快处理。"
REPLY = "经现场核查，该处垃圾桶已于当日清运，并增加每日巡查一次。感谢您的监督。"
PHONE = "13855512345"


@dataclass(frozen=True, slots=True)
class Bureau:
    """The cast, and a second department with people of its own."""

    cast: Cast
    other: Department
    other_drafter: Person
    other_head: Person
    colleague: Person
    service: Service


def bureau() -> Bureau:
    """Make the cast, a sanitation department beside it, and one service."""
    cast = plays.make_cast()
    other = people.found_department(code="sanitation", name="环境卫生管理处", position=2)
    service = letters.list_service(
        code="bin",
        name="垃圾桶满溢",
        sort="complaint",
        group="市容环境",
        department=other,
        actor=None,
        at=MONDAY,
    )
    return Bureau(
        cast,
        other,
        plays.make_person(department=other, name="科员寅", holds=(roles.DRAFTER,)),
        plays.make_person(department=other, name="处长卯", holds=(roles.DEPARTMENT_HEAD,)),
        plays.make_person(department=cast.department, name="科员辰", holds=(roles.DRAFTER,)),
        service,
    )


def letter(text: str = TEXT, **given: Any) -> Letter:
    """Return a letter by telephone, unless said otherwise."""
    values: dict[str, Any] = {
        "channel": "hotline_12345",
        "sort": "complaint",
        "who": {"name": "王小明", "phone": PHONE},
        **given,
    }
    return Letter(text=text, **values)


def entered(house: Bureau, *, at: datetime = MONDAY, **given: Any) -> tuple[Case, str]:
    """Enter a letter by the office's clerk; it is registered in the ordinary term."""
    made, code = letters.enter(
        letter(**given), office=house.cast.office, arrived_at=at, actor=house.cast.clerk, at=at
    )
    letters.register_case(made.pk, sort="complaint", actor=house.cast.clerk, at=at)
    return made, code


def petition(
    house: Bureau,
    text: str = TEXT,
    *,
    accused: Department | None = None,
    at: datetime = MONDAY,
    **more: Any,
) -> Case:
    """Enter a petition that is registered and accepted, and lies at the office."""
    clerk: dict[str, Any] = {"actor": house.cast.clerk, "at": at}
    made, _code = letters.enter(
        letter(text, channel="letter", **more),
        office=house.cast.office,
        arrived_at=at,
        kind=stages.PETITION,
        accused=accused,
        **clerk,
    )
    kind = "accusation" if accused else "appeal"
    letters.register_petition(made.pk, petition_kind=kind, received_on=at.date(), **clerk)
    letters.tell_acceptance(made.pk, note="已书面告知", **clerk)
    return made


def in_hand(house: Bureau, case: Case, *, at: datetime = MONDAY) -> None:
    """Give a case to the cast's department, which accepts it."""
    letters.offer(case.pk, department=house.cast.department, actor=house.cast.clerk, at=at)
    letters.accept_case(case.pk, actor=house.cast.drafter, at=at)


def replied(
    house: Bureau,
    case: Case,
    *,
    at: datetime,
    outcome: str = "resolved",
    by: Person | None = None,
    **more: Any,
) -> None:
    """Draft, approve and send a reply."""
    drafter = by or house.cast.drafter
    given = {"outcome": outcome, "text": REPLY, **more}
    letters.draft_case_reply(case.pk, **given, actor=drafter, at=at)
    letters.approve_case_reply(case.pk, actor=house.cast.office_head, at=at)
    letters.send_reply(case.pk, told_by="site", actor=house.cast.clerk, at=at)


def stage(case: Case) -> str:
    """Return where a case stands now."""
    return Matter.objects.values_list("stage", flat=True).get(pk=case.pk)


def fresh(case: Case) -> Case:
    """Return a case as it is now."""
    return Case.objects.select_related("matter__department", "matter__officer").get(pk=case.pk)
