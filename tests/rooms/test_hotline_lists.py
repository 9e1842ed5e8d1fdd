"""A hotline’s list in the room: entered once, heard again where it says something new, never doubled."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from sunshine.core.ledger.models import Entry
from sunshine.core.matters.models import ClockEvent
from sunshine.kernel import errors
from sunshine.kernel.period import SHANGHAI
from sunshine.work.correspondence import operations as letters
from sunshine.work.correspondence.models import Alias, BroughtList, Case, Reporter, Update
from sunshine.work.correspondence.operations import listing
from sunshine.work.correspondence.queries import cases, lists
from tests.rooms import hotline_story as lines
from tests.rooms import letters_story as story
from tests.rooms.hotline_story import line
from tests.rooms.letters_story import Bureau

pytestmark = pytest.mark.django_db
ARRIVED = datetime(2026, 3, 1, 9, 12, 33, tzinfo=SHANGHAI)
NOW = datetime(2026, 3, 3, 9, tzinfo=SHANGHAI)


@pytest.fixture
def house() -> Bureau:
    return story.bureau()


def brought(house: Bureau, *each: tuple[object, ...], at: datetime = NOW) -> BroughtList:
    data = lines.sheet(each)
    return letters.bring(data, channel="hotline_12345", actor=house.cast.clerk, at=at)


def taken(house: Bureau, *each: tuple[object, ...], at: datetime = NOW) -> tuple[int, int, int, int]:
    found = brought(house, *each, at=at)
    done = letters.take_in(found, office=house.cast.office, actor=house.cast.clerk, at=at)
    return done.entered, done.told, done.known, done.left


def case_of(number: str) -> Case:
    """Return the case that a number of the platform names."""
    return Case.objects.select_related("matter").get(aliases__source="12345", aliases__number=number)


def test_a_list_enters_cases_under_the_platforms_numbers_with_the_lists_time_and_sealed_callers(house):
    assert taken(house, line("HF-1"), line("HF-2", 诉求类型="咨询"), line("HF-3", 诉求类型="其他")) == (
        3,
        0,
        0,
        0,
    )
    case = case_of("HF-1")
    assert (case.arrived_at, case.channel, case.address) == (ARRIVED, "hotline_12345", "长江路1号")
    assert story.stage(case) == "case_registered"
    assert ClockEvent.objects.get(matter=case.matter, clock="answer").at == ARRIVED
    asked, unsorted = (case_of(f"HF-{number}") for number in (2, 3))
    assert ClockEvent.objects.filter(matter=asked.matter, clock="consultation").exists()
    assert story.stage(unsorted) == "case_arrived", "the office sorts it"
    reporter = Reporter.objects.get(case=case)
    assert b"13855512345" not in bytes(reporter.sealed)
    assert reporter.mark == Reporter.objects.get(case=asked).mark, "the same caller is known again"
    looking: dict[str, Any] = {"at": NOW, "kind": "citizen_case", "reader": house.cast.clerk}
    assert cases.alike(case.text, **looking, leaving_out=case.pk)[0].case in (asked, unsorted)
    entry = Entry.objects.get(kind="hotline.list_taken")
    assert (entry.subject, entry.facts) == (
        "hotline-12345",
        {"entered": 3, "told": 0, "known": 0, "left": 0, "waiting": 0},
    )
    assert entry.actor_id == house.cast.clerk.pk
    assert "13855512345" not in str(entry.facts)
    assert not BroughtList.objects.exists()


def test_the_same_list_twice_and_an_overlapping_one_take_nothing_in_twice(house):
    first = [line(f"HF-{number}") for number in range(3)]
    assert taken(house, *first) == (3, 0, 0, 0)
    updates = Update.objects.count()
    assert taken(house, *first, at=NOW + timedelta(days=1)) == (0, 0, 3, 0)
    assert taken(house, *first[1:], line("HF-9")) == (1, 0, 2, 0)
    assert (Case.objects.count(), Alias.objects.count(), Update.objects.count()) == (4, 4, updates + 1)


def test_a_known_line_that_says_something_new_is_an_update_and_moves_no_stage(house):
    taken(house, line("HF-1"))
    alias, case = Alias.objects.get(), case_of("HF-1")
    before = story.stage(case)
    later = line("HF-1", 工单状态="已办结", 备注="市民表示满意")
    assert taken(house, later, at=NOW + timedelta(hours=1)) == (0, 1, 0, 0)
    assert taken(house, later, at=NOW + timedelta(hours=2)) == (0, 0, 1, 0)
    assert taken(house, line("HF-1"), at=NOW + timedelta(hours=3)) == (0, 0, 1, 0), (
        "an old list tells nothing"
    )
    alias.refresh_from_db()
    assert (alias.status, story.stage(case)) == ("closed", before)
    assert [each.words for each in cases.news(case)] == ["市民表示满意"]


def test_the_same_number_twice_in_one_list_is_one_case_that_was_urged(house):
    assert taken(house, line("HF-1"), line("HF-1", 工单状态="催办")) == (1, 1, 0, 0)
    alias = Alias.objects.get()
    assert (Case.objects.count(), alias.urged, alias.status) == (1, 1, "open")


def test_a_number_that_the_operator_entered_is_known_to_the_list(house):
    given = {"office": house.cast.office, "arrived_at": ARRIVED, "actor": house.cast.clerk, "at": NOW}
    case, _code = letters.enter_foreign("12345", "HF-1", story.letter("市民来电反映垃圾桶"), **given)
    other, _code = letters.enter_foreign("12319", "HF-1", story.letter(), **given)
    assert taken(house, line("HF-1")) == (0, 1, 0, 0)
    assert taken(house, line("HF-1")) == (0, 0, 1, 0)
    assert Case.objects.count() == 2
    assert (len(cases.news(case)), len(cases.news(other))) == (1, 0)


def test_what_was_joined_meanwhile_is_still_known(house):
    taken(house, line("HF-1", 工单状态=""), line("HF-2", 工单状态="", 诉求内容="另一处路灯不亮"))
    one, two = (case_of(number) for number in ("HF-1", "HF-2"))
    letters.join(two.pk, other=one.matter.reference, actor=house.cast.clerk, at=NOW)
    assert taken(house, line("HF-2", 工单状态="", 诉求内容="另一处路灯不亮")) == (0, 0, 1, 0)


def test_lines_with_mistakes_stay_out_and_the_good_ones_go_in_alone(house):
    found = brought(house, line("HF-1"), line("HF-2", 来电时间="明天"), line("HF-3", 联系电话="12"))
    judged = lists.judged(found, at=NOW)
    assert [each.number for each in judged.entered] == ["HF-1"]
    assert [(slip.row, slip.heading) for slip in judged.slips] == [(4, "来电时间"), (5, "联系电话")]
    assert not Case.objects.exists(), "looking enters nothing"
    done = letters.take_in(found, office=house.cast.office, actor=house.cast.clerk, at=NOW)
    assert (done.entered, done.left) == (1, 2)
    assert taken(house, line("HF-1"), line("HF-2"), line("HF-3")) == (2, 0, 1, 0)


def test_a_brought_list_lies_sealed_for_its_officer_alone_and_is_forgotten_after_a_day(house):
    first = brought(house, line("HF-1"))
    assert b"13855512345" not in bytes(first.sealed)
    assert b"xl/workbook" not in bytes(first.sealed)
    assert lists.brought(first.token, house.cast.office_head) is None
    second = brought(house, line("HF-2"))
    assert lists.brought(first.token, house.cast.clerk) is None, "the officer brought another one"
    assert letters.forget_lists(at=NOW + timedelta(hours=23)) == 0
    assert letters.forget_lists(at=NOW + timedelta(hours=25)) == 1
    assert lists.brought(second.token, house.cast.clerk) is None


def test_a_file_that_is_no_list_is_refused_with_its_reason_and_nothing_is_kept(house):
    with pytest.raises(errors.RuleBroken, match="No column") as refusal:
        letters.bring(
            lines.separated([("1",)], headings=("甲",)),
            channel="hotline_12345",
            actor=house.cast.clerk,
            at=NOW,
        )
    assert refusal.value.reasons[0].field == "file"
    with pytest.raises(errors.RuleBroken):
        letters.bring(lines.sheet([line()]), channel="letter", actor=house.cast.clerk, at=NOW)
    assert not BroughtList.objects.exists()


def test_a_long_list_goes_in_piece_by_piece_and_stays_until_the_last_line_is_in(house, monkeypatch):
    monkeypatch.setattr(listing, "ENTERED_AT_ONCE", 2)
    found = brought(house, *[line(f"HF-{number}") for number in range(5)])
    given = {"office": house.cast.office, "actor": house.cast.clerk, "at": NOW}
    pieces = [letters.take_in(found, **given) for _press in range(3)]
    assert [(each.entered, each.waiting) for each in pieces] == [(2, 3), (2, 1), (1, 0)]
    assert (Case.objects.count(), Update.objects.count(), BroughtList.objects.count()) == (5, 5, 0)
