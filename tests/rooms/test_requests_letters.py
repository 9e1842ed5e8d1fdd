"""Letters as files: numbered, PDF/A and docx with Chinese type, sealed; the applicant alone gets them."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import docx
import pypdf
import pytest

from sunshine.core.ledger.models import Entry, Leaf
from sunshine.kernel import errors
from sunshine.kernel.period import SHANGHAI
from sunshine.work.requests import composing
from sunshine.work.requests import operations as requests
from sunshine.work.requests.models import Answer, Applicant, Request
from tests import cast as plays
from tests.cast import MONDAY, Cast
from tests.rooms import requests_story as story

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    return plays.make_cast()


def answered(cast: Cast, outcome: str = "disclosed", **more: Any) -> Answer:
    request = story.handled(cast)
    story.answer(cast, request, outcome, at=MONDAY + 3 * DAY, **more)
    return Answer.objects.get(request=request)


def test_an_approved_reply_is_set_as_pdf_a_with_chinese_type_and_sealed(cast: Cast) -> None:
    answer = answered(cast)
    assert answer.letter_number == "阳城管公开告〔2026〕1号"
    assert answer.letter_pdf is not None
    name, data = requests.opened(answer.letter_pdf)
    assert name == "政府信息公开告知书.pdf"
    reader = pypdf.PdfReader(io.BytesIO(data))
    text = "".join(page.extract_text() for page in reader.pages).replace("\n", "")
    for words in ("测试人甲", story.WANTED, "第三十六条第（二）项", "阳光市人民政府", "2026年3月5日"):
        assert words in text
    root: Any = reader.trailer["/Root"]
    assert b"pdfaid:part" in root["/Metadata"].get_data()
    fonts: Any = reader.pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    names = [str(font.get_object()["/BaseFont"]) for font in fonts.values()]
    assert any("CJK" in name or "Song" in name for name in names), names


def test_the_same_letter_is_there_as_docx_without_an_author_of_its_own(cast: Cast) -> None:
    answer = answered(cast)
    assert answer.letter_docx is not None
    document = docx.Document(io.BytesIO(requests.opened(answer.letter_docx)[1]))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "测试人甲：" in text
    assert document.core_properties.author == "阳光市城市管理局"


def test_the_digest_of_the_letter_is_entered_for_staff_and_not_told_to_the_public(cast: Cast) -> None:
    answer = answered(cast)
    entry = Entry.objects.get(kind="information_request.approve")
    assert entry.facts["letter"] == answer.letter_digest
    assert all(answer.letter_digest not in bytes(leaf.data).decode() for leaf in Leaf.objects.all())


def test_a_letter_without_an_addressee_is_not_approved(cast: Cast) -> None:
    from sunshine.core.matters import sealing

    request = story.handled(cast)
    facts: dict[str, Any] = {"finding": "x", "public_subject": "停车", "details": {"handover": "电子"}}
    requests.draft_reply(request.pk, outcome="disclosed", **facts, actor=cast.drafter, at=MONDAY + DAY)
    sealed = sealing.seal_values({"phone": "13800001234"}, place=f"applicant:{request.pk}")
    Applicant.objects.filter(pk=request.pk).update(sealed=sealed)
    with pytest.raises(errors.RuleBroken, match="收件人"):
        requests.approve(request.pk, actor=cast.office_head, at=MONDAY + DAY)


def test_a_partial_answer_lists_what_is_withheld_with_its_article(cast: Cast) -> None:
    part = {"place": "第3页", "ground": "internal_affairs", "why": "内部工作流程。"}
    details = {"handover": "电子", "withheld": [part]}
    answer = answered(cast, "partial", details=details)
    letter = composing.reply(answer, on=MONDAY.date())
    article = "《中华人民共和国政府信息公开条例》第十六条第一款"
    said = f"第3页（属于三类内部事务信息，{article}），理由：内部工作流程。"
    assert said in "".join(letter.paragraphs)


def test_a_reply_that_came_back_after_approval_keeps_its_number(cast: Cast) -> None:
    request = story.handled(cast)
    facts: dict[str, Any] = {"finding": "x", "public_subject": "停车", "details": {"handover": "电子"}}
    requests.draft_reply(request.pk, outcome="disclosed", **facts, actor=cast.drafter, at=MONDAY + DAY)
    requests.approve(request.pk, actor=cast.office_head, at=MONDAY + DAY)
    requests.return_draft(request.pk, reason="错字", actor=cast.clerk, at=MONDAY + DAY)
    story.answer(cast, request, at=MONDAY + 2 * DAY)
    assert Answer.objects.get(request=request).letter_number == "阳城管公开告〔2026〕1号"


def test_a_notice_says_what_held_on_its_day_whatever_the_clock_did_later(cast: Cast) -> None:
    request = story.handled(cast)
    at = MONDAY + DAY
    requests.propose_extension(request.pk, reason="量大", actor=cast.drafter, at=at)
    requests.extend(request.pk, reason="量大", actor=cast.office_head, at=at)
    before = composing.course(Request.objects.select_related("matter").get(pk=request.pk))
    assert "2026年3月30日前答复" in "".join(before["receipt"].paragraphs)
    assert "2026年4月28日前答复" in "".join(before["extend"].paragraphs)
    requests.consult_third_party(
        request.pk,
        party="乙公司",
        about="合同",
        sent_on=(at + DAY).date(),
        actor=cast.drafter,
        at=at + DAY,
    )
    after = composing.course(Request.objects.select_related("matter").get(pk=request.pk))
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) == {"asking"}


def test_the_notice_of_a_fee_says_how_it_is_paid(cast: Cast, settings: Any) -> None:
    request = story.handled(cast)
    requests.charge_fee(
        request.pk,
        scale="page",
        quantity=100,
        notified_on=MONDAY.date(),
        actor=cast.office_head,
        at=MONDAY + DAY,
    )
    request = Request.objects.select_related("matter").get(pk=request.pk)
    assert "缴纳方式：与本机关政府信息公开工作机构联系办理" in "".join(
        composing.course(request)["fee"].paragraphs
    )
    settings.BUREAU = replace(settings.BUREAU, payment="凭本通知到市财政非税收入代收银行缴纳。")
    letter = composing.course(request)["fee"]
    assert letter.is_whole
    assert "缴纳方式：凭本通知到市财政非税收入代收银行缴纳。" in letter.paragraphs


def test_the_notices_follow_the_course_of_the_request(cast: Cast) -> None:
    request = story.file(cast)
    requests.ask_to_complete(
        request.pk, what="请说明年度", notified_on=MONDAY.date(), actor=cast.clerk, at=MONDAY + DAY
    )
    request = Request.objects.select_related("matter").get(pk=request.pk)
    found = composing.notices(request, due_on=MONDAY.date())
    assert set(found) == {"receipt", "complete"}
    assert all(letter.is_whole for letter in found.values())
    text = "".join(found["complete"].paragraphs)
    assert "请说明年度" in text
    assert "2026年3月23日" in text
    assert "第三十条" in text


def test_a_late_notice_says_that_the_period_runs_on_and_lets_nothing_lapse(cast: Cast) -> None:
    request = story.handled(cast)
    late = MONDAY + 14 * DAY
    requests.ask_too_late(request.pk, what="请说明年度", notified_on=late.date(), actor=cast.drafter, at=late)
    letter = composing.notices(Request.objects.get(pk=request.pk), due_on=MONDAY.date())["complete"]
    text = "".join(letter.paragraphs)
    assert letter.is_whole
    assert "答复期限不因补正重新计算" in text
    assert "不再处理" not in text
    assert "自本机关收到补正的申请之日起" not in text


def test_who_did_not_complete_in_time_is_told_that_the_request_is_handled_no_further(cast: Cast) -> None:
    request = story.file(cast)
    on = MONDAY.date()
    requests.ask_to_complete(request.pk, what="请说明年度", notified_on=on, actor=cast.clerk, at=MONDAY + DAY)
    assert requests.end_what_is_over(at=MONDAY + 40 * DAY) == 1
    letter = composing.course(Request.objects.select_related("matter").get(pk=request.pk))["lapse"]
    text = "".join(letter.paragraphs)
    assert letter.is_whole
    assert letter.title == "政府信息公开申请不再处理告知书"
    assert "2026年3月2日告知您（单位）补正" in text
    assert "《中华人民共和国政府信息公开条例》第三十条" in text
    assert "人民法院" in text


def test_who_did_not_pay_in_time_is_told_that_the_request_is_handled_no_further(cast: Cast) -> None:
    request = story.handled(cast)
    on = MONDAY.date()
    fee: dict[str, Any] = {"scale": "page", "quantity": 100, "notified_on": on}
    requests.charge_fee(request.pk, **fee, actor=cast.office_head, at=MONDAY + DAY)
    requests.fee_notice_received(request.pk, received_on=on, actor=cast.clerk, at=MONDAY + DAY)
    assert requests.end_what_is_over(at=MONDAY + 60 * DAY) == 1
    letter = composing.course(Request.objects.select_related("matter").get(pk=request.pk))["drop_unpaid"]
    text = "".join(letter.paragraphs)
    assert letter.is_whole
    assert "2026年3月2日通知您（单位）缴纳信息处理费" in text
    assert "（国办函〔2020〕109号）第六条" in text


@pytest.mark.parametrize(
    ("said", "basis", "way"),
    [
        (
            {"outcome": "internal_affairs", "details": {"which": "人事管理"}},
            "REM-FIRST: 行政复议法 art. 23(1)(4)",
            "应当自收到本答复之日起六十日内先向",
        ),
        (
            {"outcome": "already_public", "details": {"where": "本机关网站"}},
            "行政复议法 arts. 20, 24; 行政诉讼法 art. 46",
            "六十日内向阳光市人民政府申请行政复议，或者",
        ),
    ],
)
def test_a_letter_that_a_new_law_of_remedies_overtook_is_approved_anew_before_it_goes_out(
    cast: Cast, said: dict[str, Any], basis: str, way: str
) -> None:
    def at(month: int, day: int) -> datetime:
        return datetime(2023 if month == 12 else 2024, month, day, 10, tzinfo=SHANGHAI)

    def sent(day: datetime, served_on: date) -> None:
        requests.reply(request.pk, service="electronic", served_on=served_on, actor=cast.clerk, at=day)

    request = story.handled(cast, at=at(12, 20))
    facts: dict[str, Any] = {"finding": "x", "public_subject": "停车", "actor": cast.drafter}
    facts |= said
    requests.draft_reply(request.pk, **facts, at=at(12, 28))
    requests.approve(request.pk, actor=cast.office_head, at=at(12, 28))
    with pytest.raises(errors.RuleBroken, match="the law has changed since") as refused:
        sent(at(1, 2), date(2024, 1, 2))
    assert [reason.basis for reason in refused.value.reasons] == [basis]
    requests.return_draft(request.pk, reason="救济告知已变", actor=cast.clerk, at=at(1, 2))
    requests.draft_reply(request.pk, **facts, at=at(1, 2))
    requests.approve(request.pk, actor=cast.office_head, at=at(1, 2))
    sent(at(1, 2), date(2024, 1, 2))
    answer = Answer.objects.get(request=request)
    assert answer.letter_pdf is not None
    reader = pypdf.PdfReader(io.BytesIO(requests.opened(answer.letter_pdf)[1]))
    assert way in "".join(page.extract_text() for page in reader.pages).replace("\n", "")


@pytest.mark.parametrize(
    ("outcome", "details", "served_on"),
    [
        ("internal_affairs", {"which": "人事管理"}, date(2023, 12, 29)),  # entered late: it went out before
        ("already_public", {"where": "本机关网站"}, date(2023, 12, 29)),
    ],
)
def test_a_letter_that_went_out_under_the_law_of_its_approval_is_entered_later_too(
    cast: Cast, outcome: str, details: dict[str, str], served_on: date
) -> None:
    begun = datetime(2023, 12, 20, 10, tzinfo=SHANGHAI)
    request = story.handled(cast, at=begun)
    facts: dict[str, Any] = {"finding": "x", "public_subject": "停车", "actor": cast.drafter}
    requests.draft_reply(request.pk, outcome=outcome, details=details, **facts, at=begun + 8 * DAY)
    requests.approve(request.pk, actor=cast.office_head, at=begun + 8 * DAY)
    by: dict[str, Any] = {"actor": cast.clerk, "at": begun + 13 * DAY}
    requests.reply(request.pk, service="electronic", served_on=served_on, **by)
    assert Answer.objects.get(request=request).served_on == served_on
