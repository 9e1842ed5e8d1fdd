"""Suggestions and proposals at the desk: the list that is taken in, every act from its form, the figures."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sunshine.core.matters.models import Matter
from sunshine.core.people.models import Person
from sunshine.doors.desk import deeds, proposals_facts
from sunshine.work.documents.models import Document
from sunshine.work.proposals import rules
from sunshine.work.proposals.models import Commitment, Proposal, Publication, Session
from tests.cast import Cast
from tests.doors.desk.conftest import WalkIn
from tests.rooms import proposals_story as story

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(bureau: Cast) -> Session:
    return story.session(bureau, at=timezone.now())


def take_in(client: Any, session: Session, rows: list[Any]) -> Any:
    data = story.workbook(rows)
    file = SimpleUploadedFile("交办表.xlsx", data)
    return client.post(f"/desk/proposals/{session.code}/import/", {"file": file}, follow=True)


def today() -> str:
    return timezone.localdate().isoformat()


def test_the_clerk_takes_a_list_in_twice_and_it_enters_once(
    bureau: Cast, session: Session, walk_in: WalkIn
) -> None:
    rows = [story.row(编号=number, 交办日期=today()) for number in range(1, 4)]
    client = walk_in(bureau.clerk)
    first = take_in(client, session, rows[:2]).content.decode()
    assert "2 entered, 0 stood already" in first
    assert "Not taken in: the columns 联系电话" in first
    assert "1 entered, 2 stood already" in take_in(client, session, rows).content.decode()
    assert Proposal.objects.count() == 3
    assert "13800001234" not in client.get(f"/desk/proposals/{session.code}/").content.decode()


def test_a_list_with_mistakes_enters_nothing_and_names_row_column_and_rule(
    bureau: Cast, session: Session, walk_in: WalkIn
) -> None:
    client = walk_in(bureau.clerk)
    rows = [story.row(编号=1, 交办日期=today()), story.row(编号=2, 办理方式="代办")]
    answer = take_in(client, session, rows)
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "1 mistake in the list" in said
    assert re.search(r">4</td><td[^>]*>办理方式</td>", said)
    assert "PRP-LEAD" in said
    assert not Proposal.objects.exists()


def test_a_row_that_says_something_else_than_what_stands_is_a_mistake(
    bureau: Cast, session: Session, walk_in: WalkIn
) -> None:
    client = walk_in(bureau.clerk)
    take_in(client, session, [story.row(编号=1, 交办日期=today())])
    answer = take_in(client, session, [story.row(编号=1, 标题="另一件事", 交办日期=today())])
    assert "stands already and says something else" in answer.content.decode()
    assert Proposal.objects.get().matter.title == "关于增设公共停车位的建议"


def test_who_is_not_of_the_office_takes_nothing_in_and_lists_only_their_own(
    bureau: Cast, session: Session, walk_in: WalkIn
) -> None:
    now = timezone.now()
    story.entered(bureau, session, at=now, title="办公室手中的建议")
    story.handled(bureau, session, at=now, number="13", title="停车处承办的建议")
    client = walk_in(bureau.drafter)
    assert client.get(f"/desk/proposals/{session.code}/import/").status_code == 403
    assert client.get(f"/desk/proposals/{session.code}/figures/proposals.all/").status_code == 403
    listed = client.get(f"/desk/proposals/{session.code}/").content.decode()
    assert "停车处承办的建议" in listed
    assert "办公室手中的建议" not in listed
    assert walk_in(bureau.proofreader).get("/desk/m/J2026-00001/").status_code == 404


def press(walk_in: WalkIn, person: Person, matter_id: int, act: str, **given: Any) -> Matter:
    matter = Matter.objects.get(pk=matter_id)
    own = {"draft_reply": "answer", "draft_again": "answer", "begin_document": "publish"}
    address = f"/desk/m/{matter.reference}/{own.get(act) or f'acts/{act}'}/"
    client = walk_in(person)
    assert client.get(address).status_code == 200
    answer = client.post(address, {"seen": matter.version, **given})
    assert answer.status_code == 302, answer.content.decode()
    return Matter.objects.get(pk=matter_id)


def test_one_goes_from_the_assigner_to_the_kept_commitment_by_its_forms(
    bureau: Cast, session: Session, walk_in: WalkIn
) -> None:
    given = {"number": "7", "title": "关于增设车位的建议", "sort": "suggestion", "proposer": "欧阳测试"}
    given |= {"proposer_sort": "person", "role": "lead", "assigned_on": today(), "text": "老城区停车难"}
    answer = walk_in(bureau.clerk).post(f"/desk/proposals/{session.code}/enter/", given)
    made = Proposal.objects.get()
    assert answer.headers["Location"] == f"/desk/m/{made.matter.reference}/"

    def do(person: Person, act: str, **facts: Any) -> Matter:
        return press(walk_in, person, made.pk, act, **facts)

    do(bureau.clerk, "accept")
    do(bureau.clerk, "assign", department=bureau.department.pk)
    do(
        bureau.drafter,
        "ask_opinions",
        question="请会办",
        departments=[bureau.office.pk],
        bodies="市公安局\n市财政局",
    )
    assert made.opinions.count() == 3
    do(bureau.drafter, "record_contact", contacted_on=today(), way="visit", said="当面听取意见")
    due_on = (timezone.localdate() + timedelta(days=90)).isoformat()
    drafted = {"reply_class": "B", "text": "欧阳测试代表：\n已列入计划。", "mark": "proactive"}
    do(bureau.drafter, "draft_reply", **drafted, commitments=f"{due_on} 建成百个车位")
    assert do(bureau.leader, "sign", without_opinions="已电话沟通").stage == "proposal_reply_signed"
    do(bureau.drafter, "reply", replied_on=today(), way="visit")
    do(bureau.drafter, "rate", rating="satisfied", rated_on=today())
    kept = {"commitment": Commitment.objects.get().pk, "kept_on": today(), "proof": "验收单17号"}
    assert do(bureau.head, "keep_commitment", **kept).stage == "proposal_closed"
    page = walk_in(bureau.drafter).get(f"/desk/m/{made.matter.reference}/").content.decode()
    assert all(said in page for said in ("验收单17号", "已电话沟通", "当面听取意见", "市财政局"))


def test_the_document_of_a_reply_names_the_deputy_as_the_session_says(
    bureau: Cast, session: Session, walk_in: WalkIn
) -> None:
    now = timezone.now()
    due_on = timezone.localdate() + timedelta(days=60)
    made = story.handled(bureau, session, at=now - timedelta(hours=2))
    story.replied(bureau, made, at=now - timedelta(hours=1), commitments=[(due_on, "建成车位")])
    publication = Publication.objects.get()
    press(walk_in, bureau.drafter, publication.pk, "begin_document")
    document = Document.objects.get()
    fields = document.matter.drafts.get().fields
    assert document.kind == "proposal_reply"
    assert "<p>欧阳代表：</p>" in fields["body"]
    assert "欧阳测试" not in str(fields)
    assert "1. 建成车位（" in fields["body"]


def test_every_figure_of_a_session_opens_its_list(bureau: Cast, session: Session, walk_in: WalkIn) -> None:
    story.entered(bureau, session, at=timezone.now())
    client = walk_in(bureau.clerk)
    for name in rules.NAMES:
        answer = client.get(f"/desk/proposals/{session.code}/figures/{name}/")
        assert answer.status_code == 200, name
    assert "J20" in client.get(f"/desk/proposals/{session.code}/figures/proposals.lead/").content.decode()
    assert client.get(f"/desk/proposals/{session.code}/figures/proposals.x/").status_code == 404


def test_the_list_of_a_session_costs_the_same_for_three_as_for_thirty(
    bureau: Cast, session: Session, walk_in: WalkIn
) -> None:
    client = walk_in(bureau.clerk)

    def cost() -> int:
        client.get(f"/desk/proposals/{session.code}/")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/desk/proposals/{session.code}/")
        return len(asked)

    story.handled(bureau, session, at=timezone.now(), number="0")
    few = cost()
    for number in range(1, 20):
        story.entered(bureau, session, at=timezone.now(), number=str(number))
    assert cost() == few
    assert few <= 20


@pytest.mark.parametrize("kind", sorted(deeds.OF_PROPOSALS))
def test_every_act_that_people_do_has_its_form_and_every_fact_its_field(kind: str) -> None:
    by_another = {"take_in", "rate_dissatisfied"}
    for procedure in rules.PROCEDURES:
        if procedure.kind != kind:
            continue
        acts = {act.name: act for act in procedure.acts if act.label}
        assert set(acts) - by_another == set(deeds.OF_PROPOSALS[kind])
        for name, deed in deeds.OF_PROPOSALS[kind].items():
            if not deed.page:
                unknown = set(deed.facts(acts[name])) - set(proposals_facts.MAKERS)
                assert not unknown, f"{kind}.{name}: {unknown}"


def test_a_session_is_entered_by_its_form_and_only_with_what_is_on_the_lists(
    bureau: Cast, walk_in: WalkIn
) -> None:
    client = walk_in(bureau.clerk)
    given = {"name": "市人大2018年会议", "code": "c-2018", "body": "congress", "level": "city"}
    given |= {"year": "2018", "classes": "three", "naming": "full"}
    assert client.post("/desk/proposals/new/", {**given, "classes": "five"}).status_code == 422
    assert client.post("/desk/proposals/new/", given).status_code == 302
    assert client.post("/desk/proposals/new/", given).status_code == 422
    assert client.get("/desk/proposals/").status_code == 200
