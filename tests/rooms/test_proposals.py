"""Suggestions and proposals, from the list to the kept promise, one operation at a time."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from sunshine.core.ledger.models import Entry, Leaf
from sunshine.core.matters import queries as matters
from sunshine.core.matters.models import Matter
from sunshine.core.people import operations as people
from sunshine.core.people import rules as roles
from sunshine.core.people.models import Department, Person
from sunshine.kernel import errors
from sunshine.project import worker
from sunshine.work.documents import operations as documents
from sunshine.work.proposals import operations as proposals
from sunshine.work.proposals import queries, rules
from sunshine.work.proposals.models import Commitment, Opinion, Proposal, Publication, Reply
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
    told = {"reason": "涉及面广", "told_on": MONDAY.date(), "actor": cast.office_head, "at": later(2)}
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


def joint_department(number: int) -> tuple[Department, Person, Person]:
    department = people.found_department(code=f"joint{number}", name=f"会办{number}处", position=9 + number)
    drafter = make_person(department=department, name=f"会办员{number}", holds=(roles.DRAFTER,))
    head = make_person(department=department, name=f"会办处长{number}", holds=(roles.DEPARTMENT_HEAD,))
    return department, drafter, head


def test_a_reply_waits_for_three_joint_departments_or_says_why_it_goes_without(cast: Cast) -> None:
    made = story.handled(cast)
    houses = [joint_department(number) for number in range(3)]
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
    department, drafter, _head = joint_department(0)
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
    ask = {"question": "请会办", "bodies": ["市公安局"], "actor": cast.drafter}
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


# --- satisfaction ----------------------------------------------------------------------------------


def test_a_deputy_who_is_not_satisfied_gets_a_second_reply_and_both_are_kept(cast: Cast) -> None:
    made = story.replied(cast, story.handled(cast), at=later(30))
    story.rated(cast, made, "dissatisfied", at=later(35))
    assert story.stage(made) == "handling_again"
    assert reading(made, "again", later(35)).due_on == date(2026, 5, 6)  # after the May holidays
    story.draft(cast, made, at=later(36), text="再次答复。")
    with pytest.raises(errors.RuleBroken, match="talked with the deputy"):
        proposals.sign(made.pk, actor=cast.leader, at=later(36))
    story.talk(cast, made, at=later(37))
    proposals.sign(made.pk, actor=cast.leader, at=later(38))
    proposals.reply(made.pk, replied_on=later(39).date(), way="visit", actor=cast.drafter, at=later(39))
    story.rated(cast, made, "satisfied", at=later(40))
    told = list(Reply.objects.values_list("number", "rating"))
    assert told == [(1, "dissatisfied"), (2, "satisfied")]
    assert (story.stage(made), story.fresh(made).rating) == ("proposal_closed", "satisfied")
    assert story.fresh(made).replied_on == later(30).date()
    assert Publication.objects.count() == 2


def test_silence_is_no_satisfaction_and_closes_only_after_one_asked_again(cast: Cast) -> None:
    made = story.replied(cast, story.handled(cast), at=later(30))
    with pytest.raises(errors.RuleBroken, match="once more"):
        proposals.go_without_rating(made.pk, reason="未反馈", actor=cast.clerk, at=later(50))
    proposals.chase(made.pk, note="电话提醒", actor=cast.drafter, at=later(50))
    proposals.go_without_rating(made.pk, reason="未反馈", actor=cast.clerk, at=later(70))
    assert (story.stage(made), story.fresh(made).rating) == ("proposal_closed", "")


def test_a_closed_proposal_opens_again_when_its_deputy_comes_back(cast: Cast) -> None:
    made = story.replied(cast, story.handled(cast), at=later(30))
    story.rated(cast, made, "satisfied", at=later(35))
    proposals.dissatisfied_later(
        made.pk, reason="车位未建成", rated_on=later(90).date(), actor=cast.clerk, at=later(90)
    )
    assert (story.stage(made), story.fresh(made).rating) == ("handling_again", "dissatisfied")
    assert not reading(made, "again", later(90)).overdue


# --- commitments -----------------------------------------------------------------------------------


def promised(cast: Cast) -> tuple[Proposal, Commitment]:
    made = story.handled(cast)
    story.replied(cast, made, at=later(10), commitments=[(date(2026, 9, 30), "建成百个车位")])
    story.rated(cast, made, "satisfied", at=later(12))
    return made, Commitment.objects.get()


def test_a_proposal_stays_open_until_what_it_promises_is_kept_with_a_proof(cast: Cast) -> None:
    made, commitment = promised(cast)
    assert story.stage(made) == "followed"
    keep = {"commitment": commitment.pk, "kept_on": later(20).date(), "actor": cast.head, "at": later(20)}
    with pytest.raises(errors.RuleBroken, match="must be given"):
        proposals.keep_commitment(made.pk, **keep, proof=" ")
    with pytest.raises(errors.RuleBroken, match="personal data"):
        proposals.keep_commitment(made.pk, **keep, proof="验收人电话13800001234")
    proposals.keep_commitment(made.pk, **keep, proof="竣工验收单2026-17号")
    assert story.stage(made) == "proposal_closed"
    with pytest.raises(errors.StaleStage):
        proposals.keep_commitment(made.pk, **keep, proof="再来一次")


def test_a_commitment_that_is_put_off_keeps_the_day_that_was_promised(cast: Cast) -> None:
    made, commitment = promised(cast)
    put_off = {"commitment": commitment.pk, "reason": "汛期停工", "actor": cast.head}
    with pytest.raises(errors.RuleBroken, match="lies ahead"):
        proposals.put_off_commitment(made.pk, **put_off, due_on=later(10).date(), at=later(20))
    proposals.put_off_commitment(made.pk, **put_off, due_on=date(2026, 11, 30), at=later(20))
    moved = Commitment.objects.get()
    assert (moved.promised_for, moved.due_on) == (date(2026, 9, 30), date(2026, 11, 30))
    assert [each.was_due_on for each in moved.put_off.all()] == [date(2026, 9, 30)]
    assert story.stage(made) == "followed"


def test_a_commitment_of_another_proposal_cannot_be_kept_here(cast: Cast) -> None:
    _made, commitment = promised(cast)
    other = story.replied(
        cast,
        story.handled(cast, story.session(cast, code="other", name="另一次会议")),
        at=later(10),
        commitments=[(date(2026, 9, 30), "另一件事")],
    )
    with pytest.raises(errors.RuleBroken, match="Choose a commitment"):
        proposals.keep_commitment(
            other.pk,
            commitment=commitment.pk,
            kept_on=later(20).date(),
            proof="验收单",
            actor=cast.head,
            at=later(20),
        )


# --- publication -----------------------------------------------------------------------------------


def published(cast: Cast, publication: Publication, at: datetime) -> str:
    document = plays.make_document(cast, title="关于第12号建议的答复", at=at)
    proposals.begin_document(
        publication.pk, document=document.matter.reference, actor=cast.drafter, at=at + 10 * MINUTE
    )
    documents.set_attribute(
        document.pk, attribute="proactive", item=cast.item, actor=cast.drafter, at=at + 11 * MINUTE
    )
    plays.go_on(cast, document.pk, at=at + 20 * MINUTE)
    while worker.work_once(at=at + 60 * MINUTE):
        pass
    return document.matter.reference


def test_a_reply_is_published_within_twenty_working_days_of_being_given(cast: Cast) -> None:
    made = story.replied(cast, story.handled(cast), at=later(10))
    publication = Publication.objects.select_related("matter").get()
    clock = matters.readings(publication.matter, now=later(11))["publish"]
    assert clock.due_on == date(2026, 4, 10)
    published(cast, publication, later(14))
    publication.refresh_from_db()
    assert (publication.published_on, publication.is_in_time) == (later(14).date(), True)
    assert publication.record
    assert Matter.objects.get(pk=publication.pk).stage == "reply_published"
    (row,) = queries.counted(on=later(15).date(), session=made.session.code)
    assert (row.record, row.published_in_time) == (publication.record, True)


def test_a_second_document_is_begun_only_when_the_first_was_given_up(cast: Cast) -> None:
    story.replied(cast, story.handled(cast), at=later(10))
    publication = Publication.objects.get()
    first = plays.make_document(cast, at=later(11))
    proposals.begin_document(
        publication.pk, document=first.matter.reference, actor=cast.drafter, at=later(12)
    )
    second = {"document": "D2026-00099", "actor": cast.drafter}
    with pytest.raises(errors.RuleBroken, match="under way already"):
        proposals.begin_document(publication.pk, **second, at=later(13))
    documents.abandon(first.pk, reason="重写", actor=cast.head, at=later(13))
    proposals.begin_document(publication.pk, **second, at=later(14))


def test_a_reply_that_is_not_public_opens_no_publication(cast: Cast) -> None:
    story.replied(cast, story.handled(cast), at=later(10), mark="not_public", ground="涉及商业秘密")
    assert not Publication.objects.exists()


def test_a_leader_may_decide_with_a_reason_that_a_reply_stays_unpublished(cast: Cast) -> None:
    story.replied(cast, story.handled(cast), at=later(10))
    publication = Publication.objects.get()
    with pytest.raises(errors.NotAllowed):
        proposals.withhold(publication.pk, reason="涉密", actor=cast.office_head, at=later(11))
    proposals.withhold(publication.pk, reason="保密审查未通过", actor=cast.leader, at=later(11))
    assert Matter.objects.get(pk=publication.pk).closed_at is not None


# --- what is counted, what is told -----------------------------------------------------------------


def test_a_session_of_sixty_four_is_thirty_two_led_and_thirty_two_joint(cast: Cast) -> None:
    of = story.session(cast)
    for number in range(32):
        story.entered(cast, of, number=f"主{number}")
        story.joined(cast, of, number=f"会{number}")
    returned = story.entered(cast, of, number="退")
    proposals.hand_back(returned.pk, reason="非我局职责", actor=cast.clerk, at=later(1))
    proposals.assigner_agrees(returned.pk, actor=cast.clerk, at=later(2))
    made = rules.figures(queries.counted(on=later(3).date(), year=2026))
    names = ("all", "lead", "joint", "returned", "open")
    assert [made[f"proposals.{name}"].value for name in names] == [64, 32, 32, 1, 64]
    assert set(made) == set(rules.NAMES)
    assert rules.add_up(made)


def test_every_figure_has_as_many_cases_as_it_says_and_the_parts_make_the_whole(cast: Cast) -> None:
    of = story.session(cast)
    answered = [story.handled(cast, of, number=str(number)) for number in range(4)]
    for made, rating in zip(answered[:3], ("satisfied", "basically", "dissatisfied"), strict=True):
        story.replied(cast, made, at=later(5), commitments=[(date(2026, 4, 30), "建车位")])
        story.rated(cast, made, rating, at=later(6))
    story.replied(cast, answered[3], at=later(100))
    joint = story.joined(cast, of, number="会1")
    story.opined(cast, joint, at=later(5))
    story.joined(cast, of, number="会2")
    made = rules.figures(queries.counted(on=later(120).date(), session=of.code))
    assert rules.add_up(made)
    counted = {name.partition(".")[2]: figure.value for name, figure in made.items()}
    assert counted["late"] == 2  # one reply after three months, one opinion not given in a month
    assert counted["class.B"] == 3
    assert (counted["commitments"], counted["commitments_overdue"]) == (3, 3)
    assert all(
        figure.value == len(figure.cases) for name, figure in made.items() if "commitments" not in name
    )


def test_the_figures_of_a_thousand_cost_as_many_questions_as_those_of_ten(
    cast: Cast, django_assert_max_num_queries
) -> None:
    of = story.session(cast)
    for number in range(12):
        story.entered(cast, of, number=str(number))
    with django_assert_max_num_queries(4):
        queries.counted(on=MONDAY.date(), session=of.code)


def test_the_log_says_what_was_assigned_and_answered_and_never_who_proposed(cast: Cast) -> None:
    made = story.handled(cast)
    story.replied(cast, made, at=later(10), commitments=[(date(2026, 9, 30), "建成百个车位")])
    story.rated(cast, made, "dissatisfied", at=later(12))
    log = " ".join(bytes(leaf.data).decode() for leaf in Leaf.objects.all())
    assert '"number":"12"' in log
    assert '"rating":"dissatisfied"' in log
    assert "测试" not in log
    assert "停车位" not in log
    told = " ".join(str(entry.facts) for entry in Entry.objects.all())
    assert "欧阳" not in told


def test_people_of_an_asked_department_may_read_the_proposal_and_others_not(cast: Cast) -> None:
    made = story.handled(cast)
    department, drafter, _head = joint_department(0)
    other = make_person(
        department=people.found_department(code="x", name="他处"), name="他人", holds=(roles.DRAFTER,)
    )
    matter = Matter.objects.get(pk=made.pk)
    assert not queries.may_read(matter, drafter, at=later(1))
    (opinion,) = proposals.ask_opinions(
        made.pk, question="请会办", departments=[department], actor=cast.drafter, at=later(1)
    )
    assert queries.may_read(matter, drafter, at=later(2))
    assert queries.may_read(opinion.matter, cast.drafter, at=later(2))
    assert not queries.may_read(matter, other, at=later(2))
