"""Suggestions and proposals, from the list to the kept promise, one operation at a time."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from sunshine.core.matters import queries as matters
from sunshine.core.matters.models import Matter
from sunshine.core.people import rules as roles
from sunshine.kernel import errors
from sunshine.work.proposals import operations as proposals
from sunshine.work.proposals import rules
from sunshine.work.proposals.models import Opinion, Proposal, Reply
from tests import cast as plays
from tests.cast import MONDAY, Cast, make_person
from tests.rooms import proposals_story as story
from tests.rooms.proposals_story import DAY, MINUTE

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return plays.make_cast()


def later(days: float) -> datetime:
    return MONDAY + days * DAY


def reading(made: Proposal, clock: str, at: datetime = MONDAY):
    return matters.readings(Matter.objects.get(pk=made.pk), now=at)[clock]


def why(refusal: pytest.ExceptionInfo[errors.DomainError]) -> str:
    return " ".join(str(reason) for reason in refusal.value.reasons)


# --- from the assigner -----------------------------------------------------------------------------


def test_three_months_count_from_the_day_of_assignment_and_not_from_entering(cast: Cast) -> None:
    made = story.entered(cast, assigned_on=date(2026, 2, 10))
    assert reading(made, "reply").due_on == date(2026, 5, 11)  # 10 May is a Sunday


def test_six_months_are_six_from_assignment_and_the_deputy_is_told(cast: Cast) -> None:
    made = story.handled(cast, assigned_on=date(2026, 2, 10))
    proposals.propose_extension(made.pk, reason="涉及面广", actor=cast.drafter, at=later(1))
    with pytest.raises(errors.RuleBroken):
        proposals.extend(made.pk, reason="涉及面广", told_on=date(2027, 1, 1), actor=cast.clerk, at=later(1))
    proposals.extend(made.pk, reason="涉及面广", told_on=later(1).date(), actor=cast.office_head, at=later(2))
    assert reading(made, "reply", later(2)).due_on == date(2026, 8, 10)
    with pytest.raises(errors.RuleBroken, match="extended before"):
        proposals.propose_extension(made.pk, reason="再延", actor=cast.drafter, at=later(3))


def test_what_is_over_cannot_be_extended_any_more(cast: Cast) -> None:
    made = story.handled(cast)
    with pytest.raises(errors.RuleBroken, match="can no longer be extended"):
        proposals.propose_extension(made.pk, reason="涉及面广", actor=cast.drafter, at=later(100))


def test_a_cppcc_proposal_takes_six_months_only_with_the_assigners_consent(cast: Cast) -> None:
    of = story.session(cast, code="cppcc", name="市政协会议", body="cppcc")
    made = story.handled(cast, of, sort="proposal")
    assert fresh_kind(made) == rules.PROPOSAL
    proposals.propose_extension(made.pk, reason="涉及面广", actor=cast.drafter, at=later(1))
    told: dict[str, Any] = {
        "reason": "涉及面广",
        "told_on": MONDAY.date(),
        "actor": cast.office_head,
        "at": later(2),
    }
    with pytest.raises(errors.RuleBroken):
        proposals.extend(made.pk, **told)
    proposals.extend(made.pk, **told, consented_on=MONDAY.date())


def fresh_kind(made: Proposal) -> str:
    return Matter.objects.values_list("kind", flat=True).get(pk=made.pk)


def test_what_is_not_ours_goes_back_within_five_working_days_and_not_a_day_later(cast: Cast) -> None:
    of = story.session(cast)
    early, late = story.entered(cast, of, number="1"), story.entered(cast, of, number="2")
    proposals.hand_back(early.pk, reason="属教育部门职责", actor=cast.clerk, at=later(7))
    with pytest.raises(errors.RuleBroken, match="counts as accepted"):
        proposals.hand_back(late.pk, reason="属教育部门职责", actor=cast.clerk, at=later(8))
    proposals.assigner_agrees(early.pk, actor=cast.clerk, at=later(8))
    assert (story.stage(early), story.fresh(early).is_returned) == ("returned_to_assigner", True)


def test_silence_accepts_when_the_days_have_passed_and_not_before(cast: Cast) -> None:
    made = story.entered(cast)
    assert proposals.accept_what_was_not_handed_back(at=later(7)) == 0
    assert proposals.accept_what_was_not_handed_back(at=later(8)) == 1
    assert story.stage(made) == "accepted"
    assert proposals.accept_what_was_not_handed_back(at=later(9)) == 0


def test_where_the_assigner_insists_the_bureau_handles_it_and_the_clock_ran_on(cast: Cast) -> None:
    made = story.entered(cast)
    proposals.hand_back(made.pk, reason="非我局职责", actor=cast.clerk, at=later(1))
    proposals.assigner_insists(made.pk, reason="仍由你局办理", actor=cast.clerk, at=later(20))
    assert story.stage(made) == "accepted"
    assert reading(made, "reply", later(20)).due_on == date(2026, 6, 2)


# --- joint opinions --------------------------------------------------------------------------------


def test_a_reply_waits_for_three_joint_departments_or_says_why_it_goes_without(cast: Cast) -> None:
    made = story.handled(cast)
    houses = [story.joint_department(number) for number in range(3)]
    asked = proposals.ask_opinions(
        made.pk,
        question="请就职责范围内事项提出会办意见",
        departments=[department for department, _drafter, _head in houses],
        actor=cast.drafter,
        at=later(1),
    )
    assert [matters.readings(each.matter, now=later(1))["opinion"].due_on for each in asked] == [
        date(2026, 4, 3)
    ] * 3
    for opinion, (_department, drafter, head) in list(zip(asked, houses, strict=True))[:2]:
        proposals.draft_opinion(opinion.pk, opinion="同意。", actor=drafter, at=later(2))
        proposals.hand_in_opinion(opinion.pk, actor=head, at=later(2) + MINUTE)
    story.talk(cast, made, at=later(3))
    story.draft(cast, made, at=later(3) + MINUTE)
    with pytest.raises(errors.RuleBroken, match="1 joint opinions are missing"):
        proposals.sign(made.pk, actor=cast.leader, at=later(4))
    proposals.sign(made.pk, without_opinions="该处人员空缺，已电话沟通", actor=cast.leader, at=later(4))
    proposals.reply(made.pk, replied_on=later(5).date(), way="visit", actor=cast.drafter, at=later(5))
    assert Reply.objects.get().without_opinions == "该处人员空缺，已电话沟通"


def test_who_drafted_an_opinion_does_not_hand_it_in(cast: Cast) -> None:
    made = story.handled(cast)
    department, drafter, _head = story.joint_department(0)
    both = make_person(department=department, name="一人两岗", holds=(roles.DRAFTER, roles.DEPARTMENT_HEAD))
    (opinion,) = proposals.ask_opinions(
        made.pk, question="请会办", departments=[department], actor=cast.drafter, at=later(1)
    )
    proposals.draft_opinion(opinion.pk, opinion="同意。", actor=both, at=later(2))
    with pytest.raises(errors.NotAllowed):
        proposals.hand_in_opinion(opinion.pk, actor=both, at=later(2))
    with pytest.raises(errors.RuleBroken, match="its head hands the opinion in"):
        office_sends(cast, opinion)
    assert drafter.name


def office_sends(cast: Cast, opinion: Opinion) -> None:
    proposals.send_opinion(opinion.pk, sent_on=later(2).date(), actor=cast.office_head, at=later(2))


def test_another_bodys_opinion_is_recorded_and_never_written_here(cast: Cast) -> None:
    made = story.handled(cast)
    (opinion,) = proposals.ask_opinions(
        made.pk, question="请会办", bodies=["市公安局"], actor=cast.drafter, at=later(1)
    )
    with pytest.raises(errors.RuleBroken, match="record it when it comes"):
        proposals.draft_opinion(opinion.pk, opinion="代拟", actor=cast.drafter, at=later(2))
    proposals.record_opinion(
        opinion.pk, opinion="同意。", sent_on=later(3).date(), actor=cast.drafter, at=later(4)
    )
    assert Opinion.objects.get(pk=opinion.pk).given_on == later(3).date()


def test_an_opinion_that_would_come_after_the_reply_is_not_asked(cast: Cast) -> None:
    made = story.handled(cast)
    with pytest.raises(errors.RuleBroken, match="not before the reply"):
        proposals.ask_opinions(
            made.pk, question="请会办", bodies=["市公安局"], actor=cast.drafter, at=later(70)
        )


def test_nobody_is_asked_twice_unless_the_first_asking_was_called_off(cast: Cast) -> None:
    made = story.handled(cast)
    ask: dict[str, Any] = {"question": "请会办", "bodies": ["市公安局"], "actor": cast.drafter}
    (opinion,) = proposals.ask_opinions(made.pk, **ask, at=later(1))
    with pytest.raises(errors.RuleBroken, match="asked already"):
        proposals.ask_opinions(made.pk, **ask, at=later(2))
    proposals.call_off(opinion.pk, reason="改由他单位", actor=cast.clerk, at=later(2))
    proposals.ask_opinions(made.pk, **ask, at=later(3))
    with pytest.raises(errors.RuleBroken, match="Name a department"):
        proposals.ask_opinions(made.pk, question="请会办", actor=cast.drafter, at=later(3))


# --- the reply -------------------------------------------------------------------------------------


def test_no_reply_is_signed_before_somebody_talked_with_the_deputy(cast: Cast) -> None:
    made = story.handled(cast)
    story.draft(cast, made, at=later(1))
    with pytest.raises(errors.RuleBroken, match="talked with the deputy") as refusal:
        proposals.sign(made.pk, actor=cast.leader, at=later(2))
    assert "PRP-3M" in why(refusal)
    story.talk(cast, made, at=later(2))
    proposals.sign(made.pk, actor=cast.leader, at=later(3))


def test_who_drafts_a_reply_does_not_sign_it(cast: Cast) -> None:
    both = make_person(department=cast.department, name="一人两岗", holds=(roles.DRAFTER, roles.LEADER))
    made = story.handled(cast)
    story.talk(cast, made, at=later(1))
    proposals.draft_reply(made.pk, reply_class="A", text="答复。", mark="proactive", actor=both, at=later(1))
    with pytest.raises(errors.NotAllowed):
        proposals.sign(made.pk, actor=both, at=later(2))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"reply_class": "E"}, "class of those this session uses"),
        ({"mark": "on_request"}, "names its ground"),
        ({"mark": ""}, "must be given"),
        ({"reply_class": "B"}, "what will be done by when"),
        ({"commitments": [(MONDAY.date(), "立即完成")]}, "for a day to come"),
        ({"commitments": [(date(2026, 12, 31), "致电13800001234告知")]}, "personal data"),
    ],
)
def test_a_reply_that_is_not_sound_is_not_drafted(cast: Cast, given: dict, said: str) -> None:
    made = story.handled(cast)
    with pytest.raises(errors.RuleBroken, match=said):
        story.draft(cast, made, at=later(1), **given)


def test_a_session_of_three_classes_knows_no_fourth(cast: Cast) -> None:
    made = story.handled(cast, story.session(cast, classes="three"))
    with pytest.raises(errors.RuleBroken):
        story.draft(cast, made, at=later(1), reply_class="D")


def test_a_late_reply_is_late_for_ever_and_one_on_the_last_day_is_not(cast: Cast) -> None:
    of = story.session(cast)
    in_time, late = story.handled(cast, of, number="1"), story.handled(cast, of, number="2")
    assert reading(late, "reply").due_on == date(2026, 6, 2)
    story.replied(cast, in_time, at=datetime(2026, 6, 2, 15, tzinfo=MONDAY.tzinfo))
    story.replied(cast, late, at=datetime(2026, 6, 3, 9, tzinfo=MONDAY.tzinfo))
    assert [story.fresh(each).is_in_time for each in (in_time, late)] == [True, False]
    assert [reading(each, "reply", later(200)).met for each in (in_time, late)] == [True, False]


def test_a_reply_that_is_sent_back_is_drafted_anew_and_keeps_its_number(cast: Cast) -> None:
    made = story.handled(cast)
    story.draft(cast, made, at=later(1), commitments=[(date(2026, 12, 31), "增设车位")])
    proposals.return_reply(made.pk, reason="补充数据", actor=cast.head, at=later(2))
    story.draft(cast, made, at=later(3))
    assert [(reply.number, reply.commitments.count()) for reply in Reply.objects.all()] == [(1, 0)]
