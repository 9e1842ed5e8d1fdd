"""Files as they are kept: checked each for itself, lost or erased ones known."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, timedelta
from typing import Any

import clamd
import pytest
from django.core.files.storage import default_storage
from django.test import override_settings
from django.utils import translation

from sunshine.core.publishing import checks, scanning
from sunshine.core.publishing.models import Blob, Submission
from sunshine.core.publishing.models.files import Scan
from sunshine.core.publishing.operations import files
from sunshine.core.publishing.queries import bundles
from sunshine.doors.desk import words
from sunshine.text import extract, markup
from sunshine.work.documents import operations as documents
from sunshine.work.documents.operations import releasing
from tests import cast as plays

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def damaged_word_file(method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a Word file whose list of contents is whole and whose text is not."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<w:t>公开</w:t>" * 50)
    data = bytearray(held.getvalue())
    begin = 30 + len("word/document.xml")
    if method == zipfile.ZIP_DEFLATED:
        data[begin : begin + 8] = b"\xff" * 8
    else:
        listed = data.index(b"PK\x01\x02")
        data[8:10] = data[listed + 10 : listed + 12] = method.to_bytes(2, "little")
    return bytes(data)


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2, 99])
def test_a_word_file_damaged_inside_is_called_damaged(method: int):
    data = damaged_word_file(method)
    with pytest.raises(extract.NotReadable):
        extract.text_of(data, DOCX)
    with pytest.raises(markup.NotMarkup):
        markup.from_docx(data)


@pytest.mark.django_db
def test_a_file_that_makes_its_check_fail_is_put_off_and_stops_no_other(monkeypatch: pytest.MonkeyPatch):
    first, second = (files.keep("表.txt", data) for data in (b"one", b"two"))
    bad, good = sorted((first, second), key=lambda blob: blob.sha256)
    reading = files._read_text

    def failing(blob: Blob, data: bytes) -> None:
        if blob.pk == bad.pk:
            raise MemoryError("too much")
        reading(blob, data)

    monkeypatch.setattr(files, "_read_text", failing)
    assert files.scan_waiting(at=plays.MONDAY, limit=1) == 0
    assert files.scan_waiting(at=plays.MONDAY, limit=1) == 1
    good.refresh_from_db()
    bad.refresh_from_db()
    assert (good.scan, bad.scan) == ("clean", "waiting")
    assert "too much" in bad.scan_note
    monkeypatch.setattr(files, "_read_text", reading)
    assert files.scan_waiting(at=plays.MONDAY + timedelta(minutes=1)) == 0
    assert files.scan_waiting(at=plays.MONDAY + files.PUT_OFF) == 1


@pytest.mark.django_db
def test_files_that_the_scanner_cannot_be_asked_about_let_others_have_their_turn():
    kept = [files.keep("表.txt", data) for data in (b"one", b"two", b"three")]
    tried: list[datetime] = [plays.MONDAY + timedelta(seconds=second) for second in range(3)]
    with override_settings(CLAMAV_URL="tcp://127.0.0.1:1"):
        for moment in tried:
            assert files.scan_waiting(at=moment, limit=1) == 0
    assert {Blob.objects.get(pk=blob.pk).scanned_at for blob in kept} == set(tried)


class Limited:
    """Stands in for a clamd that takes only short streams, and answers in the ways in which real ones do."""

    def __init__(self, refusal: Exception) -> None:
        self.refusal = refusal

    def ping(self) -> str:
        return "PONG"

    def instream(self, stream: io.BytesIO) -> dict[str, tuple[str, str]]:
        if len(stream.read()) > 3:
            raise self.refusal
        return {"stream": ("OK", "")}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "refusal",
    [
        clamd.BufferTooLongError("INSTREAM size limit exceeded. ERROR"),
        BrokenPipeError(),
        ConnectionResetError(),
    ],
)
def test_a_file_larger_than_the_scanner_takes_gets_that_answer(
    monkeypatch: pytest.MonkeyPatch, refusal: Exception
):
    scanner = scanning.ClamAV("tcp://127.0.0.1:1")
    scanner._clamd = Limited(refusal)
    monkeypatch.setattr(scanning, "scanner", lambda _url: scanner)
    long, short = files.keep("表.txt", b"long"), files.keep("表.txt", b"ok")
    assert files.scan_waiting(at=plays.MONDAY) == 2
    long.refresh_from_db()
    short.refresh_from_db()
    assert (long.scan, short.scan) == ("refused", "clean")
    assert "larger than the scanner takes" in long.scan_note


@pytest.mark.django_db
def test_the_check_names_bytes_that_were_lost_and_bytes_that_should_be_gone():
    from sunshine.project import inspecting

    lost, gone = (files.keep("表.txt", data) for data in (b"one", b"two"))
    assert [said.tone for said in inspecting._bytes(plays.MONDAY)] == ["good"]
    default_storage.delete(lost.path)
    Blob.objects.filter(pk=gone.pk).update(erased_at=plays.MONDAY)
    said = {each.tone: each.sentence for each in inspecting._bytes(plays.MONDAY)}
    assert lost.path in said["fault"]
    assert gone.path in said["warning"]


@pytest.mark.django_db
def test_a_scheduled_document_whose_store_is_away_does_not_stop_the_next(monkeypatch: pytest.MonkeyPatch):
    cast = plays.make_cast()
    due = plays.MONDAY + timedelta(hours=5)
    matters = []
    for title in ("关于停车收费的通知", "关于清扫保洁的通知"):
        document = plays.make_document(cast, upto="approved", title=title, publish_at=due)
        documents.schedule(document.matter_id, actor=cast.office_head, at=plays.MONDAY + timedelta(hours=3))
        matters.append(document.matter_id)
    publishing = releasing.publish

    def away(matter_id: int, **given: Any) -> object:
        if matter_id == matters[0]:
            raise OSError("the store cannot be reached")
        return publishing(matter_id, **given)

    monkeypatch.setattr(releasing, "publish", away)
    assert documents.publish_due(at=due) == 1
    monkeypatch.setattr(releasing, "publish", publishing)
    assert documents.publish_due(at=due + timedelta(seconds=59)) == 0, "it is not digested again each second"
    assert documents.publish_due(at=due + timedelta(minutes=1)) == 1
    assert documents.publish_due(at=due + timedelta(minutes=2)) == 0


def packed(**members: bytes) -> bytes:
    """Return an archive of files whose names have __ for the dot."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "."), data)
    return whole.getvalue()


@pytest.mark.parametrize(
    ("members", "left"),
    [
        ({"说明__txt": b"\xe5\x81\x9c\xe8\xbd\xa6"}, ()),
        ({"说明__txt": b"\xe5\x81\x9c\xe8\xbd\xa6", "录音__mp3": b"ID3"}, ("录音.mp3",)),
        ({"说明__txt": b"\xe5\x81\x9c\xe8\xbd\xa6", "表__pdf": b"%PDF-1.4 broken"}, ("表.pdf",)),
        ({"内__zip": packed(录音__mp3=b"ID3", 说明__txt="停车".encode())}, ("录音.mp3",)),
    ],
)
def test_an_archive_says_what_in_it_could_not_be_read(members: dict[str, bytes], left: tuple[str, ...]):
    read = extract.read(packed(**members), "application/zip")
    assert read.left == left
    assert "停车" in read.text


@pytest.mark.django_db
def test_an_archive_of_which_something_could_not_be_read_is_a_finding_to_decide():
    cast = plays.make_cast()
    data = packed(说明__txt="停车收费标准。".encode(), 录音__mp3=b"ID3")
    document = plays.make_document(cast, upto="at_office", attachments={"材料.zip": data})
    blob = Blob.objects.get()
    assert (blob.is_read, "停车收费标准" in blob.text) == (False, True)
    found = Submission.objects.get(matter=document.matter).findings
    assert [each["reason"] for each in found if each["key"].endswith(".unread")] == [checks.PARTLY_READ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("scan", "said"), [("waiting", "尚未检查"), ("infected", "带有病毒"), ("refused", "不予接收")]
)
def test_the_gate_says_in_words_what_the_virus_check_said(scan: str, said: str):
    cast = plays.make_cast()
    document = plays.make_document(cast, upto="at_office", attachments={"表.txt": b"1"})
    Blob.objects.update(scan=scan)
    (line,) = [each for each in bundles.gate(document.matter) if each.check.code == "virus"]
    with translation.override("zh-hans"):
        sentences = [words.reason(each) for each in line.verdict.reasons]
    assert [said in each for each in sentences] == [True]
    assert scan not in sentences[0]
    assert set(scanning.WORDS) == {each for each in Scan if each != Scan.CLEAN}
