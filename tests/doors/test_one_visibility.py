"""One rule decides what is public: every public address is walked by a stranger, and no secret is found.

The data set holds a secret wherever one could slip out: in drafts, reviews, files, autosaves, what was
withdrawn, erased, filed or waits for its time. The walk knows each address by the table of addresses
itself, so a new one is walked from its first day; one whose parts it cannot fill fails the test.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.regex_helper import normalize

from sunshine.core.ledger import queries as ledger
from sunshine.core.matters.models import Matter
from sunshine.core.publishing.models import Draft, Record
from sunshine.core.publishing.operations import mending
from sunshine.core.publishing.rules import COLUMNS, Attribute
from sunshine.kernel.procedure import APPLICANT
from sunshine.lenses.reporting import letters as letters_figures
from sunshine.project import worker
from sunshine.work.correspondence import operations as letters
from sunshine.work.correspondence.models import Post
from sunshine.work.correspondence.rules.posting import Letter
from sunshine.work.documents import operations as documents
from sunshine.work.participation.models import CommentCall
from sunshine.work.participation.operations import listing, moderating, seating, sending
from sunshine.work.proposals import operations as proposals
from sunshine.work.proposals.models import Commitment
from sunshine.work.requests import operations as requests
from sunshine.work.requests.rules.filing import Filing
from sunshine.work.requests.rules.letters import NOTICES
from tests import cast as plays
from tests.cast import MONDAY
from tests.rooms import gathering_story, proposals_story

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(hours=2)
BAIT = "不可示人"
"""Stands beside every secret, so that a search can ask for its neighbourhood without naming it."""

_secrets = (f"secret{number:03d}xq" for number in itertools.count(1))


def hidden(kept: list[str], where: str) -> str:
    """Return a text that must never be seen, and remember it."""
    secret = next(_secrets)
    kept.append(secret)
    return f"{where}{BAIT}{secret}"


def seed(cast: plays.Cast) -> list[str]:
    """Fill the bureau with secrets in every place that is not public; return them."""
    kept: list[str] = []

    def story(where: str, **more: Any) -> dict[str, Any]:
        return {
            "title": hidden(kept, f"{where}标题"),
            "body": f"<p>{hidden(kept, where)}</p>",
            "attachments": {f"{hidden(kept, '文件')}.txt": hidden(kept, "附件").encode()},
            **more,
        }

    for stage in plays.STAGES[:-1]:
        plays.make_document(cast, upto=stage, **story(stage))
    plays.make_document(cast, upto="approved", **story("不公开", attribute=Attribute.NOT_PUBLIC))
    waiting = plays.make_document(
        cast, upto="approved", **story("定时", publish_at=LATER + timedelta(days=9))
    )
    documents.schedule(waiting.matter_id, actor=cast.clerk, at=LATER)
    _withdraw(cast, plays.make_record(cast, **story("撤回")))
    _autosave_and_objections(cast, kept)
    _correction(cast, kept)
    _erasure(cast, kept)
    _request(cast, kept)
    _opinions(cast, kept)
    _events(cast, kept)
    _proposals(cast, kept)
    _letters(cast, kept)
    return kept


def _events(cast: plays.Cast, kept: list[str]) -> None:
    """Plan one event that nobody may know of yet; let people sign up for another."""
    hidden_plan = gathering_story.make_planned(cast, title=hidden(kept, "未公告"), place=hidden(kept, "地点"))
    event = gathering_story.make_announced(cast, title=hidden(kept, "内部名称"))
    sender = {"name": hidden(kept, "报名人"), "phone": "13800001234"}
    seating.sign_up(event, sender=sender, at=gathering_story.SIGNING_UP)
    line: dict[str, Any] = {"department": cast.department, "ways": ["call"], "month": 3}
    listing.enter(2026, title=hidden(kept, "未公布目录"), **line, actor=cast.clerk, at=LATER)
    assert hidden_plan.announced_at is None


def _opinions(cast: plays.Cast, kept: list[str]) -> None:
    """Let people speak of a draft: who they are, what was not looked at, hidden or only saved."""
    fields = {"comment_until": "2026-04-10", "explanation": "说明"}
    plays.make_record(cast, kind="decision_draft", title="公开征求意见之草案", fields=fields)
    _work(LATER)
    call = CommentCall.objects.get()
    for number in range(3):
        said = sending.Said(
            [(0, hidden(kept, "意见") if number < 2 else "公开的意见")],
            {"name": hidden(kept, "姓名"), "email": f"{hidden(kept, '邮箱')}@example.cn"},
            LATER,
            [(f"{hidden(kept, '意见附件名')}.txt", hidden(kept, "意见附件").encode())],
        )
        sending.send(call, said, at=LATER)
    given: dict[str, Any] = {"actor": cast.clerk, "at": LATER}
    moderating.hide(call.matter_id, numbers=[2], hiding="empty", **given)
    moderating.release(call.matter_id, numbers=[3], **given)
    sending.save(call, {"p0": hidden(kept, "存稿")}, begun_at=LATER, at=LATER)


def _proposals(cast: plays.Cast, kept: list[str]) -> None:
    """Let deputies propose: what is not public is nobody’s business, nor is who proposed."""
    of = proposals_story.session(cast)
    hidden_parts: dict[str, Any] = {"proposer": hidden(kept, "代表"), "text": hidden(kept, "建议内容")}
    for number, mark in enumerate(("proactive", "not_public")):
        made = proposals_story.handled(
            cast, of, number=str(number), title=hidden(kept, "建议标题"), **hidden_parts
        )
        proposals.ask_opinions(
            made.pk,
            question=hidden(kept, "会办事项"),
            bodies=[hidden(kept, "会办单位")],
            actor=cast.drafter,
            at=LATER,
        )
        opinion = made.opinions.get()
        proposals.record_opinion(
            opinion.pk, opinion=hidden(kept, "会办意见"), sent_on=LATER.date(), actor=cast.drafter, at=LATER
        )
        proposals_story.replied(
            cast,
            made,
            at=LATER,
            text=hidden(kept, "答复"),
            mark=mark,
            ground="" if mark == "proactive" else hidden(kept, "不公开理由"),
            commitments=[(LATER.date() + timedelta(days=90), hidden(kept, "承诺"))],
        )
        commitment = Commitment.objects.get(reply__proposal=made)
        proposals.keep_commitment(
            made.pk,
            commitment=commitment.pk,
            kept_on=LATER.date(),
            proof=hidden(kept, "证明"),
            actor=cast.head,
            at=LATER + timedelta(minutes=9),
        )
        proposals.rate(
            made.pk,
            rating="dissatisfied",
            rated_on=LATER.date(),
            rating_words=hidden(kept, "代表原话"),
            actor=cast.drafter,
            at=LATER + timedelta(minutes=10),
        )


def _request(cast: plays.Cast, kept: list[str]) -> None:
    """Let somebody ask for information: who asks, what, and with which file is nobody's business."""
    filing = Filing(
        way="web",
        applicant_kind="natural_person",
        wanted=hidden(kept, "所需信息"),
        identity={
            "name": hidden(kept, "姓名"),
            "document": "other",
            "document_number": hidden(kept, "证件"),
            "address": hidden(kept, "地址"),
        },
        files=((f"{hidden(kept, '文件名')}.txt", hidden(kept, "随附文件").encode()),),
    )
    requests.file_online(filing, office=cast.office, at=LATER)


def _letters(cast: plays.Cast, kept: list[str]) -> None:
    """Let people write letters, one of which is answered, another waits: their words are not for show."""
    letters.list_service(code="bin", name="垃圾桶", sort="complaint", actor=None, at=LATER)

    def letter(where: str) -> Letter:
        who = {"name": hidden(kept, f"{where}姓名"), "address": hidden(kept, f"{where}住址")}
        text, place = hidden(kept, f"{where}来信"), hidden(kept, f"{where}地点")
        given: dict[str, Any] = {"sort": "complaint", "address": place, "who": who, "service": "bin"}
        return Letter(channel="message_board", text=text, lat=31.12345, lon=117.54321, **given)

    letters.post(letter("等候"), office=cast.office, network="192.0.2.1", at=LATER)
    made, _code = letters.enter(letter("登记"), office=cast.office, arrived_at=LATER, actor=None, at=LATER)
    letters.register_case(made.pk, sort="complaint", actor=cast.clerk, at=LATER)
    letters.offer(made.pk, department=cast.department, actor=cast.clerk, at=LATER)
    letters.accept_case(made.pk, actor=cast.drafter, at=LATER)
    letters.note_case(made.pk, note=hidden(kept, "记录"), actor=cast.drafter, at=LATER)
    reply: dict[str, Any] = {"outcome": "resolved", "text": hidden(kept, "答复")}
    letters.draft_case_reply(made.pk, **reply, actor=cast.drafter, at=LATER)
    letters.approve_case_reply(made.pk, actor=cast.head, at=LATER)
    letters.send_reply(made.pk, told_by="site", actor=cast.drafter, at=LATER)
    letters.contest(made.pk, reason=hidden(kept, "不认可"), actor=APPLICANT, at=LATER)
    kept += ["31.12345", "117.54321"]


def _withdraw(cast: plays.Cast, record: Record) -> None:
    given: dict[str, Any] = {"ground": "inaccurate", "reason": "数字有误"}
    matter_id = record.drafts.get().matter_id
    documents.propose_withdrawal(matter_id, **given, actor=cast.office_head, at=LATER)
    documents.withdraw(matter_id, **given, actor=cast.leader, at=LATER)


def _autosave_and_objections(cast: plays.Cast, kept: list[str]) -> None:
    document = plays.make_document(cast, upto="in_review", title="平常标题")
    documents.send_back(document.matter_id, reason=hidden(kept, "退回理由"), actor=cast.clerk, at=LATER)
    documents.autosave(
        document.matter_id,
        part=0,
        fields={"body": hidden(kept, "自动保存")},
        revision=1,
        actor=cast.drafter,
        at=LATER,
    )


def _correction(cast: plays.Cast, kept: list[str]) -> None:
    record = plays.make_record(cast, title="公开而正在更正")
    draft = record.drafts.get()
    documents.correct(draft.matter_id, reason=hidden(kept, "更正理由"), actor=cast.drafter, at=LATER)
    documents.write(
        draft.matter_id,
        part=0,
        fields={"body": hidden(kept, "更正稿")},
        revision=Draft.objects.get(pk=draft.pk).revision,
        actor=cast.drafter,
        at=LATER,
    )


def _erasure(cast: plays.Cast, kept: list[str]) -> None:
    record = plays.make_record(cast, title="公开而有删除", fields={"summary": hidden(kept, "摘要")})
    mending.erase(
        record.reference,
        version=1,
        names=["summary"],
        ground="PIPL art. 47",
        proposed_by=cast.privacy,
        decided_by=cast.leader,
        at=LATER,
    )


def every_address() -> Iterator[str]:
    """Yield each public address that the table of addresses can make of what is in the database."""
    fillings: Mapping[str, list[object]] = _fillings()
    for shape in _shapes(get_resolver()):
        for form, names in shape:
            for values in itertools.product(*(_values(fillings, name, form) for name in names)):
                yield "/" + form % dict(zip(names, values, strict=True))


def _fillings() -> Mapping[str, list[object]]:
    references: list[object] = [
        *Record.objects.values_list("reference", flat=True),
        *Matter.objects.values_list("reference", flat=True),
    ]
    size = ledger.size()
    return {
        "reference": references,
        "slug": [column.slug for column in COLUMNS],
        "column": [column.slug for column in COLUMNS],
        "code": ["norms", "bin"],
        "number": [1, 2, "X2026-00001"],
        "version": [1, 2],
        "other": [1, 2],
        "position": [0, 1],
        "day": ["2026-03-02"],
        "year": [2026],
        "file_id": [1, 2, 3],
        "format_": ["xml", "json"],
        "token": list(Post.objects.values_list("token", flat=True)),
        "figure": [*letters_figures.BY_NAME, "promises.overdue"],
        "name": [*_file_names(), "proposals.all", "proposals.commitments"],
        "kind": list(NOTICES),
        "index": [0, size - 1],
        "path": [f"tile/0/000.p/{size}", f"tile/entries/000.p/{size}"],
    }


def _file_names() -> Iterator[str]:
    from sunshine.core.publishing.models import Attachment

    yield from Attachment.objects.values_list("name", flat=True)


def _values(fillings: Mapping[str, list[object]], name: str, form: str) -> list[object]:
    assert name in fillings, f"the walk does not know how to fill “{name}” of {form}"
    return fillings[name]


def _shapes(resolver: URLResolver, before: str = "") -> Iterator[list[tuple[str, list[str]]]]:
    for each in resolver.url_patterns:
        where = before + str(each.pattern.regex.pattern).lstrip("^").removesuffix(r"\Z")
        if where.startswith("desk/"):
            continue
        if isinstance(each, URLResolver):
            yield from _shapes(each, where)
        elif isinstance(each, URLPattern):
            yield normalize(where)


def _seen(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8", "replace") + str(response.headers)


def _work(at: Any) -> None:
    while worker.work_once(at=at):
        pass


def test_a_stranger_who_walks_every_public_address_meets_no_secret(client: Client):
    cast = plays.make_cast()
    secrets = seed(cast)
    open_record = plays.make_record(cast, title=f"公开{BAIT}之事")
    _work(LATER + timedelta(minutes=5))
    walked = 0
    for address in every_address():
        seen = _seen(client.get(address))
        walked += 1
        found = [secret for secret in secrets if secret in seen and secret not in address]
        assert not found, f"{address} shows {found}"
    assert walked > 200
    assert client.get(f"/r/{open_record.reference}/").status_code == 200


@pytest.mark.parametrize("language", ["", "/en", "/zh-hant"])
def test_a_search_beside_the_secrets_finds_only_what_is_public(client: Client, language: str):
    cast = plays.make_cast()
    secrets = seed(cast)
    open_record = plays.make_record(cast, title=f"公开{BAIT}之事")
    _work(LATER + timedelta(minutes=5))
    for query in (BAIT, "标题", "附件", "文件"):
        for address in (f"{language}/search/?q={query}", f"/api/v1/search?q={query}"):
            seen = _seen(client.get(address))
            assert not [secret for secret in secrets if secret in seen], f"{address} shows a secret"
    assert open_record.reference in _seen(client.get(f"{language}/search/?q={BAIT}"))


def test_staff_are_not_named_where_the_public_reads(client: Client):
    cast = plays.make_cast()
    plays.make_record(cast)
    names = [getattr(cast, name).name for name in cast.__slots__ if hasattr(getattr(cast, name), "username")]
    for address in every_address():
        seen = _seen(client.get(address))
        assert not [name for name in names if name in seen], address


def test_the_walk_reaches_every_door():
    doors = {address.split("/")[1] for address in _forms()}
    wanted = {
        "r",
        "directory",
        "columns",
        "log",
        "feeds",
        "api",
        "search",
        "verify",
        "requests",
        "calls",
        "events",
        "proposals",
    }
    assert wanted <= doors
    assert settings.ROOT_URLCONF == "sunshine.project.urls"


def _forms() -> Iterator[str]:
    for shape in _shapes(get_resolver()):
        for form, _ in shape:
            yield "/" + form
