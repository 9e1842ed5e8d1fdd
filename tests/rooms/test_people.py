"""Who may act for whom, on which day; nobody leaves work behind."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from sunshine.core.ledger import queries as ledger
from sunshine.core.matters import operations as matters
from sunshine.core.matters.models import Matter
from sunshine.core.people import operations as people_operations
from sunshine.core.people import queries as people
from sunshine.core.people import rules as roles
from sunshine.core.people.models import Holding, Person
from sunshine.kernel import errors
from sunshine.work.documents import operations as documents
from tests import cast as plays
from tests.cast import MONDAY

pytestmark = pytest.mark.django_db

TODAY = MONDAY.date()
LATER = MONDAY + timedelta(hours=1)


def _roles(person, department=None, on: date = TODAY) -> frozenset[str]:
    held = people.held_roles(person, on=on)
    return people.roles_for(held, department_id=department.pk if department else None)


def test_a_drafter_drafts_for_the_own_department_only():
    cast = plays.make_cast()
    assert _roles(cast.drafter, cast.department) == {"drafter"}
    assert _roles(cast.drafter, cast.office) == frozenset()


def test_a_role_counts_from_the_first_to_the_last_day_of_the_term():
    cast = plays.make_cast()
    Holding.objects.filter(person=cast.leader).update(since=TODAY, until=TODAY + timedelta(days=1))
    days = [TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1), TODAY + timedelta(days=2)]
    assert [bool(_roles(cast.leader, on=day)) for day in days] == [False, True, True, False]


def test_while_somebody_is_away_the_delegate_may_do_what_they_may_and_no_longer():
    cast = plays.make_cast()
    matters.delegate(
        giver=cast.leader,
        taker=cast.office_head,
        since=TODAY,
        until=TODAY + timedelta(days=3),
        reason="年休假",
        actor=cast.administrator,
        at=MONDAY,
    )
    assert "leader" in _roles(cast.office_head)
    assert "leader" not in _roles(cast.office_head, on=TODAY + timedelta(days=4))
    assert "leader" in _roles(cast.leader)


@pytest.mark.parametrize("days", [0, 2])
def test_a_delegation_is_ended_at_once_and_once(days: int):
    cast = plays.make_cast()
    by: dict[str, Any] = {"actor": cast.leader, "at": MONDAY}
    away: dict[str, Any] = {"since": TODAY, "until": TODAY + timedelta(days=9), "reason": "年休假"}
    given = matters.delegate(giver=cast.leader, taker=cast.office_head, **away, **by)
    back = MONDAY + timedelta(days=days)
    matters.end_delegation(given.pk, actor=cast.leader, at=back)
    assert "leader" not in _roles(cast.office_head, on=back.date())
    assert ("leader" in _roles(cast.office_head, on=TODAY)) == bool(days)
    assert ledger.newest(limit=1)[0].kind == "post.delegation_ended"
    with pytest.raises(errors.StaleStage):
        matters.end_delegation(given.pk, actor=cast.leader, at=back)


def test_a_delegate_is_not_named_four_times_in_one_decision():
    """Standing in for the leader does not let a reviewer sign what they reviewed."""
    cast = plays.make_cast()
    document = plays.make_document(cast, upto="at_leader")
    matters.delegate(
        giver=cast.leader,
        taker=cast.proofreader,
        since=TODAY,
        until=TODAY,
        reason="出差",
        actor=cast.administrator,
        at=MONDAY,
    )
    with pytest.raises(errors.NotAllowed):
        documents.sign_off(
            document.matter_id,
            digest=plays.digest_of(document.matter_id),
            actor=cast.proofreader,
            at=LATER,
        )


def test_a_post_has_one_holder_and_an_empty_one_is_seen():
    cast = plays.make_cast()
    post = Holding.objects.get(person=cast.legal).post
    with pytest.raises(errors.RuleBroken):
        matters.appoint(post=post, person=cast.clerk, since=TODAY, actor=cast.administrator, at=MONDAY)
    holding = Holding.objects.get(person=cast.legal)
    matters.leave_post(holding.pk, until=TODAY, successor=None, actor=cast.administrator, at=MONDAY)
    assert people.vacant_posts(on=TODAY + timedelta(days=1)) == [post]


def test_leaving_a_post_hands_over_everything_that_is_open_in_one_act():
    cast = plays.make_cast()
    successor = plays.make_person(department=cast.department, name="接任丑", holds=(roles.DRAFTER,))
    open_ones = [plays.make_document(cast).matter_id for _ in range(3)]
    done = plays.make_document(cast, upto="drafting")
    documents.abandon(done.matter_id, reason="不再需要", actor=cast.drafter, at=LATER)
    holding = Holding.objects.get(person=cast.drafter)
    with pytest.raises(errors.RuleBroken):
        matters.leave_post(holding.pk, until=TODAY, successor=None, actor=cast.administrator, at=LATER)
    handed = matters.leave_post(
        holding.pk, until=TODAY, successor=successor, actor=cast.administrator, at=LATER
    )
    assert handed == 3
    assert set(Matter.objects.filter(officer=successor).values_list("pk", flat=True)) == set(open_ones)
    assert not Matter.objects.filter(officer=cast.drafter, closed_at=None).exists()
    told = ledger.timeline(Matter.objects.get(pk=open_ones[0]).reference).last()
    assert told is not None
    assert told.kind == "document.handed_over"


def leave(cast: plays.Cast, *, successor: Person | None, until: date = TODAY) -> None:
    term = Holding.objects.get(person=cast.drafter)
    matters.leave_post(term.pk, until=until, successor=successor, actor=cast.administrator, at=LATER)


@pytest.mark.parametrize("who", ["closed", "elsewhere", "backwards"])
def test_work_is_handed_only_to_who_can_do_it_and_on_a_day_of_the_term(who: str):
    cast = plays.make_cast()
    plays.make_document(cast)
    other = people_operations.found_department(code="other", name="环卫管理处")
    successor = plays.make_person(
        department=other if who == "elsewhere" else cast.department, name="接任丑", holds=(roles.DRAFTER,)
    )
    if who == "closed":
        Person.objects.filter(pk=successor.pk).update(is_active=False)
        successor.refresh_from_db()
    until = date(1999, 1, 1) if who == "backwards" else TODAY
    with pytest.raises(errors.RuleBroken) as refusal:
        leave(cast, successor=successor, until=until)
    assert refusal.value.reasons[0].field == ("until" if who == "backwards" else "successor")
    assert Matter.objects.get().officer == cast.drafter


def test_nobody_is_appointed_to_a_post_while_the_last_holder_is_in_it_still():
    cast = plays.make_cast()
    post = Holding.objects.get(person=cast.drafter).post
    last = TODAY + timedelta(days=60)
    leave(cast, successor=None, until=last)
    with pytest.raises(errors.RuleBroken) as refusal:
        matters.appoint(post=post, person=cast.head, since=last, actor=cast.administrator, at=LATER)
    assert refusal.value.reasons[0].field == "since"
    matters.appoint(
        post=post, person=cast.head, since=last + timedelta(days=1), actor=cast.administrator, at=LATER
    )


def test_nobody_is_appointed_to_a_closed_post_or_with_a_closed_account():
    cast = plays.make_cast()
    post = people_operations.create_post(department=cast.department, title="撤销的岗", roles=(roles.LEADER,))
    people_operations.close_post(post, on=TODAY)
    somebody = Person.objects.create_user("somebody", name="某人")
    with pytest.raises(errors.RuleBroken, match="is closed"):
        people_operations.appoint(post=post, person=somebody, since=TODAY)
    seat = people_operations.create_post(department=cast.department, title="空岗", roles=(roles.DRAFTER,))
    people_operations.close_account(somebody, on=TODAY)
    with pytest.raises(errors.RuleBroken, match="account is closed"):
        people_operations.appoint(post=seat, person=somebody, since=TODAY)
    assert _roles(somebody) == frozenset()


def test_no_account_closes_while_its_term_runs_on_or_work_is_left_with_it():
    cast = plays.make_cast()
    other = plays.make_person(department=cast.department, name="接手人", holds=(roles.DRAFTER,))
    last = TODAY + timedelta(days=20)
    term = Holding.objects.get(person=cast.drafter)
    by: dict[str, Any] = {"actor": cast.administrator, "at": LATER}
    matters.leave_post(term.pk, until=last, successor=other, **by)
    with pytest.raises(errors.RuleBroken, match="still holds a post"):
        matters.close_account(cast.drafter, **by)
    begun = plays.make_document(cast, at=MONDAY + timedelta(days=10))  # in the days that were left
    after: dict[str, Any] = {"actor": cast.administrator, "at": MONDAY + timedelta(days=30)}
    with pytest.raises(errors.RuleBroken, match="still holds 1 open matters"):
        matters.close_account(cast.drafter, **after)
    documents.hand_over(begun.matter_id, officer=other, actor=cast.head, at=MONDAY + timedelta(days=30))
    matters.close_account(cast.drafter, **after)
    assert not Person.objects.get(pk=cast.drafter.pk).is_active
