"""After the answer: remedies, an answer given anew, figures, corrections."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from sunshine.core.matters import queries as matters
from sunshine.core.matters.models import Matter
from sunshine.kernel import errors
from sunshine.work.requests import operations as requests
from sunshine.work.requests import queries
from sunshine.work.requests.models import Remedy, Request
from tests import cast as plays
from tests.cast import MONDAY, Cast
from tests.rooms import requests_story as story

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    return plays.make_cast()


def later(days: int) -> datetime:
    return MONDAY + days * DAY


def fresh(request: Request) -> Request:
    return Request.objects.select_related("matter").get(pk=request.pk)


def stage(request: Request) -> str:
    return Matter.objects.values_list("stage", flat=True).get(pk=request.pk)


def rows(request: Request) -> tuple[str, str, str]:
    found = fresh(request)
    return found.matter.stage, found.outcome, found.row


def test_a_lost_reconsideration_is_answered_anew_and_the_first_row_stays(cast: Cast) -> None:
    details = {"which": "过程稿"}
    request = story.answer(cast, story.handled(cast), "process", at=later(3), details=details)
    remedy = requests.open_remedy(
        request,
        track="simple",
        filed_on=later(10).date(),
        received_on=later(14).date(),
        actor=cast.legal,
        at=later(14),
    )
    requests.defend(remedy.pk, sent_on=later(16).date(), actor=cast.legal, at=later(16))
    requests.decide(
        remedy.pk, result="corrected", decided_on=later(40).date(), actor=cast.legal, at=later(40)
    )
    requests.answer_anew(
        request.pk, reason="复议纠正", ordered_on=later(41).date(), actor=cast.office_head, at=later(41)
    )
    assert matters.readings(fresh(request).matter, now=later(41))["reply"].left == 20
    story.answer(cast, request, at=later(45))
    assert rows(request) == ("answered", "process", "3.6")
    assert request.answers.count() == 2
    counted = list(queries.counted_remedies(until=later(50).date()))
    assert [(each.sort, each.result) for each in counted] == [("reconsideration", "corrected")]
    assert [each.result for each in queries.counted_remedies(until=later(30).date())] == [""]


def test_a_lawsuit_against_a_refusal_without_reconsideration_must_say_why(cast: Cast) -> None:
    request = story.answer(cast, story.handled(cast), "process", at=later(3), details={"which": "过程稿"})
    facts: dict[str, Any] = {
        "filed_on": later(10).date(),
        "received_on": later(14).date(),
        "actor": cast.legal,
    }
    with pytest.raises(errors.RuleBroken, match="reconsideration first"):
        requests.open_remedy(request, track="court", at=later(14), **facts)
    remedy = requests.open_remedy(request, track="court", note="法院已立案", at=later(14), **facts)
    assert remedy.after_id is None


def test_a_lawsuit_after_a_reconsideration_is_linked_to_it(cast: Cast) -> None:
    request = story.answer(cast, story.handled(cast), "process", at=later(3), details={"which": "过程稿"})
    facts: dict[str, Any] = {
        "filed_on": later(10).date(),
        "received_on": later(14).date(),
        "actor": cast.legal,
    }
    first = requests.open_remedy(request, track="ordinary", at=later(14), **facts)
    requests.decide(first.pk, result="upheld", decided_on=later(20).date(), actor=cast.legal, at=later(20))
    second = requests.open_remedy(request, track="court", at=later(21), **facts)
    assert second.after_id == first.pk


def opened(cast: Cast, request: Request, track: str, filed: int, **more: Any) -> Remedy:
    facts: dict[str, Any] = {"filed_on": later(filed).date(), "received_on": later(filed).date(), **more}
    at = later(max(filed, 60))
    return requests.open_remedy(fresh(request), track=track, actor=cast.legal, **{"at": at, **facts})


def refused(cast: Cast, at: datetime = MONDAY) -> Request:
    request = story.handled(cast, at=at)
    return story.answer(cast, request, "process", at=at + 3 * DAY, details={"which": "过程稿"})


def test_silence_is_contested_either_way_once_the_reply_is_overdue(cast: Cast) -> None:
    request = story.handled(cast)  # due on 30 March
    with pytest.raises(errors.RuleBroken, match="not answered"):
        opened(cast, request, "ordinary", 28)
    for track, sort in (("court", "lawsuit"), ("ordinary", "reconsideration")):
        remedy = opened(cast, request, track, 29)
        assert (remedy.sort, remedy.after_id) == (sort, None)
    assert len(list(queries.counted_remedies(until=later(30).date()))) == 2


def test_what_was_filed_against_silence_is_entered_after_a_late_answer_too(cast: Cast) -> None:
    request = story.answer(cast, story.handled(cast), "process", at=later(40), details={"which": "过程稿"})
    opened(cast, request, "ordinary", 31)
    with pytest.raises(errors.RuleBroken, match="not answered"):
        opened(cast, request, "ordinary", 20)
    with pytest.raises(errors.RuleBroken, match="reconsideration first"):
        opened(cast, request, "court", 45)


@pytest.mark.parametrize(
    ("filed", "received", "field"), [(1500, 14, "filed_on"), (12, 10, "received_on"), (2, 14, "filed_on")]
)
def test_a_remedy_is_filed_then_told_then_entered(cast: Cast, filed: int, received: int, field: str) -> None:
    request = refused(cast)
    days = {"received_on": later(received).date(), "at": later(20)}
    with pytest.raises(errors.RuleBroken) as refusal:
        opened(cast, request, "ordinary", filed, **days)
    assert [reason.field for reason in refusal.value.reasons] == [field]
    assert not Remedy.objects.exists()


def test_a_remedy_is_not_decided_or_answered_before_it_was_filed(cast: Cast) -> None:
    remedy = opened(cast, refused(cast), "ordinary", 10)
    with pytest.raises(errors.RuleBroken, match="cannot have been before"):
        requests.defend(remedy.pk, sent_on=later(9).date(), actor=cast.legal, at=later(61))
    with pytest.raises(errors.RuleBroken, match="cannot have been before"):
        requests.decide(
            remedy.pk, result="upheld", decided_on=later(9).date(), actor=cast.legal, at=later(61)
        )


def test_a_lawsuit_against_a_new_answer_does_not_follow_a_reconsideration_of_the_old_one(cast: Cast) -> None:
    request = refused(cast)
    first = opened(cast, request, "ordinary", 10)
    requests.decide(first.pk, result="corrected", decided_on=later(60).date(), actor=cast.legal, at=later(60))
    requests.answer_anew(
        request.pk, reason="复议纠正", ordered_on=later(60).date(), actor=cast.office_head, at=later(60)
    )
    story.answer(cast, request, at=later(63))
    assert opened(cast, request, "court", 62, note="法院已立案").after_id == first.pk
    assert opened(cast, request, "court", 65).after_id is None


def test_what_is_counted_at_a_days_end_forgets_what_came_later(cast: Cast) -> None:
    request = story.answer(cast, story.handled(cast), at=later(3))
    before = next(iter(queries.counted(until=later(2).date())))
    after = next(iter(queries.counted(until=later(3).date())))
    assert (before.closed_on, before.row) == (None, "")
    assert (after.closed_on, after.row) == (fresh(request).closed_on, "1")


def test_the_public_line_says_nothing_of_the_subject_before_the_answer(cast: Cast) -> None:
    request = story.handled(cast)
    assert queries.line(fresh(request)).subject == ""
    story.answer(cast, request, at=later(3))
    assert queries.line(fresh(request)).subject == "停车收费标准"


def test_correcting_ones_own_data_is_no_request_in_the_figures(cast: Cast) -> None:
    correction, _code = requests.open_correction(
        wanted="本人车牌登记有误",
        identity=story.PERSON,
        received_on=MONDAY.date(),
        office=cast.office,
        actor=cast.clerk,
        at=MONDAY,
    )
    requests.propose_decision(
        correction.pk, decision="corrected", reason="证据充分", actor=cast.clerk, at=later(1)
    )
    requests.settle(correction.pk, actor=cast.office_head, at=later(2))
    assert Matter.objects.get(pk=correction.pk).closed_at is not None
    assert list(queries.counted(until=later(3).date())) == []
