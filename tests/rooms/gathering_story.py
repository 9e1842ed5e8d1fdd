"""What the tests of meetings and hearings tell: a bureau, an announced event, people who sign up."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sunshine.kernel.period import SHANGHAI
from sunshine.work.participation.models import Gathering, Signup
from sunshine.work.participation.operations import gathering, seating
from tests import cast as plays
from tests.cast import MONDAY

ANNOUNCED = MONDAY + timedelta(hours=1)
SIGNING_UP = MONDAY + timedelta(days=1)
CLOSES = datetime(2026, 3, 20, 18, 0, tzinfo=SHANGHAI)
STARTS = datetime(2026, 3, 25, 9, 0, tzinfo=SHANGHAI)

make_cast = plays.make_cast


def make_planned(cast: plays.Cast, *, sort: str = "hearing", seats: int = 40, **more: Any) -> Gathering:
    """Plan a gathering of the cast's department."""
    given: dict[str, Any] = {
        "title": "停车收费听证会",
        "sort": sort,
        "hearing": "decision" if sort == "hearing" else "",
        "starts_at": STARTS,
        "ends_at": STARTS + timedelta(hours=3),
        "place": "政务中心三楼听证室",
        "seats": seats,
        "signup_closes_at": CLOSES,
        **more,
    }
    plan = gathering.Plan(**given)
    return gathering.plan(plan, department=cast.department, officer=cast.drafter, at=MONDAY)


def make_announced(cast: plays.Cast, *, at: datetime = ANNOUNCED, **more: Any) -> Gathering:
    """Announce a gathering with the record of its notice."""
    row = make_planned(cast, **more)
    notice = plays.make_record(cast, kind="announcement", title="关于召开停车收费听证会的公告")
    gathering.announce(row.pk, notice=notice.reference, actor=cast.clerk, at=at)
    return Gathering.objects.select_related("matter", "notice").get(pk=row.pk)


def sign_up(pk: int, number: int, *, group: str = "", at: datetime = SIGNING_UP) -> Signup:
    """Sign one of many people up."""
    row = Gathering.objects.get(pk=pk)
    sender = {"name": f"市民{number}", "phone": f"139{number:08d}"}
    return seating.sign_up(row, sender=sender, group=group, at=at)[0]


def standing(pk: int) -> dict[str, list[int]]:
    """Return the seats that are taken and the places in the queue, each in the order of coming."""
    rows = list(Signup.objects.filter(gathering=pk).order_by("number"))
    return {
        "numbers": [row.number for row in rows],
        "seats": [row.seat for row in rows if row.seat is not None],
        "queue": [row.position for row in rows if row.position is not None],
    }
