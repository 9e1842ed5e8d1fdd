"""Major decisions: nothing is published without its steps, each taken or left out on a recorded ground."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from sunshine.core.ledger.models import Entry, Leaf
from sunshine.core.matters import queries as matters
from sunshine.core.publishing.queries import conditions
from sunshine.kernel import errors
from sunshine.work.documents import operations as documents
from sunshine.work.participation.models import Decision
from sunshine.work.participation.operations import answering, calls, deciding
from tests import cast as plays
from tests.cast import FORMED_ON, MONDAY
from tests.rooms.test_comment_calls import close, make_call, release_all, say, work

pytestmark = pytest.mark.django_db

LATER = datetime(2026, 4, 13, 9, 0, tzinfo=MONDAY.tzinfo)


def make_decision(cast: plays.Cast) -> Decision:
    return deciding.open_decision(
        title="停车差别化收费", department=cast.department, officer=cast.drafter, at=MONDAY
    )


def take_every_step(cast: plays.Cast, decision: Decision, call: str, at: datetime) -> None:
    """Link the call, let experts argue, assess risks, review legality, discuss."""
    given: dict[str, Any] = {"actor": cast.drafter, "at": at}
    pk, day = decision.matter_id, at.date()
    deciding.link_call(pk, call=call, **given)
    deciding.argue(pk, held_on=day, experts=3, result="feasible", note="可行", **given)
    deciding.assess(pk, held_on=day, result="controllable", note="可控", **given)
    deciding.ask_legality(pk, **given)
    deciding.review_legality(pk, passed=True, note="合法", actor=cast.legal, at=at)
    deciding.discuss(pk, held_on=day, meeting="第5次局务会议", note="一致同意", actor=cast.office_head, at=at)


def test_a_major_decision_passes_the_gate_only_with_its_whole_procedure():
    cast = plays.make_cast()
    call = make_call(cast)
    decision = make_decision(cast)
    story: dict[str, Any] = {
        "kind": "major_decision",
        "title": "停车差别化收费方案",
        "interpretation": "<p>解读</p>",
        "at": LATER,
    }
    nameless = plays.make_document(cast, upto="approved", **story)
    with pytest.raises(errors.RuleBroken, match="Name the decision"):
        documents.publish(nameless.matter_id, actor=cast.office_head, at=LATER + timedelta(hours=2))
    named = plays.make_document(
        cast, upto="approved", fields={"decision": decision.matter.reference}, **story
    )
    with pytest.raises(errors.RuleBroken) as refusal:
        documents.publish(named.matter_id, actor=cast.office_head, at=LATER + timedelta(hours=2))
    lacking = [reason.params["condition"] for reason in refusal.value.reasons]
    assert len(lacking) == 5
    close(call)
    take_every_step(cast, decision, call.matter.reference, LATER + timedelta(hours=3))
    documents.publish(named.matter_id, actor=cast.office_head, at=LATER + timedelta(hours=4))
    work(LATER + timedelta(hours=5))
    decision.refresh_from_db()
    assert decision.matter.stage == "decision_published"
    assert decision.record is not None


def test_a_call_that_is_still_open_is_no_step_of_a_decision():
    cast = plays.make_cast()
    call = make_call(cast)
    decision = make_decision(cast)
    with pytest.raises(errors.RuleBroken, match="call that has closed"):
        deciding.link_call(decision.pk, call=call.matter.reference, actor=cast.drafter, at=MONDAY)
    assert conditions.of(decision.matter.reference) == []


def test_a_call_carries_one_decision_and_none_once_it_is_called_off():
    cast = plays.make_cast()
    call = make_call(cast)
    close(call)
    first, second = make_decision(cast), make_decision(cast)
    given: dict[str, Any] = {"call": call.matter.reference, "actor": cast.drafter, "at": LATER}
    deciding.link_call(first.pk, **given)
    deciding.link_call(first.pk, **given)
    with pytest.raises(errors.RuleBroken, match=f"belongs to decision {first.matter.reference}"):
        deciding.link_call(second.pk, **given)
    deciding.abandon(first.pk, reason="不再推进", actor=cast.head, at=LATER)
    deciding.link_call(second.pk, **given)
    calls.call_off(call.matter_id, reason="草案有误", actor=cast.office_head, at=LATER)
    assert conditions.of(second.matter.reference) == []
    assert Entry.objects.get(kind="comment_call.call_off").facts["decisions"] == [second.matter.reference]


def test_a_step_that_was_left_out_stands_though_the_call_is_called_off():
    cast = plays.make_cast()
    call = make_call(cast)
    close(call)
    decision = make_decision(cast)
    given: dict[str, Any] = {"actor": cast.drafter, "at": LATER}
    deciding.link_call(decision.pk, call=call.matter.reference, **given)
    deciding.propose_exemption(decision.pk, step="call", ground="emergency", reason="防汛", **given)
    deciding.grant_exemption(decision.pk, actor=cast.leader, at=LATER)
    calls.call_off(call.matter_id, reason="草案有误", actor=cast.office_head, at=LATER)
    assert [each.code for each in conditions.of(decision.matter.reference)] == ["call"]


@pytest.mark.parametrize(
    ("reviewed", "held_on", "said"),
    [
        (LATER, date(2026, 4, 12), "which passed on 2026-04-13"),
        (LATER - timedelta(days=10), date(2026, 4, 10), "whose last day was 2026-04-10"),
    ],
)
def test_the_discussion_lies_after_the_review_and_after_the_call(
    reviewed: datetime, held_on: date, said: str
):
    cast = plays.make_cast()
    call = make_call(cast)
    decision = make_decision(cast)
    given: dict[str, Any] = {"actor": cast.drafter}
    deciding.argue(
        decision.pk, held_on=FORMED_ON, experts=3, result="feasible", note="可行", at=MONDAY, **given
    )
    deciding.assess(decision.pk, held_on=FORMED_ON, result="controllable", note="可控", at=MONDAY, **given)
    deciding.ask_legality(decision.pk, at=reviewed, **given)
    deciding.review_legality(decision.pk, passed=True, note="合法", actor=cast.legal, at=reviewed)
    close(call)
    deciding.link_call(decision.pk, call=call.matter.reference, at=LATER, **given)
    discussed: dict[str, Any] = {"meeting": "局务会", "note": "无", "actor": cast.clerk, "at": LATER}
    with pytest.raises(errors.RuleBroken) as refusal:
        deciding.discuss(decision.pk, held_on=held_on, **discussed)
    assert said in str(refusal.value)
    deciding.discuss(decision.pk, held_on=LATER.date(), **discussed)


def test_nothing_is_discussed_while_an_opinion_of_its_call_has_no_answer():
    cast = plays.make_cast()
    call = make_call(cast)
    say(call, "请保留半小时免费停车")
    work(MONDAY + timedelta(days=2))
    close(call)
    release_all(cast, call, LATER)
    decision = make_decision(cast)
    with pytest.raises(errors.RuleBroken, match="1 opinions have no answer yet"):
        take_every_step(cast, decision, call.matter.reference, LATER)
    groups = list(call.groups.values_list("pk", flat=True))
    answering.answer(call.matter_id, groups=groups, answer="adopted", actor=cast.drafter, at=LATER)
    take_every_step(cast, decision, call.matter.reference, LATER)
    decision.refresh_from_db()
    assert decision.matter.stage == "decision_decided"


def test_a_step_is_left_out_by_two_people_on_a_ground_that_fits_and_the_log_says_so():
    cast = plays.make_cast()
    decision = make_decision(cast)
    given: dict[str, Any] = {"actor": cast.drafter, "at": MONDAY, "reason": "已按规定评估"}
    with pytest.raises(errors.RuleBroken, match="does not excuse"):
        deciding.propose_exemption(decision.pk, step="legality", ground="emergency", **given)
    with pytest.raises(errors.RuleBroken, match="Nobody has proposed"):
        deciding.grant_exemption(decision.pk, actor=cast.leader, at=MONDAY)
    deciding.propose_exemption(decision.pk, step="risk", ground="assessed_before", **given)
    with pytest.raises(errors.NotAllowed):
        deciding.grant_exemption(decision.pk, actor=cast.drafter, at=MONDAY)
    deciding.grant_exemption(decision.pk, actor=cast.leader, at=MONDAY)
    (stands,) = conditions.of(decision.matter.reference)
    assert (stands.code, stands.reference) == ("risk", "")
    assert "713" in stands.ground
    assert b'"ground":"assessed_before"' in bytes(
        Leaf.objects.get(entry__kind="decision.grant_exemption").data
    )


def test_a_review_early_in_the_morning_stands_with_that_day():
    cast = plays.make_cast()
    decision = make_decision(cast)
    at = datetime(2026, 4, 2, 7, 30, tzinfo=MONDAY.tzinfo).astimezone(UTC)
    deciding.ask_legality(decision.pk, actor=cast.drafter, at=at)
    deciding.review_legality(decision.pk, passed=True, note="合法", actor=cast.legal, at=at)
    (stands,) = conditions.of(decision.matter.reference)
    assert stands.reference == "2026-04-02"


def test_the_review_ends_the_time_that_was_given_it_and_is_asked_for_before_each():
    cast = plays.make_cast()
    decision = make_decision(cast)
    given: dict[str, Any] = {"actor": cast.drafter, "at": MONDAY}
    later = MONDAY + timedelta(days=2)
    deciding.ask_legality(decision.pk, **given)
    with pytest.raises(errors.RuleBroken, match="not done yet"):
        deciding.ask_legality(decision.pk, **given)
    deciding.review_legality(decision.pk, passed=False, note="缺少依据", actor=cast.legal, at=later)
    reading = matters.readings(decision.matter, now=later)["legality"]
    assert reading.started_at == MONDAY
    assert reading.used == 2
    assert reading.restarts == ()
    with pytest.raises(errors.RuleBroken, match="since the last one"):
        deciding.review_legality(decision.pk, passed=True, note="", actor=cast.legal, at=later)
    deciding.ask_legality(decision.pk, actor=cast.drafter, at=later)
    deciding.review_legality(decision.pk, passed=True, note="已补", actor=cast.legal, at=later)


def test_what_speaks_against_a_step_lets_it_fall():
    cast = plays.make_cast()
    decision = make_decision(cast)
    given: dict[str, Any] = {"actor": cast.drafter, "at": MONDAY}
    day = date(2026, 3, 2)
    deciding.assess(decision.pk, held_on=day, result="controllable", note="可控", **given)
    deciding.assess(decision.pk, held_on=day, result="not_controllable", note="先调整", **given)
    deciding.argue(decision.pk, held_on=day, experts=5, result="not_feasible", note="成本过高", **given)
    assert conditions.of(decision.matter.reference) == []
    with pytest.raises(errors.RuleBroken, match="lies ahead"):
        deciding.assess(decision.pk, held_on=date(2026, 3, 3), result="controllable", note="", **given)


def test_the_discussion_waits_for_the_package_and_the_reviewer_is_nobody_who_prepared_it():
    cast = plays.make_cast()
    decision = make_decision(cast)
    with pytest.raises(errors.RuleBroken, match="Nobody has asked"):
        deciding.review_legality(decision.pk, passed=True, note="", actor=cast.legal, at=MONDAY)
    with pytest.raises(errors.RuleBroken) as refusal:
        deciding.discuss(
            decision.pk,
            held_on=date(2026, 3, 2),
            meeting="局务会",
            note="无",
            actor=cast.clerk,
            at=MONDAY,
        )
    assert len(refusal.value.reasons) == 4


def test_a_decision_sent_back_loses_its_review_and_its_discussion():
    cast = plays.make_cast()
    call = make_call(cast)
    close(call)
    decision = make_decision(cast)
    take_every_step(cast, decision, call.matter.reference, LATER)
    deciding.discuss_again(decision.pk, reason="方案改动", actor=cast.leader, at=LATER)
    assert {each.code for each in conditions.of(decision.matter.reference)} == {"call", "experts", "risk"}
    deciding.abandon(decision.pk, reason="不再推进", actor=cast.head, at=LATER)
    assert conditions.of(decision.matter.reference) == []


def test_normative_documents_need_it_from_the_day_of_the_rule_on_and_not_before():
    cast = plays.make_cast()
    story: dict[str, Any] = {"kind": "normative_document", "title": "办法", "interpretation": "<p>解读</p>"}
    before = plays.make_document(cast, upto="published", **story)
    assert before.matter.stage == "published"
    after = datetime(2027, 1, 4, 9, 0, tzinfo=MONDAY.tzinfo)
    with pytest.raises(errors.RuleBroken, match="Name the decision"):
        plays.make_document(cast, upto="published", at=after, **story)
