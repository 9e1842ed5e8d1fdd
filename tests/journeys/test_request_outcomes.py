"""Every way in which a request can end, walked in the browser to its cell of the yearly tables.

What waits for weeks is entered with its true days: the office registers what was handed in a while ago.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, timedelta

import docx
import pytest
from playwright.sync_api import Browser, expect

from sunshine.text import extract
from tests.journeys import asking
from tests.journeys.officers import Officers, today
from tests.journeys.walker import PHONE, Walker

pytestmark = pytest.mark.browser

PERSON = "natural_person"
MASKED = "13911112222"


@pytest.fixture(scope="module")
def citizen(site: str, browser: Browser) -> Iterator[Walker]:
    """Return somebody with a phone who asks one thing after another."""
    context = browser.new_context(base_url=site, viewport={"width": PHONE, "height": 800}, locale="zh-CN")
    context.set_default_timeout(15_000)
    yield Walker(context.new_page())
    context.close()


def handled(citizen: Walker, officers: Officers, wanted: str) -> asking.Asked:
    """Return a request that was filed on the site and lies with the department."""
    asked = asking.file_online(citizen, wanted)
    asking.assign(officers, asked)
    return asked


def ask_the_third_party(officers: Officers, asked: asking.Asked, answer: str, ground: str) -> None:
    """Ask a company whose secret it may be; let it get the letter and answer."""
    drafter, number = officers("xiaoshu"), asked.number
    drafter.act(number, "consult_third_party", party="某停车服务公司", about="是否同意公开成本表")
    drafter.act(number, "third_party_received")
    drafter.open(f"/desk/m/{number}/acts/third_party_answered/")
    if answer == "refuses":  # it counts only with its ground
        drafter.fill(answer=answer)
        drafter.press_main_button()
        expect(drafter.page.locator(".errors")).to_be_visible()
        assert drafter.flaws() == []
    drafter.fill(answer=answer, ground=ground)
    drafter.press_main_button()
    drafter.expect_matter()
    asking.end_consultation(drafter, asked)


def a_file_with_a_telephone_number() -> bytes:
    document = docx.Document()
    document.add_paragraph(f"停车场收费标准由管理处核定，经办人电话{MASKED}。")
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def test_a_partial_answer_gives_the_file_without_what_was_masked(citizen, officers) -> None:
    asked = handled(citizen, officers, "停车场收费标准核定表")
    drafter = officers("xiaoshu")
    drafter.open(f"/desk/m/{asked.number}/acts/enclose/")
    assert drafter.flaws() == []
    made = {"name": "核定表.docx", "mimeType": "application/octet-stream"}
    drafter.lay("[name=file]", {**made, "buffer": a_file_with_a_telephone_number()})
    drafter.fill(masks=MASKED)
    drafter.press_main_button()
    drafter.expect_matter()
    why = "属于内部工作流程，与停车收费无关"
    parts = {"place_0": "经办人电话", "ground_0": "internal_affairs", "why_0": why}
    asking.answer(officers, asked, "partial", handover="电子文本", **parts)
    said = asking.follow(citizen, asked)
    assert "部分公开" in said
    assert citizen.flaws() == []
    with citizen.page.expect_download() as fetched:
        citizen.press("a:has-text('区分处理')", leaves=False)
    given = fetched.value.path().read_bytes()
    text = extract.text_of(given, extract.media_type_of(fetched.value.suggested_filename))
    assert "停车场收费标准" in text
    assert MASKED not in text
    assert MASKED.encode() not in given
    asking.expect_in_cell(officers("jingzhe"), asked.number, f"requests.2.{PERSON}", "部分公开")


def test_a_third_party_refuses_with_its_reason_and_the_answer_protects_it(citizen, officers) -> None:
    asked = handled(citizen, officers, "停车场经营成本表")
    ask_the_third_party(officers, asked, "refuses", "成本构成属于商业秘密，公开会损害竞争地位")
    asking.answer(officers, asked, "third_party", balance="公开会对第三方合法权益造成损害，且无重大公共利益")
    assert "第三方" in asking.follow(citizen, asked)
    asking.expect_in_cell(officers("jingzhe"), asked.number, f"requests.3.4.{PERSON}", "保护第三方合法权益")


def test_a_third_party_that_is_overruled_is_told_before_the_answer_goes_out(citizen, officers) -> None:
    asked = handled(citizen, officers, "停车场服务质量考核结果")
    ask_the_third_party(officers, asked, "refuses", "考核结果属于经营信息")
    asking.draft(officers, asked, "disclosed", handover="电子文本")
    officers("yushui").act(asked.number, "approve")
    clerk, drafter = officers("jingzhe"), officers("xiaoshu")
    clerk.open(f"/desk/m/{asked.number}/")
    expect(clerk.page.locator("#acts .shut")).to_contain_text("书面告知该第三方")
    drafter.open(f"/desk/m/{asked.number}/acts/tell_third_party/")
    assert drafter.flaws() == []
    drafter.act(asked.number, "tell_third_party", disclosed="考核结果汇总表", reason="事关公众停车服务")
    drafter.open(f"/desk/m/{asked.number}/")
    assert drafter.flaws() == []
    for title in ("征求第三方意见书", "依申请公开告知书"):
        with drafter.page.expect_download() as fetched:
            drafter.press(drafter.page.get_by_role("link", name=f"{title} (PDF/A)"), leaves=False)
        assert fetched.value.suggested_filename == f"{title}.pdf"
    clerk.act(asked.number, "reply", service="electronic")
    assert clerk.stage() == "已答复"


def test_a_third_party_refuses_without_a_reason_and_the_bureau_discloses(citizen, officers) -> None:
    asked = handled(citizen, officers, "停车场设备采购清单")
    ask_the_third_party(officers, asked, "refuses_without_ground", "")
    asking.answer(officers, asked, "disclosed", handover="电子文本")
    assert "予以公开" in asking.follow(citizen, asked)
    asking.expect_in_cell(officers("jingzhe"), asked.number, f"requests.1.{PERSON}", "予以公开")


def test_what_is_not_completed_in_time_lapses(citizen, officers) -> None:
    clerk = officers("jingzhe")
    asked = asking.hand_in(clerk, "那个停车场的材料", asking.ago(30))
    assert clerk.flaws() == []
    notified = asking.ago(25).isoformat()
    clerk.act(asked.number, "ask_to_complete", what="请写明停车场的名称或地址。", notified_on=notified)
    said = asking.follow(citizen, asked)
    assert "请写明停车场的名称或地址" in said
    assert citizen.flaws() == []
    asking.end_by_time(clerk, asked, "lapse")
    assert clerk.stage() == "办结：逾期不补正"
    asking.expect_in_cell(clerk, asked.number, f"requests.6.1.{PERSON}", "逾期不补正")


def test_an_extension_takes_two_and_the_applicant_sees_it(citizen, officers) -> None:
    asked = handled(citizen, officers, "全市停车场近五年收费标准汇总")
    officers("xiaoshu").act(asked.number, "propose_extension", reason="年份多，需要逐份核对")
    head = officers("yushui")
    head.open(f"/desk/m/{asked.number}/acts/extend/")
    assert head.flaws() == []
    head.act(asked.number, "extend", reason="年份多，需要逐份核对")
    assert "延长" in asking.follow(citizen, asked)
    assert citizen.flaws() == []
    asking.answer(officers, asked, "disclosed", handover="电子文本")
    asking.expect_in_cell(officers("jingzhe"), asked.number, f"requests.1.{PERSON}", "予以公开")


def test_what_is_not_held_was_searched_for_first(citizen, officers) -> None:
    asked = handled(citizen, officers, "1998年停车场规划图")
    drafter = officers("xiaoshu")
    drafter.open(f"/desk/m/{asked.number}/acts/draft_reply/?outcome=not_held")
    drafter.fill(finding="没有查到。", public_subject="停车场规划图")
    drafter.press_main_button()
    expect(drafter.page.locator(".errors")).to_be_visible()
    drafter.act(asked.number, "search", systems="档案室、办公系统", words="停车场 规划 1998", found="no")
    asking.answer(officers, asked, "not_held")
    assert "不掌握" in asking.follow(citizen, asked)
    asking.expect_in_cell(officers("jingzhe"), asked.number, f"requests.4.1.{PERSON}", "不掌握")


def test_what_is_not_ours_names_the_right_body(citizen, officers) -> None:
    asked = handled(citizen, officers, "某小区房屋产权登记情况")
    body = "市自然资源和规划局，政务服务中心二楼"
    asking.answer(officers, asked, "not_ours", right_body=body)
    asking.follow(citizen, asked)
    asking.expect_in_cell(officers("jingzhe"), asked.number, f"requests.4.1.{PERSON}", "不掌握")


def test_an_abnormal_number_is_explained_its_fee_paid_and_the_answer_goes_out(citizen, officers) -> None:
    asked = handled(citizen, officers, "各区停车场台账")
    clerk, head = officers("jingzhe"), officers("yushui")
    until = (date.fromisoformat(today()) + timedelta(days=7)).isoformat()
    reason = "本月申请已超过十件，请说明理由。"
    clerk.act(asked.number, "demand_reasons", reason=reason, until=until)
    assert reason in asking.follow(citizen, asked)
    assert citizen.flaws() == []
    citizen.type_in("[name=text]", "为撰写停车收费的研究报告。")
    asking.press(citizen, "give_reasons")
    head.open(f"/desk/m/{asked.number}/acts/charge_fee/")
    assert head.flaws() == []
    head.act(asked.number, "charge_fee", scale="item", quantity="11")
    assert "请缴纳信息处理费 100 元" in asking.follow(citizen, asked)
    assert citizen.flaws() == []
    clerk.act(asked.number, "fee_notice_received")
    clerk.act(asked.number, "record_payment")
    asking.answer(officers, asked, "disclosed", handover="电子文本")
    asking.expect_in_cell(clerk, asked.number, f"requests.1.{PERSON}", "予以公开")
    asking.expect_in_cell(clerk, asked.number, "fees.received")


def test_a_fee_that_is_not_paid_in_time_ends_the_request(citizen, officers) -> None:
    clerk, head = officers("jingzhe"), officers("yushui")
    asked = asking.hand_in(clerk, "各区停车场巡查记录", asking.ago(40))
    asking.assign(officers, asked)
    told = asking.ago(30).isoformat()
    head.act(asked.number, "charge_fee", scale="page", quantity="120", notified_on=told)
    clerk.act(asked.number, "fee_notice_received", received_on=asking.ago(28).isoformat())
    asking.end_by_time(clerk, asked, "drop_unpaid")
    assert clerk.stage() == "办结：逾期未缴费"
    asking.follow(citizen, asked)
    assert citizen.flaws() == []
    asking.expect_in_cell(clerk, asked.number, f"requests.6.2.{PERSON}", "逾期未按收费通知要求缴纳费用")
    asking.expect_in_cell(clerk, asked.number, "fees.notices")


def test_who_asked_may_take_it_back(citizen, officers) -> None:
    asked = asking.file_online(citizen, "停车场投诉电话")
    asking.follow(citizen, asked)
    asking.press(citizen, "withdraw")
    assert "撤回" in citizen.page.inner_text("main")
    assert citizen.flaws() == []
    asking.expect_in_cell(officers("jingzhe"), asked.number, f"requests.6.3.{PERSON}", "其他")


def test_a_lost_reconsideration_is_counted_and_the_answer_given_anew(citizen, officers) -> None:
    asked = handled(citizen, officers, "停车场值班安排")
    asking.answer(officers, asked, "internal_affairs", which="内部工作流程")
    clerk = officers("jingzhe")
    clerk.open(f"/desk/m/{asked.number}/remedy/")
    assert clerk.flaws() == []
    clerk.fill(track="ordinary", filed_on=today())
    clerk.press_main_button()
    clerk.expect_matter()
    remedy = clerk.page.url.rstrip("/").rpartition("/")[2]
    clerk.act(remedy, "defend_ordinary")
    clerk.act(remedy, "decide_remedy", result="corrected")
    officers("yushui").act(asked.number, "answer_anew", reason="复议决定撤销原答复，责令重新答复")
    asking.answer(officers, asked, "disclosed", handover="电子文本")
    assert "予以公开" in asking.follow(citizen, asked)
    asking.expect_in_cell(clerk, remedy, "remedies.reconsideration.corrected", "结果纠正")
    asking.expect_in_cell(clerk, asked.number, f"requests.3.5.{PERSON}", "三类内部事务信息")
    assert asking.cases_of(clerk, f"requests.1.{PERSON}").filter(has_text=asked.number).count() == 0
    clerk.open(f"/requests/{asked.number}/")
    assert "重新答复" in clerk.page.inner_text("main dl")
