"""A letter that turns out to be a petition: same people, same arrival, the petition's clocks, both named."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from sunshine.core.ledger.models import Entry
from sunshine.core.matters import queries as matters
from sunshine.kernel import clock, errors
from sunshine.lenses.reporting import letters as figures
from sunshine.work.correspondence import operations as letters
from sunshine.work.correspondence.models import Alias, Case, Notice, Reporter
from sunshine.work.correspondence.queries import cases, public
from tests.cast import MONDAY
from tests.rooms import letters_story as story
from tests.rooms.letters_story import Bureau

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000"
    "0500017a5eabe30000000049454e44ae426082"
)


@pytest.fixture
def house() -> Bureau:
    return story.bureau()


def turned(house: Bureau, case: Case, *, at: Any = MONDAY + DAY, **given: Any) -> Case:
    values: dict[str, Any] = {"petition_kind": "appeal", "reason": "请求撤销处理决定", **given}
    return letters.turn_into_petition(case.pk, **values, actor=house.cast.clerk, at=at)


def readings(case: Case, *, at: Any) -> dict[str, clock.Reading]:
    return matters.readings(story.fresh(case).matter, now=at)


def test_it_goes_on_with_its_people_their_codes_and_the_day_it_arrived(house):
    case, code = story.entered(house, lat=31.8, lon=117.2, address="长江路1号")
    other = story.letter(who={"phone": "13855500002"})
    given: dict[str, Any] = {"came_at": MONDAY, "actor": house.cast.clerk, "at": MONDAY}
    _reporter, second = letters.add_reporter(case.matter.reference, other, **given)
    letters.name_elsewhere(case.matter.reference, source="12345", number="A-1", actor=None, at=MONDAY)
    story.in_hand(house, case)
    petition = turned(house, case)
    assert petition.matter.reference.startswith("XF")
    assert (story.stage(petition), story.fresh(petition).petition_kind) == ("case_registered", "appeal")
    assert {cases.reporter_of_code(each).case_id for each in (code, second)} == {petition.pk}
    assert (cases.persons(petition), cases.persons(case)) == (2, 0)
    assert Alias.objects.get().case_id == petition.pk
    same = ("channel", "sort", "text", "address", "lat", "lon", "arrived_at")
    assert [getattr(petition, name) for name in same] == [getattr(case, name) for name in same]
    told = Notice.objects.filter(kind="petition")
    assert {each.reporter_id for each in told} == set(Reporter.objects.values_list("pk", flat=True))
    assert {each.text for each in told} == {petition.matter.reference}
    opened = letters.view_who(petition.pk, actor=house.cast.clerk, at=MONDAY + DAY)
    assert {found["phone"] for _row, found in opened} == {story.PHONE, "13855500002"}


def test_the_clock_is_the_petitions_from_the_arrival_and_the_letters_clocks_stop(house):
    case, _code = story.entered(house)
    petition = turned(house, case, at=MONDAY + 3 * DAY)
    notify = readings(petition, at=MONDAY + 3 * DAY)["notify"]
    assert (notify.state, notify.due_on) == (clock.State.RUNNING, (MONDAY + 15 * DAY).date())
    assert readings(case, at=MONDAY + 3 * DAY)["answer"].state is clock.State.STOPPED
    letters.tell_acceptance(petition.pk, note="书面告知", actor=house.cast.clerk, at=MONDAY + 4 * DAY)
    assert readings(petition, at=MONDAY + 4 * DAY)["answer"].total == 60


def test_letter_and_petition_name_each_other_and_the_log_tells_no_petition(house):
    case, _code = story.entered(house)
    petition = turned(house, case)
    assert story.fresh(petition).came_from_id == case.pk
    assert cases.became(case) == petition
    found = story.fresh(case)
    assert (story.stage(case), found.outcome, found.closed_on) == (
        "told_where_to_go",
        "passed_on",
        (MONDAY + DAY).date(),
    )
    entry = Entry.objects.get(kind="citizen_case.turn_into_petition")
    assert entry.facts["petition"] == petition.matter.reference
    [*_earlier, last] = public.entries(case.matter.reference)
    said = bytes(last.leaf.data).decode()
    assert '"other_way":"petition"' in said
    assert "XF" not in said
    assert "撤销" not in said
    with pytest.raises(errors.NotFound):
        public.one(petition.matter.reference)


def test_a_letter_that_nobody_registered_yet_can_be_a_petition_at_once(house):
    given: dict[str, Any] = {"office": house.cast.office, "actor": house.cast.clerk, "at": MONDAY}
    case, code = letters.enter(
        story.letter(channel="message_board", files=(("a.png", PNG),)), arrived_at=MONDAY, **given
    )
    petition = turned(house, case)
    assert cases.reporter_of_code(code).case_id == petition.pk
    [file] = cases.files_of(petition)
    name, _data = letters.open_file(file, actor=house.cast.clerk, at=MONDAY + DAY)
    assert name == "a.png"


def test_an_accusation_is_never_given_to_whom_it_accuses_though_it_had_the_letter(house):
    case, _code = story.entered(house)
    story.in_hand(house, case)
    petition = turned(house, case, petition_kind="accusation", accused=house.cast.department)
    letters.tell_acceptance(petition.pk, note="书面告知", actor=house.cast.clerk, at=MONDAY + DAY)
    given: dict[str, Any] = {"actor": house.cast.clerk, "at": MONDAY + DAY}
    with pytest.raises(errors.RuleBroken, match="accused"):
        letters.offer(petition.pk, department=house.cast.department, **given)
    letters.offer(petition.pk, department=house.other, **given)


def test_after_a_reply_it_is_refused_also_when_the_reply_is_contested(house):
    case, _code = story.entered(house)
    story.in_hand(house, case)
    story.replied(house, case, at=MONDAY + HOUR)
    with pytest.raises(errors.StaleStage):
        turned(house, case)
    letters.contest(case.pk, reason="没有解决", actor=house.cast.clerk, at=MONDAY + DAY)
    with pytest.raises(errors.RuleBroken, match="A reply has gone out"):
        turned(house, case)
    assert Case.objects.count() == 1


def test_only_the_office_turns_it_and_names_kind_and_reason(house):
    case, _code = story.entered(house)
    story.in_hand(house, case)
    with pytest.raises(errors.NotAllowed):
        letters.turn_into_petition(
            case.pk, petition_kind="appeal", reason="是", actor=house.cast.drafter, at=MONDAY
        )
    for given in ({"petition_kind": "nonsense"}, {"petition_kind": ""}, {"reason": " "}):
        with pytest.raises(errors.RuleBroken):
            turned(house, case, **given)
    assert Case.objects.count() == 1


def test_a_person_stays_one_and_the_letter_counts_as_received_and_passed_on(house):
    case, _code = story.entered(house)

    def counted() -> dict[str, object]:
        told = figures.figures(MONDAY.year, on=(MONDAY + DAY).date())
        return {each.name: each.value for each in told}

    before = counted()
    turned(house, case)
    after = counted()
    changed = {name: (before[name], value) for name, value in after.items() if before[name] != value}
    assert changed == {"open": (1, 0), "outcome.passed_on": (0, 1), "petitions": (0, 1)}
    assert after["persons"] == 1


def test_a_petition_that_was_a_letter_is_joined_and_taken_apart_with_its_people(house):
    both = [story.entered(house, who={"phone": f"1385550000{number}"}) for number in range(2)]
    one, two = (turned(house, case) for case, _code in both)
    given: dict[str, Any] = {"actor": house.cast.clerk, "at": MONDAY + DAY}
    letters.join(two.pk, other=one.matter.reference, **given)
    assert cases.reporter_of_code(both[1][1]).case_id == one.pk
    letters.take_apart(two.pk, reason="两件事", **given)
    assert [cases.reporter_of_code(code).case_id for _case, code in both] == [one.pk, two.pk]
