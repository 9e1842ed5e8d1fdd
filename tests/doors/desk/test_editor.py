"""The editor keeps what is typed, never writes over newer work, and tells the truth about both."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sunshine.core.ledger import operations as ledger
from sunshine.core.ledger.queries import timeline
from sunshine.core.matters.models import Matter
from sunshine.core.people import rules as roles
from sunshine.core.publishing.models import Attachment, Autosave, Draft, Revision
from sunshine.core.publishing.operations import files
from sunshine.doors.desk import words
from sunshine.work.documents import operations as documents
from tests import cast
from tests.doors.desk.conftest import WalkIn


def editor(matter: Matter) -> str:
    return reverse("desk:write", args=[matter.reference, 0])


def typed(draft: Draft, **changes: str) -> dict[str, str]:
    kept = {"title": draft.fields["title"], "body": draft.fields["body"], "revision": str(draft.revision)}
    return {**kept, "formed_on": draft.fields["formed_on"], **changes}


def keep(client: Client, matter: Matter, sent: dict[str, str]):
    return client.post(reverse("desk:autosave", args=[matter.reference, 0]), sent)


def correct(bureau: cast.Cast, matter: Matter) -> Draft:
    documents.correct(matter.pk, reason="金额有误", actor=bureau.drafter, at=timezone.now())
    return Draft.objects.get(matter=matter)


def test_what_is_typed_is_kept_aside_and_can_be_shown_again(bureau: cast.Cast, walk_in: WalkIn) -> None:
    matter = cast.make_document(bureau).matter
    draft = Draft.objects.get(matter=matter)
    client = walk_in(bureau.drafter)
    answer = keep(client, matter, typed(draft, title="改了一半的标题", number="改到一半"))
    assert answer.status_code == 200
    assert "Kept at" in answer.json()["message"]
    draft.refresh_from_db()
    assert draft.fields["title"] != "改了一半的标题", "the draft itself is untouched"
    assert "did not save it" in client.get(editor(matter)).content.decode()
    assert "改了一半的标题" in client.get(editor(matter) + "?restore=1").content.decode()
    client.post(editor(matter), typed(draft, title="改好的标题"))
    assert not Autosave.objects.exists()


def test_two_authors_see_both_texts_and_nobody_writes_over_the_other(
    bureau: cast.Cast, walk_in: WalkIn
) -> None:
    matter = cast.make_document(bureau).matter
    other = cast.make_person(department=bureau.department, name="起草二", holds=(roles.DRAFTER,))
    before = Draft.objects.get(matter=matter)
    first = walk_in(other).post(editor(matter), typed(before, title="乙写的标题"))
    assert first.status_code == 302

    mine = typed(before, title="甲写的标题")
    told = keep(walk_in(bureau.drafter), matter, mine)
    assert told.status_code == 409
    assert "起草二" in told.json()["message"]
    refused = walk_in(bureau.drafter).post(editor(matter), mine)
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "甲写的标题" in page
    assert "乙写的标题" in page
    assert Draft.objects.get(matter=matter).fields["title"] == "乙写的标题"


def test_an_older_window_does_not_replace_what_a_newer_one_kept(bureau: cast.Cast, walk_in: WalkIn) -> None:
    matter = cast.make_document(bureau).matter
    client, draft = walk_in(bureau.drafter), Draft.objects.get(matter=matter)
    old = typed(draft, title="旧窗口")
    client.post(editor(matter), typed(draft, title="新标题"))
    draft.refresh_from_db()
    keep(client, matter, typed(draft, title="新窗口"))
    assert keep(client, matter, old).status_code == 409
    assert Autosave.objects.get().fields["title"] == "新窗口"


def test_saving_twice_by_a_double_press_is_saving_once(bureau: cast.Cast, walk_in: WalkIn) -> None:
    matter = cast.make_document(bureau).matter
    client, draft = walk_in(bureau.drafter), Draft.objects.get(matter=matter)
    sent = typed(draft, title="只存一次")
    before = Revision.objects.count()
    assert [client.post(editor(matter), sent).status_code for _ in range(2)] == [302, 302]
    assert Revision.objects.count() == before + 1


def test_a_number_that_cannot_be_one_is_said_at_its_field_and_the_text_stays(
    bureau: cast.Cast, walk_in: WalkIn
) -> None:
    matter = cast.make_document(bureau).matter
    draft = Draft.objects.get(matter=matter)
    answer = walk_in(bureau.drafter).post(editor(matter), typed(draft, number="随便写的", title="新题"))
    assert answer.status_code == 422
    assert 'id="id_number_error"' in answer.content.decode()
    assert "随便写的" in answer.content.decode()


def test_a_file_with_a_hostile_name_loses_its_folders(bureau: cast.Cast, walk_in: WalkIn) -> None:
    matter = cast.make_document(bureau).matter
    client = walk_in(bureau.drafter)
    sent = SimpleUploadedFile("..\\..\\etc\\<script>附件.pdf", b"%PDF-1.4 hello")
    attached = client.post(reverse("desk:attach", args=[matter.reference, 0]), {"file": sent})
    assert attached.status_code == 302
    name = Attachment.objects.get().name
    assert not set(name) & set("<>/\\")
    assert "<script>附件" not in client.get(editor(matter)).content.decode()


def test_a_program_is_not_taken_in_and_the_page_says_so(bureau: cast.Cast, walk_in: WalkIn) -> None:
    matter = cast.make_document(bureau).matter
    client = walk_in(bureau.drafter)
    sent = SimpleUploadedFile("表格.exe", b"MZ")
    client.post(reverse("desk:attach", args=[matter.reference, 0]), {"file": sent})
    assert not Attachment.objects.exists()
    assert "not accepted" in client.get(editor(matter)).content.decode()


def test_a_file_that_was_not_checked_is_not_handed_out(
    bureau: cast.Cast, walk_in: WalkIn, settings: Any
) -> None:
    settings.CLAMAV_URL = "tcp://127.0.0.1:1"  # nobody answers there
    matter = cast.make_document(bureau).matter
    client = walk_in(bureau.drafter)
    sent = SimpleUploadedFile("附件.pdf", b"%PDF-1.4 hello")
    client.post(reverse("desk:attach", args=[matter.reference, 0]), {"file": sent})
    answer = client.get(reverse("desk:download", args=[matter.reference, Attachment.objects.get().pk]))
    assert answer.status_code == 422


def test_a_small_file_is_checked_while_its_giver_waits_and_a_large_one_later(
    bureau: cast.Cast, walk_in: WalkIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    matter = cast.make_document(bureau).matter
    client, address = walk_in(bureau.drafter), reverse("desk:attach", args=[matter.reference, 0])
    client.post(address, {"file": SimpleUploadedFile("小.txt", "停车收费标准".encode())})
    monkeypatch.setattr(files, "SMALL", 10)
    client.post(address, {"file": SimpleUploadedFile("大.txt", "停车收费标准和依据".encode())})
    small, large = Attachment.objects.order_by("position")
    assert (small.blob.scan, small.blob.text, large.blob.scan) == ("clean", "停车收费标准", "waiting")


def test_more_than_anyone_may_send_is_refused_before_it_is_read(bureau: cast.Cast, walk_in: WalkIn) -> None:
    matter = cast.make_document(bureau).matter
    address = reverse("desk:attach", args=[matter.reference, 0])
    answer = walk_in(bureau.drafter).post(address, {}, headers={"content-length": str(60 << 20)})
    assert answer.status_code == 413


def test_lines_of_the_plan_that_nobody_touched_do_not_keep_the_text_from_being_saved(
    bureau: cast.Cast, walk_in: WalkIn
) -> None:
    matter = cast.make_document(bureau, kind="normative_document").matter
    draft = Draft.objects.get(matter=matter)
    untouched = {f"{name}-{key}": "0" for name in ("plan", "staged") for key in ("INITIAL_FORMS",)}
    untouched |= {"plan-TOTAL_FORMS": "1", "staged-TOTAL_FORMS": "1"}
    untouched |= {"plan-0-form": "text", "staged-0-form": "text"}  # a list always sends its first choice
    saved = walk_in(bureau.drafter).post(editor(matter), typed(draft, title="新题", **untouched))
    assert saved.status_code == 302
    draft.refresh_from_db()
    assert (draft.fields["title"], draft.fields["plan"], draft.fields["staged"]) == ("新题", [], [])


def test_the_day_of_a_correction_can_be_moved_and_never_be_left_out(
    bureau: cast.Cast, walk_in: WalkIn
) -> None:
    matter = cast.make_document(bureau, upto="published").matter
    client, draft = walk_in(bureau.drafter), correct(bureau, matter)
    cleared = client.post(editor(matter), typed(draft, changed_on=""))
    assert cleared.status_code == 422
    assert 'id="id_changed_on_error"' in cleared.content.decode()
    assert client.post(editor(matter), typed(draft, changed_on="2026-03-04")).status_code == 302
    draft.refresh_from_db()
    assert draft.fields["changed_on"] == "2026-03-04"


def test_a_correction_that_was_begun_without_its_day_asks_for_it(bureau: cast.Cast, walk_in: WalkIn) -> None:
    matter = cast.make_document(bureau, upto="published").matter
    client, draft = walk_in(bureau.drafter), correct(bureau, matter)
    draft.fields.pop("changed_on")
    draft.save()
    assert 'name="changed_on"' in client.get(editor(matter)).content.decode()
    assert client.post(editor(matter), typed(draft)).status_code == 422
    assert client.post(editor(matter), typed(draft, changed_on="2026-03-04")).status_code == 302
    draft.refresh_from_db()
    assert draft.fields["changed_on"] == "2026-03-04"


def test_a_window_from_before_a_correction_does_not_take_its_day_away(
    bureau: cast.Cast, walk_in: WalkIn
) -> None:
    matter = cast.make_document(bureau, upto="published").matter
    before = Draft.objects.get(matter=matter)
    now = correct(bureau, matter)
    assert Revision.objects.filter(draft=now).latest("number").fields == now.fields
    client = walk_in(bureau.drafter)
    assert client.post(editor(matter), typed(before, title="旧窗口")).status_code == 422
    answer = client.post(editor(matter), typed(before, title="旧窗口", changed_on="2026-03-04"))
    assert answer.status_code == 409
    assert Draft.objects.get(matter=matter).fields == now.fields


def test_what_was_never_public_has_no_day_of_correction(bureau: cast.Cast, walk_in: WalkIn) -> None:
    matter = cast.make_document(bureau).matter
    page = walk_in(bureau.drafter).get(editor(matter)).content.decode()
    assert 'name="formed_on"' in page
    assert 'name="changed_on"' not in page


def test_the_story_names_a_file_that_is_there_and_gives_only_the_number_of_one_that_is_not(
    bureau: cast.Cast,
) -> None:
    matter = cast.make_document(bureau, attachments={"宋试样.txt": b"1", "收费表.txt": b"2"}).matter
    gone, there = Attachment.objects.order_by("pk")
    documents.detach(matter.pk, attachment_id=gone.pk, actor=bureau.drafter, at=timezone.now())
    ledger.record(
        "document.draft",
        matter.reference,
        actor=None,
        at=timezone.now(),
        facts={"part": 0, "file": "旧附件.txt"},
    )
    notes = [moment.note for moment in words.timeline(timeline(matter.reference))]
    lost = f"Attachment no. {gone.pk}"
    assert notes[:4] == ["旧附件.txt", f"{lost} taken away", there.name, lost]
    assert "宋试样" not in str([entry.facts for entry in timeline(matter.reference)])
