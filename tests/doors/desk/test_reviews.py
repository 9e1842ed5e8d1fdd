"""Looking back at the desk: each officer sees what is theirs to decide, and nothing else."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from sunshine.core.matters.models import Matter
from sunshine.work.reviews import operations as reviews
from sunshine.work.reviews import queries
from sunshine.work.reviews.models import Conversion, YearlyReview
from sunshine.work.reviews.rules import Candidate
from tests.cast import MONDAY, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(bureau: Cast) -> YearlyReview:
    closed = Candidate(
        "D2025-00001",
        "停车收费内部测算",
        bureau.department.pk,
        "process",
        date(2099, 9, 1),
        (bureau.drafter.pk,),
    )
    return reviews.open_review(
        2026, candidates=[closed], seed="5eed", log_size=7, office=bureau.office, at=MONDAY
    )


def page(client: Client, reference: str, *path: str) -> str:
    answer = client.get(f"/desk/m/{reference}/{'/'.join(path)}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_decision_goes_from_the_page_to_the_report_that_is_handed_over(
    bureau: Cast, review: YearlyReview, walk_in
) -> None:
    item = queries.items_of(review)[0]
    legal = walk_in(bureau.legal)
    said = page(legal, item.matter.reference)
    assert "停车收费内部测算" in said
    answer = legal.post(
        f"/desk/m/{item.matter.reference}/acts/keep/", {"seen": 1, "reason": "仍在讨论", "until": ""}
    )
    assert answer.status_code == 422, "it stays closed without a new end"
    asked = {"seen": 1, "reason": "仍在讨论", "until": "2099-12-31"}
    assert legal.post(f"/desk/m/{item.matter.reference}/acts/keep/", asked).status_code == 302
    clerk, leader = walk_in(bureau.clerk), walk_in(bureau.leader)
    reference = Matter.objects.get(pk=review.pk).reference
    assert "D2025" not in page(clerk, reference) or item.matter.reference in page(clerk, reference)
    assert clerk.get(f"/desk/m/{reference}/report.docx").status_code == 404
    assert clerk.post(f"/desk/m/{reference}/acts/draft_report/", {"seen": 1}).status_code == 302
    assert leader.post(f"/desk/m/{reference}/acts/sign_report/", {"seen": 2}).status_code == 302
    handed = clerk.get(f"/desk/m/{reference}/report.docx")
    assert handed.content[:2] == b"PK"
    assert clerk.get(f"/desk/m/{reference}/report.json").json()["counts"]["stay_closed"] == 1


def test_its_clock_is_read_day_by_day(bureau: Cast, review: YearlyReview, walk_in) -> None:
    clerk = walk_in(bureau.clerk)
    (address,) = re.findall(r'href="(/desk/m/[^"]+\.json)"', page(clerk, review.matter.reference))
    told = clerk.get(address).json()
    assert told["started_at"].startswith("2026-03-02")


def test_nobody_who_has_nothing_to_do_with_it_learns_that_it_is_there(
    bureau: Cast, review: YearlyReview, walk_in
) -> None:
    item = queries.items_of(review)[0]
    drafter = walk_in(bureau.drafter)
    assert drafter.get(f"/desk/m/{item.matter.reference}/").status_code == 404
    assert drafter.get(f"/desk/m/{review.matter.reference}/report.json").status_code == 404


def test_what_is_often_asked_becomes_a_document_from_the_task(bureau: Cast, walk_in) -> None:
    often = reviews.Often("渣土车核准路线", bureau.department.pk, 3, ("S2026-00001",))
    reviews.propose_conversions([often], at=MONDAY)
    task = Conversion.objects.get()
    clerk = walk_in(bureau.clerk)
    assert "S2026-00001" in page(clerk, task.matter.reference)
    assert "渣土车核准路线" in page(clerk, task.matter.reference, "acts", "begin", "")
    assert clerk.post(f"/desk/m/{task.matter.reference}/acts/begin/", {"seen": 1}).status_code == 302
    task.refresh_from_db()
    assert Matter.objects.get(reference=task.document).title == "渣土车核准路线"


def test_a_part_that_is_to_be_opened_leads_to_its_request_and_to_a_new_document(
    bureau: Cast, walk_in
) -> None:
    part = Candidate("S2026-00012/1", "内部流程（第3页）", bureau.department.pk, "process", None, ())
    review = reviews.open_review(
        2026, candidates=[part], seed="5eed", log_size=7, office=bureau.office, at=MONDAY
    )
    (item,) = queries.items_of(review)
    reviews.let_open(item.pk, reason="可以公开", actor=bureau.confidentiality, at=MONDAY)
    task, clerk = Conversion.objects.get(), walk_in(bureau.clerk)
    said = page(clerk, task.matter.reference)
    assert "S2026-00012/1" in said
    assert 'href="/desk/m/S2026-00012/"' in said
    begin = f"/desk/m/{task.matter.reference}/acts/begin/"
    assert "Begin a document" in page(clerk, task.matter.reference, "acts", "begin", "")
    assert clerk.post(begin, {"seen": 1}).status_code == 302
    task.refresh_from_db()
    assert Matter.objects.get(reference=task.document).title == "内部流程（第3页）"
