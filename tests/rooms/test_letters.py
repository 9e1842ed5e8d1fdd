"""A letter from its arrival to the reply: one number, one clock that never begins again, reasons for all."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from sunshine.core.ledger.models import Entry, Leaf
from sunshine.core.matters import queries as matters
from sunshine.core.matters import worklists
from sunshine.core.matters.models import Matter
from sunshine.kernel import errors
from sunshine.kernel.procedure import APPLICANT
from sunshine.work.correspondence import operations as letters
from sunshine.work.correspondence.models import Case, Notice, Promise, Reporter
from sunshine.work.correspondence.queries import cases
from tests.cast import MONDAY
from tests.rooms import letters_story as story
from tests.rooms.letters_story import Bureau

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def house() -> Bureau:
    return story.bureau()


def due(case: Case, clock: str, at: datetime = MONDAY) -> date | None:
    return matters.readings(story.fresh(case).matter, now=at)[clock].due_on


def test_a_case_has_one_number_and_counts_from_its_arrival(house):
    case, code = story.entered(house, at=MONDAY)
    assert (case.matter.reference, story.stage(case)) == ("X2026-00001", "case_registered")
    assert str(due(case, "answer")) == "2026-03-09"
    assert cases.reporter_of_code(code.lower().replace("-", " ")).case_id == case.pk


def test_a_consultation_is_answered_sooner_and_a_danger_is_secured_within_two_hours(house):
    clerk = house.cast.clerk
    made = [
        letters.enter(story.letter(), office=house.cast.office, arrived_at=MONDAY, actor=clerk, at=MONDAY)[0]
        for _ in range(2)
    ]
    letters.register_consultation(made[0].pk, sort="consultation", actor=clerk, at=MONDAY)
    assert str(due(made[0], "consultation")) == "2026-03-05"
    letters.register_danger(made[1].pk, sort="help", actor=clerk, at=MONDAY)
    reading = matters.readings(story.fresh(made[1]).matter, now=MONDAY)["danger"]
    assert reading.due_at == MONDAY + 2 * HOUR
    letters.secure(made[1].pk, note="已设围挡", actor=clerk, at=MONDAY + HOUR)
    assert story.stage(made[1]) == "case_registered"


def test_transfers_never_touch_the_reporters_clock_and_the_third_return_goes_to_the_office(house):
    case, _code = story.entered(house)
    first = due(case, "answer")
    for day, (department, head) in enumerate(
        [(house.cast.department, house.cast.head), (house.other, house.other_head)], start=1
    ):
        at = MONDAY + day * DAY
        letters.offer(case.pk, department=department, actor=house.cast.clerk, at=at)
        with pytest.raises(errors.RuleBroken):
            letters.give_back_to_head(case.pk, reason="非本处职责", actor=head, at=at)
        letters.give_back(case.pk, reason="非本处职责", actor=head, at=at)
        assert (story.stage(case), due(case, "answer", at)) == ("given_back", first)
    at = MONDAY + 3 * DAY
    letters.offer(case.pk, department=house.cast.department, actor=house.cast.clerk, at=at)
    with pytest.raises(errors.RuleBroken, match="twice"):
        letters.give_back(case.pk, reason="仍非本处职责", actor=house.cast.head, at=at)
    letters.give_back_to_head(case.pk, reason="仍非本处职责", actor=house.cast.head, at=at)
    assert story.stage(case) == "with_head"
    with pytest.raises(errors.NotAllowed):
        letters.decide_holder(case.pk, department=house.other, actor=house.cast.clerk, at=at)
    letters.decide_holder(case.pk, department=house.other, actor=house.cast.office_head, at=at)
    assert (story.stage(case), due(case, "answer", at)) == ("case_in_hand", first)


def test_a_department_has_one_working_day_to_accept(house):
    case, _code = story.entered(house)
    letters.offer(case.pk, department=house.cast.department, actor=house.cast.clerk, at=MONDAY)
    assert str(due(case, "accept")) == "2026-03-03"
    letters.accept_case(case.pk, actor=house.cast.drafter, at=MONDAY + HOUR)
    assert story.fresh(case).matter.officer == house.cast.drafter


def test_the_period_is_extended_once_by_somebody_else_and_the_reporter_is_told(house):
    case, _code = story.entered(house)
    story.in_hand(house, case)
    letters.ask_for_extension(case.pk, reason="需与街道会商", actor=house.cast.drafter, at=MONDAY + DAY)
    letters.extend_case(case.pk, reason="需与街道会商", actor=house.cast.office_head, at=MONDAY + DAY)
    assert str(due(case, "answer", MONDAY + DAY)) == "2026-03-23"
    assert Notice.objects.get(kind="extended").text == "需与街道会商"
    with pytest.raises(errors.RuleBroken, match="once"):
        letters.ask_for_extension(case.pk, reason="再延", actor=house.cast.drafter, at=MONDAY + 2 * DAY)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "must be given"),
        ("尊敬的{姓名}，您反映的问题已处理。", "template"),
        ("您反映的【问题】已处理。", "template"),
        ("请与经办人王建国联系，身份证号110101199003077758，电话13855519999。", "personal data"),
    ],
)
def test_a_reply_is_whole_and_names_nobody(house, text, why):
    case, _code = story.entered(house)
    story.in_hand(house, case)
    with pytest.raises(errors.RuleBroken, match=why):
        letters.draft_case_reply(
            case.pk, outcome="resolved", text=text, actor=house.cast.drafter, at=MONDAY + DAY
        )


def test_the_answer_nought_is_an_answer(house):
    case, _code = story.entered(house)
    story.in_hand(house, case)
    story.replied(house, case, at=MONDAY + DAY, text="0")
    assert Notice.objects.get(kind="reply").text == "0"


def test_nobody_approves_their_own_reply(house):
    case, _code = story.entered(house)
    letters.offer(case.pk, department=house.cast.department, actor=house.cast.clerk, at=MONDAY)
    letters.accept_case(case.pk, actor=house.cast.head, at=MONDAY)
    given: dict[str, Any] = {"outcome": "resolved", "text": story.REPLY}
    letters.draft_case_reply(case.pk, **given, actor=house.cast.head, at=MONDAY)
    with pytest.raises(errors.NotAllowed):
        letters.approve_case_reply(case.pk, actor=house.cast.head, at=MONDAY)


def test_stage_clock_and_outcome_are_three_things(house):
    case, _code = story.entered(house)
    story.in_hand(house, case)
    late = MONDAY + 9 * DAY
    story.replied(house, case, at=late, outcome="explained")
    after = story.fresh(case)
    assert (story.stage(case), after.outcome, after.was_in_time) == ("replied", "explained", False)
    assert after.closed_on == late.date()


def test_a_promise_names_a_day_and_is_followed_until_it_is_kept(house):
    case, _code = story.entered(house)
    story.in_hand(house, case)
    given: dict[str, Any] = {
        "outcome": "promised",
        "text": story.REPLY,
        "actor": house.cast.drafter,
        "at": MONDAY + DAY,
    }
    for day in (None, MONDAY.date()):
        with pytest.raises(errors.RuleBroken):
            letters.draft_case_reply(case.pk, promised_on=day, **given)
    story.replied(house, case, at=MONDAY + DAY, outcome="promised", promised_on=date(2026, 3, 20))
    moved: dict[str, Any] = {"promised_on": date(2026, 3, 27), "reason": "连日降雨", "actor": house.cast.head}
    letters.move_promise(case.pk, **moved, at=MONDAY + 10 * DAY)
    promise = Promise.objects.get()
    assert (promise.first_due_on, promise.due_on) == (date(2026, 3, 20), date(2026, 3, 27))
    assert [each.pk for each in cases.promises_open(until=date(2026, 3, 27))] == [promise.pk]
    done: dict[str, Any] = {"note": "已修复", "kept_on": date(2026, 3, 26), "actor": house.cast.drafter}
    letters.keep_promise(case.pk, **done, at=MONDAY + 25 * DAY)
    assert cases.promises_open(until=date(2026, 12, 31)) == []
    with pytest.raises(errors.RuleBroken):
        letters.keep_promise(case.pk, **done, at=MONDAY + 26 * DAY)
    kinds = list(Notice.objects.order_by("id").values_list("kind", flat=True))
    assert kinds == ["reply", "promise_moved", "promise_kept"]


def test_a_reply_is_contested_once_and_goes_to_a_different_person(house):
    case, _code = story.entered(house)
    story.in_hand(house, case)
    story.replied(house, case, at=MONDAY + DAY)
    letters.contest(case.pk, reason="并未清运", actor=APPLICANT, at=MONDAY + 2 * DAY)
    assert (story.stage(case), story.fresh(case).closed_on) == ("contested", None)
    given: dict[str, Any] = {
        "department": house.cast.department,
        "actor": house.cast.clerk,
        "at": MONDAY + 2 * DAY,
    }
    with pytest.raises(errors.RuleBroken, match="somebody else"):
        letters.hand_to_another(case.pk, officer=house.cast.drafter, **given)
    letters.hand_to_another(case.pk, officer=house.colleague, **given)
    with pytest.raises(errors.RuleBroken, match="somebody else"):
        story.replied(house, case, at=MONDAY + 3 * DAY)
    assert str(due(case, "answer", MONDAY + 3 * DAY)) == "2026-03-11"
    story.replied(house, case, at=MONDAY + 3 * DAY, by=house.colleague)
    with pytest.raises(errors.RuleBroken, match="once"):
        letters.contest(case.pk, reason="仍不满意", actor=APPLICANT, at=MONDAY + 4 * DAY)
    assert story.fresh(case).was_contested
    assert story.fresh(case).first_replied_at == MONDAY + DAY


def test_a_reply_can_be_contested_for_ten_days_and_no_longer(house):
    case, _code = story.entered(house)
    story.in_hand(house, case)
    story.replied(house, case, at=MONDAY)
    with pytest.raises(errors.RuleBroken, match="ten days"):
        letters.contest(case.pk, reason="并未清运", actor=APPLICANT, at=MONDAY + 11 * DAY)
    letters.contest(case.pk, reason="并未清运", actor=APPLICANT, at=MONDAY + 10 * DAY)


def test_each_reporter_rates_once_and_who_is_silent_has_not_rated(house):
    case, code = story.entered(house)
    other, _its_code = letters.add_reporter(
        "X2026-00001", story.letter(who={"phone": "13855500000"}), came_at=MONDAY, actor=None, at=MONDAY
    )
    story.in_hand(house, case)
    story.replied(house, case, at=MONDAY + DAY)
    first = cases.reporter_of_code(code)
    given: dict[str, Any] = {"reporter": first.pk, "actor": APPLICANT, "at": MONDAY + 2 * DAY}
    letters.rate(case.pk, rating=1, rating_words="没有人来", **given)
    with pytest.raises(errors.RuleBroken, match="has rated"):
        letters.rate(case.pk, rating=5, **given)
    with pytest.raises(errors.RuleBroken):
        letters.rate(case.pk, rating=0, reporter=other.pk, actor=APPLICANT, at=MONDAY + 2 * DAY)
    assert sorted(Reporter.objects.values_list("rating", flat=True), key=str) == [1, None]


def test_another_department_is_asked_and_its_answer_is_in_before_the_reply(house):
    case, _code = story.entered(house)
    story.in_hand(house, case)
    given: dict[str, Any] = {"question": "该处清运班次？", "actor": house.cast.drafter, "at": MONDAY}
    with pytest.raises(errors.RuleBroken, match="another department"):
        letters.ask_department(case.pk, asked=house.cast.department, **given)
    task = letters.ask_department(case.pk, asked=house.other, **given)
    assert task.matter.reference == "XT2026-00001"
    assert task.matter in worklists.of(house.other_drafter, at=MONDAY)
    with pytest.raises(errors.RuleBroken, match="has not answered"):
        story.replied(house, case, at=MONDAY + DAY)
    with pytest.raises(errors.NotAllowed):
        letters.answer_task(task.pk, answer="每日两班", actor=house.cast.drafter, at=MONDAY + DAY)
    letters.answer_task(task.pk, answer="每日两班", actor=house.other_drafter, at=MONDAY + DAY)
    story.replied(house, case, at=MONDAY + DAY)


def test_an_alert_runs_five_and_twenty_four_hours_from_when_it_was_known(house):
    case, _code = story.entered(house)
    known = MONDAY - 2 * HOUR
    raised: dict[str, Any] = {"known_at": known, "reason": "网上传播", "actor": house.cast.clerk}
    alert = letters.raise_alert(case.pk, **raised, at=MONDAY)
    readings = matters.readings(Matter.objects.get(pk=alert.pk), now=MONDAY)
    assert readings["statement"].due_at == known + 5 * HOUR
    assert readings["briefing"].due_at == known + 24 * HOUR
    letters.record_statement(alert.pk, note="官网", actor=house.cast.clerk, at=MONDAY + HOUR)
    letters.record_briefing(alert.pk, note="发布会", actor=house.cast.leader, at=MONDAY + 4 * HOUR)
    letters.close_alert(alert.pk, note="复盘", actor=house.cast.office_head, at=MONDAY + DAY)


def test_a_petition_keeps_the_clocks_of_its_own_rules(house):
    clerk, office = house.cast.clerk, house.cast.office
    made: dict[str, Any] = {"office": office, "arrived_at": MONDAY, "actor": clerk, "at": MONDAY}
    case, _code = letters.enter(story.letter(channel="letter"), kind="petition", accused=house.other, **made)
    assert case.matter.reference == "XF2026-00001"
    letters.register_petition(
        case.pk, petition_kind="accusation", received_on=MONDAY.date(), actor=clerk, at=MONDAY
    )
    assert str(due(case, "notify")) == "2026-03-17"
    letters.tell_acceptance(case.pk, note="已书面告知", actor=clerk, at=MONDAY + 4 * DAY)
    assert str(due(case, "answer", MONDAY + 4 * DAY)) == "2026-05-06"
    with pytest.raises(errors.RuleBroken, match="accused"):
        letters.offer(case.pk, department=house.other, actor=clerk, at=MONDAY + 4 * DAY)
    story.in_hand(house, case, at=MONDAY + 4 * DAY)
    story.replied(house, case, at=MONDAY + 8 * DAY, outcome="not_supported")
    letters.ask_review(case.pk, note="申请复查", actor=APPLICANT, at=MONDAY + 30 * DAY)
    with pytest.raises(errors.RuleBroken, match="thirty days"):
        letters.ask_review(case.pk, note="申请复查", actor=APPLICANT, at=MONDAY + 39 * DAY)


def test_a_forwarded_petition_is_objected_to_within_five_working_days(house):
    clerk, office = house.cast.clerk, house.cast.office
    made: dict[str, Any] = {
        "office": office,
        "arrived_at": MONDAY,
        "actor": clerk,
        "at": MONDAY,
        "kind": "petition",
    }
    numbers = [letters.enter(story.letter(channel="letter"), **made)[0].pk for _ in range(2)]
    for number in numbers:
        letters.register_petition(
            number, petition_kind="appeal", received_on=MONDAY.date(), actor=clerk, at=MONDAY
        )
    letters.object_to_forwarding(numbers[0], reason="属住建部门", actor=clerk, at=MONDAY + 7 * DAY)
    with pytest.raises(errors.RuleBroken, match="Five working days"):
        letters.object_to_forwarding(numbers[1], reason="属住建部门", actor=clerk, at=MONDAY + 8 * DAY)


def test_what_belongs_elsewhere_is_passed_on_with_the_way_there(house):
    case, _code = story.entered(house)
    given: dict[str, Any] = {"note": "请填写申请表", "actor": house.cast.clerk, "at": MONDAY}
    with pytest.raises(errors.RuleBroken):
        letters.pass_on(case.pk, other_way="nowhere", **given)
    letters.pass_on(case.pk, other_way="disclosure", **given)
    assert (story.stage(case), story.fresh(case).outcome) == ("told_where_to_go", "passed_on")


def test_who_reported_lies_under_seal_and_each_look_is_entered(house):
    case, _code = story.entered(house)
    story.in_hand(house, case)
    with pytest.raises(errors.NotAllowed):
        letters.view_who(case.pk, actor=house.other_drafter, at=MONDAY)
    [(_row, told)] = letters.view_who(case.pk, actor=house.cast.drafter, at=MONDAY)
    assert told == {"name": "王小明", "phone": story.PHONE}
    assert Entry.objects.filter(kind="citizen_case.identity_viewed").count() == 1
    held = json.dumps(list(Entry.objects.values_list("facts", flat=True)), ensure_ascii=False)
    leaves = b"".join(bytes(data) for data in Leaf.objects.values_list("data", flat=True)).decode()
    rows = repr(list(Reporter.objects.values()))
    for told_nowhere in ("王小明", story.PHONE, "清运"):
        assert told_nowhere not in leaves
    for sealed in ("王小明", story.PHONE):
        assert sealed not in held + rows


def test_a_letter_without_name_and_address_is_taken_in_as_well(house):
    case, code = story.entered(house, who={})
    assert cases.persons(case) == 1
    assert cases.reporter_of_code(code).mark == ""
