"""A question to another department that is withdrawn: it is told, and holds nothing up any more."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from sunshine.core.ledger import queries as ledger
from sunshine.core.matters import queries as matters
from sunshine.core.matters import worklists
from sunshine.core.matters.models import Matter
from sunshine.kernel import errors
from sunshine.work.correspondence import operations as letters
from sunshine.work.correspondence.models import Case, Task
from tests.cast import MONDAY
from tests.rooms import letters_story as story
from tests.rooms.letters_story import Bureau

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def house() -> Bureau:
    return story.bureau()


def asked_of_another(house) -> tuple[Case, Task]:
    case, _code = story.entered(house)
    story.in_hand(house, case)
    given: dict[str, Any] = {"question": "该处清运班次？", "actor": house.cast.drafter, "at": MONDAY}
    return case, letters.ask_department(case.pk, asked=house.other, **given)


def test_a_question_that_is_withdrawn_holds_no_reply_up_and_waits_on_no_list(house):
    case, task = asked_of_another(house)
    why: dict[str, Any] = {"task": task.pk, "reason": "已自行查明", "at": MONDAY + 10 * DAY}
    with pytest.raises(errors.NotAllowed):
        letters.withdraw_question(case.pk, **why, actor=house.other_drafter)
    letters.withdraw_question(case.pk, **why, actor=house.cast.drafter)
    task.matter.refresh_from_db()
    assert task.matter.stage == "task_withdrawn"
    assert task.matter not in worklists.of(house.other_drafter, at=MONDAY + 10 * DAY)
    told = ledger.timeline(task.matter.reference).latest("id")
    assert (told.kind, told.facts["reason"]) == ("case_task.drop_task", "已自行查明")
    with pytest.raises(errors.StaleStage):
        letters.answer_task(task.pk, answer="两班", actor=house.other_drafter, at=MONDAY + 10 * DAY)
    with pytest.raises(errors.RuleBroken, match="No question of this case waits"):
        letters.withdraw_question(case.pk, **why, actor=house.cast.drafter)
    story.replied(house, case, at=MONDAY + 10 * DAY)


def test_the_clock_of_a_withdrawn_question_is_neither_met_nor_late(house):
    case, task = asked_of_another(house)
    assert matters.readings(task.matter, now=MONDAY + 10 * DAY)["task"].overdue
    why: dict[str, Any] = {"task": task.pk, "reason": "已自行查明", "at": MONDAY + 10 * DAY}
    letters.withdraw_question(case.pk, **why, actor=house.cast.clerk)
    reading = matters.readings(task.matter, now=MONDAY + 20 * DAY)["task"]
    assert (reading.met, reading.overdue, reading.light.value) == (None, False, "green")


def test_only_the_question_that_is_named_is_withdrawn_and_only_of_its_own_case(house):
    case, task = asked_of_another(house)
    by: dict[str, Any] = {"actor": house.cast.drafter, "at": MONDAY}
    letters.ask_department(case.pk, asked=house.cast.office, question="费用由谁承担？", **by)
    _elsewhere, other_task = asked_of_another(house)
    with pytest.raises(errors.RuleBroken, match="No question of this case waits"):
        letters.withdraw_question(case.pk, task=other_task.pk, reason="误选", **by)
    letters.withdraw_question(case.pk, task=task.pk, reason="已查明", **by)
    with pytest.raises(errors.RuleBroken, match="has not answered"):
        story.replied(house, case, at=MONDAY + DAY)
    assert Matter.objects.get(pk=other_task.pk).closed_at is None


def test_nobody_is_asked_about_a_letter_that_was_taken_back(house):
    taken, task = asked_of_another(house)
    letters.take_back(taken.pk, actor=house.cast.clerk, at=MONDAY + DAY)
    assert Matter.objects.get(pk=task.pk).closed_at == MONDAY + DAY
    told = ledger.timeline(task.matter.reference).latest("id")
    assert (told.kind, told.facts["reason"]) == ("case_task.drop_task", "诉求人撤回")
    assert not worklists.of(house.other_drafter, at=MONDAY + 10 * DAY)
    reading = matters.readings(task.matter, now=MONDAY + 20 * DAY)["task"]
    assert (reading.met, reading.overdue) == (None, False)


@pytest.mark.parametrize("ends", ["pass_on", "object_to_forwarding"])
def test_a_question_that_went_along_to_a_petition_ends_with_it(house, ends):
    case, task = asked_of_another(house)
    clerk: dict[str, Any] = {"actor": house.cast.clerk, "at": MONDAY + DAY}
    petition = letters.turn_into_petition(
        case.pk, petition_kind="appeal", accused=None, reason="要求查处", **clerk
    )
    assert Matter.objects.get(pk=task.pk).closed_at is None
    if ends == "pass_on":
        letters.pass_on(petition.pk, other_way="disclosure", note="请另行申请", **clerk)
    else:
        letters.object_to_forwarding(petition.pk, reason="属住建部门", **clerk)
    assert Matter.objects.get(pk=task.pk).closed_at == MONDAY + DAY
    assert task.matter not in worklists.of(house.other_drafter, at=MONDAY + DAY)


def test_a_question_that_came_to_a_contested_letter_can_be_withdrawn(house):
    contested, _code = story.entered(house)
    story.in_hand(house, contested)
    story.replied(house, contested, at=MONDAY)
    letters.contest(contested.pk, reason="没有解决", actor=house.cast.clerk, at=MONDAY + DAY)
    case, task = asked_of_another(house)
    clerk: dict[str, Any] = {"actor": house.cast.clerk, "at": MONDAY + 2 * DAY}
    letters.join(case.pk, other=contested.matter.reference, **clerk)
    letters.withdraw_question(contested.pk, task=task.pk, reason="已自行查明", **clerk)
    task.matter.refresh_from_db()
    assert task.matter.stage == "task_withdrawn"
