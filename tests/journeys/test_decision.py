"""A regulation from its draft through two thousand comments and a hearing to its publication."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser

from tests.journeys import comments, later
from tests.journeys.officers import REVIEWERS, Officer, Officers, public_path, signed_in
from tests.journeys.walker import DESKTOP, PHONE, Walker

pytestmark = pytest.mark.browser

TITLE = "阳光市路内停车收费规定"
DRAFT = f"{TITLE}（草案）"
PEOPLE = 2000
SEATS, COMING = 3, 5
TICK_ALL = "boxes => boxes.forEach(box => { box.checked = true })"
"""Ticks a page of many boxes at once; that each can be reached is seen where there are few."""
CODE = re.compile(r"[2-9A-HJ-NP-Z]{4}(?:-[2-9A-HJ-NP-Z]{4}){3}")


@pytest.fixture(scope="module")
def bureau(site: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[later.Bureau]:
    """Return a copy of the served bureau, whose days the story turns."""
    with later.served(tmp_path_factory.mktemp("later")) as found:
        yield found


def through_the_house(officers: Officers, matter: str, *, reviewers: tuple[str, ...] = REVIEWERS[:3]) -> str:
    """Take what is drafted through office, reviews, signature and gate; return its public path."""
    officers("xiaoshu").act(matter, "submit")
    officers("jingzhe").act(matter, "accept")
    for name in reviewers:
        officers(name).review(matter)
    officers("jingzhe").act(matter, "pass_on")
    officers("lixia").sign(matter)
    head = officers("yushui")
    head.act(matter, "publish")
    return public_path(head)


def published(officers: Officers, kind: str, title: str, text: str, item: str, **fields: str) -> str:
    """Draft and publish a document; return its public path."""
    drafter = officers("xiaoshu")
    matter = drafter.begin(kind, title)
    drafter.write(matter, text, part=0, **fields)
    drafter.set_attribute(matter, item)
    return through_the_house(officers, matter)


def begun(officer: Officer, path: str, **facts: str) -> str:
    """Begin something from its form; return the reference of its matter."""
    officer.open(path)
    assert officer.flaws_at(PHONE, DESKTOP) == []
    officer.fill(**facts)
    officer.press_main_button()
    officer.expect_matter()
    return officer.page.url.split("/m/")[1].split("/")[0]


def form_of(walker: Walker, path: str, selector: str = "main form") -> dict[str, str]:
    """Open a page and return what stands in its form."""
    walker.open(path)
    told: dict[str, str] = walker.page.locator(selector).first.evaluate(
        "form => Object.fromEntries(new FormData(form))"
    )
    return told


def token_of(walker: Walker) -> str:
    """Return the cookie that the forms of this reader are held to be its own by."""
    cookies = {str(each.get("name")): str(each.get("value")) for each in walker.page.context.cookies()}
    return f"csrftoken={cookies['csrftoken']}"


def send(address: str, token: str, sent: dict[str, str], number: int) -> str:
    """Send a form from a neighbourhood of its own, without drawing the answer; return the answer."""
    headers = {
        "Cookie": token,
        "Referer": address,
        "X-Forwarded-For": f"10.{number // 250}.{number % 250}.7",
    }
    with urlopen(Request(address, urlencode(sent).encode(), headers), timeout=60) as answer:
        text: str = answer.read().decode()
    return text


def a_hearing(officers: Officers, bureau: later.Bureau) -> str:
    """Plan and announce a hearing with a few seats; return its reference."""
    drafter = officers("xiaoshu")
    hearing = begun(
        drafter,
        "/desk/participation/gathering/",
        title=f"{TITLE}听证会",
        sort="hearing",
        hearing="decision",
        starts_at=f"{bureau.day(20)}T09:00",
        ends_at=f"{bureau.day(20)}T11:30",
        place="政务中心三楼",
        signup_closes_at=f"{bureau.day(15)}T18:00",
        seats=str(SEATS),
    )
    notice = published(
        officers,
        "announcement",
        f"关于召开{TITLE}听证会的公告",
        "听证会公开举行，欢迎报名旁听。",
        "activities",
        formed_on=bureau.day(),
    )
    officers("jingzhe").act(hearing, "announce", notice=notice.split("/")[2])
    return hearing


def more_come_than_there_are_seats(
    citizen: Walker, bureau: later.Bureau, hearing: str, browser: Browser
) -> None:
    """Sign five people up for three seats; who waits first moves up when a seat is given back."""
    path = f"/events/{hearing}/"
    told = []
    for number in range(COMING - 1):
        sent = form_of(citizen, path, "main form.form")
        sent |= {"name": f"来人{number}", "phone": f"1390000700{number}"}
        told.append(send(bureau.address + path, token_of(citizen), sent, number))
    citizen.open(path)
    assert citizen.flaws_at(PHONE, DESKTOP) == []
    citizen.type_in("[name=name]", "晴川")
    citizen.type_in("[name=phone]", "13900007099")
    citizen.press("main form.form button[type=submit]")
    citizen.page.wait_for_selector(".code")
    assert citizen.flaws_at(PHONE, DESKTOP) == []
    for seat, page in enumerate(told[:SEATS], 1):
        assert f"席位号：{seat}。" in page, "each has the next seat"
    codes = [found[0] for page in told if (found := CODE.search(page.split("<main", 1)[1]))]
    first, fourth = (_follows(browser, bureau, codes[place]) for place in (0, SEATS))
    waiting = fourth.page.inner_text("main")
    assert "第1位" in waiting.replace(" ", ""), waiting
    first.press("form[action$='/give-back/'] button")
    fourth.page.reload()
    assert "第1位" not in fourth.page.inner_text("main").replace(" ", "")
    assert fourth.flaws_at(PHONE, DESKTOP) == []
    for each in (first, fourth):
        each.page.context.close()


def _follows(browser: Browser, bureau: later.Bureau, code: str) -> Walker:
    walker = Walker(browser.new_context(base_url=bureau.address, locale="zh-CN").new_page())
    walker.open("/events/follow/")
    walker.type_in("main [name=code]", code)
    walker.press("main form button")
    return walker


def two_thousand_speak(citizen: Walker, bureau: later.Bureau, call: str) -> None:
    """Send two thousand comments by the call's own form, each from another neighbourhood."""
    told = form_of(citizen, call)
    token = token_of(citizen)

    def say(numbered: tuple[int, str]) -> None:
        number, text = numbered
        sent = {**told, f"p{number % 2}": text, "once": f"{number:032x}", "do": "send"}
        assert CODE.search(send(bureau.address + call, token, sent, number))

    with ThreadPoolExecutor(4) as senders:
        list(senders.map(say, enumerate(comments.made(PEOPLE))))


def all_is_looked_through(clerk: Officer, call: str) -> None:
    """Show page after page of messages by one press for each."""
    path = f"/desk/m/{call}/messages/"
    clerk.open(path)
    assert clerk.flaws_at(PHONE, DESKTOP) == []
    while clerk.page.locator("[name=number]").count():
        clerk.page.locator("[name=number]").evaluate_all(TICK_ALL)
        clerk.press("button[value=release]")


def all_is_answered(drafter: Officer, call: str) -> list[int]:
    """Answer page after page of groups by one press for each; return the persons of each group."""
    drafter.open(f"/desk/m/{call}/opinions/")
    assert drafter.flaws_at(PHONE, DESKTOP) == []
    persons: list[int] = []
    for answer in _answers():
        boxes = drafter.page.locator("[name=group]")
        if not boxes.count():
            return persons
        counted = drafter.page.locator(".message__head .hint").all_inner_texts()
        persons += [int(found[0]) for each in counted if (found := re.search(r"\d+", each))]
        boxes.evaluate_all(TICK_ALL)
        drafter.fill(
            answer=answer, reason="与上位法的收费规定不一致" if answer == "not_adopted" else "已写入草案"
        )
        drafter.press_main_button()
    return persons


def _answers() -> Iterator[str]:
    while True:
        yield from ("adopted", "partly", "not_adopted")


def the_hearing_is_held(officers: Officers, bureau: later.Bureau, hearing: str) -> None:
    """Hold it, enter the signatures, publish its report, carry out what was decided."""
    clerk = officers("jingzhe")
    clerk.act(hearing, "hold")
    clerk.open(f"/desk/m/{hearing}/people/")
    assert clerk.flaws_at(PHONE, DESKTOP) == []
    for box in clerk.page.locator("[name=number]").all():
        clerk.tick(box)
    clerk.press("button[value=signed]")
    report = published(
        officers,
        "adoption_report",
        f"{TITLE}听证报告",
        "听证参加人的意见和处理建议如下。",
        "decisions",
        formed_on=bureau.day(),
    )
    clerk.act(hearing, "minute", minutes=report.split("/")[2])
    clerk.act(hearing, "finish")


def the_decision_is_prepared(officers: Officers, bureau: later.Bureau, decision: str, call: str) -> None:
    """Link the call, let experts argue, assess risks, review legality, discuss."""
    drafter, day = officers("xiaoshu"), bureau.day()
    drafter.act(decision, "link_call", call=call)
    drafter.act(decision, "argue", held_on=day, experts="5", result="feasible", note="测算可靠")
    drafter.act(decision, "assess", held_on=day, result="controllable", note="先试行一个月")
    drafter.act(decision, "ask_legality")
    officers("mangzhong").act(decision, "review_legality", passed="yes", note="符合上位法")
    officers("yushui").act(decision, "discuss", held_on=day, meeting="第十二次局务会议", note="一致同意")


def the_regulation(officers: Officers, bureau: later.Bureau, decision: str) -> str:
    """Write the regulation with its interpretation; return its matter."""
    drafter = officers("xiaoshu")
    matter = drafter.begin("major_decision", TITLE)
    drafter.write(
        matter,
        "第一条 本规定适用于路内停车。第二条 首小时按十五分钟计费。",
        part=0,
        formed_on=bureau.day(),
        decision=decision,
        **{
            "plan-0-outline": "为什么改、怎么收",
            "plan-0-form": "text",
            "plan-0-ways": "政府网站",
            "plan-0-time": "与文件同步",
        },
    )
    drafter.open(f"/desk/m/{matter}/interpretations/new/")
    drafter.press_main_button()
    drafter.page.wait_for_url(re.compile(r"/write/1/$"))
    covered = [str(each.get_attribute("name")) for each in drafter.page.locator("main [name^=covers_]").all()]
    more = {"formed_on": bureau.day(), **dict.fromkeys(covered, "见正文")}
    drafter.write(matter, "收费按时段分开，看病和接送孩子不多花钱。", part=1, **more)
    drafter.set_attribute(matter, "decisions")
    return matter


def test_a_regulation_goes_from_its_draft_through_comments_and_a_hearing_to_the_public(
    bureau: later.Bureau, browser: Browser
) -> None:
    citizen = Walker(browser.new_context(base_url=bureau.address, locale="zh-CN").new_page())
    with signed_in(bureau.address, browser) as officers:
        decision = begun(officers("xiaoshu"), "/desk/participation/decision/", title=TITLE)
        published(
            officers,
            "decision_draft",
            DRAFT,
            "第一条 本规定适用于路内停车。第二条 首小时收费四元。",
            "decisions",
            formed_on=bureau.day(),
            comment_until=bureau.day(31),
            explanation="为了周转，也为了公平。",
        )
        hearing = a_hearing(officers, bureau)
    citizen.open("/calls/")
    path = citizen.page.locator("a", has_text=DRAFT).first.get_attribute("href") or ""
    call = path.split("/")[2]
    more_come_than_there_are_seats(citizen, bureau, hearing, browser)
    two_thousand_speak(citizen, bureau, path)

    bureau.go_on(21)
    with signed_in(bureau.address, browser) as officers:
        the_hearing_is_held(officers, bureau, hearing)
    bureau.go_on(12)
    with signed_in(bureau.address, browser) as officers:
        all_is_looked_through(officers("jingzhe"), call)
        persons = all_is_answered(officers("xiaoshu"), call)
        assert sum(persons) == PEOPLE
        alike = PEOPLE // 10
        assert len(persons) <= PEOPLE - alike + 2 * comments.REPEATED, "what says the same is one group"
        assert len(persons) >= (PEOPLE - alike) * 0.95, "what says another thing is none of it"
        the_decision_is_prepared(officers, bureau, decision, call)
        matter = the_regulation(officers, bureau, decision)
        report = begun(officers("xiaoshu"), f"/desk/m/{call}/report/", final=matter)
        officers("xiaoshu").set_attribute(report, "decisions")
        adoption = through_the_house(officers, report)
        regulation = through_the_house(officers, matter, reviewers=REVIEWERS)

    citizen.open(adoption)
    assert f"{PEOPLE}" in citizen.page.inner_text("main")
    assert citizen.flaws_at(PHONE, DESKTOP) == []
    citizen.open(path)
    assert "采纳" in citizen.page.inner_text("main")
    assert citizen.flaws_at(PHONE, DESKTOP) == []
    citizen.open(regulation)
    assert TITLE in citizen.page.inner_text("h1")
    assert citizen.flaws_at(PHONE, DESKTOP) == []
