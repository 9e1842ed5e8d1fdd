"""Comment calls: a draft's record opens one, people speak, all is answered, the report ends it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from sunshine.core.ledger.models import Entry, Leaf
from sunshine.core.matters import sealing
from sunshine.core.publishing.models import Record
from sunshine.doors.desk import calls_report
from sunshine.kernel import errors
from sunshine.kernel.period import SHANGHAI
from sunshine.project import worker
from sunshine.work.documents import operations as documents
from sunshine.work.documents.models import Document
from sunshine.work.participation import composing, texting
from sunshine.work.participation.models import CommentCall, OpinionGroup, Submission
from sunshine.work.participation.operations import answering, calls, moderating, sending
from sunshine.work.participation.operations.sending import Said
from sunshine.work.participation.queries import calls as queries
from tests import cast as plays
from tests.cast import MONDAY

pytestmark = pytest.mark.django_db

UNTIL = date(2026, 4, 10)
LAST_MINUTE = datetime(2026, 4, 10, 23, 59, tzinfo=SHANGHAI)
TABLE = "<table><tr><td>一类</td><td>四元</td></tr></table>"
BODY = f"<h2>一、范围</h2><p>本方案适用于道路停车。</p>{TABLE}<p>夜间免费。</p>"


def make_call(
    cast: plays.Cast, *, until: date = UNTIL, identity: str = "none", at: datetime = MONDAY, body: str = BODY
) -> CommentCall:
    """Publish a draft for comment and let the worker open its call."""
    fields = {"comment_until": until.isoformat(), "comment_identity": identity, "explanation": "为了周转"}
    record = plays.make_record(
        cast, kind="decision_draft", title="停车收费方案（草案）", body=body, at=at, fields=fields
    )
    work(at + timedelta(hours=1))
    return CommentCall.objects.select_related("matter", "record").get(record=record)


def work(at: datetime) -> None:
    """Let the worker hear what happened, then group what is new (the schedule of the tests may be late)."""
    while worker.work_once(at=at):
        pass
    answering.group_what_is_new(at=at)


def say(
    call: CommentCall,
    text: str,
    *,
    place: int = 0,
    at: datetime = MONDAY + timedelta(days=1),
    begun_at: datetime | None = None,
    files: Sequence[tuple[str, bytes]] = (),
    is_much: bool = False,
    **sender: str,
) -> tuple[Submission, str]:
    return sending.send(call, Said([(place, text)], sender, begun_at or at, files, is_much=is_much), at=at)


def close(call: CommentCall) -> None:
    at = datetime(2026, 4, 11, 0, 11, tzinfo=SHANGHAI)
    assert calls.close_what_is_over(at=at) == 1
    call.matter.refresh_from_db()


def release_all(cast: plays.Cast, call: CommentCall, at: datetime) -> None:
    numbers = list(call.submissions.filter(state="held").values_list("number", flat=True))
    moderating.release(call.matter_id, numbers=numbers, actor=cast.clerk, at=at)


def test_the_record_of_a_draft_opens_one_call_and_the_log_says_so():
    cast = plays.make_cast()
    call = make_call(cast)
    assert (call.matter.stage, call.until, call.version) == ("call_open", UNTIL, 1)
    assert call.matter.department == cast.department
    opened = Entry.objects.get(kind="comment_call.open")
    assert b'"until":"2026-04-10"' in bytes(Leaf.objects.get(entry=opened).data)
    again = calls.open_for(call.record, version=1, until=UNTIL, identity="none", at=MONDAY)
    assert again.pk == call.pk
    assert [each.number for each in queries.draft(call, on=UNTIL).paragraphs] == [1, 2, 3, 4]


def test_a_draft_open_for_fewer_than_thirty_days_says_why_or_stays_unpublished():
    cast = plays.make_cast()
    story = {"kind": "decision_draft", "title": "草案", "upto": "approved"}
    short = {"comment_until": "2026-03-20"}
    document = plays.make_document(cast, **story, fields=short)  # type: ignore[arg-type]  # written out above
    with pytest.raises(errors.RuleBroken, match="fewer than 30 days"):
        documents.publish(document.matter_id, actor=cast.office_head, at=MONDAY)
    explained = plays.make_document(
        cast,
        upto="published",
        kind="decision_draft",
        title="急",
        fields={**short, "short_reason": "汛期将至"},
    )
    assert explained.matter.stage == "published"


def test_a_draft_for_comment_that_names_no_last_day_is_not_submitted():
    with pytest.raises(errors.RuleBroken, match="until which day"):
        plays.make_document(plays.make_cast(), upto="at_office", kind="decision_draft", title="草案")


@pytest.mark.parametrize(
    ("begun", "sent", "is_taken"),
    [
        (datetime(2026, 4, 10, 9, 0, tzinfo=SHANGHAI), LAST_MINUTE, True),
        (LAST_MINUTE, datetime(2026, 4, 11, 0, 9, 59, tzinfo=SHANGHAI), True),
        (LAST_MINUTE, datetime(2026, 4, 11, 0, 10, tzinfo=SHANGHAI), False),
        (datetime(2026, 4, 11, 0, 0, tzinfo=SHANGHAI), datetime(2026, 4, 11, 0, 1, tzinfo=SHANGHAI), False),
    ],
)
def test_a_call_closes_at_midnight_with_ten_minutes_for_what_was_begun(
    begun: datetime, sent: datetime, is_taken: bool
):
    call = make_call(plays.make_cast())
    if is_taken:
        submission, _code = say(call, "太贵了", at=sent, begun_at=begun)
        assert submission.in_grace == (sent > LAST_MINUTE)
    else:
        with pytest.raises(errors.RuleBroken, match="closed at 24:00"):
            say(call, "太贵了", at=sent, begun_at=begun)
        assert not call.submissions.exists()
    assert calls.close_what_is_over(at=datetime(2026, 4, 11, 0, 9, tzinfo=SHANGHAI)) == 0


def test_who_speaks_is_sealed_and_the_ledger_knows_nothing_of_it():
    cast = plays.make_cast()
    call = make_call(cast)
    submission, code = say(call, "夜间也该收费", name="不可示人甲", email="a@example.cn")
    assert queries.submission_of_code(code.lower()).pk == submission.pk
    told = str(list(Entry.objects.values("kind", "subject", "facts")))
    assert "不可示人" not in told
    assert "a@example.cn" not in told
    assert "夜间" not in told
    seen = moderating.view_sender(submission, actor=cast.clerk, at=MONDAY)
    assert seen["name"] == "不可示人甲"
    assert Entry.objects.filter(kind="comment_call.identity_viewed", actor=cast.clerk).count() == 1
    with pytest.raises(errors.NotAllowed):
        moderating.view_sender(submission, actor=cast.proofreader, at=MONDAY)


def test_near_duplicates_are_one_group_and_every_person_counts_once():
    cast = plays.make_cast()
    call = make_call(cast)
    text = "坚决反对提高收费标准，普通上班族每天停车负担已经很重，请考虑月票"
    for number in range(6):
        say(call, f"{text}{'！' * number}", email=f"p{number}@example.cn")
    say(call, text, email="p0@example.cn")
    say(call, "建议增加残疾人车位并在每个路段设置明显的指引标志")
    work(MONDAY + timedelta(days=2))
    sizes = [(each.size, each.persons) for each in queries.told(queries.groups(call))]
    assert sorted(sizes) == [(1, 1), (7, 6)]
    counted = queries.counted(call)
    assert (counted.submissions, counted.persons, counted.opinions) == (8, 7, 8)


def test_a_later_opinion_joins_the_standing_group_but_never_one_taken_out():
    cast = plays.make_cast()
    call = make_call(cast)
    text = "建议首小时免费，第二个小时开始收费，夜间不收费"
    say(call, text)
    say(call, text)
    work(MONDAY + timedelta(days=2))
    first = OpinionGroup.objects.get()
    alone = answering.take_out(
        call.matter_id, opinion=first.first_id, actor=cast.drafter, at=MONDAY + timedelta(days=2)
    )
    say(call, text)
    work(MONDAY + timedelta(days=3))
    assert alone.opinions.count() == 1
    assert OpinionGroup.objects.get(is_alone=False).opinions.count() == 2
    with pytest.raises(errors.RuleBroken, match="stands alone"):
        answering.take_out(
            call.matter_id, opinion=alone.first_id, actor=cast.drafter, at=MONDAY + timedelta(days=3)
        )


def test_every_opinion_is_answered_before_the_report_and_a_refusal_names_its_reason():
    cast = plays.make_cast()
    call = make_call(cast)
    for text in ("降低第二小时的价格，超过一小时的人其实也不多", "请公布收费收入去向和审计结果"):
        say(call, text, place=2)
    work(MONDAY + timedelta(days=2))
    close(call)
    at = datetime(2026, 4, 13, 9, 0, tzinfo=SHANGHAI)
    first, second = OpinionGroup.objects.order_by("id")
    given = {"actor": cast.drafter, "at": at}
    with pytest.raises(errors.RuleBroken, match="owed the reason"):
        answering.answer(call.matter_id, groups=[first.pk], answer="not_adopted", **given)  # type: ignore[arg-type]  # actor and moment
    answering.answer(call.matter_id, groups=[first.pk], answer="not_adopted", reason="成本", **given)  # type: ignore[arg-type]  # actor and moment
    with pytest.raises(errors.RuleBroken) as refusal:
        calls.begin_report(call.matter_id, document="D", **given)  # type: ignore[arg-type]  # actor and moment
    said = " ".join(str(reason) for reason in refusal.value.reasons)
    assert "1 opinions have no answer" in said
    assert "2 messages were not looked at" in said
    release_all(cast, call, at)
    answering.answer(call.matter_id, groups=[second.pk], answer="adopted", **given)  # type: ignore[arg-type]  # actor and moment
    calls.begin_report(call.matter_id, document="D", **given)  # type: ignore[arg-type]  # actor and moment


def test_the_public_report_ends_the_call_and_shows_what_changed():
    cast = plays.make_cast()
    call = make_call(cast)
    say(call, "请把夜间免费改为九点以后，联系电话13800001234", place=4)
    work(MONDAY + timedelta(days=2))
    close(call)
    at = datetime(2026, 4, 13, 9, 0, tzinfo=SHANGHAI)
    release_all(cast, call, at)
    group = OpinionGroup.objects.get()
    answering.answer(
        call.matter_id, groups=[group.pk], answer="partly", reason="改为二十二点", actor=cast.drafter, at=at
    )
    text = calls_report.body(call, BODY.replace("夜间免费", "二十二点以后免费"))
    assert "13800001234" not in text
    assert "部分采纳" in text
    assert "<u>二十二点以后</u>" in text
    assert "<s>夜间</s>" in text
    report = plays.make_document(
        cast, upto="approved", kind="adoption_report", title="采纳情况", body=text, at=at
    )
    calls.begin_report(call.matter_id, document=report.matter.reference, actor=cast.drafter, at=at)
    documents.publish(report.matter_id, actor=cast.office_head, at=at + timedelta(days=1))
    work(at + timedelta(days=1, minutes=1))
    call.refresh_from_db()
    assert Document.objects.get(pk=report.pk).matter.stage == "published"
    assert call.matter.stage == "call_reported"
    assert call.report is not None
    assert call.report.kind == "adoption_report"


def test_hiding_is_counted_in_the_log_undone_at_will_and_needs_a_reason_of_the_list():
    cast = plays.make_cast()
    call = make_call(cast)
    for number in range(3):
        say(call, f"广告{number}：便宜发票请联系，量大从优")
    given = {"actor": cast.clerk, "at": MONDAY + timedelta(days=2)}
    with pytest.raises(errors.RuleBroken, match="Choose why"):
        moderating.hide(call.matter_id, numbers=[1], hiding="disagrees", **given)  # type: ignore[arg-type]  # actor and moment
    moderating.hide(call.matter_id, numbers=[1, 2, 3], hiding="advertisement", **given)  # type: ignore[arg-type]  # actor and moment
    assert queries.counted(call).hidden == 3
    assert queries.counted(call).opinions == 0
    work(MONDAY + timedelta(days=2))
    assert not queries.groups(call).exists()
    moderating.restore(call.matter_id, numbers=[2], **given)  # type: ignore[arg-type]  # actor and moment
    counted = queries.counted(call)
    assert (counted.hidden, counted.restored, counted.submissions) == (2, 1, 1)
    lines = [bytes(leaf.data) for leaf in Leaf.objects.filter(entry__kind__in=["comment_call.hide"])]
    assert b'"count":3' in lines[0]
    with pytest.raises(errors.StaleStage):
        moderating.release(call.matter_id, numbers=[1], **given)  # type: ignore[arg-type]  # actor and moment


def test_too_much_from_one_place_is_kept_and_counts_once_it_is_confirmed():
    cast = plays.make_cast()
    call = make_call(cast)
    submission, _code = say(call, "支持差别化收费", is_much=True)
    assert submission.confirmed_at is None
    assert queries.counted(call).unconfirmed == 1
    assert queries.counted(call).submissions == 0
    moderating.confirm(call.matter_id, numbers=[1], actor=cast.clerk, at=MONDAY + timedelta(days=2))
    assert queries.counted(call).submissions == 1


def test_a_call_that_asks_for_a_telephone_confirms_by_code_and_knows_the_person_again(
    monkeypatch: pytest.MonkeyPatch,
):
    sent: list[tuple[str, str]] = []
    monkeypatch.setattr(texting, "send", lambda to, text: sent.append((to, text)))
    cast = plays.make_cast()
    call = make_call(cast, identity="phone")
    with pytest.raises(errors.RuleBroken, match="asks for a telephone"):
        say(call, "没有电话")
    submission, _code = say(call, "支持", phone="138 0000 1234")
    assert submission.confirmed_at is None
    sending.send_phone_code(submission, text="%(code)s")
    (number, code), *_rest = sent
    assert number == "138 0000 1234"
    with pytest.raises(errors.RuleBroken, match="not the code"):
        sending.confirm_phone(submission, "abcdef", at=MONDAY)
    sending.confirm_phone(submission, code, at=MONDAY)
    assert queries.counted(call).persons == 1
    moderating.release(call.matter_id, numbers=[1], actor=cast.clerk, at=MONDAY + timedelta(days=2))
    second, _code = say(call, "再说一句", phone="13800001234")
    assert second.state == "shown"
    assert second.mark == submission.mark
    assert queries.shown(call).count() == 1  # the second is not confirmed yet


def test_guessing_a_telephone_code_ends_after_five_tries(monkeypatch: pytest.MonkeyPatch):
    sent: list[str] = []
    monkeypatch.setattr(texting, "send", lambda _to, text: sent.append(text))
    call = make_call(plays.make_cast(), identity="phone")
    submission, _code = say(call, "支持", phone="13800001234")
    sending.send_phone_code(submission, text="%(code)s")
    for _try in range(5):
        with pytest.raises(errors.RuleBroken):
            sending.confirm_phone(submission, "abcdef", at=MONDAY)
    with pytest.raises(errors.RuleBroken, match="Too many tries"):
        sending.confirm_phone(submission, sent[0], at=MONDAY)


def test_what_is_saved_comes_back_with_the_moment_at_which_it_was_begun():
    call = make_call(plays.make_cast())
    long = "长" * 20_000
    code = sending.save(call, {"p0": long}, begun_at=MONDAY, at=MONDAY + timedelta(hours=1))
    assert sending.save(call, {"p0": long, "p1": "又"}, begun_at=MONDAY, at=MONDAY, code=code) == code
    kept, begun_at = sending.restore(call, code.replace("-", " ").lower())
    assert kept == {"p0": long, "p1": "又"}
    assert begun_at == MONDAY
    with pytest.raises(errors.NotFound):
        sending.restore(call, "2222-2222-2222-2222")
    assert calls.throw_away_what_was_saved(at=datetime(2026, 4, 13, 9, 0, tzinfo=SHANGHAI)) == 1


def test_files_are_checked_like_hostile_ones_and_kept_sealed():
    cast = plays.make_cast()
    call = make_call(cast)
    with pytest.raises(errors.RuleBroken, match="not accepted"):
        say(call, "见附件", files=[("run.exe", b"MZ")])
    with pytest.raises(errors.RuleBroken, match="At most 5 files"):
        say(call, "见附件", files=[(f"{n}.txt", b"x") for n in range(6)])
    assert not call.submissions.exists()
    submission, _code = say(call, "见附件", files=[("不可示人.txt", "说明".encode())])
    file = submission.files.get()
    assert "不可示人" not in file.path
    name, data = moderating.open_file(file, actor=cast.drafter, at=MONDAY)
    assert (name, data.decode()) == ("不可示人.txt", "说明")


def test_an_opinion_by_letter_is_entered_and_counts_like_any_other():
    cast = plays.make_cast()
    call = make_call(cast)
    row = sending.enter(
        call.matter_id,
        way="letter",
        text="来信：请保留夜间免费",
        sender="来信人",
        paragraph=4,
        actor=cast.clerk,
        at=MONDAY + timedelta(days=3),
    )
    assert sealing.unseal_values(Submission.objects.get(pk=row.pk).sealed, place=sending.place_of(row)) == {
        "name": "来信人"
    }
    assert queries.counted(call).persons == 1
    with pytest.raises(errors.RuleBroken, match="no such paragraph"):
        sending.enter(call.matter_id, way="letter", text="x", paragraph=99, actor=cast.clerk, at=MONDAY)


def test_an_opinion_as_everybody_reads_it_keeps_who_acts_in_office():
    said = "请城管局局长张建国来看看，我的电话13912345678"
    assert composing.masked_whole(said) == "请城管局局长张建国来看看，我的电话139****5678"


def test_a_call_is_only_prolonged_and_ends_with_a_withdrawn_draft():
    cast = plays.make_cast()
    call = make_call(cast)
    given = {"reason": "应公众要求", "actor": cast.head, "at": MONDAY + timedelta(days=5)}
    with pytest.raises(errors.RuleBroken, match="only ever prolonged"):
        calls.extend(call.matter_id, until=date(2026, 4, 1), **given)  # type: ignore[arg-type]  # reason, actor, moment
    calls.extend(call.matter_id, until=date(2026, 4, 20), **given)  # type: ignore[arg-type]  # reason, actor, moment
    draft_matter = Record.objects.get(pk=call.record_id).drafts.get().matter_id
    take: dict[str, Any] = {"ground": "inaccurate", "reason": "数字有误"}
    documents.propose_withdrawal(draft_matter, **take, actor=cast.office_head, at=MONDAY + timedelta(days=6))
    documents.withdraw(draft_matter, **take, actor=cast.leader, at=MONDAY + timedelta(days=6))
    work(MONDAY + timedelta(days=7))
    call.refresh_from_db()
    assert call.matter.stage == "call_called_off"
    with pytest.raises(errors.NotFound):
        queries.public_call(call.matter.reference)


def test_the_groups_of_two_thousand_opinions_are_listed_with_few_questions(
    django_assert_max_num_queries,
):
    cast = plays.make_cast()
    call = make_call(cast)
    for number in range(60):
        say(
            call,
            f"第{number}条意见：关于路段{number * 7919}的停车收费安排有如下看法{number * 104729}",
            place=number % 5,
        )
    work(MONDAY + timedelta(days=2))
    with django_assert_max_num_queries(3):
        assert len(queries.told(queries.groups(call)[:50], members=20)) == 50
