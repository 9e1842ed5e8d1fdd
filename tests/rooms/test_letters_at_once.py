"""What two do at the same moment: nobody who reported is lost, and nobody waits for ever."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sunshine.kernel import errors
from sunshine.work.correspondence import operations as letters
from sunshine.work.correspondence.models import Case, Notice, Reporter
from sunshine.work.correspondence.queries import cases
from tests.cast import MONDAY
from tests.rooms import at_once
from tests.rooms import letters_story as story
from tests.rooms.letters_story import Bureau


@pytest.fixture
def house(db: None) -> Bureau:
    return story.bureau()


def meanwhile(monkeypatch: pytest.MonkeyPatch, done: Callable[[], object]) -> None:
    """Let something be done right after the next look at a case."""
    look = cases.case

    def looked(reference: str) -> Case:
        found = look(reference)
        monkeypatch.setattr(cases, "case", look)
        done()
        return found

    monkeypatch.setattr(cases, "case", looked)


def test_two_cases_that_are_joined_to_each_other_at_once_leave_one_open(house, monkeypatch):
    one, two = (story.entered(house, who={"phone": f"1385550000{each}"})[0] for each in range(2))
    clerk, head = house.cast.clerk, house.cast.office_head
    meanwhile(monkeypatch, lambda: letters.join(two.pk, other=one.matter.reference, actor=head, at=MONDAY))
    with pytest.raises(errors.StaleStage, match="closed meanwhile"):
        letters.join(one.pk, other=two.matter.reference, actor=clerk, at=MONDAY)
    assert (story.stage(one), story.stage(two)) == ("case_registered", "joined_to_another")
    assert set(Reporter.objects.values_list("case", flat=True)) == {one.pk}
    assert story.fresh(one).joined_into_id is None


def test_nobody_joins_a_case_whose_reply_has_just_gone_out_to_the_others(house, monkeypatch):
    one, two = story.entered(house)[0], story.entered(house)[0]
    story.in_hand(house, one)
    meanwhile(monkeypatch, lambda: story.replied(house, one, at=MONDAY))
    with pytest.raises(errors.StaleStage, match="closed meanwhile"):
        letters.join(two.pk, other=one.matter.reference, actor=house.cast.clerk, at=MONDAY)
    assert cases.reporters(two), "they stay with their own case, and are told by its reply"
    assert Notice.objects.filter(reporter__case=two).count() == 0


def test_many_who_join_a_ring_of_cases_at_once_leave_every_reporter_with_an_open_case(tmp_path: Path):
    joined_at_once(3, 5, home=tmp_path)


@pytest.mark.postgres
def test_on_postgresql_neither_joining_nor_taking_apart_waits_for_ever(tmp_path: Path):
    from tests.services import servers

    with servers.postgres() as url:
        joined_at_once(6, 20, home=tmp_path, database=url)


def joined_at_once(processes: int, rounds: int, **where: Any) -> None:
    found = at_once.run("joining_at_once", processes, rounds, **where)
    assert (found["failed"], found["lost"]) == (0, 0), "whoever reported is with a case that is handled"
    assert found["acts"] > 0
