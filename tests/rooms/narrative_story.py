"""The year 2018 of a small bureau: two proposals, two facts, and the narrative report that tells them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sunshine.core.publishing.operations import files
from sunshine.kernel.period import SHANGHAI
from sunshine.lenses.reporting import drafting
from sunshine.lenses.reporting.rules.prose import Words
from sunshine.project import worker
from sunshine.work.documents import operations as documents
from sunshine.work.facts import operations as facts
from sunshine.work.facts.models import Fact
from sunshine.work.facts.rules import Stated
from sunshine.work.proposals import operations as proposals
from sunshine.work.proposals.models import Proposal, Publication
from tests import cast as plays
from tests.cast import Cast
from tests.rooms import proposals_story as story

IN_MARCH_2018 = datetime(2018, 3, 5, 9, tzinfo=SHANGHAI)
IN_MAY = datetime(2018, 5, 7, 9, tzinfo=SHANGHAI)
MARCH_2019 = datetime(2019, 3, 11, 9, tzinfo=SHANGHAI)
MINUTE = timedelta(minutes=1)


def proposals_of_2018(bureau: Cast) -> tuple[Proposal, Proposal]:
    """Let the bureau answer one and publish the reply, and give its opinion on another."""
    session = story.session(bureau, at=IN_MARCH_2018)
    lead = story.handled(bureau, session, at=IN_MARCH_2018)
    joint = story.joined(bureau, session, at=IN_MARCH_2018, number="15")
    story.opined(bureau, joint, at=IN_MAY)
    lead = story.replied(bureau, lead, at=IN_MAY)
    publish_reply(bureau, lead, at=IN_MAY + timedelta(days=2))
    return lead, joint


def publish_reply(bureau: Cast, made: Proposal, *, at: datetime) -> None:
    """Take the document of a reply through the gate; the worker notes its record."""
    publication = Publication.objects.get(reply__proposal=made)
    document = plays.make_document(bureau, title="关于第12号建议的答复", at=at)
    reference = document.matter.reference
    proposals.begin_document(publication.pk, document=reference, actor=bureau.drafter, at=at + 10 * MINUTE)
    documents.set_attribute(
        document.pk, attribute="proactive", item=bureau.item, actor=bureau.drafter, at=at + 11 * MINUTE
    )
    plays.go_on(bureau, document.pk, at=at + 20 * MINUTE)
    while worker.work_once(at=at + 60 * MINUTE):
        pass


def stated(**given: Any) -> Stated:
    """Return what an officer states: how many followers the microblog has."""
    told: dict[str, Any] = {
        "year": 2018,
        "code": "followers",
        "name": "官方微博累计粉丝",
        "value": "32",
        "unit": "万人",
        "as_of": date(2018, 12, 31),
        "source": "微博平台后台统计",
        "topic": "services",
    }
    return Stated(**told | given)


def recorded(bureau: Cast, *, at: datetime = MARCH_2019, **given: Any) -> Fact:
    """Record a fact."""
    return facts.record(stated(**given), actor=bureau.drafter, at=at)


def words(**given: str) -> Words:
    """Return six sections, each of which says something."""
    told = {
        "organisation": "及时调整政务公开领导小组。",
        "explaining": (
            "办理建议提案[[proposals.all]]件，主办件[[proposals.lead]]件，会办件[[proposals.joint]]件，"
            "公开答复[[proposals.published]]件。"
        ),
        "five_openings": "主动公开政府信息[[records.published]]条。",
        "services": "一是用好新平台。\n二是官方微博粉丝[[facts.followers]]万人以上，2016年11月开通微信号。",
        "participation": "完善公众参与渠道。",
        "regulation": "收到申请[[requests.new.total]]件。",
    }
    return Words(**told | given)


def begun(bureau: Cast, *, at: datetime = MARCH_2019, **given: Any) -> int:
    """Draft the report of 2018 and return its matter."""
    who = {"department": bureau.department, "officer": bureau.drafter, "at": at}
    return drafting.begin(**{"year": 2018, "stated": {}, "words": words(), **who, **given}).pk


def published(bureau: Cast, *, at: datetime = MARCH_2019) -> int:
    """Take the report of 2018 through the gate and return its matter."""
    plays.make_item("reports", column="reports", subject="政府信息公开年报", at=at)
    matter_id = begun(bureau, at=at)
    files.scan_waiting(at=at)
    plays.go_on(bureau, matter_id, at=at + timedelta(hours=1))
    return matter_id
