"""Many people, many posts, many systems: one case, nothing lost, the same end in whatever order."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

import pytest

from sunshine.core.ledger.models import Entry, Leaf
from sunshine.core.matters.models import Matter
from sunshine.kernel import errors
from sunshine.kernel.procedure import APPLICANT
from sunshine.work.correspondence import operations as letters
from sunshine.work.correspondence.models import Alias, Case, Notice, Post, Reporter, Update
from sunshine.work.correspondence.queries import cases, posts
from sunshine.work.correspondence.rules import foreign, posting
from tests.cast import MONDAY
from tests.rooms import letters_story as story
from tests.rooms.letters_story import Bureau

pytestmark = pytest.mark.django_db
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
PIPE = "望江西路与潜山路交口自来水管爆裂，路面大量积水。"


@pytest.fixture
def house() -> Bureau:
    return story.bureau()


def web(text: str = story.TEXT, *, phone: str = story.PHONE, **given: object) -> posting.Letter:
    return story.letter(text, channel="message_board", who={"phone": phone} if phone else {}, **given)


def looking(house: Bureau) -> dict[str, Any]:
    """Return who looks for what is alike."""
    return {"at": MONDAY, "kind": "citizen_case", "reader": house.cast.clerk}


def posted(house: Bureau, letter: posting.Letter, *, at: datetime = MONDAY, network: str = "192.0.2.7"):
    return letters.post(letter, office=house.cast.office, network=network, at=at)


def test_three_hundred_calls_on_one_burst_pipe_are_one_case_and_three_hundred_persons(house):
    case, _code = story.entered(house, text=PIPE, service="bin", who={"phone": "13800000000"})
    reference = case.matter.reference
    given: dict[str, Any] = {"came_at": MONDAY, "actor": house.cast.clerk, "at": MONDAY}
    said = "望江西路潜山路口水管爆了，路面大量积水，第二次反映。"
    [suggested, *_others] = cases.alike(said, **looking(house), service=house.service)
    assert suggested.case == case
    codes = [
        letters.add_reporter(reference, story.letter(PIPE, who={"phone": f"138{number:08d}"}), **given)[1]
        for number in range(1, 300)
    ]
    letters.add_reporter(reference, story.letter(PIPE, who={"phone": "13800000001"}), **given)
    assert (Case.objects.count(), cases.persons(case), len(cases.reporters(case))) == (1, 300, 301)
    story.in_hand(house, case)
    story.replied(house, case, at=MONDAY + HOUR)
    assert Notice.objects.filter(kind="reply").count() == 301
    assert cases.reporter_of_code(codes[-1]).case == case
    leaf = Leaf.objects.get(entry__kind="citizen_case.send_reply")
    assert b'"persons":300' in bytes(leaf.data)


def test_a_closed_case_takes_nobody_in(house):
    case, _code = story.entered(house)
    story.in_hand(house, case)
    story.replied(house, case, at=MONDAY)
    with pytest.raises(errors.RuleBroken, match="closed"):
        letters.add_reporter(case.matter.reference, story.letter(), came_at=MONDAY, actor=None, at=MONDAY)


def test_duplicates_join_with_every_reporter_kept_and_told(house):
    first, _code = story.entered(house)
    second, code = story.entered(house, who={"phone": "13855500001"})
    third, its_code = story.entered(house, who={"phone": "13855500002"})
    letters.name_elsewhere(third.matter.reference, source="12345", number="A-3", actor=None, at=MONDAY)
    letters.join(third.pk, other=second.matter.reference, actor=house.cast.clerk, at=MONDAY)
    letters.join(second.pk, other=first.matter.reference.lower(), actor=house.cast.clerk, at=MONDAY)
    assert cases.persons(first) == 3
    assert {cases.reporter_of_code(each).case_id for each in (code, its_code)} == {first.pk}
    assert story.fresh(third).joined_into_id == first.pk
    assert Alias.objects.get().case_id == first.pk
    assert Notice.objects.filter(kind="joined").count() == 3
    for other in (second, first):
        with pytest.raises(errors.RuleBroken):
            letters.join(first.pk, other=other.matter.reference, actor=house.cast.clerk, at=MONDAY)


def test_one_of_many_reporters_leaves_and_the_case_goes_on(house):
    case, code = story.entered(house)
    letters.add_reporter(
        case.matter.reference, web(phone="13855500009"), came_at=MONDAY, actor=None, at=MONDAY
    )
    reporter = cases.reporter_of_code(code)
    letters.take_back(case.pk, reporter=reporter.pk, actor=APPLICANT, at=MONDAY)
    assert story.stage(case) == "case_registered"
    left = Reporter.objects.get(left_at=None)
    letters.take_back(case.pk, reporter=left.pk, actor=APPLICANT, at=MONDAY)
    assert story.stage(case) == "taken_back_by_reporter"


def test_near_in_place_within_a_day_is_suggested_and_far_away_is_not(house):
    case, _code = story.entered(house, lat=31.82057, lon=117.22729)
    given: dict[str, Any] = {**looking(house), "at": MONDAY + HOUR, "lon": 117.22729}
    [found] = cases.alike("路灯不亮", lat=31.82067, **given)
    assert (found.case, round(found.metres or 0)) == (case, 11)
    assert cases.alike("路灯不亮", lat=31.8250, **given) == []


def test_everyones_first_post_waits_for_a_look_and_keeps_the_moment_of_its_arrival(house):
    taken = posted(house, web(sort="consultation"))
    assert (taken.case, Case.objects.count()) == (None, 0)
    [case] = letters.release(
        [taken.post.pk], office=house.cast.office, actor=house.cast.clerk, at=MONDAY + DAY
    )
    assert (case.arrived_at, story.stage(case)) == (MONDAY, "case_registered")
    assert cases.reporter_of_code(taken.code).case == case
    again = posted(house, web("路灯坏了，请修理。"), at=MONDAY + 2 * DAY)
    assert again.case is not None, "somebody looked at this sender's first one"


def test_what_bears_no_sign_goes_on_by_itself_when_nobody_looked_for_a_working_day(house):
    plain, odd = posted(house, web()), posted(house, web("加微信 abc 领红包"), network="198.51.100.1")
    assert letters.release_unlooked(at=MONDAY + DAY) == 0
    assert letters.release_unlooked(at=MONDAY + 2 * DAY) == 1
    plain.post.refresh_from_db(), odd.post.refresh_from_db()
    assert (plain.post.state, odd.post.state) == ("released", "waiting")
    assert plain.post.case.arrived_at == MONDAY


def test_a_limit_leads_to_confirmation_and_never_to_a_refusal(house):
    taken = [
        posted(house, web(f"第{number}件事情，请处理。"), network="")
        for number in range(posting.MOST_OF_ONE_SENDER + 2)
    ]
    assert all(each.code for each in taken)
    assert [each.post.signs for each in taken][-2:] == [["many_of_sender"]] * 2
    letters.release([each.post.pk for each in taken], office=house.cast.office, actor=None, at=MONDAY)
    assert Case.objects.count() == len(taken)


def test_a_flood_is_set_aside_in_one_press_logged_in_public_and_reversible(house):
    for number in range(40):
        posted(house, web("限时优惠 www.example.com", phone=""), network=f"192.0.2.{number}")
    lawful = posted(house, web("人行道地砖松动，请修补。", phone=""), network="192.0.2.200")
    assert {"link", "same_words", "many_of_network"} >= set(Post.objects.order_by("-id")[1].signs)
    [group, *_rest] = posts.same_words()
    assert group.count == 40
    given: dict[str, Any] = {"reason": "广告", "actor": house.cast.clerk, "at": MONDAY}
    with pytest.raises(errors.RuleBroken):
        letters.set_aside_alike(group.words_mark, **{**given, "reason": " "})
    assert letters.set_aside_alike(group.words_mark, **given) == 40
    lawful.post.refresh_from_db()
    assert lawful.post.state == "waiting"
    assert b'"count":40' in bytes(Leaf.objects.get(entry__kind="posts.set_aside").data)
    back = list(Post.objects.filter(state="set_aside").values_list("pk", flat=True)[:2])
    assert letters.restore(back, **given) == 2
    assert Entry.objects.filter(kind="posts.restored").count() == 1
    assert letters.forget_set_aside(at=MONDAY + 29 * DAY) == 0
    assert letters.forget_set_aside(at=MONDAY + 31 * DAY) == 38


def test_a_case_handed_over_twice_is_one_case(house):
    given: dict[str, Any] = {"office": house.cast.office, "arrived_at": MONDAY, "actor": None, "at": MONDAY}
    first, code = letters.enter_foreign("12345", "HF-1", story.letter(), **given)
    again, nothing = letters.enter_foreign("12345", " HF-1 ", story.letter("别的话"), **given)
    other, _its = letters.enter_foreign("12319", "HF-1", story.letter(), **given)
    assert (first.pk, bool(code), nothing) == (again.pk, True, "")
    assert other.pk != first.pk
    with pytest.raises(errors.RuleBroken, match="Another case"):
        letters.name_elsewhere(other.matter.reference, source="12345", number="HF-1", actor=None, at=MONDAY)


def stream(count: int, cases_told: int, randomly: random.Random) -> list[letters.Message]:
    """Return updates in their order, some of them of the same moment."""
    return [
        letters.Message(
            f"HF-{randomly.randrange(cases_told)}",
            foreign.Update(
                f"u{number}",
                MONDAY + (number // 3) * MINUTE,
                randomly.choice(foreign.STATUSES),
                randomly.choice(["", "0", "请尽快", "已派单"]),
            ),
        )
        for number in range(count)
    ]


def state() -> list[tuple[object, ...]]:
    rows = Alias.objects.order_by("number")
    told = list(rows.values_list("number", "status", "status_at", "urged", "updates"))
    return [*told, ("stages", *Matter.objects.order_by("reference").values_list("stage", flat=True))]


def heard(messages: list[letters.Message], randomly: random.Random) -> None:
    """Let messages come in pieces of any size."""
    place = 0
    while place < len(messages):
        piece = randomly.randrange(1, 4000)
        letters.hear("12345", messages[place : place + piece], actor=None, at=MONDAY)
        place += piece


def test_ten_thousand_updates_shuffled_doubled_and_delayed_end_where_the_ordered_ones_do(house):
    randomly = random.Random(7)  # noqa: S311  # a stream that every run repeats
    messages = stream(10_000, 120, randomly)
    given: dict[str, Any] = {"office": house.cast.office, "arrived_at": MONDAY, "actor": None, "at": MONDAY}
    for number in range(20):
        letters.enter_foreign("12345", f"HF-{number}", story.letter(), **given)
    heard(messages, randomly)
    ordered = state()
    assert sum(int(str(row[4])) for row in ordered[:-1]) == 10_000
    Update.objects.all().delete()
    Alias.objects.update(status="", status_at=None, urged=0, updates=0)
    mixed = [*messages, *randomly.choices(messages, k=4_000)]
    randomly.shuffle(mixed)
    late, soon = mixed[:3_000], mixed[3_000:]
    heard(soon, randomly)
    heard(late, randomly)
    heard(messages[:50], randomly)
    assert state() == ordered


def test_the_same_number_told_in_two_ways_is_judged_alike_in_both_orders():
    one = foreign.Update("u1", MONDAY, "open", "a")
    other = foreign.Update("u1", MONDAY + MINUTE, "closed", "b")
    assert foreign.fold([one, other]) == foreign.fold([other, one, one])
    assert foreign.fold([one, other]).status == "closed"
