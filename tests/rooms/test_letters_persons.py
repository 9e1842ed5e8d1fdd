"""One person is one, however they write their number, and nobody speaks for another."""

from __future__ import annotations

from typing import Any

import pytest

from sunshine.core.matters import sealing
from sunshine.work.correspondence import operations as letters
from sunshine.work.correspondence.models import Reporter
from sunshine.work.correspondence.queries import cases
from tests.cast import MONDAY
from tests.rooms import letters_story as story
from tests.rooms.letters_story import Bureau

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> Bureau:
    return story.bureau()


def test_who_writes_their_number_in_four_ways_is_one_person(house):
    case, _code = story.entered(house, who={"phone": "13855512345"})
    given: dict[str, Any] = {"came_at": MONDAY, "actor": None, "at": MONDAY}
    for phone in ("+8613855512345", "+86 13855512345", "+86-13855512345"):
        letters.add_reporter(case.matter.reference, story.letter(who={"phone": phone}), **given)
    assert cases.persons(case) == 1


def test_the_mark_of_bare_figures_is_the_one_that_older_reporters_have(house):
    case, _code = story.entered(house, who={"phone": "13855512345"})
    older = sealing.mark("phone:13855512345", purpose="reporter")
    assert Reporter.objects.get(case=case).mark == older
