"""Personal data leaves what was published, for good, by two people; the log goes on verifying."""

from __future__ import annotations

import io
import json
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.files.storage import default_storage
from django.db import connection, transaction

from sunshine.core.ledger import queries as ledger
from sunshine.core.matters.models import Matter
from sunshine.core.publishing.models import (
    Autosave,
    Blob,
    Draft,
    Record,
    RecordVersion,
    Review,
    Revision,
    Submission,
)
from sunshine.core.publishing.operations import mending
from sunshine.core.publishing.queries import records
from sunshine.kernel import commitment, errors
from sunshine.work.documents import operations as documents
from tests import cast as plays

pytestmark = pytest.mark.django_db
LATER = plays.MONDAY + timedelta(days=3)
PRIVATE = "联系人宋试样，电话13800138000"


def publish(cast: plays.Cast, **story: object) -> Record:
    return plays.make_record(cast, body=f"<p>公示如下：{PRIVATE}。</p>", **story)


def everything_kept() -> str:
    """Return all that the database holds of drafts, revisions, submissions and versions, as text."""
    tables = (Draft, Revision, Autosave, Submission, RecordVersion)
    return json.dumps([serializers.serialize("json", table.objects.all()) for table in tables])


def tables_with(words: str) -> list[str]:
    """Return the tables in which words stand still."""
    rows = {
        table._meta.label: json.dumps(
            [str(row) for row in table._base_manager.values_list()], ensure_ascii=False
        )
        for table in apps.get_models()
        if table._meta.managed
    }
    return [label for label, said in rows.items() if words in said]


def erase(cast: plays.Cast, record: Record, *parts: str) -> None:
    matter = Draft.objects.filter(record=record).get().matter_id
    named = [f"{record.reference}/{part}" for part in parts]
    documents.propose_erasure(matter, parts=named, reason="含个人信息", actor=cast.clerk, at=LATER)
    documents.erase(matter, reason="含个人信息", actor=cast.leader, at=LATER + timedelta(hours=1))


@pytest.fixture
def cast() -> plays.Cast:
    return plays.make_cast()


def test_an_erased_text_is_nowhere_in_the_database_any_more(cast: plays.Cast):
    record = publish(cast)
    assert "13800138000" in everything_kept()
    erase(cast, record, "1/body")
    assert "13800138000" not in everything_kept()
    shown = records.shown(record.reference, on=LATER.date())
    assert "body" not in shown.version.fields
    assert shown.version.erased == ("body",)


def test_an_erased_title_is_in_no_table_any_more(cast: plays.Cast):
    title = "关于宋试样13800138000占道经营的通报"
    record = plays.make_record(cast, title=title, fields={"number": "阳城管发〔2026〕3号"})
    matter = Draft.objects.get(record=record).matter
    review = Review.objects.filter(submission__matter=matter)[0]
    review.remark = f"标题“{title}”含个人信息"
    review.save()
    assert "matters.Matter" in tables_with("13800138000")
    erase(cast, record, "1/title")
    assert tables_with("13800138000") == []
    matter.refresh_from_db()
    assert matter.title == mending.ERASED_WORD
    assert Record.objects.get(pk=record.pk).title == record.reference


def test_a_matter_keeps_its_title_when_only_an_older_one_was_erased(cast: plays.Cast):
    record = publish(cast)
    Matter.objects.update(title="改过的标题")
    erase(cast, record, "1/title")
    assert Matter.objects.get().title == "改过的标题"


def test_the_digest_that_the_log_promised_still_verifies_after_an_erasure(cast: plays.Cast):
    record = publish(cast)
    before = RecordVersion.objects.get(record=record)
    erase(cast, record, "1/body")
    after = RecordVersion.objects.get(record=record)
    assert after.digest == before.digest
    sealed = commitment.from_json(after.sealed)
    assert sealed.digest == commitment.bundle_digest({n: f.commitment for n, f in sealed.fields.items()})


def test_the_salts_go_too_so_that_nobody_can_guess_what_was_erased(cast: plays.Cast):
    record = publish(cast)
    salt = RecordVersion.objects.get(record=record).sealed["fields"]["body"]["salt"]
    assert salt in everything_kept()
    erase(cast, record, "1/body")
    assert salt not in everything_kept()


def test_one_person_alone_cannot_erase(cast: plays.Cast):
    record = publish(cast)
    matter = Draft.objects.get(record=record).matter_id
    parts = [f"{record.reference}/1/body"]
    documents.propose_erasure(matter, parts=parts, reason="含个人信息", actor=cast.office_head, at=LATER)
    with pytest.raises(errors.NotAllowed):
        documents.erase(matter, reason="含个人信息", actor=cast.office_head, at=LATER)
    documents.erase(matter, reason="含个人信息", actor=cast.leader, at=LATER)


def test_an_erasure_that_nobody_proposed_is_refused(cast: plays.Cast):
    record = publish(cast)
    with pytest.raises(errors.RuleBroken):
        documents.erase(Draft.objects.get(record=record).matter_id, reason="无", actor=cast.leader, at=LATER)


@pytest.mark.parametrize("part", ["1/kind", "1/attribute", "2/body", "1/nothing"])
def test_how_a_record_became_public_cannot_be_erased_nor_what_is_not_there(cast: plays.Cast, part: str):
    record = publish(cast)
    with pytest.raises(errors.RuleBroken) as refusal:
        erase(cast, record, part)
    assert refusal.value.reasons[0].field == "parts"


def test_a_corrected_text_stays_when_the_old_version_is_erased(cast: plays.Cast):
    record = publish(cast)
    draft = Draft.objects.get(record=record)
    documents.correct(draft.matter_id, reason="遮蔽个人信息", actor=cast.drafter, at=LATER)
    draft.refresh_from_db()
    documents.write(
        draft.matter_id,
        part=0,
        fields={"body": "<p>公示如下：联系人宋某。</p>"},
        revision=draft.revision,
        actor=cast.drafter,
        at=LATER,
    )
    plays.go_on(cast, draft.matter_id, at=LATER + timedelta(hours=1))
    documents.propose_erasure(
        draft.matter_id,
        parts=[f"{record.reference}/1/body"],
        reason="含个人信息",
        actor=cast.clerk,
        at=LATER + timedelta(days=1),
    )
    documents.erase(draft.matter_id, reason="含个人信息", actor=cast.leader, at=LATER + timedelta(days=1))
    assert "13800138000" not in everything_kept()
    assert "宋某" in records.shown(record.reference, on=LATER.date()).version.fields["body"]
    assert "宋某" in Draft.objects.get(pk=draft.pk).fields["body"]


def test_the_public_entry_of_an_erasure_names_the_fields_and_not_what_stood_in_them(cast: plays.Cast):
    record = publish(cast)
    erase(cast, record, "1/body")
    lines = json.dumps([line for _index, line in ledger.public_lines(limit=3)], ensure_ascii=False)
    assert "record.erased" in lines
    assert "宋试样" not in lines


def test_the_bytes_of_an_erased_file_go_when_the_erasure_stands_and_not_before(
    cast: plays.Cast, django_capture_on_commit_callbacks
):
    record = publish(cast, attachments={"名单.txt": PRIVATE.encode()})
    path = Blob.objects.get().path
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        erase(cast, record, "1/attachments")
        transaction.set_rollback(True)  # whatever undoes the act
    assert default_storage.exists(path)
    with django_capture_on_commit_callbacks(execute=True):
        erase(cast, record, "1/attachments")
    assert not default_storage.exists(path)
    assert Blob.objects.get().erased_at == LATER + timedelta(hours=1)


def test_what_an_erased_file_was_called_and_its_digest_are_not_told_any_more(cast: plays.Cast):
    record = publish(cast, attachments={"宋试样处罚决定书.txt": PRIVATE.encode()})
    matter = Draft.objects.get(record=record).matter
    erase(cast, record, "1/attachments")
    assert records.shown(record.reference, on=LATER.date()).version.files == ()
    assert tables_with("宋试样处罚决定书") == []
    documents.correct(matter.pk, reason="已无附件", actor=cast.drafter, at=LATER + timedelta(days=1))
    plays.go_on(cast, matter.pk, at=LATER + timedelta(days=1))
    record.refresh_from_db()
    assert record.version == 2, "what was erased stands in no corrected version's way"


def test_whom_an_erased_file_named_unseen_is_in_no_table_any_more(cast: plays.Cast):
    page, held = pypdf.PdfWriter(), io.BytesIO()
    page.add_blank_page(100, 100)
    page.add_metadata({"/Author": "宋试样"})
    page.write(held)
    record = plays.make_record(cast, attachments={"名单.pdf": held.getvalue()})
    assert "publishing.Blob" in tables_with("宋试样")
    erase(cast, record, "1/attachments")
    assert tables_with("宋试样") == []


def test_a_file_of_two_versions_goes_with_the_second_erasure(
    cast: plays.Cast, django_capture_on_commit_callbacks
):
    record = publish(cast, attachments={"名单.txt": PRIVATE.encode()})
    draft = Draft.objects.get(record=record)
    documents.correct(draft.matter_id, reason="错字", actor=cast.drafter, at=LATER)
    draft.refresh_from_db()
    fields = {"body": "<p>公示如下。</p>"}
    documents.write(
        draft.matter_id, part=0, fields=fields, revision=draft.revision, actor=cast.drafter, at=LATER
    )
    plays.go_on(cast, draft.matter_id, at=LATER)
    path = Blob.objects.get().path
    with django_capture_on_commit_callbacks(execute=True):
        erase(cast, record, "1/attachments")
    assert default_storage.exists(path)
    assert records.file(record.reference, version=2, position=1).name == "名单.txt"
    with pytest.raises(errors.NotFound):
        records.file(record.reference, version=1, position=1)
    with django_capture_on_commit_callbacks(execute=True):
        erase(cast, record, "2/attachments")
    assert not default_storage.exists(path)
    assert (Blob.objects.get().text, Blob.objects.get().erased_at is None) == ("", False)


def test_one_erasure_of_both_versions_takes_the_file_that_they_share(
    cast: plays.Cast, django_capture_on_commit_callbacks
):
    record = publish(cast, attachments={"名单.txt": PRIVATE.encode()})
    draft = Draft.objects.get(record=record)
    documents.correct(draft.matter_id, reason="错字", actor=cast.drafter, at=LATER)
    plays.go_on(cast, draft.matter_id, at=LATER)
    path = Blob.objects.get().path
    with django_capture_on_commit_callbacks(execute=True):
        erase(cast, record, "1/attachments", "2/attachments")
    assert not default_storage.exists(path)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_versions_erased_at_once_leave_no_bytes_of_the_file_that_they_share(cast: plays.Cast):
    data = {"名单.txt": PRIVATE.encode()}
    records_of_both = [publish(cast, attachments=data), publish(cast, attachments=data)]
    path = Blob.objects.get().path

    def erase_alone(record: Record) -> None:
        mending.erase(
            record.reference,
            version=1,
            names=["attachments"],
            ground="含个人信息",
            proposed_by=cast.clerk,
            decided_by=cast.leader,
            at=LATER,
        )

    def other() -> None:
        try:
            erase_alone(records_of_both[1])
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            erase_alone(records_of_both[0])
            beside = threads.submit(other)
            wait_until_somebody_waits()
        beside.result(timeout=20)
    assert not default_storage.exists(path)
    assert Blob.objects.get().erased_at == LATER


def wait_until_somebody_waits() -> None:
    """Return once a transaction waits for a lock that another one holds."""
    ends = time.monotonic() + 20
    while time.monotonic() < ends:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    pytest.fail("nobody waited")


def test_a_restored_backup_is_erased_again_from_what_lies_beside_it(
    cast: plays.Cast, django_capture_on_commit_callbacks
):
    record = publish(cast)
    before = RecordVersion.objects.get(record=record).sealed
    with django_capture_on_commit_callbacks(execute=True):
        erase(cast, record, "1/body")
    RecordVersion.objects.filter(record=record).update(sealed=before)
    assert "13800138000" in everything_kept()
    assert mending.replay_erasures(settings.ERASURES, at=LATER) == 1
    assert "13800138000" not in everything_kept()


def test_an_erasure_whose_line_a_crash_lost_is_written_beside_the_database_later(
    cast: plays.Cast, tmp_path: Path, settings: Any
):
    settings.ERASURES = tmp_path / "erasures.jsonl"
    record = publish(cast)
    before = RecordVersion.objects.get(record=record).sealed
    erase(cast, record, "1/body")  # what follows its commit never comes
    assert not settings.ERASURES.exists()
    assert [mending.write_missing_beside(at=LATER) for _again in range(2)] == [1, 0]
    RecordVersion.objects.filter(record=record).update(sealed=before)
    assert mending.replay_erasures(settings.ERASURES, at=LATER) == 1
    assert "13800138000" not in everything_kept()


def test_an_old_line_erases_nothing_of_another_record_and_its_address_is_not_given_again(
    cast: plays.Cast, tmp_path: Path
):
    record = publish(cast)
    year, number = record.reference.split("-")
    told = {"version": 1, "names": ["body"], "ground": "", "at": "", "digest": "0" * 64}
    lines = [{"reference": f"{year}-{int(number) + add:05d}", **told} for add in (0, 6)]
    path = tmp_path / "erasures.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    assert mending.replay_erasures(path, at=LATER) == 0
    assert "13800138000" in everything_kept()
    assert int(publish(cast).reference.split("-")[1]) == int(number) + 7


def test_a_line_that_was_cut_off_is_not_glued_to_the_next(
    cast: plays.Cast, tmp_path: Path, settings: Any, django_capture_on_commit_callbacks
):
    settings.ERASURES = tmp_path / "erasures.jsonl"
    settings.ERASURES.write_text('{"reference": "20', "utf-8")
    record = publish(cast)
    with django_capture_on_commit_callbacks(execute=True):
        erase(cast, record, "1/body")
    cut_off, whole = settings.ERASURES.read_text("utf-8").splitlines()
    with pytest.raises(ValueError, match="Unterminated"):
        mending.read_line(cut_off)
    assert mending.read_line(whole)["digest"] == RecordVersion.objects.get(record=record).digest


def test_an_erased_file_that_is_given_again_is_checked_anew_and_the_old_page_stays_without_it(
    cast: plays.Cast,
):
    data = PRIVATE.encode()
    record = publish(cast, attachments={"名单.txt": data})
    erase(cast, record, "1/attachments")
    blob = Blob.objects.get()
    assert blob.erased_at is not None
    with pytest.raises(errors.NotFound):
        records.file(record.reference, version=1, position=1)
    again = plays.make_document(cast, upto="at_office", attachments={"名单.txt": data})
    fresh = Blob.objects.get()
    assert (fresh.erased_at, fresh.scan, fresh.is_read) == (None, "clean", True)
    found = Submission.objects.get(matter=again.matter).findings
    assert "13800138000" in {each["text"] for each in found}
    with pytest.raises(errors.NotFound):
        records.file(record.reference, version=1, position=1)
    assert records.shown(record.reference, on=LATER.date()).version.files == ()
