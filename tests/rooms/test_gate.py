"""The gate: what was reviewed is what is published, to the last bit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings

from sunshine.core.matters.models import Matter
from sunshine.core.publishing.models import Attachment, Blob, Draft, Record, Submission
from sunshine.core.publishing.queries import bundles
from sunshine.kernel import errors
from sunshine.work.documents import operations as documents
from tests import cast as plays
from tests.cast import MONDAY

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(hours=2)


def _field(part: int, name: str, value: object) -> Callable[[Matter], object]:
    def change(matter: Matter) -> object:
        draft = Draft.objects.get(matter=matter, part=part)
        return Draft.objects.filter(pk=draft.pk).update(fields={**draft.fields, name: value})

    return change


def _column(**values: object) -> Callable[[Matter], object]:
    return lambda matter: Draft.objects.filter(matter=matter, part=0).update(**values)


def _flip_a_bit_of_the_file(matter: Matter) -> object:
    path = settings.HOME / "files" / Blob.objects.get(attachments__draft__matter=matter).path
    data = bytearray(path.read_bytes())
    data[0] ^= 1
    path.chmod(0o640)
    return path.write_bytes(data)


def _other_item(matter: Matter) -> object:
    return Draft.objects.filter(matter=matter, part=0).update(item=plays.make_item("other"))


CHANGES: dict[str, Callable[[Matter], object]] = {
    "one character of the text": _field(
        0, "body", "<p>自本月起，路内停车泊位统一编号，收费标准另行公布！</p>"
    ),
    "the title": _field(0, "title", "关于规范路内停车泊位管理的通告"),
    "the number": _field(0, "number", "阳城管〔2026〕1号"),
    "the date of forming": _field(0, "formed_on", "2026-03-01"),
    "a field that was not there": _field(0, "topic", "城市管理"),
    "one character of the interpretation": _field(1, "body", "<p>解读。</p>"),
    "the attribute": _column(attribute="on_request"),
    "the time of publication": _column(publish_at=LATER - timedelta(minutes=1)),
    "the place in the directory": _other_item,
    "one bit of an attachment": _flip_a_bit_of_the_file,
    "the name of an attachment": lambda matter: Attachment.objects.filter(draft__matter=matter).update(
        name="别名.txt"
    ),
    "an attachment taken away": lambda matter: Attachment.objects.filter(draft__matter=matter).delete(),
    "the interpretation taken away": lambda matter: (
        Draft.objects.get(matter=matter, part=1).revisions.all()
        and Draft.objects.filter(matter=matter, part=1).delete()
    ),
    "the frozen digest": lambda matter: Submission.objects.filter(matter=matter).update(digest="0" * 64),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_changed_after_the_signature_does_not_pass(what: str):
    cast = plays.make_cast()
    name = f"{list(CHANGES).index(what)}"
    document = plays.make_document(
        cast,
        upto="approved",
        kind="plan",
        interpretation="<p>解读</p>",
        attachments={"表.txt": f"明细 {name}".encode()},
    )
    CHANGES[what](document.matter)
    with pytest.raises(errors.RuleBroken):
        documents.publish(document.matter_id, actor=cast.office_head, at=LATER)
    assert not Record.objects.exists()


def test_what_did_not_change_passes():
    cast = plays.make_cast()
    document = plays.make_document(
        cast, upto="approved", kind="plan", interpretation="<p>解读</p>", attachments={"表.txt": b"ok"}
    )
    assert len(documents.publish(document.matter_id, actor=cast.office_head, at=LATER)) == 2


def test_the_checks_know_who_acts_in_office_and_which_records_there_are():
    cast = plays.make_cast()
    there = plays.make_record(cast, title="停车通知").reference
    plays.make_person(department=cast.department, name="王建国", holds=())
    site = settings.SITE_URL
    body = (
        "<p>作家王建国走访了社区。作家章子墨走访了公园。</p>"
        f"<p>见{site}/r/{there}。</p><p>又见{site}/r/1999-99999。</p><p>主页{site}/about。</p>"
    )
    document = plays.make_document(cast, upto="approved", body=body)
    found = Submission.objects.get(matter=document.matter).findings
    assert [each["text"] for each in found if each["check"] == "privacy"] == ["章子墨"]
    assert [each["text"] for each in found if "/r/" in each["text"]] == [f"{site}/r/1999-99999"]
    assert not [each for each in found if "/about" in each["text"]]


def test_each_line_of_the_gate_that_is_shut_says_who_can_open_it_and_which_rule_asks():
    cast = plays.make_cast()
    document = plays.make_document(cast, upto="at_office")
    shut = [line for line in bundles.gate(document.matter) if not line.verdict.holds]
    assert {"proofreading", "privacy", "confidentiality", "sign_off"} <= {line.check.code for line in shut}
    for line in shut:
        assert line.check.who.label
        assert line.check.basis
        assert all(reason.text for reason in line.verdict.reasons)


def test_a_scheduled_publication_happens_at_its_time_and_a_late_one_says_the_true_time():
    cast = plays.make_cast()
    due = MONDAY + timedelta(hours=5)
    document = plays.make_document(cast, upto="approved", publish_at=due)
    documents.schedule(document.matter_id, actor=cast.clerk, at=LATER)
    assert documents.publish_due(at=due - timedelta(seconds=1)) == 0
    late = due + timedelta(hours=3)
    assert documents.publish_due(at=late) == 1
    assert documents.publish_due(at=late) == 0
    assert Record.objects.get().published_at == late


def test_a_correction_is_a_new_version_and_the_first_stays_to_be_compared():
    cast = plays.make_cast()
    record = plays.make_record(cast)
    draft = record.drafts.get()
    at = MONDAY + timedelta(days=1)
    documents.correct(draft.matter_id, reason="金额有误", actor=cast.drafter, at=at)
    documents.write(
        draft.matter_id,
        part=0,
        fields={"body": "<p>更正后的正文。</p>", "formed_on": at.date().isoformat()},
        revision=Draft.objects.get(pk=draft.pk).revision,
        actor=cast.drafter,
        at=at,
    )
    plays.go_on(cast, draft.matter_id, at=at)
    record.refresh_from_db()
    assert (record.version, record.versions.count()) == (2, 2)
    assert (
        record.versions.get(number=1).sealed["fields"]["body"]["value"]
        != (record.versions.get(number=2).sealed["fields"]["body"]["value"])
    )
