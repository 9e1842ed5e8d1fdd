"""Comment calls on their way to the end: what is saved, called off, answered late, told in the report."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sunshine.core.ledger.models import Entry
from sunshine.doors.desk import calls_report
from sunshine.kernel import errors
from sunshine.kernel.period import SHANGHAI
from sunshine.lenses.reporting import participation
from sunshine.work.documents import operations as documents
from sunshine.work.documents.models import Document
from sunshine.work.participation import texting
from sunshine.work.participation.models import CommentCall
from sunshine.work.participation.operations import answering, calls, moderating, sending
from sunshine.work.participation.queries import calls as queries
from tests import cast as plays
from tests.cast import MONDAY
from tests.rooms import at_once
from tests.rooms.test_comment_calls import close, make_call, release_all, say, work

pytestmark = pytest.mark.django_db

AFTER = datetime(2026, 4, 13, 9, 0, tzinfo=SHANGHAI)


def answer_all(cast: plays.Cast, call: CommentCall, at: datetime = AFTER) -> None:
    """Let the worker group what is new, show what waits, and adopt everything."""
    work(at)
    if call.submissions.filter(state="held").exists():
        release_all(cast, call, at)
    groups = [group.pk for group in queries.groups(call)]
    answering.answer(call.matter_id, groups=groups, answer="adopted", actor=cast.drafter, at=at)


def begin_report(cast: plays.Cast, call: CommentCall, document: str = "D1") -> None:
    calls.begin_report(call.matter_id, document=document, actor=cast.drafter, at=AFTER)


def reported_on(cast: plays.Cast, **sender: Any) -> CommentCall:
    """Return a call whose report is begun, with one message that counts, one unconfirmed, one hidden."""
    call = make_call(cast, identity="phone" if sender else "none")
    say(call, "反对收费", **sender)
    say(call, "支持差别化收费", is_much=True, **sender)
    say(call, "便宜发票请联系，量大从优", **sender)
    moderating.hide(
        call.matter_id, numbers=[3], hiding="advertisement", actor=cast.clerk, at=MONDAY + timedelta(days=2)
    )
    if sender:
        moderating.confirm(call.matter_id, numbers=[1], actor=cast.clerk, at=MONDAY + timedelta(days=2))
    close(call)
    answer_all(cast, call)
    begin_report(cast, call)
    return call


def approved_report(cast: plays.Cast) -> Document:
    """Return a report on what was adopted that waits for nothing but its publication."""
    return plays.make_document(cast, upto="approved", kind="adoption_report", title="采纳情况", at=AFTER)


def test_what_is_saved_is_kept_as_long_as_its_call_is_prolonged():
    cast = plays.make_cast()
    call = make_call(cast)
    code = sending.save(call, {"p0": "很长的意见"}, begun_at=MONDAY, at=MONDAY)
    calls.extend(call.matter_id, until=date(2026, 5, 10), reason="应公众要求", actor=cast.head, at=MONDAY)
    assert calls.throw_away_what_was_saved(at=datetime(2026, 4, 13, 9, 0, tzinfo=SHANGHAI)) == 0
    assert sending.restore(call, code)[0] == {"p0": "很长的意见"}
    assert calls.throw_away_what_was_saved(at=datetime(2026, 5, 12, 9, 0, tzinfo=SHANGHAI)) == 1


CHANGING: dict[str, Callable[[plays.Cast, CommentCall], object]] = {
    "enter": lambda cast, call: sending.enter(
        call.matter_id, way="letter", text="迟到的信", actor=cast.clerk, at=AFTER
    ),
    "confirm": lambda cast, call: moderating.confirm(call.matter_id, numbers=[2], actor=cast.clerk, at=AFTER),
    "restore": lambda cast, call: moderating.restore(call.matter_id, numbers=[3], actor=cast.clerk, at=AFTER),
    "answer": lambda cast, call: answering.answer(
        call.matter_id,
        groups=[group.pk for group in queries.groups(call)],
        answer="noted",
        actor=cast.drafter,
        at=AFTER,
    ),
    "take_out": lambda cast, call: answering.take_out(
        call.matter_id,
        opinion=call.submissions.get(number=1).opinions.get().pk,
        actor=cast.drafter,
        at=AFTER,
    ),
    "begin_report": lambda cast, call: begin_report(cast, call, "D2"),
}


@pytest.mark.parametrize("act", CHANGING)
def test_nothing_that_the_report_tells_changes_once_it_is_begun(act: str):
    cast = plays.make_cast()
    call = reported_on(cast)
    with pytest.raises(errors.RuleBroken, match="is begun already"):
        CHANGING[act](cast, call)
    assert queries.answers(call) == {"adopted": 1}


def test_the_answers_are_taken_up_again_and_the_report_is_begun_anew():
    cast = plays.make_cast()
    call = reported_on(cast)
    given: dict[str, Any] = {"reason": "来信晚到", "actor": cast.drafter, "at": AFTER}
    calls.answer_again(call.matter_id, **given)
    assert Entry.objects.get(kind="comment_call.answer_again").facts["document"] == "D1"
    with pytest.raises(errors.RuleBroken, match="No report was begun"):
        calls.answer_again(call.matter_id, **given)
    CHANGING["enter"](cast, call)
    with pytest.raises(errors.RuleBroken, match="1 opinions have no answer"):
        begin_report(cast, call, "D2")
    answer_all(cast, call)
    begin_report(cast, call, "D2")
    call.refresh_from_db()
    assert call.report_document == "D2"


def test_a_report_whose_answers_were_taken_up_again_does_not_pass_the_gate():
    cast = plays.make_cast()
    call = reported_on(cast)
    document = approved_report(cast)
    CommentCall.objects.filter(pk=call.pk).update(report_document=document.matter.reference)
    calls.answer_again(call.matter_id, reason="来信晚到", actor=cast.drafter, at=AFTER)
    later: dict[str, Any] = {"actor": cast.office_head, "at": AFTER + timedelta(days=1)}
    with pytest.raises(errors.RuleBroken, match="was taken up again"):
        documents.publish(document.matter_id, **later)
    answer_all(cast, call)
    anew = approved_report(cast)
    begin_report(cast, call, anew.matter.reference)
    documents.publish(anew.matter_id, **later)
    work(later["at"])
    call.matter.refresh_from_db()
    assert call.matter.stage == "call_reported"


def test_a_report_whose_call_is_called_off_does_not_pass_the_gate():
    cast = plays.make_cast()
    call = reported_on(cast)
    document = approved_report(cast)
    CommentCall.objects.filter(pk=call.pk).update(report_document=document.matter.reference)
    calls.call_off(call.matter_id, reason="上位法已经修改", actor=cast.office_head, at=AFTER)
    with pytest.raises(errors.RuleBroken, match="or called off"):
        documents.publish(document.matter_id, actor=cast.office_head, at=AFTER + timedelta(days=1))


def test_a_report_that_is_public_is_not_given_up_before_the_worker_heard_of_it():
    cast = plays.make_cast()
    call = reported_on(cast)
    report = plays.make_record(cast, kind="adoption_report", title="采纳情况", at=AFTER)
    CommentCall.objects.filter(pk=call.pk).update(report_document=report.matter_reference)
    with pytest.raises(errors.RuleBroken, match="is public already"):
        calls.answer_again(call.matter_id, reason="来信晚到", actor=cast.drafter, at=AFTER)


def test_a_code_that_comes_after_the_report_is_begun_confirms_no_more(monkeypatch: pytest.MonkeyPatch):
    sent: list[str] = []
    monkeypatch.setattr(texting, "send", lambda _to, text: sent.append(text))
    cast = plays.make_cast()
    call = reported_on(cast, phone="13800001234")
    late = call.submissions.get(number=2)
    sending.send_phone_code(late, text="%(code)s")
    with pytest.raises(errors.RuleBroken, match="can no longer count"):
        sending.confirm_phone(late, sent[0], at=AFTER)
    calls.answer_again(call.matter_id, reason="来信晚到", actor=cast.drafter, at=AFTER)
    sending.confirm_phone(late, sent[0], at=AFTER)
    assert queries.unanswered(call).count() == 1


def test_who_confirms_while_the_report_is_composed_is_in_its_figures_or_comes_too_late(tmp_path: Path):
    assert at_once.run("reporting_at_once", home=tmp_path) == {"failed": 0, "told": 1, "counted": 1}


@pytest.mark.postgres
def test_on_postgresql_too_the_report_tells_of_everybody_who_counts(tmp_path: Path):
    from tests.services import servers

    with servers.postgres() as url:
        found = at_once.run("reporting_at_once", home=tmp_path, database=url)
    assert found == {"failed": 0, "told": 1, "counted": 1}


@pytest.mark.parametrize("is_hidden", [True, False])
def test_the_report_shows_the_first_text_that_counts_and_none_that_is_hidden_or_unconfirmed(is_hidden: bool):
    cast = plays.make_cast()
    call = make_call(cast)
    text = "建议夜间停车免费，{}那家最吵，请考虑周边居民的实际需要和老人出行的困难，谢谢。"
    say(call, text.format("隔壁三栋"), is_much=not is_hidden)
    say(call, text.format("对面五栋"))
    work(MONDAY + timedelta(days=2))
    if is_hidden:
        moderating.hide(
            call.matter_id, numbers=[1], hiding="others_data", actor=cast.clerk, at=MONDAY + timedelta(days=2)
        )
    close(call)
    answer_all(cast, call)
    assert queries.groups(call).count() == 1
    body = calls_report.body(call, "")
    assert "对面五栋" in body
    assert "隔壁三栋" not in body


def test_the_figures_of_a_year_cost_the_same_for_one_call_as_for_five():
    cast = plays.make_cast()

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            figures = {each.name: each for each in participation.figures(2026)}
        calls_of_year = CommentCall.objects.count()
        assert [figures[name].value for name in ("calls", "persons", "opinions")] == [
            calls_of_year,
            calls_of_year,
            2 * calls_of_year,
        ]
        return len(asked)

    def spoken_of() -> None:
        call = make_call(cast)
        for text in ("反对收费", "请公布收费收入的去向"):
            say(call, text, email="a@example.cn")

    spoken_of()
    few = cost()
    for _ in range(4):
        spoken_of()
    assert cost() == few


def test_one_telephone_is_one_person_however_its_number_is_written():
    call = make_call(plays.make_cast())
    for number in ("13855512345", "138-5551-2345", "+86 13855512345", "１３８５５５１２３４５"):
        say(call, "支持差别化收费", phone=number)
    assert queries.counted(call).persons == 1
