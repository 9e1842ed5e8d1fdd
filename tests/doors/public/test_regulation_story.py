"""A regulation from draft through two thousand comments and a hearing to publication with its report."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from sunshine.doors.desk import calls_report
from sunshine.kernel.period import SHANGHAI
from sunshine.lenses.reporting import participation
from sunshine.work.documents import operations as documents
from sunshine.work.participation.models import CommentCall, Opinion, Submission
from sunshine.work.participation.operations import answering, calls, deciding, gathering
from sunshine.work.participation.queries import calls as queries
from tests import cast as plays
from tests.rooms import gathering_story
from tests.rooms.test_comment_calls import BODY, close, make_call, release_all, work
from tests.rooms.test_decisions import make_decision, take_every_step

pytestmark = pytest.mark.django_db

PEOPLE, NEAR = 2_000, 200
AFTER = datetime(2026, 4, 13, 9, 0, tzinfo=SHANGHAI)
PIECES = (
    "首小时免费", "夜间收费", "月票优惠", "残疾人车位", "指引标志", "电子支付", "小区周边", "学校门口",
    "医院附近", "商圈限时", "公示收入", "申诉渠道", "巡查频次", "计费起点", "节假日", "新能源车",
    "货车卸货", "充电桩", "泊位编号", "退费办法", "共享车位", "错时停车", "监督电话", "收费员着装",
)  # fmt: skip
FORM_LETTER = "坚决反对提高收费标准，上班族每天停车负担已经很重，请先开放机关单位车位再谈涨价"


def flood(call: CommentCall) -> None:
    """Let two thousand people speak, a tenth of them with nearly the same letter."""
    chance = random.Random(20260302)  # noqa: S311  # a story, told the same each time
    begun = call.matter.opened_at + timedelta(days=1)
    rows = Submission.objects.bulk_create(
        Submission(
            call=call,
            number=number,
            way="web",
            begun_at=begun,
            came_at=begun,
            sealed=b"",
            mark=f"mark{number:060d}",
            code_mark=f"code{number:060d}",
            confirmed_at=begun,
            state="held",
        )
        for number in range(1, PEOPLE + 1)
    )
    Opinion.objects.bulk_create(
        Opinion(submission=row, paragraph=0, text=_said(row.number, chance)) for row in rows
    )


def _said(number: int, chance: random.Random) -> str:
    if number % (PEOPLE // NEAR) == 0:
        return f"{FORM_LETTER}{'！' * chance.randint(0, 3)}{chance.choice(('', '谢谢', '拜托了'))}"
    words = "".join(chance.sample(PIECES, 6))
    return f"建议{words}，第{number}位来信人{chance.randint(10**9, 10**10)}"


def answer_everything(cast: plays.Cast, call: CommentCall) -> None:
    """Refuse the form letter with its reason, note the others, in as many acts as an officer would."""
    given: dict[str, Any] = {"actor": cast.drafter, "at": AFTER}
    groups = queries.told(queries.groups(call))
    letter = next(group for group in groups if group.text.startswith("坚决反对"))
    others = [group.id for group in groups if group.id != letter.id]
    answering.answer(
        call.matter_id, groups=[letter.id], answer="not_adopted", reason="测算显示短停支出不变", **given
    )
    answering.answer(call.matter_id, groups=others, answer="noted", **given)
    assert letter.persons == NEAR


def hold_a_hearing(cast: plays.Cast, report: str) -> None:
    """Hold the hearing on the draft, its record signed, its report named."""
    row = gathering_story.make_announced(cast, seats=4)
    for number in range(5):
        gathering_story.sign_up(row.pk, number)
    gathering.close_what_is_due(at=gathering_story.CLOSES)
    given: dict[str, Any] = {"actor": cast.clerk, "at": AFTER}
    gathering.hold(row.pk, **given)
    gathering.sign(row.pk, numbers=[1, 2, 3, 4], signature="signed", **given)
    gathering.minute(row.pk, minutes=report, **given)


def test_a_regulation_goes_from_its_draft_to_publication_with_every_opinion_answered(client: Client):
    cast = plays.make_cast()
    call = make_call(cast)
    flood(call)
    work(AFTER - timedelta(days=20))
    assert queries.counted(call).persons == PEOPLE
    assert queries.groups(call).count() <= PEOPLE - NEAR + 1
    close(call)
    release_all(cast, call, AFTER)
    answer_everything(cast, call)
    final = BODY.replace("夜间免费", "二十二点以后免费")
    body = calls_report.body(call, final)
    report = plays.make_document(
        cast, upto="approved", kind="adoption_report", title="采纳情况", body=body, at=AFTER
    )
    calls.begin_report(call.matter_id, document=report.matter.reference, actor=cast.drafter, at=AFTER)
    documents.publish(report.matter_id, actor=cast.office_head, at=AFTER + timedelta(hours=1))
    work(AFTER + timedelta(hours=2))
    call.refresh_from_db()
    assert call.report is not None
    hold_a_hearing(cast, call.report.reference)
    decision = make_decision(cast)
    take_every_step(cast, decision, call.matter.reference, AFTER + timedelta(hours=3))
    plays.make_document(
        cast,
        upto="published",
        kind="major_decision",
        title="停车收费方案",
        body=final,
        interpretation="<p>解读</p>",
        fields={"decision": decision.matter.reference},
        at=AFTER + timedelta(hours=4),
    )
    work(AFTER + timedelta(hours=6))
    decision.refresh_from_db()
    assert decision.matter.stage == "decision_published"
    assert deciding.CLOSED_CALLS[1] == call.matter.stage
    page = client.get(f"/r/{call.report.reference}/").content.decode()
    assert "<u>二十二点以后</u>" in page
    assert f"<td>{NEAR}</td><td>不予采纳</td>" in page
    figures = {each.name: each.value for each in participation.figures(2026)}
    assert figures["persons"] == figures["opinions"] == PEOPLE
    assert figures["opinions.not_adopted"] == NEAR
    assert figures["opinions.noted"] == PEOPLE - NEAR
    assert (figures["calls"], figures["hearings"], figures["decisions"]) == (1, 1, 1)
    shown = client.get("/participation/figures/2026/").content.decode()
    assert f'<a href="#opinions-not_adopted">{NEAR}</a>' in shown
