"""Each way a request can go, from receipt to the row it counts in."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from sunshine.core.ledger.models import Leaf
from sunshine.core.matters import operations as maintenance
from sunshine.core.matters import queries as matters
from sunshine.core.matters.models import ClockEvent, Matter
from sunshine.core.people import rules as roles
from sunshine.kernel import clock, errors
from sunshine.kernel.period import SHANGHAI
from sunshine.kernel.procedure import APPLICANT
from sunshine.work.requests import composing, queries
from sunshine.work.requests import operations as requests
from sunshine.work.requests.models import Fee, Request
from sunshine.work.requests.rules import letters
from tests import cast as plays
from tests.cast import MONDAY, Cast
from tests.rooms import requests_story as story

pytestmark = pytest.mark.django_db
renaming = import_module("sunshine.work.requests.migrations.0002_a_deferred_reply_is_due_on_its_day")
DAY = timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    return plays.make_cast()


def later(days: int) -> datetime:
    return MONDAY + days * DAY


def fresh(request: Request) -> Request:
    return Request.objects.select_related("matter").get(pk=request.pk)


def stage(request: Request) -> str:
    return Matter.objects.values_list("stage", flat=True).get(pk=request.pk)


def rows(request: Request) -> tuple[str, str, str]:
    found = fresh(request)
    return found.matter.stage, found.outcome, found.row


def test_full_disclosure_counts_in_the_first_row(cast: Cast) -> None:
    request = story.answer(cast, story.handled(cast), at=later(3))
    assert rows(request) == ("answered", "disclosed", "1")
    leaf = json.loads(bytes(Leaf.objects.order_by("-index")[0].data))
    assert (leaf["outcome"], leaf["row"], leaf["closed_on"]) == ("disclosed", "1", "2026-03-05")


def test_partial_disclosure_counts_only_as_partial(cast: Cast) -> None:
    part = {"place": "第3页", "ground": "internal_affairs", "why": "内部工作流程"}
    details = {"handover": "电子", "withheld": [part]}
    request = story.answer(cast, story.handled(cast), "partial", at=later(3), details=details)
    assert rows(request) == ("answered", "partial", "2")


def asked_third_party(cast: Cast, party: str = "乙公司") -> Request:
    request = story.handled(cast)
    requests.consult_third_party(
        request.pk, party=party, about="合同", sent_on=later(1).date(), actor=cast.drafter, at=later(1)
    )
    consultation = request.consultations.get()
    requests.third_party_received(
        request.pk, consultation=consultation.pk, received_on=later(2).date(), actor=cast.drafter, at=later(2)
    )
    return request


def test_a_third_party_that_refuses_with_a_reason_leads_to_a_refusal(cast: Cast) -> None:
    request = asked_third_party(cast)
    consultation = request.consultations.get()
    requests.third_party_answered(
        request.pk,
        consultation=consultation.pk,
        answer="refuses",
        answered_on=later(4).date(),
        ground="商业秘密",
        actor=cast.drafter,
        at=later(7),
    )
    requests.conclude_consultation(request.pk, actor=cast.drafter, at=later(7))
    pause = matters.readings(request.matter, now=later(8))["reply"].pauses[0]
    assert pause.ended_at is not None
    assert (pause.began_at.date(), pause.ended_at.date()) == (later(1).date(), later(4).date())
    story.answer(cast, request, "third_party", at=later(8), details={"balance": "损害大于公益"})
    assert rows(request) == ("answered", "third_party", "3.4")


def test_a_silent_third_party_lets_the_clock_go_on_by_itself_when_the_time_is_over(cast: Cast) -> None:
    request = asked_third_party(cast)
    assert requests.end_what_is_over(at=later(23)) == 0
    assert requests.end_what_is_over(at=later(24)) == 1
    assert stage(request) == "handling"
    story.answer(cast, request, at=later(25))
    assert rows(request)[2] == "1"


def test_a_request_that_is_not_completed_lapses_by_itself(cast: Cast) -> None:
    request = story.file(cast)
    requests.ask_to_complete(
        request.pk, what="请说明年度", notified_on=later(1).date(), actor=cast.clerk, at=later(1)
    )
    assert requests.end_what_is_over(at=later(22)) == 0
    assert requests.end_what_is_over(at=later(23)) == 1
    assert rows(request) == ("lapsed", "lapsed", "6.1")
    requests.admit_excuse(
        request.pk, reason="住院", completed_on=later(25).date(), actor=cast.office_head, at=later(25)
    )
    assert rows(request) == ("handling", "", "")


def test_the_applicant_completes_and_the_reply_counts_anew(cast: Cast) -> None:
    request = story.file(cast)
    requests.ask_to_complete(
        request.pk, what="请说明年度", notified_on=later(1).date(), actor=cast.clerk, at=later(1)
    )
    requests.complete(request.pk, text="2025年", completed_on=later(4).date(), actor=APPLICANT, at=later(4))
    reading = matters.readings(fresh(request).matter, now=later(4))["reply"]
    assert (reading.used, reading.left) == (0, 20)


def test_an_extension_gives_twenty_days_more_and_is_public(cast: Cast) -> None:
    request = story.handled(cast)
    requests.propose_extension(request.pk, reason="数量大", actor=cast.drafter, at=later(5))
    requests.extend(request.pk, reason="数量大", actor=cast.office_head, at=later(6))
    assert matters.readings(request.matter, now=later(6))["reply"].total == 40
    assert "information_request.extend" in [entry.kind for entry in queries.entries(request.matter.reference)]


def test_not_held_needs_a_search_first(cast: Cast) -> None:
    request = story.handled(cast)
    with pytest.raises(errors.RuleBroken, match="Nothing was searched"):
        story.answer(cast, request, "not_held", at=later(2), details={})
    requests.search(
        request.pk, systems="档案室", words="停车 收费", found=False, actor=cast.drafter, at=later(2)
    )
    story.answer(cast, request, "not_held", at=later(3), details={})
    assert rows(request) == ("answered", "not_held", "4.1")


def test_answered_before_names_a_request_of_the_same_applicant_that_was_answered(cast: Cast) -> None:
    first = story.answer(cast, story.handled(cast), at=later(2))
    pending = story.handled(cast)
    other = story.handled(cast, identity={**story.PERSON, "document_number": "440524188001010014"})
    others = story.answer(cast, other, at=later(2))
    request = story.handled(cast, at=later(3))
    for earlier in ("去年答复过", pending.matter.reference, others.matter.reference):
        with pytest.raises(errors.RuleBroken, match="same applicant"):
            story.answer(cast, request, "repeated", at=later(4), details={"earlier": earlier})
    story.answer(cast, request, "repeated", at=later(4), details={"earlier": first.matter.reference})
    assert rows(request) == ("answered", "repeated", "5.2")
    letter = composing.reply(request.answers.get(), on=later(4).date())
    named = f"申请编号：{first.matter.reference}，{first.answers.get().letter_number}"
    assert named in "".join(letter.paragraphs)


def test_not_ours_names_the_body_that_is_responsible(cast: Cast) -> None:
    request = story.handled(cast)
    with pytest.raises(errors.RuleBroken):
        story.answer(cast, request, "not_ours", at=later(2), details={})
    story.answer(cast, request, "not_ours", at=later(2), details={"right_body": "市发改委 0551-60000000"})
    assert rows(request)[2] == "4.1"


def charged(cast: Cast) -> Request:
    request = story.handled(cast)
    requests.charge_fee(
        request.pk,
        scale="page",
        quantity=100,
        notified_on=later(1).date(),
        actor=cast.office_head,
        at=later(1),
    )
    requests.fee_notice_received(request.pk, received_on=later(2).date(), actor=cast.clerk, at=later(2))
    return request


def test_a_paid_fee_lets_the_request_go_on_anew(cast: Cast) -> None:
    request = charged(cast)
    assert Fee.objects.get(request=request).amount == 700
    requests.record_payment(request.pk, paid_on=later(8).date(), actor=cast.clerk, at=later(8))
    assert matters.readings(fresh(request).matter, now=later(8))["reply"].left == 20
    story.answer(cast, request, at=later(9))
    assert rows(request)[2] == "1"


def test_a_second_notice_of_a_fee_does_not_count_the_period_anew(cast: Cast) -> None:
    request = charged(cast)
    requests.record_payment(request.pk, paid_on=later(8).date(), actor=cast.clerk, at=later(8))
    asked: dict[str, Any] = {"scale": "item", "quantity": 11, "notified_on": later(9).date()}
    with pytest.raises(errors.RuleBroken, match="one fee"):
        requests.charge_fee(request.pk, **asked, actor=cast.office_head, at=later(9))
    assert Fee.objects.filter(request=request).count() == 1


def test_a_fee_that_is_asked_for_when_the_period_is_over_stops_no_clock(cast: Cast) -> None:
    request = story.handled(cast)
    asked: dict[str, Any] = {"scale": "page", "quantity": 100, "notified_on": later(60).date()}
    with pytest.raises(errors.RuleBroken, match="period of the reply was over"):
        requests.charge_fee(request.pk, **asked, actor=cast.office_head, at=later(60))
    assert matters.readings(fresh(request).matter, now=later(60))["reply"].overdue


def test_an_unpaid_fee_drops_the_request_by_itself(cast: Cast) -> None:
    request = charged(cast)
    assert requests.end_what_is_over(at=later(29)) == 0
    assert requests.end_what_is_over(at=later(31)) == 1
    assert rows(request) == ("unpaid", "unpaid", "6.2")


def test_reasons_are_asked_for_and_their_want_is_a_class(cast: Cast) -> None:
    request = story.handled(cast)
    requests.demand_reasons(
        request.pk, reason="本月第40件", until=later(10).date(), actor=cast.clerk, at=later(1)
    )
    assert requests.end_what_is_over(at=later(10)) == 0
    assert requests.end_what_is_over(at=later(11)) == 1
    story.answer(cast, request, "abnormal", at=later(12), details={})
    assert rows(request)[2] == "5.4"


def deferred(cast: Cast, until: date) -> Request:
    request = story.handled(cast)
    requests.defer(request.pk, until=until, reason="涉及上千份合同", actor=cast.office_head, at=later(1))
    return request


def test_a_deferred_reply_is_due_on_the_day_that_the_applicant_was_told(cast: Cast) -> None:
    told = date(2026, 4, 30)
    request = deferred(cast, told)
    letter = composing.course(Request.objects.select_related("matter").get(pk=request.pk))["defer"]
    assert letter.is_whole
    assert f"将于{letters.written(told)}前答复" in "".join(letter.paragraphs)
    reading = matters.readings(request.matter, now=later(2))["reply"]
    assert (reading.state, reading.due_on) == (clock.State.RUNNING, told)
    requests.take_up(request.pk, actor=cast.drafter, at=later(30))
    assert matters.readings(request.matter, now=later(30))["reply"].due_on == told
    assert not matters.readings(request.matter, now=datetime.combine(told, time(23), SHANGHAI))[
        "reply"
    ].overdue
    assert matters.readings(request.matter, now=datetime.combine(told + DAY, time(0), SHANGHAI))[
        "reply"
    ].overdue


def test_a_deferred_reply_comes_back_five_working_days_before_its_day(cast: Cast) -> None:
    request = deferred(cast, date(2026, 4, 30))
    assert requests.end_what_is_over(at=datetime(2026, 4, 22, 9, tzinfo=SHANGHAI)) == 0
    assert requests.end_what_is_over(at=datetime(2026, 4, 23, 9, tzinfo=SHANGHAI)) == 1
    assert stage(request) == "handling"


@pytest.mark.parametrize(
    ("on", "until", "why"),
    [
        (1, date(2026, 5, 1), "working day"),
        (1, date(2026, 3, 30), "due anyway"),
        (29, date(2026, 4, 30), "is over"),
    ],
)
def test_a_reply_is_put_off_in_time_to_a_later_working_day(
    cast: Cast, on: int, until: date, why: str
) -> None:
    request = story.handled(cast)
    with pytest.raises(errors.RuleBroken, match=why):
        requests.defer(request.pk, until=until, reason="量大", actor=cast.office_head, at=later(on))


def test_an_older_deferral_that_stood_still_becomes_due_on_its_day(cast: Cast) -> None:
    request = deferred(cast, date(2026, 4, 30))
    ClockEvent.objects.filter(matter=request.matter, effect="restart").update(effect="pause", extension=None)
    renaming.make_due(apps, None)
    assert matters.readings(request.matter, now=later(2))["reply"].due_on == date(2026, 4, 30)
    assert maintenance.rebuild_due_moments(now=later(2)) == 0


def test_a_withdrawn_request_stays_in_the_register_and_is_counted(cast: Cast) -> None:
    request = story.handled(cast)
    requests.withdraw(request.pk, note="申请人不再需要", actor=APPLICANT, at=later(2))
    assert rows(request) == ("withdrawn_by_applicant", "withdrawn", "6.3")
    assert [row.pk for row in queries.register()] == [request.pk]


def test_a_letter_of_three_subjects_counts_as_three_received_on_one_day(cast: Cast) -> None:
    request = story.file(cast)
    made = requests.split(request.pk, parts=["公厕数量", "共享单车投放"], actor=cast.clerk, at=later(2))
    assert [part.origin_id for part in made] == [request.pk, request.pk]
    assert {part.received_on for part in made} == {MONDAY.date()}
    assert len(list(queries.counted(until=later(2).date()))) == 3


def test_a_request_merges_only_into_one_of_the_same_applicant(cast: Cast) -> None:
    first, second = story.file(cast), story.file(cast)
    other = story.file(cast, identity={**story.PERSON, "document_number": "440524188001010014"})
    for target in (other, second):
        if target is other:
            with pytest.raises(errors.RuleBroken):
                requests.merge(
                    first.pk, other=target.matter.reference, note="同一事项", actor=cast.clerk, at=later(1)
                )
    requests.merge(first.pk, other=second.matter.reference, note="同一事项", actor=cast.clerk, at=later(1))
    assert rows(first) == ("merged", "merged", "6.3")


def test_nobody_approves_their_own_draft_in_the_database_either(cast: Cast) -> None:
    request = story.file(cast)
    requests.assign(request.pk, department=cast.office, actor=cast.clerk, at=later(1))
    head = plays.make_person(
        department=cast.office, name="主任兼办", holds=(roles.OFFICE_HEAD, roles.OFFICE_CLERK)
    )
    facts: dict[str, Any] = {"finding": "x", "public_subject": "停车", "details": {"handover": "电子"}}
    requests.draft_reply(request.pk, outcome="disclosed", **facts, actor=head, at=later(2))
    with pytest.raises(errors.NotAllowed):
        requests.approve(request.pk, actor=head, at=later(2))


def test_a_public_subject_with_personal_data_is_refused(cast: Cast) -> None:
    request = story.handled(cast)
    facts: dict[str, Any] = {
        "finding": "x",
        "public_subject": "电话13800001234的车主停车",
        "details": {"handover": "电子"},
    }
    with pytest.raises(errors.RuleBroken, match="personal data"):
        requests.draft_reply(request.pk, outcome="disclosed", **facts, actor=cast.drafter, at=later(2))


@pytest.mark.parametrize(
    ("identity", "subject"),
    [
        ({"name": "王小明"}, "王小明违章停车处罚材料"),
        ({"name": "王小明"}, "王 小 明违章停车处罚材料"),
        ({"name": "李建国"}, "关于李建國的停车处罚材料"),
        ({"name": "Anna Müller"}, "ＡＮＮＡ MÜLLER停车处罚材料"),
        ({"document_number": "11010519491231002x"}, "证件11010519491231002Ｘ的停车记录"),
        ({"phone": "0551-62220000"}, "055162220000停车投诉记录"),
        ({"email": "WangXM@example.com"}, "wangxm@example.com停车投诉记录"),
        ({"address": "阳光市测试路1号"}, "测试路１号停车位划线图"),
        ({"organisation": "阳光好停车服务有限公司"}, "阳光好停车服务有限公司行政许可卷宗"),
    ],
)
def test_a_public_subject_that_tells_who_asked_is_refused(
    cast: Cast, identity: dict[str, str], subject: str
) -> None:
    request = story.handled(cast, identity={**story.PERSON, **identity})
    facts: dict[str, Any] = {"finding": "x", "details": {"handover": "电子"}, "actor": cast.drafter}
    with pytest.raises(errors.RuleBroken, match="personal data"):
        requests.draft_reply(request.pk, outcome="disclosed", public_subject=subject, **facts, at=later(2))
    spared = "阳光市停车处罚材料"
    requests.draft_reply(request.pk, outcome="disclosed", public_subject=spared, **facts, at=later(2))


def test_a_public_subject_that_names_a_third_party_is_refused(cast: Cast) -> None:
    request = asked_third_party(cast, "乙停车服务公司")
    hears: dict[str, Any] = {
        "answer": "consents",
        "answered_on": later(4).date(),
        "actor": cast.drafter,
        "at": later(4),
    }
    requests.third_party_answered(request.pk, consultation=request.consultations.get().pk, **hears)
    requests.conclude_consultation(request.pk, actor=cast.drafter, at=later(4))
    facts: dict[str, Any] = {"finding": "x", "details": {"handover": "电子"}, "actor": cast.drafter}
    with pytest.raises(errors.RuleBroken, match="personal data"):
        requests.draft_reply(
            request.pk, outcome="disclosed", public_subject="乙停车服务公司合同", **facts, at=later(5)
        )


def test_a_draft_that_came_back_is_written_again_and_stays_one_answer(cast: Cast) -> None:
    request = story.handled(cast)
    facts: dict[str, Any] = {"finding": "x", "public_subject": "停车", "details": {"handover": "电子"}}
    requests.draft_reply(request.pk, outcome="disclosed", **facts, actor=cast.drafter, at=later(2))
    requests.return_draft(request.pk, reason="补充依据", actor=cast.office_head, at=later(3))
    story.answer(cast, request, at=later(4))
    assert request.answers.count() == 1


def test_the_answer_is_rated_once_by_the_applicant(cast: Cast) -> None:
    request = story.answer(cast, story.handled(cast), at=later(3))
    requests.rate(request.pk, rating=4, words="快", at=later(4))
    assert fresh(request).rating == 4
    with pytest.raises(errors.RuleBroken, match="have rated"):
        requests.rate(request.pk, rating=1, at=later(5))
