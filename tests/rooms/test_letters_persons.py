"""One person is one, however they write their number, and nobody speaks for another."""

from __future__ import annotations

from typing import Any

import pytest

from sunshine.core.ledger.models import Entry
from sunshine.core.matters import sealing
from sunshine.kernel import errors
from sunshine.kernel.procedure import APPLICANT
from sunshine.work.correspondence import operations as letters
from sunshine.work.correspondence.models import Case, Notice, Reporter
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


def several(house: Bureau, count: int = 3) -> tuple[Case, list[Reporter]]:
    """Enter a case that several reported."""
    case, _code = story.entered(house, who={"phone": "13800000000"})
    for number in range(1, count):
        letter = story.letter(f"第{number}位反映", who={"phone": f"1380000000{number}"})
        letters.add_reporter(case.matter.reference, letter, came_at=MONDAY, actor=None, at=MONDAY)
    return case, cases.reporters(case)


def test_the_office_cannot_take_back_for_one_what_others_reported_too(house):
    case, reporters = several(house)
    clerk: dict[str, Any] = {"actor": house.cast.clerk, "at": MONDAY}
    with pytest.raises(errors.RuleBroken, match="Several reported this"):
        letters.take_back(case.pk, **clerk)
    letters.leave_case(case.pk, reporter=reporters[0].pk, **clerk)
    assert story.stage(case) == "case_registered"
    assert cases.reporters(case) == reporters[1:]
    with pytest.raises(errors.RuleBroken, match="before"):
        letters.leave_case(case.pk, reporter=reporters[0].pk, **clerk)
    letters.take_back(case.pk, reporter=reporters[1].pk, actor=APPLICANT, at=MONDAY)
    with pytest.raises(errors.RuleBroken, match="Nobody else"):
        letters.leave_case(case.pk, reporter=reporters[2].pk, **clerk)
    letters.take_back(case.pk, **clerk)
    assert story.stage(case) == "taken_back_by_reporter"


def test_leaving_is_an_act_with_its_entry_and_its_stages(house):
    case, reporters = several(house)
    letters.take_back(case.pk, reporter=reporters[0].pk, actor=APPLICANT, at=MONDAY)
    entry = Entry.objects.get(kind="citizen_case.leave_case")
    assert (entry.subject, entry.public, entry.facts) == (case.matter.reference, False, {"by": "applicant"})
    story.in_hand(house, case)
    story.replied(house, case, at=MONDAY)
    with pytest.raises(errors.StaleStage):
        letters.take_back(case.pk, reporter=reporters[1].pk, actor=APPLICANT, at=MONDAY)
    assert Notice.objects.filter(kind="reply").count() == 2


def test_who_took_it_back_is_told_of_nothing_more(house):
    case, reporters = several(house)
    other, _code = story.entered(house)
    clerk: dict[str, Any] = {"actor": house.cast.clerk, "at": MONDAY}
    story.in_hand(house, case)
    letters.ask_for_extension(case.pk, reason="待雨停", actor=house.cast.drafter, at=MONDAY)
    letters.extend_case(case.pk, reason="待雨停", actor=house.cast.office_head, at=MONDAY)
    letters.leave_case(case.pk, reporter=reporters[0].pk, **clerk)
    assert {each.reporter for each in cases.waiting_notices(case)} == set(reporters[1:])
    letters.join(case.pk, other=other.matter.reference, **clerk)
    letters.take_apart(case.pk, reason="误并", **clerk)
    told = Notice.objects.filter(kind__in=["joined", "apart"]).values_list("reporter", "kind")
    assert set(told) == {(each.pk, kind) for each in reporters[1:] for kind in ("joined", "apart")}


def shown(house: Bureau, case: Case, document: str = "G2026-00001") -> None:
    letters.show_answer(case.pk, document=document, actor=house.cast.drafter, at=MONDAY)


def test_one_reporters_consent_shows_nobody_elses_letter(house):
    case, _code = story.entered(house, text="家中老人住院，不愿公开。")
    other = story.letter("同样的事", may_be_shown=True, who={"phone": "13900000009"})
    letters.add_reporter(case.matter.reference, other, came_at=MONDAY, actor=None, at=MONDAY)
    joined, _code = story.entered(house, may_be_shown=True)
    letters.join(joined.pk, other=case.matter.reference, actor=house.cast.clerk, at=MONDAY)
    story.in_hand(house, case)
    story.replied(house, case, at=MONDAY)
    with pytest.raises(errors.RuleBroken, match="has not agreed"):
        shown(house, case)


def test_the_consent_of_who_wrote_it_counts_and_goes_when_they_leave(house):
    for leaves in (False, True):
        case, code = story.entered(house, may_be_shown=True)
        other = story.letter(who={"phone": "13900000009"})
        letters.add_reporter(case.matter.reference, other, came_at=MONDAY, actor=None, at=MONDAY)
        if leaves:
            reporter = cases.reporter_of_code(code)
            letters.take_back(case.pk, reporter=reporter.pk, actor=APPLICANT, at=MONDAY)
        story.in_hand(house, case)
        story.replied(house, case, at=MONDAY)
        assert cases.may_be_shown(case) is not leaves


def test_one_document_is_begun_of_one_reply(house):
    case, _code = story.entered(house, may_be_shown=True)
    story.in_hand(house, case)
    story.replied(house, case, at=MONDAY)
    shown(house, case)
    with pytest.raises(errors.RuleBroken, match="begun from this reply before"):
        shown(house, case)
    letters.contest(case.pk, reason="没有解决", actor=APPLICANT, at=MONDAY)
    given: dict[str, Any] = {"department": house.cast.department, "officer": house.colleague}
    letters.hand_to_another(case.pk, **given, actor=house.cast.clerk, at=MONDAY)
    story.replied(house, case, at=MONDAY, by=house.colleague)
    shown(house, case, "G2026-00002")


def test_a_petition_that_was_a_letter_keeps_its_writers_consent(house):
    case, _code = story.entered(house, may_be_shown=True)
    given: dict[str, Any] = {"petition_kind": "proposal", "reason": "建议", "actor": house.cast.clerk}
    petition = letters.turn_into_petition(case.pk, **given, at=MONDAY)
    assert cases.may_be_shown(petition)
