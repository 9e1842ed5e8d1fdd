"""Reading for review: findings in place, decided with a reason, own ones added, waivers by name."""

from __future__ import annotations

import pytest
from django.urls import reverse

from sunshine.core.matters.models import Matter
from sunshine.core.publishing.models import Review, Submission
from sunshine.text import people as reading_of_people
from tests import cast
from tests.doors.desk.conftest import WalkIn

BODY = "<p>申请人可以拨打13812345678咨询。</p>"


def word(matter: Matter, kind: str = "privacy", **more: str) -> dict[str, str]:
    sent = {"seen": str(matter.version), "digest": cast.digest_of(matter.pk), "kind": kind}
    return {**sent, "passed": "no", "remark": "请修改", **more}


def address(matter: Matter) -> str:
    return reverse("desk:review", args=[matter.reference])


def test_a_finding_stands_marked_in_the_text_and_its_proposal_beside_it(
    bureau: cast.Cast, walk_in: WalkIn
) -> None:
    matter = cast.make_document(bureau, upto="in_review", body=BODY).matter
    page = walk_in(bureau.privacy).get(address(matter)).content.decode()
    assert 'id="found-0" tabindex="-1">13812345678</mark>' in page
    proposed = page.partition('class="found-proposal">')[2].partition("</ins>")[0]
    assert proposed
    assert "13812345678" not in proposed


def test_what_must_be_changed_is_told_to_the_drafter_with_the_text_it_is_about(
    bureau: cast.Cast, walk_in: WalkIn
) -> None:
    matter = cast.make_document(bureau, upto="in_review", body=BODY).matter
    sent = word(matter, decision_0="change")
    assert walk_in(bureau.privacy).post(address(matter), sent).status_code == 302
    shown = walk_in(bureau.drafter).get(reverse("desk:matter", args=[matter.reference])).content.decode()
    assert "“13812345678” · Must be changed" in shown


def test_a_reviewer_adds_what_the_checks_did_not_find(bureau: cast.Cast, walk_in: WalkIn) -> None:
    matter = cast.make_document(bureau, upto="in_review", body="<p>家住幸福里的老王说。</p>").matter
    reviewer = walk_in(bureau.privacy)
    found = {"own_0": "幸福里的老王", "own_why_0": "可以认出个人"}
    refused = reviewer.post(address(matter), word(matter, **found, passed="yes"))
    assert refused.status_code == 422
    assert reviewer.post(address(matter), word(matter, **found)).status_code == 302
    kept = Review.objects.get(kind="privacy")
    assert kept.digest == cast.digest_of(matter.pk)
    assert kept.decisions == [
        {"key": "privacy:own:0", "text": "幸福里的老王", "decision": "change", "reason": "可以认出个人"}
    ]


def test_what_a_reviewer_adds_must_stand_in_the_document_and_say_why(
    bureau: cast.Cast, walk_in: WalkIn
) -> None:
    matter = cast.make_document(bureau, upto="in_review").matter
    page = walk_in(bureau.privacy).post(address(matter), word(matter, own_0="别处的话")).content.decode()
    assert 'id="id_own_0_error"' in page
    assert 'id="id_own_why_0_error"' in page


def test_an_error_of_proofreading_is_waived_by_a_named_person_with_a_reason(
    bureau: cast.Cast, walk_in: WalkIn
) -> None:
    matter = cast.make_document(bureau, upto="in_review", body="<p>会议定于2026年2月30日召开。</p>").matter
    errors = [
        finding
        for finding in Submission.objects.get(matter=matter).findings
        if (finding["check"], finding["severity"]) == ("proofreading", "error")
    ]
    assert errors
    reviewer = walk_in(bureau.proofreader)
    bare = word(matter, "proofreading", passed="yes", remark="")
    assert reviewer.post(address(matter), bare).status_code == 422
    decided = {f"decision_{number}": "keep" for number in range(len(errors))}
    assert reviewer.post(address(matter), bare | decided).status_code == 422
    reasons = {f"why_{number}": "原文如此" for number in range(len(errors))}
    assert reviewer.post(address(matter), bare | decided | reasons).status_code == 302
    shown = walk_in(bureau.clerk).get(reverse("desk:matter", args=[matter.reference])).content.decode()
    assert "原文如此" in shown
    assert bureau.proofreader.name in shown


def test_a_mere_hint_is_shown_where_it_stands_and_asks_nothing(
    bureau: cast.Cast, walk_in: WalkIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_of_people, "THRESHOLD", 0.9999)
    body = "<p>王小明同意，电话13800138000。</p>"
    matter = cast.make_document(bureau, upto="in_review", body=body).matter
    page = walk_in(bureau.privacy).get(address(matter)).content.decode()
    assert "Mere hints" in page
    assert '<a href="#found-1">王小明</a>' in page
    assert 'id="found-1"' in page
    assert 'name="decision_0"' in page
    assert 'name="decision_1"' not in page
    assert walk_in(bureau.privacy).post(address(matter), word(matter, decision_1="change")).status_code == 302
