"""Proposals, participation and letters in a report: the record and the log alone count them the same."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from sunshine.core.ledger.models import Leaf
from sunshine.core.matters.models import Matter
from sunshine.core.publishing.models import Record
from sunshine.lenses.reporting import letters as letter_figures
from sunshine.lenses.reporting import queries
from sunshine.lenses.reporting.rules import cases, counting, forms, log, prose
from sunshine.lenses.reporting.rules.cases import Cases
from sunshine.work.correspondence import operations as letters
from sunshine.work.documents import operations as documents
from sunshine.work.participation.operations import calls, gathering
from sunshine.work.proposals import operations as proposals
from tests import cast as plays
from tests.cast import MONDAY, Cast
from tests.rooms import gathering_story, letters_story, narrative_story, proposals_story
from tests.rooms import test_comment_calls as calls_story

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
YEAR = MONDAY.year


def of_log(year: int = YEAR) -> Cases:
    """Return a year's cases as the public log alone tells them; records with what the log knows."""
    lines = ((leaf.index, json.loads(bytes(leaf.data))) for leaf in Leaf.objects.all())
    return cases.of_year(year, log.read(lines))


def agreed(year: int = YEAR) -> dict[str, int]:
    """Return the figures beside requests and records, after both ways of counting gave the same lists."""
    record, told = queries.of_year(year), of_log(year)
    assert record.proposals == told.proposals
    assert record.talks == told.talks
    assert record.tallies == told.tallies
    made = counting.figures(year, record)
    names = [name for name in forms.PROSE if name.startswith(("proposals", "participation", "letters"))]
    assert [name for name in names if not counting.agrees(made[name])] == []
    return {name: made[name].value for name in names if made[name].value}


def test_proposals_count_by_role_and_by_what_became_of_them() -> None:
    bureau = plays.make_cast()
    session = proposals_story.session(bureau)
    lead = proposals_story.handled(bureau, session)
    proposals_story.replied(bureau, lead, at=MONDAY + DAY)
    narrative_story.publish_reply(bureau, lead, at=MONDAY + 2 * DAY)
    joint = proposals_story.joined(bureau, session, number="15")
    proposals_story.opined(bureau, joint, at=MONDAY + DAY)
    ours = proposals_story.entered(bureau, session, number="16")
    proposals.hand_back(ours.pk, reason="不属我局职责", actor=bureau.clerk, at=MONDAY + DAY)
    proposals.assigner_agrees(ours.pk, actor=bureau.clerk, at=MONDAY + 2 * DAY)
    called_off = proposals_story.joined(bureau, session, number="17")
    proposals.assign(called_off.pk, department=bureau.department, actor=bureau.clerk, at=MONDAY + DAY)
    proposals.call_off(called_off.pk, reason="改由他单位", actor=bureau.clerk, at=MONDAY + 2 * DAY)
    proposals_story.handled(bureau, session, number="18")
    counted = agreed()
    assert counted == {
        "proposals.all": 3,
        "proposals.lead": 2,
        "proposals.joint": 1,
        "proposals.replied": 1,
        "proposals.opinions": 1,
        "proposals.published": 1,
        "proposals.returned": 2,
    }


def test_a_reply_whose_record_was_withdrawn_is_not_public() -> None:
    bureau = plays.make_cast()
    lead = proposals_story.handled(bureau)
    proposals_story.replied(bureau, lead, at=MONDAY + DAY)
    narrative_story.publish_reply(bureau, lead, at=MONDAY + 2 * DAY)
    assert agreed()["proposals.published"] == 1
    record = Record.objects.get()
    matter_id = Matter.objects.get(reference=record.matter_reference).pk
    given: dict[str, Any] = {"ground": "inaccurate", "reason": "内容有误"}
    documents.propose_withdrawal(matter_id, **given, actor=bureau.office_head, at=MONDAY + 3 * DAY)
    documents.withdraw(matter_id, **given, actor=bureau.leader, at=MONDAY + 3 * DAY)
    assert "proposals.published" not in agreed()


def test_a_call_counts_with_what_it_had_when_it_closed_and_a_hearing_when_it_was_held() -> None:
    bureau = plays.make_cast()
    call = calls_story.make_call(bureau)
    for number in range(3):
        calls_story.say(call, f"第{number}条意见：建议夜间免费停车。", name=f"市民{number}")
    calls_story.release_all(bureau, call, MONDAY + 2 * DAY)
    assert agreed()["participation.calls"] == 1
    calls_story.close(call)
    row = gathering_story.make_announced(bureau)
    assert "participation.hearings" not in agreed()
    assert gathering.close_what_is_due(at=gathering_story.CLOSES + DAY) == 1
    gathering.hold(row.pk, actor=bureau.clerk, at=gathering_story.STARTS + DAY)
    counted = agreed()
    assert counted["participation.hearings"] == 1
    assert counted["participation.opinions"] == 3
    cancelled = calls_story.make_call(bureau, at=MONDAY + DAY)
    calls.call_off(cancelled.matter_id, reason="草案撤回", actor=bureau.office_head, at=MONDAY + 3 * DAY)
    assert agreed() == counted


def test_letters_count_when_they_came_and_when_they_were_first_answered() -> None:
    house = letters_story.bureau()
    first, _code = letters_story.entered(house)
    letters_story.in_hand(house, first)
    letters_story.replied(house, first, at=MONDAY + DAY)
    letters_story.entered(house, channel="letter")
    elsewhere, _code = letters.enter(
        letters_story.letter(), office=house.cast.office, arrived_at=MONDAY, actor=house.cast.clerk, at=MONDAY
    )
    letters.pass_on(
        elsewhere.pk, other_way="reconsideration", note="请依法申请", actor=house.cast.clerk, at=MONDAY + DAY
    )
    counted = agreed()
    assert counted == {
        "letters.received": 3,
        "letters.replied": 1,
        "letters.received.hotline_12345": 2,
        "letters.received.letter": 1,
    }
    for name, value in counted.items():
        _label, listed, _next = letter_figures.listed(
            YEAR, name.removeprefix("letters."), on=(MONDAY + 9 * DAY).date()
        )
        assert len(listed) == value


def test_a_letter_joined_unregistered_and_taken_apart_counts_again_when_it_is_registered() -> None:
    house = letters_story.bureau()
    kept, _code = letters_story.entered(house)
    wrong, _code = letters.enter(
        letters_story.letter(), office=house.cast.office, arrived_at=MONDAY, actor=house.cast.clerk, at=MONDAY
    )
    given: dict[str, Any] = {"actor": house.cast.clerk, "at": MONDAY + DAY}
    letters.join(wrong.pk, other=kept.matter.reference, **given)
    assert agreed()["letters.received"] == 2
    letters.take_apart(wrong.pk, reason="误并", **given)
    assert agreed()["letters.received"] == 1
    letters.register_case(wrong.pk, sort="complaint", **given)
    assert agreed()["letters.received"] == 2


def forget(kind: str, *names: str) -> None:
    """Make the entries of a kind as they were before they told some things; before they were public, none."""
    for leaf in Leaf.objects.filter(entry__kind=kind):
        if not names:
            leaf.delete()
            continue
        told = json.loads(bytes(leaf.data))
        leaf.data = json.dumps({name: value for name, value in told.items() if name not in names}).encode()
        leaf.save()


def test_what_older_entries_do_not_tell_is_counted_by_neither() -> None:
    house = letters_story.bureau()
    bureau = house.cast
    row = gathering_story.make_announced(bureau)
    assert gathering.close_what_is_due(at=gathering_story.CLOSES + DAY) == 1
    gathering.hold(row.pk, actor=bureau.clerk, at=gathering_story.STARTS + DAY)
    for year in (YEAR - 1, YEAR):
        session = proposals_story.session(bureau, year=year, code=f"of-{year}", name=f"{year}年会议")
        joint = proposals_story.joined(bureau, session, number="17")
        proposals.assign(joint.pk, department=bureau.department, actor=bureau.clerk, at=MONDAY + DAY)
        proposals.call_off(joint.pk, reason="改由他单位", actor=bureau.clerk, at=MONDAY + 2 * DAY)
    letters_story.entered(house, channel="letter")
    elsewhere, _code = letters.enter(
        letters_story.letter(), office=bureau.office, arrived_at=MONDAY, actor=bureau.clerk, at=MONDAY
    )
    letters.pass_on(
        elsewhere.pk,
        other_way="reconsideration",
        note="请依法申请",
        actor=bureau.clerk,
        at=MONDAY + DAY,
    )
    assert agreed(YEAR - 1) == {"proposals.all": 1, "proposals.joint": 1}
    assert agreed() == {
        "proposals.returned": 1,
        "participation.hearings": 1,
        "letters.received": 2,
        "letters.received.letter": 1,
        "letters.received.hotline_12345": 1,
    }
    forget("gathering.announce", "sort")
    forget("joint_opinion.call_off")
    forget("joint_opinion.take_in", "year")
    forget("citizen_case.pass_on", "received_on", "channel")
    assert agreed(YEAR - 1) == {}
    assert agreed() == {
        "proposals.all": 2,
        "proposals.joint": 2,
        "letters.received": 1,
        "letters.received.letter": 1,
    }


def test_the_sentences_of_the_sixth_section_stand_only_where_there_is_something_to_say() -> None:
    bureau: Cast = plays.make_cast()
    empty = queries.report(YEAR).values
    assert [prose.proposals(empty), prose.talks(empty), prose.letters(empty)] == ["", "", ""]
    proposals_story.handled(bureau)
    made = queries.report(YEAR)
    last = made.sections[-1].paragraphs
    assert [prose.names_in(text)[0] for _is_head, text in last] == ["fees.notices", "proposals.all"]
