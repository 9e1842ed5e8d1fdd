"""An accusation never reaches whom it accuses (XF-KINDS): by no question, no joining and no likeness."""

from __future__ import annotations

from typing import Any

import pytest

from sunshine.core.people.models import Person
from sunshine.kernel import errors
from sunshine.work.correspondence import operations as letters
from sunshine.work.correspondence.models import Case, Task
from sunshine.work.correspondence.queries import cases
from sunshine.work.correspondence.rules import stages
from tests.cast import MONDAY
from tests.rooms import letters_story as story
from tests.rooms.letters_story import Bureau

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> Bureau:
    return story.bureau()


def test_the_accused_department_is_not_asked_about_it(house):
    case = story.petition(house, accused=house.other)
    story.in_hand(house, case)
    given: dict[str, Any] = {"question": "请说明", "actor": house.cast.drafter, "at": MONDAY}
    with pytest.raises(errors.RuleBroken, match="accused") as refusal:
        letters.ask_department(case.pk, asked=house.other, **given)
    assert refusal.value.reasons[0].field == "asked"
    assert not Task.objects.exists()
    letters.ask_department(case.pk, asked=house.cast.office, **given)


def test_an_accusation_is_not_joined_to_what_lies_with_the_accused(house):
    target, accusing = story.petition(house), story.petition(house, accused=house.other)
    letters.offer(target.pk, department=house.other, actor=house.cast.clerk, at=MONDAY)
    with pytest.raises(errors.RuleBroken, match="lies with the department that this one accuses"):
        letters.join(accusing.pk, other=target.matter.reference, actor=house.cast.clerk, at=MONDAY)
    assert story.stage(accusing) == "petition_accepted"
    said = [row.text for row, _who in letters.view_who(target.pk, actor=house.other_drafter, at=MONDAY)]
    assert said == [story.TEXT]


def test_what_an_accusation_was_joined_to_keeps_from_the_accused_until_it_is_taken_apart(house):
    target, accusing, third = (
        story.petition(house),
        story.petition(house, accused=house.other),
        story.petition(house),
    )
    clerk: dict[str, Any] = {"actor": house.cast.clerk, "at": MONDAY}
    letters.join(accusing.pk, other=target.matter.reference, **clerk)
    letters.join(target.pk, other=third.matter.reference, **clerk)
    with pytest.raises(errors.RuleBroken, match="accused"):
        letters.offer(third.pk, department=house.other, **clerk)
    letters.take_apart(target.pk, reason="两件事", **clerk)
    with pytest.raises(errors.RuleBroken, match="accused"):
        letters.offer(target.pk, department=house.other, **clerk)
    letters.offer(third.pk, department=house.other, **clerk)


def look(house: Bureau, reader: Person, **given: Any) -> list[Case]:
    """Return what is suggested to an officer as the same."""
    asked: dict[str, Any] = {"at": MONDAY, "kind": stages.CASE, "reader": reader, **given}
    return [each.case for each in cases.alike(story.TEXT, **asked)]


def test_a_petition_is_never_suggested_for_a_letter_nor_the_reverse(house):
    one, (other, _code) = story.petition(house), story.entered(house)
    assert look(house, house.cast.clerk) == [other]
    assert look(house, house.cast.clerk, kind=stages.PETITION) == [one]


def test_looking_for_what_is_alike_asks_no_more_where_there_is_more(house, django_assert_num_queries):
    for _each in range(8):
        with django_assert_num_queries(3 if Case.objects.exists() else 2):
            look(house, house.cast.clerk)
        story.entered(house)


def test_who_reports_a_letter_is_added_to_no_petition_and_accuses_nobody_else_by_it(house):
    case, (other, _code) = story.petition(house, accused=house.other), story.entered(house)
    given: dict[str, Any] = {"came_at": MONDAY, "actor": house.cast.clerk, "at": MONDAY}
    with pytest.raises(errors.RuleBroken, match="never one case"):
        letters.add_reporter(case.matter.reference, story.letter(), **given)
    with pytest.raises(errors.RuleBroken, match="never one case"):
        letters.add_reporter(other.matter.reference, story.letter(), kind=stages.PETITION, **given)
    given["kind"] = stages.PETITION
    with pytest.raises(errors.RuleBroken, match="does not accuse this department"):
        letters.add_reporter(case.matter.reference, story.letter(), accused=house.cast.department, **given)
    letters.add_reporter(case.matter.reference, story.letter(), accused=house.other, **given)
    assert len(cases.reporters(case)) == 2
