"""The gate: what was reviewed is what is published, to the last bit."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import docx
import pypdf
import pytest
from django.conf import settings
from django.utils import translation

from sunshine.core.matters.models import Matter
from sunshine.core.publishing import checks, storage
from sunshine.core.publishing.models import Attachment, Blob, DirectoryItem, Draft, Record, Submission
from sunshine.core.publishing.operations import directory, files
from sunshine.core.publishing.queries import bundles, records
from sunshine.core.publishing.rules import ReviewKind
from sunshine.doors.public import head
from sunshine.kernel import errors
from sunshine.text import people as reading_of_people
from sunshine.text import properties
from sunshine.work.documents import operations as documents
from sunshine.work.documents.models import Document
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


def _another_record(matter: Matter) -> Record:
    """Make a record of another matter, as the database could hold one."""
    return Record.objects.create(
        reference="2025-00001",
        kind="notice",
        item=DirectoryItem.objects.get(drafts__matter=matter, drafts__part=0),
        title="别的文件",
        published_at=MONDAY - timedelta(days=300),
        changed_at=MONDAY - timedelta(days=300),
    )


def _no_findings(matter: Matter) -> object:
    standing = Submission.objects.filter(matter=matter)
    assert standing.get().findings
    return standing.update(findings=[])


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
    "the ground": _column(ground="third_party"),
    "the record that it becomes a version of": lambda matter: Draft.objects.filter(
        matter=matter, part=0
    ).update(record=_another_record(matter)),
    "which reviews are required": lambda matter: Submission.objects.filter(matter=matter).update(
        requirements={"reviews": [], "interpretation": False}
    ),
    "what the checks found": _no_findings,
    "a file read only after the checks": lambda _matter: Blob.objects.update(
        scanned_at=LATER - timedelta(minutes=1)
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
        attachments={"表.txt": f"明细 {name}，电话13800138000".encode()},
    )
    CHANGES[what](document.matter)
    with pytest.raises(errors.RuleBroken):
        documents.publish(document.matter_id, actor=cast.office_head, at=LATER)
    assert not Record.objects.filter(published_at__gte=MONDAY).exists()


def test_the_signature_is_asked_for_whatever_a_submission_says_that_it_needs():
    cast = plays.make_cast()
    document = plays.make_document(cast, upto="in_review")
    nothing = {"reviews": [], "interpretation": False}
    held, standing = bundles.bundle(document.matter), Submission.objects.get(matter=document.matter)
    digest = bundles.bundle_digest(
        held,
        [each["digest"] for each in standing.members],
        requirements=nothing,
        findings=standing.findings,
        at=standing.submitted_at,
    )
    Submission.objects.filter(pk=standing.pk).update(requirements=nothing, digest=digest)
    Matter.objects.filter(pk=document.matter_id).update(stage="approved")
    assert all(line.verdict.holds for line in bundles.gate(document.matter))
    with pytest.raises(errors.RuleBroken) as refusal:
        documents.publish(document.matter_id, actor=cast.office_head, at=LATER)
    missing = {reason.params["review"] for reason in refusal.value.reasons}
    assert {"Sign-off", "Privacy review", "Proofreading", "Confidentiality review"} == missing


def test_a_bundle_is_intact_also_after_it_became_public():
    cast = plays.make_cast()
    record = plays.make_record(cast)
    candidate = bundles.candidate(record.drafts.get().matter)
    assert candidate.current_digest == candidate.frozen_digest


def test_a_review_is_taken_by_who_holds_the_role_of_its_kind():
    cast = plays.make_cast()
    document = plays.make_document(
        cast, upto="in_review", kind="normative_document", interpretation="<p>解</p>"
    )
    word: dict[str, Any] = {"digest": plays.digest_of(document.matter_id), "passed": True, "at": LATER}
    with pytest.raises(errors.NotAllowed):
        documents.review(document.matter_id, kind=ReviewKind.LEGALITY, actor=cast.proofreader, **word)
    documents.review(document.matter_id, kind=ReviewKind.LEGALITY, actor=cast.legal, **word)


def test_nothing_new_is_published_under_a_closed_item_of_the_directory():
    cast = plays.make_cast()
    begun, approved = (plays.make_document(cast, upto=stage) for stage in ("drafting", "approved"))
    documents.set_attribute(
        begun.matter_id, attribute="proactive", item=cast.item, actor=cast.drafter, at=LATER
    )
    directory.close_item(cast.item.code, actor=cast.keeper, at=LATER, reason="机构改革")
    with pytest.raises(errors.RuleBroken):
        documents.publish(approved.matter_id, actor=cast.office_head, at=LATER)
    with pytest.raises(errors.RuleBroken) as refusal:
        documents.submit(begun.matter_id, actor=cast.drafter, at=LATER)
    assert {reason.field for reason in refusal.value.reasons} == {"directory_item"}


ID_NUMBER = "11010519491231002X"


def _findings(document: Document) -> list[dict[str, Any]]:
    """Return what the checks found, without mere hints."""
    found: list[dict[str, Any]] = Submission.objects.get(matter=document.matter).findings
    return [each for each in found if each["severity"] != "hint"]


def test_what_may_be_a_name_is_a_hint_after_everything_graver_and_needs_no_decision(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(reading_of_people, "THRESHOLD", 0.9999)
    body = "<p>王小明同意。</p><p>电话13800138000。</p>"
    document = plays.make_document(plays.make_cast(), upto="at_office", body=body)
    found = Submission.objects.get(matter=document.matter).findings
    private = [(each["text"], each["severity"]) for each in found if each["check"] == "privacy"]
    assert private == [("13800138000", "error"), ("王小明", "hint")]


def test_hints_are_few_and_crowd_nothing_out(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reading_of_people, "THRESHOLD", 0.9999)
    monkeypatch.setattr(checks, "MOST", 1)
    monkeypatch.setattr(checks, "MOST_HINTS", 3)
    lines = "".join(f"<p>王小明同意第{number}项。</p>" for number in range(9))
    body = f"{lines}<p>电话13800138000。</p>"
    document = plays.make_document(plays.make_cast(), upto="at_office", body=body)
    found = Submission.objects.get(matter=document.matter).findings
    private = [(each["text"], each["severity"]) for each in found if each["check"] == "privacy"]
    assert private == [("13800138000", "error"), *[("王小明", "hint")] * 3]


def test_a_persons_number_behind_many_hints_is_among_the_findings(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(checks, "MOST", 3)
    cast = plays.make_cast()
    hints = "".join("<p>王小明同意。</p>" for _ in range(9))
    document = plays.make_document(cast, upto="at_office", body=f"{hints}<p>身份证号{ID_NUMBER}。</p>")
    private = [each for each in _findings(document) if each["check"] == "privacy"]
    assert ID_NUMBER in {each["text"] for each in private}
    told = [each for each in private if each["key"].endswith(":more")]
    assert [(each["severity"], each["reason"]) for each in told] == [("error", checks.MORE_HINTS)]


def test_more_errors_than_a_person_can_decide_shut_the_gate_whatever_is_decided(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(checks, "MOST", 1)
    cast = plays.make_cast()
    body = "<p>电话13800138000，身份证号11010519491231002X，电话13912345678。</p>"
    document = plays.make_document(cast, upto="approved", body=body)
    (line,) = [each for each in bundles.gate(document.matter) if not each.verdict.holds]
    assert line.check.code == "checked"
    with pytest.raises(errors.RuleBroken):
        documents.publish(document.matter_id, actor=cast.office_head, at=LATER)


def test_a_file_that_was_read_in_part_is_a_finding_to_decide(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(files, "MOST_TEXT", 10)
    cast = plays.make_cast()
    document = plays.make_document(
        cast, upto="at_office", attachments={"表.txt": ("停车收费标准。" * 9).encode()}
    )
    blob = Blob.objects.get()
    assert (blob.is_read, len(blob.text)) == (False, 10)
    unread = [each for each in _findings(document) if each["key"].endswith(".unread")]
    assert [(each["severity"], each["reason"]) for each in unread] == [("error", checks.PARTLY_READ)]


@pytest.mark.parametrize(
    "fields",
    [
        {"summary": f"身份证号{ID_NUMBER}"},
        {"validity_reason": f"身份证号{ID_NUMBER}"},
        {"coverage": {"background": f"身份证号{ID_NUMBER}"}},
        {"staged": [{"due_on": "2026-06-01", "form": "text", "note": f"身份证号{ID_NUMBER}"}]},
        {"plan": [{"outline": f"身份证号{ID_NUMBER}"}]},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_every_text_that_becomes_public_is_checked(fields: dict[str, Any]):
    document = plays.make_document(plays.make_cast(), upto="at_office", fields=fields)
    found = [each for each in _findings(document) if each["text"] == ID_NUMBER]
    assert [each["severity"] for each in found] == ["error"]
    assert found[0]["key"].startswith(f"privacy:0.{next(iter(fields))}")


def test_the_name_of_a_file_is_checked_too():
    document = plays.make_document(
        plays.make_cast(), upto="at_office", attachments={f"身份证号{ID_NUMBER}.txt": b"ok"}
    )
    assert [each["text"] for each in _findings(document)] == [ID_NUMBER]


def test_whom_a_files_properties_name_is_shown_to_the_reviewer():
    paper = docx.Document()
    paper.add_paragraph("停车收费标准。")
    paper.core_properties.author = "章子墨"
    held = io.BytesIO()
    paper.save(held)
    document = plays.make_document(
        plays.make_cast(), upto="at_office", attachments={"表.docx": held.getvalue()}
    )
    assert [(each["text"], each["severity"], each["reason"]) for each in _findings(document)] == [
        ("章子墨", "warning", properties.AUTHOR)
    ]


def test_whom_a_scanned_page_and_an_archived_file_name_is_shown_and_no_file_is_read_again_for_it(monkeypatch):
    page = pypdf.PdfWriter()
    page.add_blank_page(100, 100)
    page.add_metadata({"/Author": "章子墨"})
    paper = docx.Document()
    paper.core_properties.author = "李知秋"
    scanned, inside, packed = io.BytesIO(), io.BytesIO(), io.BytesIO()
    page.write(scanned)
    paper.save(inside)
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("坏.docx", b"PK broken")
        archive.writestr("表.docx", inside.getvalue())
    held = {"扫描件.pdf": scanned.getvalue(), "附件.zip": packed.getvalue()}
    document = plays.make_document(plays.make_cast(), upto="drafting", attachments=held)
    monkeypatch.setattr(storage, "read", lambda path: pytest.fail(f"{path} was read"))
    found = checks.findings(bundles.bundle(document.matter))
    assert {each["text"] for each in found if each["reason"] == properties.AUTHOR} == {"章子墨", "李知秋"}


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
        fields={"body": "<p>更正后的正文。</p>"},
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


def test_a_correction_keeps_the_date_of_forming_and_the_page_says_when_it_was_changed():
    cast = plays.make_cast()
    record = plays.make_record(cast)
    draft = record.drafts.get()
    at = MONDAY + timedelta(days=4)
    documents.correct(draft.matter_id, reason="金额有误", actor=cast.drafter, at=at)
    plays.go_on(cast, draft.matter_id, at=at)
    record.refresh_from_db()
    shown = records.shown(record.reference, on=at.date())
    assert (record.version, record.formed_on) == (2, MONDAY.date())
    assert shown.version.fields["changed_on"] == at.date().isoformat()
    with translation.override("zh-hans"):
        rows = {label: value for label, value, _url in head.rows(shown, on=at.date())}
    assert (rows["成文日期"], rows["修改日期"]) == ("2026-03-02", "2026-03-06")
    first = records.shown(record.reference, on=at.date(), version=1)
    assert "2026-03-06" not in {value for _label, value, _url in head.rows(first, on=at.date())}
