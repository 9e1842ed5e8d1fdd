"""What people say of the demo's drafts: opinions come in, are looked at, grouped, answered, and reported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta

from sunshine.core.people import rules as roles
from sunshine.core.publishing.models import Record
from sunshine.kernel import period
from sunshine.project.demo.bureau import Bureau
from sunshine.project.demo.days import Days, Diary
from sunshine.project.demo.sources import Story
from sunshine.work.participation import handlers
from sunshine.work.participation.models import CommentCall
from sunshine.work.participation.operations import (
    answering,
    calls,
    deciding,
    gathering,
    listing,
    moderating,
    seating,
    sending,
)
from sunshine.work.participation.operations.sending import Said
from sunshine.work.participation.queries import calls as queries

LATE = 450
"""Minutes after opening: when what the stories did that day is done."""

BIKES = (
    (0, "总量上限定十二万辆太高了，人行道已经摆不下，建议先按八万辆试行。", "a@example.cn"),
    (0, "总量上限定十二万辆太高，人行道已经摆不下，建议先按八万辆试行一年。", "b@example.cn"),
    (0, "地铁站早高峰经常一辆车也找不到，请不要只看总量，要看调度。", ""),
    (3, "考核应当公布每家企业每季度的得分，让市民监督。", "c@example.cn"),
    (3, "建议对乱停放次数多的企业加大扣减份额的力度。", ""),
)
FEES = (
    (0, "夜间免费请从二十时开始，下班晚的人也能受益。", "d@example.cn"),
    (0, "夜间免费建议从二十时开始，下班晚的人也能受益！", "e@example.cn"),
    (0, "夜间免费请改为从二十时开始，下班晚的人也能够受益。", ""),
    (5, "一类区域第二小时起八元涨得太急，能不能分两年到位？", "f@example.cn"),
    (0, "支持差别收费，办事的人终于能找到车位了。", "g@example.cn"),
    (7, "共享泊位开放要有时间表，不然只涨价不增加车位。", ""),
)
SORTING = (
    (0, "晚间投放时段只有两个小时太短，下班回来已经赶不上了。", "h@example.cn"),
    (0, "晚间投放时段只有两个小时太短，下班回来已经赶不上。", "i@example.cn"),
    (0, "晚间投放时段两个小时太短了，下班回来已经赶不上了！", "j@example.cn"),
    (0, "每五百户设置一个投放点太远，老人提着垃圾走不了那么远。", "k@example.cn"),
    (0, "每五百户设置一个投放点太远，老人提着垃圾走不动那么远。", "l@example.cn"),
    (0, "行动不便的居民应当可以预约上门收集。", "m@example.cn"),
    (0, "不应当罚款，先教育一段时间再说。", "n@example.cn"),
    (0, "请保留楼道里的垃圾桶，扔垃圾方便。", "o@example.cn"),
)
ANSWERS: Mapping[str, tuple[str, str]] = {
    "晚间": ("adopted", "晚间延长至不少于三小时，并设误时投放点"),
    "每五百": ("adopted", "由每五百户改为每三百户设一个"),
    "行动": ("partly", "可以预约上门，暂限高龄和残疾居民"),
    "不应当": ("not_adopted", "上位法已有规定；但明确首次违反当场改正的不予处罚"),
    "请保留": ("not_adopted", "楼道堆放影响消防安全，分类也无法落实"),
}


def acts(stories: Sequence[Story], bureau: Bureau, days: Days) -> list[Iterator[datetime]]:
    """Return what happens around the drafts that are open for comment, each as moments to act at."""
    named = {story.name: story for story in stories}
    return [
        _open_call(named["35-bike-cap-draft"], bureau, days, BIKES),
        _open_call(named["36-fee-draft"], bureau, days, FEES),
        _ended_call(named["37-sorting-draft"], named["38-adoption"], bureau, days),
        _decision(named["36-fee-draft"], bureau, days),
        _hearing(named["24-sorting-hearing"], bureau, days),
        _list(named["44-decision-list"], bureau, days),
    ]


def _open_call(
    story: Story, bureau: Bureau, days: Days, said: Sequence[tuple[int, str, str]]
) -> Iterator[datetime]:
    """Open the call and let people speak; the last one waits to be looked at."""
    diary = Diary(days, begins_late=LATE)
    yield (at := diary.moment(story.last))
    call = _opened(story, at)
    for number, (place, text, email) in enumerate(said):
        yield (at := diary.moment(max(story.last - 1 - number, 1)))
        sending.send(call, Said([(place, text)], {"email": email}, at), at=at)
    yield (at := diary.moment(1))
    _look_through(call, story, bureau, at, all_but=1)


def _ended_call(draft: Story, report: Story, bureau: Bureau, days: Days) -> Iterator[datetime]:
    """Open the call, close it on its day, answer everything, and let its report end it."""
    diary = Diary(days, begins_late=LATE)
    yield (at := diary.moment(draft.last))
    call = _opened(draft, at)
    for number, (place, text, email) in enumerate(SORTING):
        yield (at := diary.moment(draft.last - 1 - 2 * number))
        sending.send(call, Said([(place, text)], {"email": email}, at), at=at)
    yield (at := diary.moment(report.begun - 1))
    calls.close_what_is_over(at=at)
    _look_through(call, draft, bureau, at)
    yield (at := diary.moment(report.begun - 2))
    drafter = bureau.holder(roles.DRAFTER.name, draft, at)
    for group in queries.told(queries.groups(call)):
        answer, reason = next(told for begins, told in ANSWERS.items() if group.text.startswith(begins))
        answering.answer(
            call.matter_id, groups=[group.id], answer=answer, reason=reason, actor=drafter, at=at
        )
    yield (at := diary.moment(report.last))
    record = Record.objects.get(title=report.title)
    calls.begin_report(call.matter_id, document=record.matter_reference, actor=drafter, at=at)
    calls.report(queries.call(call.matter.reference), record, at=at)


def _decision(story: Story, bureau: Bureau, days: Days) -> Iterator[datetime]:
    """Prepare a decision while its draft is out for comment; one step is proposed to be left out."""
    diary = Diary(days, begins_late=LATE)
    yield (at := diary.moment(story.last - 1))
    drafter = bureau.holder(roles.DRAFTER.name, story, at)
    decision = deciding.open_decision(
        title="道路停车差别化收费", department=bureau.departments[story.department], officer=drafter, at=at
    )
    yield (at := diary.moment(6))
    note = "五位专家签名，认为分区计价可行，建议配套开放共享泊位"
    deciding.argue(
        decision.pk, held_on=days.day(-6), experts=5, result="feasible", note=note, actor=drafter, at=at
    )
    yield (at := diary.moment(3))
    deciding.propose_exemption(
        decision.pk,
        step="risk",
        ground="assessed_before",
        reason="价格听证前已按规定作过社会稳定风险评估",
        actor=drafter,
        at=at,
    )


PEOPLE = ("春苗", "夏荷", "秋实", "冬青", "晨曦", "暮云", "清泉")
"""Invented people who sign up for the hearing."""


def _hearing(story: Story, bureau: Bureau, days: Days) -> Iterator[datetime]:
    """Announce a hearing whose participants will be drawn; people sign up."""
    diary = Diary(days, begins_late=LATE)
    yield (at := diary.moment(story.last))
    drafter = bureau.holder(roles.DRAFTER.name, story, at)
    begins = datetime.combine(days.day(16), time(9), period.SHANGHAI)
    plan = gathering.Plan(
        title=story.title,
        sort="hearing",
        hearing="decision",
        starts_at=begins,
        ends_at=begins + timedelta(hours=3),
        place="市政务服务中心三楼听证室",
        seats=16,
        signup_closes_at=begins - timedelta(days=8),
        by_draw=True,
        groups=[{"name": "小区居民", "seats": 10}, {"name": "物业和收运企业", "seats": 6}],
    )
    department = bureau.departments[story.department]
    row = gathering.plan(plan, department=department, officer=drafter, at=at)
    clerk = bureau.holder(roles.OFFICE_CLERK.name, story, at)
    notice = Record.objects.get(title=story.title)
    gathering.announce(row.pk, notice=notice.reference, actor=clerk, at=at)
    for number, name in enumerate(PEOPLE):
        yield (at := diary.moment(2))
        sender = {"name": name, "phone": f"1000000{number:04d}"}
        group = "小区居民" if number % 3 else "物业和收运企业"
        seating.sign_up(row, sender=sender, group=group, at=at)


def _list(story: Story, bureau: Bureau, days: Days) -> Iterator[datetime]:
    """Publish the yearly list with its record, each matter as the record says."""
    yield (at := Diary(days, begins_late=LATE).moment(story.last))
    clerk = bureau.holder(roles.OFFICE_CLERK.name, story, at)
    for title, department, ways, month in LISTED:
        listing.enter(
            at.year,
            title=title,
            department=bureau.departments[department],
            ways=ways,
            month=month,
            actor=clerk,
            at=at,
        )
    record = Record.objects.get(title=story.title)
    listing.publish(at.year, record=record.reference, actor=clerk, at=at)


LISTED = (
    ("生活垃圾定时定点投放", "sorting", ("call", "hearing"), 9),
    ("道路停车差别化收费", "parking", ("call", "hearing"), 12),
    ("共享单车总量调控", "appearance", ("call", "consultation"), 12),
    ("公厕三年行动计划", "sanitation", ("call",), 6),
)


def _look_through(call: CommentCall, story: Story, bureau: Bureau, at: datetime, *, all_but: int = 0) -> None:
    held = list(call.submissions.filter(state="held").values_list("number", flat=True))
    clerk = bureau.holder(roles.OFFICE_CLERK.name, story, at)
    moderating.release(call.matter_id, numbers=held[: len(held) - all_but], actor=clerk, at=at)
    answering.group_what_is_new(at=at)


def _opened(story: Story, at: datetime) -> CommentCall:
    """Open the call on a draft that has just become public, as the worker would."""
    handlers.open_call(Record.objects.get(title=story.title), at=at)
    return CommentCall.objects.select_related("matter", "record").get(record__title=story.title)
