"""After the answer: remedies, an answer given anew, figures, corrections."""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from sunshine.core.matters import queries as matters
from sunshine.core.matters.models import Matter
from sunshine.kernel import errors
from sunshine.work.requests import operations as requests
from sunshine.work.requests import queries
from sunshine.work.requests.models import Answer, Enclosure, Remedy, Request, SealedFile
from tests import cast as plays
from tests.cast import MONDAY, Cast
from tests.rooms import requests_story as story

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MIGRATION = import_module("sunshine.work.requests.migrations.0005_tell_apart_what_went_out_before")


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


def names_given(request: Request) -> list[str]:
    return [requests.opened(file)[0] for file in queries.papers(fresh(request).matter)]


def answered_and_taken_up_again(cast: Cast) -> Request:
    """Return a request that was answered with a file and is being answered anew, with another one laid."""
    request = story.handled(cast)
    laid: dict[str, Any] = {"data": "收费".encode(), "actor": cast.drafter}
    requests.enclose(request.pk, name="原件.txt", **laid, at=later(2))
    story.answer(cast, request, at=later(3))
    requests.answer_anew(
        request.pk, reason="复议纠正", ordered_on=later(9).date(), actor=cast.office_head, at=later(9)
    )
    requests.enclose(request.pk, name="补充.txt", **laid, at=later(10))
    requests.draft_reply(
        request.pk,
        outcome="disclosed",
        finding="另查明。",
        public_subject="停车收费成本",
        details={"handover": "电子"},
        actor=cast.drafter,
        at=later(11),
    )
    return request


def test_while_a_request_is_answered_anew_only_what_went_out_is_seen_outside(cast: Cast) -> None:
    request = answered_and_taken_up_again(cast)
    before = ["政府信息公开告知书.pdf", "政府信息公开告知书.docx", "原件.txt"]
    for _step in ("drafted", "approved"):
        assert names_given(request) == before
        assert queries.line(fresh(request)).subject == "停车收费标准"
        if stage(request) == "reply_drafted":
            requests.approve(request.pk, actor=cast.office_head, at=later(12))
    requests.reply(
        request.pk, service="electronic", served_on=later(13).date(), actor=cast.clerk, at=later(13)
    )
    assert sorted(names_given(request)) == sorted([*before, *before[:2], "补充.txt"])
    assert queries.line(fresh(request)).subject == "停车收费成本"


def test_a_file_that_went_out_is_not_taken_out_when_the_answer_is_given_anew(cast: Cast) -> None:
    request = story.handled(cast)
    laid = requests.enclose(
        request.pk, name="原件.txt", data="收费".encode(), actor=cast.drafter, at=later(2)
    )
    story.answer(cast, request, at=later(3))
    requests.answer_anew(
        request.pk, reason="复议纠正", ordered_on=later(9).date(), actor=cast.office_head, at=later(9)
    )
    with pytest.raises(errors.RuleBroken, match="no such file"):
        requests.take_out(request.pk, enclosure=laid.pk, actor=cast.drafter, at=later(10))
    assert "原件.txt" in names_given(request)


def test_the_subject_of_a_draft_is_not_told_when_the_applicant_withdraws(cast: Cast) -> None:
    request = story.handled(cast)
    facts: dict[str, Any] = {"finding": "x", "details": {"handover": "电子"}, "actor": cast.drafter}
    requests.draft_reply(request.pk, outcome="disclosed", public_subject="停车", **facts, at=later(2))
    requests.withdraw(request.pk, note="不再需要", actor=cast.clerk, at=later(3))
    assert queries.line(fresh(request)).subject == ""


def test_answers_of_before_get_the_subject_and_the_files_that_they_had(cast: Cast) -> None:
    answered = story.handled(cast)
    requests.enclose(answered.pk, name="甲.txt", data="甲".encode(), actor=cast.drafter, at=later(2))
    story.answer(cast, answered, at=later(3))
    anew = answered_and_taken_up_again(cast)
    Enclosure.objects.update(answer=None)
    Answer.objects.update(public_subject="")
    Request.objects.filter(pk=anew.pk).update(public_subject="停车收费成本")
    MIGRATION.tell_apart(apps, None)
    assert "甲.txt" in names_given(answered)
    assert queries.line(fresh(answered)).subject == answered.answers.get().public_subject == "停车收费标准"
    assert "原件.txt" in names_given(anew)
    assert "补充.txt" not in names_given(anew)
    assert queries.line(fresh(anew)).subject == ""
    assert anew.answers.get(number=2).public_subject == "停车收费成本"


def with_files_of_every_kind(cast: Cast) -> Request:
    """Return a request with a file that came, one taken out, one laid, and a letter that was sent back."""
    request = story.handled(cast, files=(("证明.txt", "证明".encode()),))
    facts: dict[str, Any] = {"finding": "x", "public_subject": "停车", "details": {"handover": "电子"}}
    laid = requests.enclose(request.pk, name="错件.txt", data="错".encode(), actor=cast.drafter, at=later(1))
    requests.take_out(request.pk, enclosure=laid.pk, actor=cast.drafter, at=later(1))
    requests.enclose(request.pk, name="原件.txt", data="收费".encode(), actor=cast.drafter, at=later(1))
    requests.draft_reply(request.pk, outcome="disclosed", **facts, actor=cast.drafter, at=later(1))
    requests.approve(request.pk, actor=cast.office_head, at=later(2))
    requests.return_draft(request.pk, reason="错字", actor=cast.clerk, at=later(2))
    return request


def names_that_came(request: Request) -> list[str]:
    return [requests.opened(file)[0] for file in queries.files_of(fresh(request).matter)]


def test_only_what_came_with_the_request_is_shown_as_the_applicants(cast: Cast) -> None:
    assert names_that_came(with_files_of_every_kind(cast)) == ["证明.txt"]


def test_files_of_before_get_the_kind_that_they_are(cast: Cast) -> None:
    request = with_files_of_every_kind(cast)
    files = SealedFile.objects.filter(matter=request.matter)
    before = dict(files.exclude(enclosure=None, given_in=None).values_list("pk", "kind"))
    SealedFile.objects.update(kind="")
    MIGRATION.tell_kinds(apps, None)
    assert names_that_came(request) == ["证明.txt"]
    assert before.items() <= dict(files.values_list("pk", "kind")).items()
    assert not files.filter(kind="").exists()


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
