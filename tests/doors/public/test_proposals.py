"""What everybody reads of suggestions and proposals: figures that open, replies in full, promises kept."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sunshine.core.publishing.models import Record
from sunshine.project import worker
from sunshine.work.documents import operations as documents
from sunshine.work.proposals import composing, rules
from sunshine.work.proposals import operations as proposals
from sunshine.work.proposals.models import Commitment, Proposal, Publication, Session
from tests import cast as plays
from tests.cast import MONDAY, Cast
from tests.rooms import proposals_story as story
from tests.rooms.proposals_story import DAY, MINUTE

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return plays.make_cast()


@pytest.fixture
def reader() -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    return client


def later(days: float) -> datetime:
    return MONDAY + days * DAY


def page(reader: Client, address: str) -> str:
    answer = reader.get(f"/en{address}")
    assert answer.status_code == 200, address
    return answer.content.decode()


def publish(cast: Cast, publication: Publication, at: datetime) -> Record:
    """Take the document of a reply through the gate, as its own paper says it."""
    waiting = Publication.objects.select_related("reply__proposal__matter", "reply__proposal__session")
    paper = composing.document(waiting.get(pk=publication.pk).reply)
    document = plays.make_document(cast, kind="proposal_reply", title=paper.title, body=paper.body, at=at)
    proposals.begin_document(
        publication.pk, document=document.matter.reference, actor=cast.drafter, at=at + 5 * MINUTE
    )
    given: dict[str, Any] = {"attribute": "proactive", "item": cast.item, "actor": cast.drafter}
    documents.set_attribute(document.pk, **given, at=at + 6 * MINUTE)
    plays.go_on(cast, document.pk, at=at + 10 * MINUTE)
    while worker.work_once(at=at + 60 * MINUTE):
        pass
    return Record.objects.get(matter_reference=document.matter.reference)


def promised(cast: Cast, text: str = "建成百个车位", *, naming: str = "surname") -> tuple[Proposal, Record]:
    made = story.handled(cast, story.session(cast, naming=naming))
    promise = (date(2026, 9, 30), text)
    story.replied(cast, made, at=later(10), commitments=[promise])
    record = publish(cast, Publication.objects.get(), later(12))
    return made, record


def test_a_title_stands_in_the_list_once_its_reply_is_public_and_goes_with_it(
    cast: Cast, reader: Client
) -> None:
    made, record = promised(cast)
    address = f"/proposals/{made.matter.reference}/"
    assert "关于增设公共停车位的建议" in page(reader, "/proposals/2026/")
    assert "建成百个车位" in page(reader, address)
    assert "建成百个车位" in page(reader, "/proposals/commitments/")
    given: dict[str, Any] = {"ground": "inaccurate", "reason": "数字有误"}
    matter_id = record.drafts.get().matter_id
    documents.propose_withdrawal(matter_id, **given, actor=cast.office_head, at=later(20))
    documents.withdraw(matter_id, **given, actor=cast.leader, at=later(20))
    for gone in ("/proposals/2026/", address, "/proposals/commitments/"):
        assert "停车位" not in page(reader, gone)
        assert "车位" not in page(reader, gone)


def test_the_deputy_is_named_by_surname_in_the_public_reply(cast: Cast, reader: Client) -> None:
    made, record = promised(cast)
    said = page(reader, f"/r/{record.reference}/")
    assert "欧阳代表" in said
    assert "欧阳测试" not in said + page(reader, f"/proposals/{made.matter.reference}/")


@pytest.mark.parametrize("published_as", ["surname", "full"])
def test_a_commitment_names_the_deputy_as_the_session_says_in_the_reply_and_in_the_list(
    cast: Cast, reader: Client, published_as: str
) -> None:
    made, record = promised(cast, "邀请欧阳测试代表现场验收", naming=published_as)
    # A reply that was published before commitments were looked at named the deputy in full.
    Session.objects.update(naming="surname")
    given: dict[str, Any] = {"commitment": Commitment.objects.get().pk, "actor": cast.head}
    proposals.put_off_commitment(
        made.pk, reason="欧阳测试代表建议缓建", due_on=date(2099, 9, 30), **given, at=later(30)
    )
    said = page(reader, "/proposals/commitments/") + page(reader, f"/proposals/{made.matter.reference}/")
    assert said.count("邀请欧阳代表现场验收") == 2
    assert said.count("欧阳代表建议缓建") == 2
    proposals.keep_commitment(
        made.pk, kept_on=later(40).date(), proof="欧阳测试代表签收", **given, at=later(40)
    )
    said += page(reader, "/proposals/commitments/?show=kept")
    assert "欧阳代表签收" in said
    assert "欧阳测试" not in said
    if published_as == "surname":
        assert "欧阳测试" not in page(reader, f"/r/{record.reference}/")


def test_a_commitment_is_read_with_its_light_until_it_is_kept_and_put_off_in_the_open(
    cast: Cast, reader: Client
) -> None:
    made, _record = promised(cast)
    commitment = Commitment.objects.get()
    assert "overdue" in page(reader, "/proposals/commitments/").lower()  # the tests' today is past its day
    proposals.put_off_commitment(
        made.pk,
        commitment=commitment.pk,
        due_on=date(2099, 9, 30),
        reason="汛期停工",
        actor=cast.head,
        at=later(30),
    )
    said = page(reader, "/proposals/commitments/")
    assert "汛期停工" in said
    assert "2026-09-30" in said
    proposals.keep_commitment(
        made.pk,
        commitment=commitment.pk,
        kept_on=later(40).date(),
        proof="验收单17号",
        actor=cast.head,
        at=later(40),
    )
    assert "验收单17号" in page(reader, "/proposals/commitments/?show=kept")
    assert "验收单17号" not in page(reader, "/proposals/commitments/")


def test_a_commitment_that_the_published_text_does_not_say_is_not_shown(cast: Cast, reader: Client) -> None:
    made, _record = promised(cast)
    Commitment.objects.update(text="从未公开的话")
    assert "从未公开的话" not in page(reader, f"/proposals/{made.matter.reference}/")
    assert "从未公开的话" not in page(reader, "/proposals/commitments/")


def test_every_public_figure_opens_the_list_that_makes_it(cast: Cast, reader: Client) -> None:
    promised(cast)
    of = Proposal.objects.get().session
    story.joined(cast, of, number="会1")
    said = page(reader, "/proposals/2026/")
    for name in ("all", "lead", "joint", "replied", "published", "commitments"):
        assert f"/en/proposals/2026/proposals.{name}/" in said
        listed = page(reader, f"/proposals/2026/proposals.{name}/")
        assert "/en/proposals/J2026-" in listed
    assert reader.get("/en/proposals/2026/proposals.x/").status_code == 404
    assert reader.get("/en/proposals/2017/").status_code == 404
    assert set(rules.NAMES) >= {"proposals.all"}


def test_a_year_costs_the_same_for_two_as_for_twenty(cast: Cast, reader: Client) -> None:
    made, _record = promised(cast)
    of = made.session

    def cost() -> int:
        page(reader, "/proposals/2026/")
        with CaptureQueriesContext(connection) as asked:
            page(reader, "/proposals/2026/")
        return len(asked)

    few = cost()
    for number in range(20, 40):
        story.entered(cast, of, number=str(number))
    assert cost() == few
    assert few <= 16


def test_the_record_of_a_reply_leads_to_its_proposal(cast: Cast, reader: Client) -> None:
    made, record = promised(cast)
    assert f"/en/proposals/{made.matter.reference}/" in page(reader, f"/r/{record.reference}/")


def test_both_replies_are_kept_and_read_where_the_deputy_was_not_satisfied(
    cast: Cast, reader: Client
) -> None:
    made, first = promised(cast)
    story.rated(cast, made, "dissatisfied", at=later(14))
    story.replied(cast, made, at=later(20), text="再次答复。")
    second = publish(cast, Publication.objects.latest("matter_id"), later(22))
    said = page(reader, f"/proposals/{made.matter.reference}/")
    assert f"/r/{first.reference}/" in said
    assert f"/r/{second.reference}/" in said
    assert "再次答复" in second.title
