"""An accusation never reaches whom it accuses (XF-KINDS): by no question, no joining and no likeness."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from sunshine.core.people.models import Department
from sunshine.kernel import errors
from sunshine.work.correspondence import operations as letters
from sunshine.work.correspondence.models import Case, Task
from sunshine.work.correspondence.rules import stages
from tests.cast import MONDAY
from tests.rooms import letters_story as story
from tests.rooms.letters_story import Bureau

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> Bureau:
    return story.bureau()


def petition(
    house: Bureau,
    text: str = story.TEXT,
    *,
    accused: Department | None = None,
    at: datetime = MONDAY,
    **more: Any,
) -> Case:
    """Enter a petition that is registered and accepted, and lies at the office."""
    clerk: dict[str, Any] = {"actor": house.cast.clerk, "at": at}
    made, _code = letters.enter(
        story.letter(text, channel="letter", **more),
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


def test_the_accused_department_is_not_asked_about_it(house):
    case = petition(house, accused=house.other)
    story.in_hand(house, case)
    given: dict[str, Any] = {"question": "请说明", "actor": house.cast.drafter, "at": MONDAY}
    with pytest.raises(errors.RuleBroken, match="accused") as refusal:
        letters.ask_department(case.pk, asked=house.other, **given)
    assert refusal.value.reasons[0].field == "asked"
    assert not Task.objects.exists()
    letters.ask_department(case.pk, asked=house.cast.office, **given)


def test_an_accusation_is_not_joined_to_what_lies_with_the_accused(house):
    target, accusing = petition(house), petition(house, accused=house.other)
    letters.offer(target.pk, department=house.other, actor=house.cast.clerk, at=MONDAY)
    with pytest.raises(errors.RuleBroken, match="lies with the department that this one accuses"):
        letters.join(accusing.pk, other=target.matter.reference, actor=house.cast.clerk, at=MONDAY)
    assert story.stage(accusing) == "petition_accepted"
    said = [row.text for row, _who in letters.view_who(target.pk, actor=house.other_drafter, at=MONDAY)]
    assert said == [story.TEXT]


def test_what_an_accusation_was_joined_to_keeps_from_the_accused_until_it_is_taken_apart(house):
    target, accusing, third = petition(house), petition(house, accused=house.other), petition(house)
    clerk: dict[str, Any] = {"actor": house.cast.clerk, "at": MONDAY}
    letters.join(accusing.pk, other=target.matter.reference, **clerk)
    letters.join(target.pk, other=third.matter.reference, **clerk)
    with pytest.raises(errors.RuleBroken, match="accused"):
        letters.offer(third.pk, department=house.other, **clerk)
    letters.take_apart(target.pk, reason="两件事", **clerk)
    with pytest.raises(errors.RuleBroken, match="accused"):
        letters.offer(target.pk, department=house.other, **clerk)
    letters.offer(third.pk, department=house.other, **clerk)
