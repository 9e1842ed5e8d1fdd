"""What was joined by mistake is taken apart: the old number, the old clock, who came with it, the figures."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from sunshine.core.ledger.models import Entry
from sunshine.core.matters import queries as matters
from sunshine.core.matters.models import ClockEvent
from sunshine.kernel import clock, errors
from sunshine.lenses.reporting import letters as figures
from sunshine.work.correspondence import operations as letters
from sunshine.work.correspondence.models import Alias, Case, Notice, Reporter, Task
from sunshine.work.correspondence.queries import cases, public
from tests.cast import MONDAY
from tests.rooms import letters_story as story
from tests.rooms.letters_story import Bureau

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def house() -> Bureau:
    return story.bureau()


def joined(house: Bureau, case: Case, into: Case, *, at: Any = MONDAY) -> None:
    letters.join(case.pk, other=into.matter.reference, actor=house.cast.clerk, at=at)


def apart(house: Bureau, case: Case, *, at: Any = MONDAY + DAY, reason: str = "不是同一件事") -> None:
    letters.take_apart(case.pk, reason=reason, actor=house.cast.clerk, at=at)


def added(house: Bureau, case: Case, phone: str) -> str:
    """Add somebody to a case; return the code."""
    letter = story.letter(who={"phone": phone})
    given: dict[str, Any] = {"came_at": MONDAY, "actor": house.cast.clerk, "at": MONDAY}
    return letters.add_reporter(case.matter.reference, letter, **given)[1]


def readings(case: Case, *, at: Any) -> dict[str, clock.Reading]:
    return matters.readings(story.fresh(case).matter, now=at)


def test_who_came_with_a_joined_case_goes_back_with_it_and_the_others_stay(house):
    kept, _code = story.entered(house)
    wrong, code = story.entered(house, who={"phone": "13855500001"})
    before = added(house, wrong, "13855500002")
    letters.name_elsewhere(wrong.matter.reference, source="12345", number="A-1", actor=None, at=MONDAY)
    joined(house, wrong, kept)
    after = added(house, kept, "13855500003")
    letters.name_elsewhere(kept.matter.reference, source="12345", number="A-2", actor=None, at=MONDAY)
    apart(house, wrong)
    owner = {each: cases.reporter_of_code(each).case_id for each in (code, before, after)}
    assert owner == {code: wrong.pk, before: wrong.pk, after: kept.pk}
    assert (cases.persons(wrong), cases.persons(kept)) == (2, 2)
    assert dict(Alias.objects.values_list("number", "case")) == {"A-1": wrong.pk, "A-2": kept.pk}
    told = Notice.objects.filter(kind="apart")
    assert {each.reporter_id for each in told} == set(
        Reporter.objects.filter(case=wrong).values_list("pk", flat=True)
    )
    assert {each.text for each in told} == {wrong.matter.reference}
    found = story.fresh(wrong)
    assert (found.joined_into_id, found.joined_to_id, found.outcome, found.closed_on) == (
        None,
        None,
        "",
        None,
    )


def asked(house: Bureau, case: Case) -> Task:
    """Let the department that handles a case ask another one."""
    story.in_hand(house, case)
    given: dict[str, Any] = {"asked": house.other, "question": "清运班次？", "actor": house.cast.drafter}
    return letters.ask_department(case.pk, **given, at=MONDAY)


def answered(house: Bureau, task: Task) -> None:
    letters.answer_task(task.pk, answer="每日两班", actor=house.other_drafter, at=MONDAY)


def test_a_question_goes_along_with_a_joined_case_and_holds_the_reply_of_the_one_that_goes_on(house):
    kept, wrong = story.entered(house)[0], story.entered(house)[0]
    task = asked(house, wrong)
    joined(house, wrong, kept)
    story.in_hand(house, kept)
    with pytest.raises(errors.RuleBroken, match="has not answered"):
        story.replied(house, kept, at=MONDAY)
    answered(house, task)
    assert [each.answer for each in kept.tasks.all()] == ["每日两班"]
    story.replied(house, kept, at=MONDAY)


def test_a_question_goes_back_with_its_case_and_the_others_stay(house):
    kept, wrong, below = (story.entered(house)[0] for _each in range(3))
    task, own, deep = asked(house, wrong), asked(house, kept), asked(house, below)
    joined(house, below, wrong)
    joined(house, wrong, kept)
    assert set(kept.tasks.all()) == {task, own, deep}
    answered(house, task)
    apart(house, wrong)
    assert (set(kept.tasks.all()), set(wrong.tasks.all())) == ({own}, {task, deep})


def test_a_case_with_an_open_question_is_not_joined_to_one_whose_reply_is_drafted(house):
    kept, wrong = story.entered(house)[0], story.entered(house)[0]
    task = asked(house, wrong)
    story.in_hand(house, kept)
    letters.draft_case_reply(
        kept.pk, outcome="resolved", text="已清运。", actor=house.cast.drafter, at=MONDAY
    )
    with pytest.raises(errors.RuleBroken, match="has not answered yet, and the other"):
        joined(house, wrong, kept)
    answered(house, task)
    joined(house, wrong, kept)
    assert set(kept.tasks.all()) == {task}


@pytest.mark.parametrize("later", [DAY, 9 * DAY])
def test_its_clock_shows_what_it_would_show_had_it_never_been_joined(house, later):
    kept, _code = story.entered(house)
    wrong, _code = story.entered(house, at=MONDAY)
    never, _code = story.entered(house, at=MONDAY)
    joined(house, wrong, kept, at=MONDAY + HOUR)
    assert readings(wrong, at=MONDAY + later)["answer"].state is clock.State.STOPPED
    apart(house, wrong, at=MONDAY + later)
    now = MONDAY + later + HOUR
    assert readings(wrong, at=now)["answer"] == readings(never, at=now)["answer"]
    assert readings(wrong, at=now)["answer"].started_at == MONDAY
    assert story.fresh(wrong).matter.next_due_at == matters.next_due_at(story.fresh(never).matter, now=now)
    story.in_hand(house, wrong, at=now)
    story.replied(house, wrong, at=now)
    assert story.fresh(wrong).was_in_time is (later == DAY)


def test_a_consultation_keeps_its_shorter_clock_and_an_accepted_case_goes_back_to_the_office(house):
    kept, _code = story.entered(house)
    wrong, _code = letters.enter(
        story.letter(), office=house.cast.office, arrived_at=MONDAY, actor=house.cast.clerk, at=MONDAY
    )
    letters.register_consultation(wrong.pk, sort="consultation", actor=house.cast.clerk, at=MONDAY)
    story.in_hand(house, wrong)
    joined(house, wrong, kept)
    apart(house, wrong)
    states = {name: reading.state for name, reading in readings(wrong, at=MONDAY + DAY).items()}
    running, stopped = clock.State.RUNNING, clock.State.STOPPED
    assert states == {"answer": running, "consultation": running, "accept": stopped}
    matter = story.fresh(wrong).matter
    assert (matter.stage, matter.department, matter.officer) == ("case_registered", house.cast.office, None)
    story.in_hand(house, wrong, at=MONDAY + DAY)
    assert story.stage(wrong) == "case_in_hand"


def test_a_letter_that_was_joined_before_it_was_registered_comes_back_to_be_registered(house):
    kept, _code = story.entered(house)
    wrong, _code = letters.enter(
        story.letter(), office=house.cast.office, arrived_at=MONDAY, actor=house.cast.clerk, at=MONDAY
    )
    joined(house, wrong, kept)
    assert story.stage(wrong) == "joined_unregistered"
    apart(house, wrong)
    assert (story.stage(wrong), ClockEvent.objects.filter(matter=wrong.matter).count()) == ("case_arrived", 0)
    letters.register_case(wrong.pk, sort="complaint", actor=house.cast.clerk, at=MONDAY + DAY)
    assert readings(wrong, at=MONDAY + DAY)["answer"].started_at == MONDAY


def test_what_had_been_joined_to_a_joined_case_goes_back_with_it(house):
    end, _code = story.entered(house)
    middle, _code = story.entered(house, who={"phone": "13855500001"})
    first, code = story.entered(house, who={"phone": "13855500002"})
    joined(house, first, middle)
    joined(house, middle, end)
    assert story.fresh(first).joined_into_id == end.pk
    apart(house, middle)
    assert story.fresh(first).joined_into_id == middle.pk
    assert cases.reporter_of_code(code).case_id == middle.pk
    assert (cases.persons(middle), cases.persons(end)) == (2, 1)
    apart(house, first, at=MONDAY + 2 * DAY)
    assert cases.reporter_of_code(code).case_id == first.pk
    joined(house, first, end, at=MONDAY + 2 * DAY)
    apart(house, first, at=MONDAY + 3 * DAY)
    assert [cases.persons(each) for each in (end, middle, first)] == [1, 1, 1]


def test_a_hundred_persons_stay_a_hundred_in_every_figure_and_the_log_tells_it(house):
    kept, _code = story.entered(house, who={"phone": "13900000000"})
    wrong, _code = story.entered(house, who={"phone": "13900000001"})
    for number in range(2, 100):
        added(house, (kept, wrong)[number % 2], f"139{number:08d}")

    def counted() -> dict[str, object]:
        told = figures.figures(MONDAY.year, on=(MONDAY + DAY).date())
        return {each.name: each.value for each in told}

    before = counted()
    joined(house, wrong, kept)
    during = counted()
    apart(house, wrong)
    assert counted() == before
    assert (before["persons"], during["persons"], before["received"]) == (100, 100, 2)
    assert (during["outcome.joined"], during["open"], before["open"]) == (1, 1, 2)
    kinds = [entry.kind for entry in public.entries(wrong.matter.reference)]
    assert kinds[-2:] == ["citizen_case.join", "citizen_case.take_apart"]
    entry = Entry.objects.get(kind="citizen_case.take_apart")
    assert entry.facts["reason"] == "不是同一件事"
    assert Entry.objects.get(kind="citizen_case.joined_case_left").subject == kept.matter.reference
    assert "不是同一件事" not in bytes(entry.leaf.data).decode()


def test_only_the_office_takes_apart_and_gives_a_reason(house):
    kept, _code = story.entered(house)
    wrong, _code = story.entered(house)
    joined(house, wrong, kept)
    with pytest.raises(errors.NotAllowed):
        letters.take_apart(wrong.pk, reason="误并", actor=house.cast.drafter, at=MONDAY)
    with pytest.raises(errors.RuleBroken, match="must be given"):
        apart(house, wrong, reason=" ")
    apart(house, wrong)
    with pytest.raises(errors.StaleStage):
        apart(house, wrong)


def test_what_was_answered_together_stays_together(house):
    kept, _code = story.entered(house)
    wrong, _code = story.entered(house)
    joined(house, wrong, kept)
    story.in_hand(house, kept)
    story.replied(house, kept, at=MONDAY + HOUR)
    with pytest.raises(errors.RuleBroken, match="is closed"):
        apart(house, wrong)
    letters.contest(kept.pk, reason="没有解决", actor=house.cast.clerk, at=MONDAY + DAY)
    with pytest.raises(errors.RuleBroken, match="reply has gone out"):
        apart(house, wrong, at=MONDAY + DAY)
    assert story.stage(wrong) == "joined_to_another"


def test_a_joining_from_before_it_was_kept_what_came_with_it_is_refused_with_that_reason(house):
    kept, _code = story.entered(house)
    wrong, _code = story.entered(house)
    joined(house, wrong, kept)
    Case.objects.filter(pk=wrong.pk).update(joined_to=None)
    with pytest.raises(errors.RuleBroken, match="before it was kept"):
        apart(house, wrong)


def test_a_contested_case_comes_back_with_its_outcome_and_its_promise(house):
    kept, _code = story.entered(house)
    wrong, _code = story.entered(house)
    story.in_hand(house, wrong)
    day = (MONDAY + 20 * DAY).date()
    story.replied(house, wrong, at=MONDAY + HOUR, outcome="promised", promised_on=day)
    letters.contest(wrong.pk, reason="太晚", actor=house.cast.clerk, at=MONDAY + 2 * HOUR)
    given: dict[str, Any] = {"department": house.cast.department, "officer": house.colleague}
    letters.hand_to_another(wrong.pk, **given, actor=house.cast.clerk, at=MONDAY + 3 * HOUR)
    joined(house, wrong, kept, at=MONDAY + 4 * HOUR)
    apart(house, wrong)
    found = story.fresh(wrong)
    assert (found.outcome, found.closed_on, found.was_contested) == ("promised", None, True)
    assert list(found.promises.values_list("due_on", "replaced")) == [(day, False)]
    assert readings(wrong, at=MONDAY + DAY)["answer"].started_at == MONDAY + 2 * HOUR


@pytest.mark.parametrize(("accepted", "stage"), [(False, "case_registered"), (True, "petition_accepted")])
def test_a_petition_comes_back_where_it_was_with_the_clock_that_ran(house, accepted, stage):
    given: dict[str, Any] = {"actor": house.cast.clerk, "at": MONDAY}
    both = []
    for _each in range(2):
        made, _code = letters.enter(
            story.letter(), office=house.cast.office, arrived_at=MONDAY, kind="petition", **given
        )
        letters.register_petition(made.pk, petition_kind="appeal", received_on=MONDAY.date(), **given)
        both.append(made)
    kept, wrong = both
    if accepted:
        letters.tell_acceptance(wrong.pk, note="书面告知", **given)
    before = readings(wrong, at=MONDAY + DAY)
    joined(house, wrong, kept, at=MONDAY + HOUR)
    apart(house, wrong, at=MONDAY + 2 * HOUR)
    assert (story.stage(wrong), readings(wrong, at=MONDAY + DAY)) == (stage, before)
