"""Meetings and hearings: openness, notice in time, seats and queue, the draw, what must follow."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from sunshine.core.ledger import queries as ledger
from sunshine.core.ledger.models import Entry, Leaf
from sunshine.core.matters.models import Matter
from sunshine.core.publishing.models import Record
from sunshine.kernel import errors, tiles
from sunshine.work.documents import operations as documents
from sunshine.work.participation.models import Gathering, Signup
from sunshine.work.participation.operations import calls, gathering, seating
from sunshine.work.participation.queries import gatherings as queries
from sunshine.work.participation.queries import telling
from sunshine.work.participation.rules import drawing
from sunshine.work.participation.rules import gatherings as rules
from tests import cast as plays
from tests.cast import MONDAY
from tests.rooms import at_once
from tests.rooms import gathering_story as story
from tests.rooms.test_comment_calls import make_call, work

pytestmark = pytest.mark.django_db

GROUPS = ({"name": "利害关系人", "seats": 2}, {"name": "市民", "seats": 3})


def test_many_at_once_get_exactly_forty_seats_and_an_ordered_queue(tmp_path: Path):
    signed_up_at_once(4, 120, home=tmp_path)


@pytest.mark.postgres
def test_five_hundred_at_once_on_postgresql_get_exactly_forty_seats(tmp_path: Path):
    from tests.services import servers

    with servers.postgres() as url:
        signed_up_at_once(20, 500, home=tmp_path, database=url)


def signed_up_at_once(processes: int, people: int, **where: Any) -> None:
    found = at_once.run("signing_up_at_once", processes, people, 40, **where)
    assert found["failed"] == 0
    assert found["numbers"] == list(range(1, people + 1))
    assert sorted(found["seats"]) == list(range(1, 41))
    assert found["queue"] == list(range(1, people - 39))


def test_the_table_itself_refuses_a_seat_twice_and_a_seat_beyond():
    row = story.make_announced(story.make_cast(), seats=1)
    first, second = (story.sign_up(row.pk, number) for number in (1, 2))
    assert (first.seat, second.position) == (1, 1)
    for seat in (1, 2):
        with pytest.raises(IntegrityError), transaction.atomic():
            Signup.objects.filter(pk=second.pk).update(state="seated", seat=seat, position=None)


def test_who_gives_a_seat_back_lets_the_first_in_the_queue_move_up():
    row = story.make_announced(story.make_cast(), seats=2)
    people = [story.sign_up(row.pk, number) for number in range(4)]
    moved = seating.withdraw(people[0], at=story.SIGNING_UP)
    assert moved is not None
    assert (moved.number, moved.seat) == (3, 1)
    assert seating.withdraw(people[3], at=story.SIGNING_UP) is None
    assert story.sign_up(row.pk, 9).state == "waiting"
    with pytest.raises(errors.RuleBroken, match="given back"):
        seating.withdraw(people[0], at=story.SIGNING_UP)
    listed = [(each.number, each.state) for each in queries.signups(row)]
    assert listed == [(3, "seated"), (2, "seated"), (5, "waiting"), (1, "withdrawn"), (4, "withdrawn")]


def test_one_telephone_signs_up_once_and_nobody_after_closing():
    row = story.make_announced(story.make_cast())
    story.sign_up(row.pk, 1)
    with pytest.raises(errors.RuleBroken, match="signed up with this telephone"):
        story.sign_up(row.pk, 1)
    with pytest.raises(errors.RuleBroken, match="over"):
        story.sign_up(row.pk, 2, at=story.CLOSES)
    with pytest.raises(errors.RuleBroken, match="Name and telephone"):
        seating.sign_up(row, sender={"name": "甲"}, at=story.SIGNING_UP)


def test_one_telephone_has_one_seat_however_its_number_is_written():
    row = story.make_announced(story.make_cast())
    first, *others = ("13855512345", "138-5551-2345", "138 5551 2345", "+86 138-5551-2345", "8613855512345")
    seating.sign_up(row, sender={"name": "甲", "phone": first}, at=story.SIGNING_UP)
    for number in others:
        with pytest.raises(errors.RuleBroken, match="signed up with this telephone"):
            seating.sign_up(row, sender={"name": "甲", "phone": number}, at=story.SIGNING_UP)


def test_who_comes_is_sealed_and_the_ledger_knows_nothing_of_it():
    cast = story.make_cast()
    row = story.make_announced(cast)
    _signup, code = seating.sign_up(
        row, sender={"name": "不可示人乙", "phone": "13800001234"}, at=story.SIGNING_UP
    )
    assert queries.signup_of_code(code).gathering_id == row.pk
    told = str(list(Entry.objects.values("kind", "subject", "facts")))
    assert "不可示人" not in told
    assert "13800001234" not in told
    assert seating.view_people(row, actor=cast.clerk, at=MONDAY)[1]["name"] == "不可示人乙"
    assert Entry.objects.filter(kind="gathering.identity_viewed").count() == 1


def draw(cast: plays.Cast, people: int = 12) -> Gathering:
    """Announce a hearing with a draw, let people sign up, and close."""
    row = story.make_announced(cast, by_draw=True, groups=GROUPS)
    for number in range(people):
        story.sign_up(row.pk, number, group=("市民", "利害关系人")[number % 2])
    assert gathering.close_what_is_due(at=story.CLOSES - timedelta(minutes=1)) == 0
    assert gathering.close_what_is_due(at=story.CLOSES) == 1
    row.refresh_from_db()
    return row


def test_the_draw_is_run_again_by_anyone_from_the_log_alone(client: Client):
    row = draw(story.make_cast())
    told = client.get(f"/events/{row.matter.reference}/draw.json").json()
    closing = Leaf.objects.get(entry__kind="gathering.close_signup")
    assert told["log_size"] == closing.index + 1
    assert told["seed"] == tiles.root(ledger.DatabaseTiles(), closing.index + 1).hex()
    assert f'"list":"{told["list_digest"]}"'.encode() in bytes(closing.data)
    announced = Leaf.objects.get(entry__kind="gathering.announce")
    assert b"root of the log" in bytes(announced.data)
    assert announced.index < closing.index
    for group in told["groups"]:
        again = sorted(
            group["order"], key=lambda name: hashlib.sha256(f"{told['seed']}:{name}".encode()).hexdigest()
        )
        assert again == group["order"]
        seated = {queries.ticket(each) for each in row.signups.filter(state="seated", group=group["name"])}
        assert seated == set(group["order"][: group["seats"]])
    seats = row.signups.exclude(seat=None).order_by("seat").values_list("seat", flat=True)
    assert list(seats) == [1, 2, 3, 4, 5]


def test_after_a_draw_the_next_of_the_same_group_moves_up():
    row = draw(story.make_cast())
    gone = row.signups.filter(state="seated", group="利害关系人").order_by("seat")[0]
    heir = row.signups.get(state="waiting", group="利害关系人", position=1)
    moved = seating.withdraw(gone, at=story.CLOSES)
    assert moved is not None
    assert (moved.pk, moved.seat) == (heir.pk, gone.seat)


def test_every_seed_seats_every_ticket_once_and_most_change_who():
    tickets = [drawing.Ticket(f"t{number}", "") for number in range(50)]
    drawn = [tuple(drawing.draw(f"seed{n}", tickets, {"": 10})[""]) for n in range(200)]
    assert all(sorted(each) == sorted(ticket.name for ticket in tickets) for each in drawn)
    assert len({frozenset(each[:10]) for each in drawn}) == 200
    seated = [name for each in drawn for name in each[:10]]
    assert min(seated.count(ticket.name) for ticket in tickets) > 15


@pytest.mark.parametrize(
    ("hearing", "starts", "is_early"),
    [
        ("decision", datetime(2026, 3, 9, 9, 0, tzinfo=MONDAY.tzinfo), True),
        ("decision", datetime(2026, 3, 8, 23, 0, tzinfo=MONDAY.tzinfo), False),
        ("rules", datetime(2026, 4, 1, 9, 0, tzinfo=MONDAY.tzinfo), True),
        ("rules", datetime(2026, 3, 31, 9, 0, tzinfo=MONDAY.tzinfo), False),
        ("licence", datetime(2026, 3, 11, 9, 0, tzinfo=MONDAY.tzinfo), True),
        ("licence", datetime(2026, 3, 10, 9, 0, tzinfo=MONDAY.tzinfo), False),
        ("penalty", datetime(2026, 3, 10, 9, 0, tzinfo=MONDAY.tzinfo), False),
    ],
)
def test_a_hearing_is_announced_so_many_days_before(hearing: str, starts: datetime, is_early: bool):
    verdict = rules.notice_is_long_enough("hearing", hearing, announced=MONDAY, starts=starts)
    assert verdict.holds is is_early


def test_a_hearing_that_is_moved_is_heard_of_as_early_as_one_that_is_announced():
    cast = story.make_cast()
    row = story.make_announced(cast)
    at = datetime(2026, 3, 18, 9, 0, tzinfo=MONDAY.tzinfo)
    given: dict[str, Any] = {"place": "二楼", "reason": "场地", "actor": cast.clerk, "at": at}
    with pytest.raises(errors.RuleBroken, match="Notice is given 0 days before; 7 are asked"):
        gathering.change(row.pk, starts_at=at + timedelta(hours=2), **given)
    with pytest.raises(errors.RuleBroken, match="Notice is given 6 days before"):
        gathering.change(row.pk, starts_at=at + timedelta(days=6), **given)
    gathering.change(row.pk, starts_at=at + timedelta(days=7), **given)
    briefing = story.make_announced(cast, sort="briefing")
    gathering.change(briefing.pk, starts_at=at + timedelta(hours=2), **given)


def test_nothing_is_announced_before_its_notice_passed_the_gate():
    cast = story.make_cast()
    row = story.make_planned(cast)
    with pytest.raises(errors.RuleBroken, match="record of its notice"):
        gathering.announce(row.pk, notice="2026-00099", actor=cast.clerk, at=MONDAY)
    with pytest.raises(errors.NotFound):
        queries.public_gathering(row.matter.reference)


def test_a_plan_that_was_never_announced_is_given_up_without_a_word_in_public():
    cast = story.make_cast()
    row = story.make_planned(cast)
    given: dict[str, Any] = {"reason": "不再举行", "actor": cast.office_head}
    with pytest.raises(errors.StaleStage):
        gathering.cancel(row.pk, **given, at=MONDAY)
    gathering.give_up(row.pk, **given, at=MONDAY)
    row.matter.refresh_from_db()
    assert row.matter.stage == "gathering_cancelled"
    assert not Entry.objects.filter(subject=row.matter.reference, public=True).exists()
    announced = story.make_announced(cast)
    with pytest.raises(errors.StaleStage):
        gathering.give_up(announced.pk, **given, at=story.SIGNING_UP)


def test_how_open_a_meeting_is_is_decided_by_a_second_person_and_closed_names_its_ground():
    cast = story.make_cast()
    row = story.make_planned(cast, sort="meeting")
    notice = plays.make_record(cast, kind="announcement", title="公告")
    given: dict[str, Any] = {"at": MONDAY}
    with pytest.raises(errors.RuleBroken, match="not decided yet"):
        gathering.announce(row.pk, notice=notice.reference, actor=cast.clerk, **given)
    gathering.propose_openness(row.pk, openness="seats", actor=cast.drafter, **given)
    with pytest.raises(errors.RuleBroken, match="names its ground"):
        gathering.decide_openness(row.pk, openness="closed", actor=cast.leader, **given)
    gathering.decide_openness(
        row.pk, openness="closed", closed_ground="涉及商业秘密", actor=cast.leader, **given
    )
    with pytest.raises(errors.RuleBroken, match="not open"):
        gathering.announce(row.pk, notice=notice.reference, actor=cast.clerk, **given)
    gathering.decide_openness(row.pk, openness="seats", actor=cast.office_head, **given)
    gathering.announce(row.pk, notice=notice.reference, actor=cast.clerk, **given)


@pytest.mark.parametrize(("openness", "seats"), [("seats", 5), ("live", 0), ("minutes", 0)])
def test_a_meeting_takes_sign_ups_only_where_seats_for_the_public_were_decided(openness: str, seats: int):
    cast = story.make_cast()
    row = story.make_planned(cast, sort="meeting", seats=5)
    gathering.propose_openness(row.pk, openness=openness, actor=cast.drafter, at=MONDAY)
    gathering.decide_openness(row.pk, openness=openness, actor=cast.leader, at=MONDAY)
    notice = plays.make_record(cast, kind="announcement", title="公告").reference
    gathering.announce(row.pk, notice=notice, actor=cast.clerk, at=story.ANNOUNCED)
    assert f'"seats":{seats}' in bytes(Leaf.objects.get(entry__kind="gathering.announce").data).decode()
    if seats:
        assert story.sign_up(row.pk, 1).seat == 1
    else:
        with pytest.raises(errors.RuleBroken, match="public has no seats"):
            story.sign_up(row.pk, 1)
    assert queries.taken(queries.gathering(row.matter.reference)).seats == seats


def test_a_hearing_ends_with_signatures_its_report_and_what_was_decided_carried_out():
    cast = story.make_cast()
    row = story.make_announced(cast, seats=3)
    for number in range(2):
        story.sign_up(row.pk, number)
    gathering.close_what_is_due(at=story.CLOSES)
    given: dict[str, Any] = {"actor": cast.clerk, "at": story.STARTS + timedelta(hours=4)}
    with pytest.raises(errors.RuleBroken, match="not begun"):
        gathering.hold(row.pk, actor=cast.clerk, at=story.CLOSES)
    gathering.hold(row.pk, **given)
    item = gathering.follow(
        row.pk, what="首小时免费再测算", department=cast.department, due_on=date(2026, 4, 1), **given
    )
    report = plays.make_record(cast, kind="adoption_report", title="听证报告").reference
    gathering.sign(row.pk, numbers=[1], signature="signed", **given)
    with pytest.raises(errors.StaleStage, match="has no seat"):
        gathering.sign(row.pk, numbers=[2, 3], signature="signed", **given)
    with pytest.raises(errors.RuleBroken, match="1 participants have neither"):
        gathering.minute(row.pk, minutes=report, **given)
    gathering.sign(row.pk, numbers=[2], signature="refused", **given)
    gathering.minute(row.pk, minutes=report, **given)
    with pytest.raises(errors.RuleBroken, match="1 decisions are not"):
        gathering.finish(row.pk, **given)
    gathering.settle(row.pk, item=item.pk, note="已测算", **given)
    gathering.finish(row.pk, **given)
    assert Gathering.objects.get(pk=row.pk).matter.stage == "gathering_done"


def test_what_is_carried_out_early_in_the_morning_is_entered_on_that_day():
    cast = story.make_cast()
    row = story.make_announced(cast)
    gathering.close_what_is_due(at=story.CLOSES)
    given: dict[str, Any] = {"actor": cast.clerk, "at": story.STARTS}
    gathering.hold(row.pk, **given)
    item = gathering.follow(row.pk, what="测算", department=cast.department, due_on=date(2026, 4, 1), **given)
    at = datetime(2026, 4, 2, 7, 30, tzinfo=MONDAY.tzinfo).astimezone(UTC)
    gathering.settle(row.pk, item=item.pk, note="已测算", actor=cast.clerk, at=at)
    item.refresh_from_db()
    assert item.settled_on == date(2026, 4, 2)


def _events(client: Client, address: str) -> dict[str, Any]:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    calendar = icalendar.Calendar.from_ical(answer.content)
    assert not calendar.errors
    found = {str(each["UID"]): each for each in calendar.walk("VEVENT")}
    # RFC 5545, 3.8.2.2, which the reader leaves to us: an event that ends ends later than it begins.
    assert all(each.decoded("DTEND") > each.decoded("DTSTART") for each in found.values() if "DTEND" in each)
    return found


def test_a_strict_reader_hears_of_changes_and_cancellations(client: Client):
    cast = story.make_cast()
    row = story.make_announced(cast)
    (uid, first), *others = _events(client, "/feeds/events.ics").items()
    assert not others
    assert (int(first["SEQUENCE"]), str(first["STATUS"])) == (0, "CONFIRMED")
    assert first.decoded("DTSTART") == story.STARTS
    assert str(first["SUMMARY"]) == "关于召开停车收费听证会的公告"
    later = story.STARTS + timedelta(days=1)
    gathering.change(
        row.pk,
        starts_at=later,
        place="二楼, 大厅; 南侧",
        reason="场地",
        actor=cast.clerk,
        at=story.SIGNING_UP,
    )
    changed = _events(client, f"/feeds/event/{row.matter.reference}.ics")[uid]
    assert (int(changed["SEQUENCE"]), changed.decoded("DTSTART")) == (1, later)
    assert str(changed["LOCATION"]) == "二楼, 大厅; 南侧"
    gathering.cancel(row.pk, reason="改期", actor=cast.office_head, at=story.SIGNING_UP)
    cancelled = _events(client, "/feeds/events.ics")[uid]
    assert (int(cancelled["SEQUENCE"]), str(cancelled["STATUS"])) == (2, "CANCELLED")


def test_why_something_was_changed_or_cancelled_tells_of_nobody_and_stays_out_of_the_log():
    cast = story.make_cast()
    row = story.make_announced(cast)
    call = make_call(cast)
    head: dict[str, Any] = {"actor": cast.office_head, "at": story.SIGNING_UP}
    moved: dict[str, Any] = {"starts_at": story.STARTS + timedelta(days=1), "place": "二楼大厅", **head}
    longer: dict[str, Any] = {"until": date(2026, 5, 10), **head}
    acts: list[tuple[int, Callable[..., None], dict[str, Any]]] = [
        (row.pk, gathering.change, moved),
        (row.pk, gathering.cancel, head),
        (call.pk, calls.extend, longer),
        (call.pk, calls.call_off, head),
    ]
    for pk, done, given in acts:
        with pytest.raises(errors.RuleBroken, match="holds personal data"):
            done(pk, reason="王小明（电话13855566677）要求", **given)
        done(pk, reason="场地检修", **given)
    assert telling.reasons([row])[row.pk] == dict.fromkeys(("change", "cancel"), "场地检修")
    assert telling.reasons([call])[call.pk] == dict.fromkeys(("extend", "call_off"), "场地检修")
    for kind in ("gathering.change", "gathering.cancel", "comment_call.extend", "comment_call.call_off"):
        leaf = bytes(Leaf.objects.get(entry__kind=kind).data)
        assert "场地检修".encode() not in leaf, "no erasure reaches what stands in the log"


def withdraw(cast: plays.Cast, record: Record, at: datetime) -> None:
    """Let two people take back what was published, and the worker hear of it."""
    matter = Matter.objects.get(reference=record.matter_reference)
    take: dict[str, Any] = {"ground": "inaccurate", "reason": "有误"}
    documents.propose_withdrawal(matter.pk, **take, actor=cast.office_head, at=at)
    documents.withdraw(matter.pk, **take, actor=cast.leader, at=at)


def test_what_is_withdrawn_is_struck_out_of_calendars_and_tells_no_more_of_itself(client: Client):
    cast = story.make_cast()
    row = story.make_announced(cast)
    call = make_call(cast)
    assert row.notice is not None
    before = _events(client, "/feeds/events.ics")
    withdraw(cast, row.notice, story.SIGNING_UP)
    withdraw(cast, call.record, story.SIGNING_UP)
    for worked in (False, True):
        after = _events(client, "/feeds/events.ics")
        assert set(after) == set(before)
        for uid, each in after.items():
            assert str(each["STATUS"]) == "CANCELLED"
            assert int(each["SEQUENCE"]) == 1
            assert str(each["SUMMARY"]) == "已撤回"
            assert each.decoded("DTSTART") == before[uid].decoded("DTSTART")
            assert "LOCATION" not in each
            assert "URL" not in each
        if not worked:
            work(story.SIGNING_UP + timedelta(hours=1))
    (own,) = _events(client, f"/feeds/event/{row.matter.reference}.ics").values()
    assert str(own["STATUS"]) == "CANCELLED"
    with pytest.raises(errors.NotFound):
        queries.public_gathering(row.matter.reference)
