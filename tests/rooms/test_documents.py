"""A document's life through the operations: what becomes public, what is refused, and why."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from sunshine.core.ledger import queries as ledger
from sunshine.core.publishing.models import (
    Attachment,
    Autosave,
    Draft,
    Record,
    RecordVersion,
    Revision,
)
from sunshine.core.publishing.queries import bundles, records
from sunshine.core.publishing.rules import Attribute, ReviewKind
from sunshine.kernel import errors
from sunshine.work.documents import operations as documents
from sunshine.work.documents import queries
from sunshine.work.documents.models import Document
from tests import cast as plays
from tests.cast import MONDAY

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(hours=1)


def test_a_notice_goes_from_draft_to_a_public_record_with_its_place_in_the_log():
    cast = plays.make_cast()
    record = plays.make_record(cast)
    shown = records.shown(record.reference, on=plays.FORMED_ON)
    assert shown.version.fields["title"] == "关于规范路内停车泊位管理的通知"
    assert shown.version.digest == record.versions.get().digest
    assert record.in_time is True


def test_a_document_and_its_interpretation_become_public_in_the_same_instant():
    cast = plays.make_cast()
    record = plays.make_record(
        cast, kind="normative_document", interpretation="<p>为什么这样规定：方便停车。</p>"
    )
    interpretation = Record.objects.get(main=record)
    assert interpretation.published_at == record.published_at
    assert interpretation.bundle == record.bundle
    assert [
        each.reference for each in records.shown(record.reference, on=plays.FORMED_ON).interpretations
    ] == [interpretation.reference]


def test_nothing_leaves_drafting_without_an_attribute():
    cast = plays.make_cast()
    document = plays.make_document(cast)
    with pytest.raises(errors.RuleBroken) as refusal:
        documents.submit(document.matter_id, actor=cast.drafter, at=LATER)
    assert "attribute" in {reason.field for reason in refusal.value.reasons}


def test_a_normative_document_without_its_interpretation_is_sent_back_and_counted():
    cast = plays.make_cast()
    document = plays.make_document(cast, upto="at_office", kind="normative_document")
    with pytest.raises(errors.RuleBroken):
        documents.accept(document.matter_id, actor=cast.clerk, at=LATER)
    documents.return_without_interpretation(
        document.matter_id, reason="缺解读方案和材料", actor=cast.clerk, at=LATER
    )
    document.refresh_from_db()
    assert (document.returned, document.matter.stage) == (1, "drafting")


def test_an_author_never_reviews_the_own_text():
    cast = plays.make_cast()
    document = plays.make_document(cast, upto="in_review")
    with pytest.raises(errors.NotAllowed):
        documents.review(
            document.matter_id,
            kind=ReviewKind.PROOFREADING,
            digest=plays.digest_of(document.matter_id),
            passed=True,
            actor=cast.drafter,
            at=LATER,
        )


def test_a_document_that_is_not_public_is_filed_with_its_ground_and_never_becomes_a_record():
    cast = plays.make_cast()
    document = plays.make_document(cast, upto="approved", attribute=Attribute.NOT_PUBLIC)
    with pytest.raises(errors.RuleBroken):
        documents.publish(document.matter_id, actor=cast.office_head, at=LATER)
    documents.file(document.matter_id, actor=cast.clerk, at=LATER)
    assert not Record.objects.exists()


def test_a_withdrawal_takes_two_persons_and_leaves_a_tombstone():
    cast = plays.make_cast()
    record = plays.make_record(cast)
    matter_id = record.drafts.get().matter_id
    given: dict[str, Any] = {"ground": "inaccurate", "reason": "附件数字有误"}
    with pytest.raises(errors.RuleBroken):
        documents.withdraw(matter_id, **given, actor=cast.leader, at=LATER)
    documents.propose_withdrawal(matter_id, **given, actor=cast.office_head, at=LATER)
    with pytest.raises(errors.NotAllowed):
        documents.withdraw(matter_id, **given, actor=cast.office_head, at=LATER)
    documents.withdraw(matter_id, **given, actor=cast.leader, at=LATER)
    tombstone = records.tombstone(record.reference)
    assert tombstone is not None
    assert tombstone.withdrawal_reason == "附件数字有误"
    with pytest.raises(errors.NotFound):
        records.shown(record.reference, on=plays.FORMED_ON)


def test_a_later_interpretation_that_was_promised_is_kept_by_the_one_published_after():
    cast = plays.make_cast()
    promised = [{"due_on": "2026-04-01", "form": "text", "note": "实施一个月"}]
    document = plays.make_document(cast, upto="published", fields={"staged": promised})
    told = queries.promises(document.matter.reference)
    assert [(each.due_on, each.met_by) for each in told] == [(date(2026, 4, 1), "")]
    own = [document.matter.department_id]
    due = queries.promises_open(on=plays.FORMED_ON, until=date(2026, 4, 1), department_ids=own)
    assert [each.matter for each in due] == [document.matter.reference]
    assert queries.promises_open(on=plays.FORMED_ON, until=date(2026, 3, 31), department_ids=None) == []
    at = plays.MONDAY + timedelta(days=20)
    documents.correct(document.matter_id, reason="补充解读", actor=cast.drafter, at=at)
    documents.add_interpretation(
        document.matter_id,
        title="实施一个月解读",
        fields={"body": "<p>一个月来的做法。</p>", "form": "text", "formed_on": "2026-03-22"},
        actor=cast.drafter,
        at=at,
    )
    plays.go_on(cast, document.matter_id, at=at + timedelta(hours=1))
    (kept,) = queries.promises(document.matter.reference)
    assert kept.met_by
    assert queries.promises_open(on=plays.FORMED_ON, until=date(2026, 12, 31), department_ids=None) == []


def test_promises_of_later_interpretations_end_with_the_document():
    cast = plays.make_cast()
    told = {"staged": [{"due_on": "2026-04-01", "form": "text", "note": "实施一个月"}]}
    lapses = {**told, "effective_from": "2026-03-01", "valid_until": "2026-04-30"}
    plays.make_document(cast, upto="published", fields=lapses)
    repealed = plays.make_document(cast, upto="published", fields=told)
    on = date(2026, 4, 20)
    documents.repeal(repealed.matter_id, on=on, reason="已有新规", actor=cast.leader, at=LATER)

    def due(day: date) -> int:
        return len(queries.promises_open(on=day, until=date(2026, 12, 31), department_ids=None))

    days = (date(2026, 4, 19), on, date(2026, 4, 30), date(2026, 5, 1))
    assert [due(day) for day in days] == [2, 1, 1, 0]


def test_who_answers_for_a_document_is_told_six_and_three_months_before_it_lapses():
    cast = plays.make_cast()
    stated = {"effective_from": "2026-03-03", "valid_until": "2027-01-31"}
    first = plays.make_document(cast, upto="published", fields=stated)
    unstated = {"effective_from": "2026-03-03", "valid_until": ""}
    second = plays.make_document(
        cast, kind="normative_document", interpretation="解读", upto="published", fields=unstated
    )
    own = [first.matter.department_id]

    def called_up(on: date) -> list[tuple[str, date, bool]]:
        found = queries.ending(on=on, department_ids=own)
        assert queries.ending(on=on, department_ids=None) == found
        return [(each.matter, each.last_day, each.is_near) for each in found]

    one, end = first.matter.reference, date(2027, 1, 31)
    assert called_up(date(2026, 7, 30)) == []
    assert called_up(date(2026, 7, 31)) == [(one, end, False)]
    assert called_up(date(2026, 10, 31)) == [(one, end, True)]
    assert called_up(date(2027, 2, 1)) == [], "it has lapsed"
    two, fifth = second.matter.reference, date(2031, 3, 2)
    assert called_up(date(2030, 9, 1)) == []
    assert called_up(date(2030, 9, 2)) == [(two, fifth, False)]
    assert called_up(fifth) == [(two, fifth, True)]
    assert called_up(date(2031, 3, 3)) == []
    assert queries.ending(on=fifth, department_ids=[cast.office.pk]) == []
    documents.repeal(second.matter_id, on=date(2030, 9, 3), reason="已有新规", actor=cast.leader, at=LATER)
    assert called_up(fifth) == []


def test_what_came_back_is_closed_by_two_with_a_public_entry_that_tells_no_title():
    cast = plays.make_cast()
    document = plays.make_document(cast, upto="at_office", title="关于王小明同志的通报")
    matter_id = document.matter_id
    documents.send_back(matter_id, reason="不宜公开", actor=cast.clerk, at=LATER)
    with pytest.raises(errors.RuleBroken):
        documents.set_attribute(
            matter_id, attribute="on_request", item=cast.item, actor=cast.drafter, at=LATER
        )
    given: dict[str, Any] = {"attribute": "on_request", "ground": "internal_affairs", "reason": "涉及王小明"}
    documents.propose_lower_attribute(matter_id, **given, actor=cast.drafter, at=LATER)
    documents.lower_attribute(matter_id, reason="同意，涉及王小明", actor=cast.office_head, at=LATER)
    draft = Draft.objects.get(matter=matter_id)
    assert (draft.attribute, draft.ground, draft.matter.stage) == (
        "on_request",
        "internal_affairs",
        "drafting",
    )
    ((_entry, told),) = [
        line
        for line in ledger.public_lines(limit=5)
        if line[1]["kind"] == "document.lower_attribute_in_draft"
    ]
    assert "王小明" not in json.dumps(told, ensure_ascii=False)
    assert told["attribute"] == "on_request"


def test_what_is_public_is_closed_while_it_is_in_process_until_a_day_that_is_named():
    cast = plays.make_cast()
    record = plays.make_record(cast)
    matter_id = record.drafts.get().matter_id
    given: dict[str, Any] = {"attribute": "on_request", "ground": "process", "reason": "尚在讨论"}
    with pytest.raises(errors.RuleBroken) as refusal:
        documents.propose_lower_attribute(matter_id, **given, actor=cast.head, at=LATER)
    assert {reason.field for reason in refusal.value.reasons} == {"ground_until"}
    until = date(2026, 6, 30)
    documents.propose_lower_attribute(matter_id, **given, ground_until=until, actor=cast.head, at=LATER)
    documents.lower_attribute(matter_id, reason="同意", actor=cast.leader, at=LATER)
    draft = record.drafts.get()
    assert (draft.ground, draft.ground_until) == ("process", until)
    assert records.tombstone(record.reference) is not None


def test_a_proposal_to_close_it_that_a_new_version_overtook_is_not_told_any_more():
    cast = plays.make_cast()
    matter_id = plays.make_record(cast).drafts.get().matter_id
    given: dict[str, Any] = {"attribute": "on_request", "ground": "internal_affairs", "reason": "内部事务"}
    documents.propose_lower_attribute(matter_id, **given, actor=cast.head, at=LATER)
    documents.correct(matter_id, reason="错字", actor=cast.drafter, at=LATER)
    plays.go_on(cast, matter_id, at=LATER)
    document = Document.objects.get(matter=matter_id)
    assert (document.proposed_attribute, document.proposed_ground) == ("", "")


def opened_again(cast: plays.Cast, body: str) -> tuple[Record, Record]:
    """Publish, lower, open up and publish again; return the record that was and the one that is."""
    first = plays.make_record(cast, body=body)
    matter_id = first.drafts.get().matter_id
    given: dict[str, Any] = {"attribute": "not_public", "ground": "internal_affairs", "reason": "尚在讨论"}
    documents.propose_lower_attribute(matter_id, **given, actor=cast.head, at=LATER)
    documents.lower_attribute(matter_id, reason="同意", actor=cast.leader, at=LATER)
    documents.open_up(matter_id, reason="可以公开", actor=cast.clerk, at=LATER)
    documents.set_attribute(matter_id, attribute="proactive", item=cast.item, actor=cast.drafter, at=LATER)
    plays.go_on(cast, matter_id, at=LATER)
    second = Draft.objects.get(matter=matter_id).record
    assert second is not None
    return Record.objects.get(pk=first.pk), second


def test_what_was_closed_and_opened_again_is_public_under_an_address_of_its_own():
    first, second = opened_again(plays.make_cast(), "<p>全文。</p>")
    assert (first.withdrawn_at is None, second.withdrawn_at is None) == (False, True)
    assert (first.reference == second.reference, second.version) == (False, 1)
    assert records.tombstone(first.reference) is not None
    assert records.shown(second.reference, on=LATER.date()).version.fields["body"] == "<p>全文。</p>"


def test_what_was_opened_again_can_still_be_erased_where_it_stood_before():
    cast = plays.make_cast()
    first, second = opened_again(cast, "<p>联系人宋试样，电话13800138000。</p>")
    matter_id = second.drafts.get().matter_id
    for record in (first, second):
        parts = [f"{record.reference}/1/body"]
        documents.propose_erasure(matter_id, parts=parts, reason="含个人信息", actor=cast.clerk, at=LATER)
        documents.erase(matter_id, reason="含个人信息", actor=cast.leader, at=LATER)
    kept = [*Draft.objects.values_list("fields"), *Revision.objects.values_list("fields")]
    assert "13800138000" not in str(kept)
    assert not any(RecordVersion.objects.filter(sealed__fields__body__has_key="value"))


def test_a_correction_that_is_dropped_leaves_the_files_the_place_and_the_time_as_they_were_published():
    cast = plays.make_cast()
    record = plays.make_record(cast, attachments={"收费表.txt": "一元".encode()})
    draft = record.drafts.get()
    by: dict[str, Any] = {"actor": cast.drafter, "at": LATER}
    before = bundles.sealed_fields(draft, tuple(Attachment.objects.filter(draft=draft)))
    documents.correct(draft.matter_id, reason="错字", **by)
    documents.detach(draft.matter_id, attachment_id=Attachment.objects.get().pk, **by)
    documents.attach(draft.matter_id, part=0, name="另一个.txt", data="二元".encode(), **by)
    elsewhere: dict[str, Any] = {
        "item": plays.make_item("elsewhere", at=LATER),
        "publish_at": LATER + timedelta(days=9),
    }
    documents.set_attribute(draft.matter_id, attribute="proactive", **elsewhere, **by)
    draft.refresh_from_db()
    documents.write(draft.matter_id, part=0, fields={"title": "改题"}, revision=draft.revision, **by)
    documents.drop_correction(draft.matter_id, reason="无需更正", **by)
    draft = record.drafts.select_related("matter").get()
    assert draft.matter.title == record.title
    assert bundles.sealed_fields(draft, tuple(Attachment.objects.filter(draft=draft))) == before


def test_an_interpretation_that_was_published_is_not_taken_out_of_its_bundle():
    cast = plays.make_cast()
    record = plays.make_record(cast, kind="plan", interpretation="<p>为什么这样规划：方便停车。</p>")
    matter_id = record.drafts.get().matter_id
    documents.correct(matter_id, reason="错字", actor=cast.drafter, at=LATER)
    with pytest.raises(errors.RuleBroken, match="stays in the bundle"):
        documents.remove_interpretation(matter_id, part=1, actor=cast.drafter, at=LATER)


def test_what_was_typed_is_forgotten_with_the_saving_even_where_it_changes_nothing():
    cast = plays.make_cast()
    document = plays.make_document(cast)
    draft = Draft.objects.get(matter=document.matter)
    same: dict[str, Any] = {"part": 0, "fields": {"title": draft.fields["title"]}, "actor": cast.drafter}
    documents.autosave(document.matter_id, revision=draft.revision, at=LATER, **same)
    documents.write(document.matter_id, revision=draft.revision, at=LATER, **same)
    assert not Autosave.objects.exists()
