"""Proposals after the reply: satisfaction, commitments, publication, and what is counted."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from sunshine.core.ledger.models import Entry, Leaf
from sunshine.core.matters import queries as matters
from sunshine.core.matters.models import Matter
from sunshine.core.people import operations as people
from sunshine.core.people import rules as roles
from sunshine.kernel import errors
from sunshine.project import worker
from sunshine.work.documents import operations as documents
from sunshine.work.proposals import composing, queries, rules
from sunshine.work.proposals import operations as proposals
from sunshine.work.proposals.models import Commitment, Proposal, Publication, Reply
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
    keep: dict[str, Any] = {
        "commitment": commitment.pk,
        "kept_on": later(20).date(),
        "actor": cast.head,
        "at": later(20),
    }
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
    put_off: dict[str, Any] = {"commitment": commitment.pk, "reason": "汛期停工", "actor": cast.head}
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
    second: dict[str, Any] = {"document": "D2026-00099", "actor": cast.drafter}
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
    figures = rules.figures(queries.counted(on=later(3).date(), year=2026))
    names = ("all", "lead", "joint", "returned", "open")
    assert [figures[f"proposals.{name}"].value for name in names] == [64, 32, 32, 1, 64]
    assert set(figures) == set(rules.NAMES)
    assert rules.add_up(figures)


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
    figures = rules.figures(queries.counted(on=later(120).date(), session=of.code))
    assert rules.add_up(figures)
    counted = {name.partition(".")[2]: figure.value for name, figure in figures.items()}
    assert counted["late"] == 2  # one reply after three months, one opinion not given in a month
    assert counted["class.B"] == 3
    assert (counted["commitments"], counted["commitments_overdue"]) == (3, 3)
    assert all(
        figure.value == len(figure.cases) for name, figure in figures.items() if "commitments" not in name
    )


def test_what_is_open_is_late_from_the_day_after_its_last_day_on(cast: Cast) -> None:
    made = story.handled(cast)
    last = reading(made, "reply").due_on
    late = [
        rules.figures(queries.counted(on=day, session=made.session.code))["proposals.late"].value
        for day in (last, last + DAY)
    ]
    assert late == [0, 1]


def test_a_reply_drafted_early_in_the_morning_is_formed_on_that_day(cast: Cast) -> None:
    made = story.handled(cast)
    at = datetime(2026, 3, 10, 7, 30, tzinfo=MONDAY.tzinfo)
    story.talk(cast, made, at=at)
    story.draft(cast, made, at=at.astimezone(UTC))
    assert composing.document(Reply.objects.get()).formed_on == date(2026, 3, 10)


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
    department, drafter, _head = story.joint_department(0)
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
