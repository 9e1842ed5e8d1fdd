"""Looking back: a lottery anybody draws again, grounds that end, what is often asked, a report signed off."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from sunshine.core.ledger.models import Entry
from sunshine.core.matters import queries as matters
from sunshine.core.matters import worklists
from sunshine.core.matters.models import Matter
from sunshine.core.publishing.rules import Attribute
from sunshine.kernel import canonical, errors
from sunshine.kernel.period import SHANGHAI
from sunshine.lenses.reporting import looking_back
from sunshine.project import looking_back as timed
from sunshine.work.documents import operations as documents
from sunshine.work.requests.models import Answer, Request
from sunshine.work.requests.queries import Given
from sunshine.work.reviews import operations as reviews
from sunshine.work.reviews import paper, queries, rules
from sunshine.work.reviews.models import Conversion, KeptItem, ReportDuty, YearlyReview
from sunshine.work.reviews.rules import Candidate
from tests import cast as plays
from tests.cast import MONDAY, Cast
from tests.rooms import requests_story as story

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SEED = "5eed"


@pytest.fixture
def cast() -> Cast:
    return plays.make_cast()


def candidates(cast: Cast, count: int, *, ending: int = 0) -> list[Candidate]:
    """Return so many closed things, of which the first few have an end."""
    return [
        Candidate(
            reference=f"D2025-{number:05}",
            title=f"第{number}号文件",
            department_id=cast.department.pk,
            ground="process" if number <= ending else "internal_affairs",
            until=date(2026, 9, 1) if number <= ending else None,
            classified_by=(cast.legal.pk,),
        )
        for number in range(1, count + 1)
    ]


def opened(cast: Cast, count: int = 25, *, ending: int = 2) -> YearlyReview:
    return reviews.open_review(
        2026,
        candidates=candidates(cast, count, ending=ending),
        seed=SEED,
        log_size=7,
        office=cast.office,
        at=MONDAY,
    )


def closed_document(cast: Cast, *, until: date | None = date(2026, 5, 1)) -> str:
    """File a document that is not public; return its reference."""
    document = plays.make_document(cast, upto="approved", attribute=Attribute.NOT_PUBLIC, at=MONDAY)
    later = MONDAY + timedelta(hours=6)
    documents.file(document.matter_id, actor=cast.clerk, at=later)
    matter = Matter.objects.get(pk=document.matter_id)
    matter.drafts.update(ground_until=until)
    return matter.reference


def stage(pk: int) -> str:
    return Matter.objects.values_list("stage", flat=True).get(pk=pk)


def test_all_that_end_and_a_tenth_of_the_rest_are_drawn_and_anybody_draws_them_again(cast: Cast) -> None:
    review = opened(cast)
    drawn = [item.subject for item in queries.items_of(review)]
    rest = [f"D2025-{number:05}" for number in range(3, 26)]
    lots = sorted(rest, key=lambda name: hashlib.sha256(f"{SEED}:{name}".encode()).hexdigest())
    assert drawn == sorted(["D2025-00001", "D2025-00002", *lots[:3]])
    public = Entry.objects.get(kind="yearly_review.draw", public=True)
    lines = "\n".join(drawn).encode()
    assert public.leaf is not None
    assert f'"drawn_digest":"{hashlib.sha256(lines).hexdigest()}"'.encode() in bytes(public.leaf.data)


def test_another_seed_draws_others_and_a_single_thing_is_always_drawn(cast: Cast) -> None:
    among = candidates(cast, 100)
    assert rules.drawn(among, "one") != rules.drawn(among, "two")
    assert len(rules.drawn(among, "one")) == 10
    assert len(rules.drawn(among[:1], "one")) == 1
    assert rules.drawn((), "one") == ()


def test_who_closed_it_does_not_look_at_it_again(cast: Cast) -> None:
    item = queries.items_of(opened(cast))[0]
    with pytest.raises(errors.RuleBroken, match="somebody else"):
        reviews.let_open(item.pk, reason="可以公开", actor=cast.legal, at=MONDAY + DAY)
    reviews.let_open(item.pk, reason="可以公开", actor=cast.confidentiality, at=MONDAY + DAY)
    assert stage(item.pk) == "kept_opens"
    assert Conversion.objects.get().opens == item.subject


def test_what_has_an_end_stays_closed_only_to_a_new_one(cast: Cast) -> None:
    item = queries.items_of(opened(cast))[0]
    told: dict[str, Any] = {"reason": "仍在讨论", "actor": cast.confidentiality, "at": MONDAY + DAY}
    with pytest.raises(errors.RuleBroken, match="new day"):
        reviews.keep(item.pk, **told)
    with pytest.raises(errors.RuleBroken, match="new day"):
        reviews.keep(item.pk, until=MONDAY.date(), **told)
    reviews.keep(item.pk, until=date(2027, 3, 1), **told)
    assert queries.ends_on(item.subject, item.until) == date(2027, 3, 1)


def test_a_ground_warns_at_sixty_thirty_and_seven_days_and_then_waits_for_a_person(cast: Cast) -> None:
    (one,) = candidates(cast, 1, ending=1)
    assert one.until is not None
    before = datetime(2026, 9, 1, 9, tzinfo=SHANGHAI)
    done = {left: reviews.warn_of_ends([one], at=before - left * DAY) for left in (61, 60, 59, 30, 8, 7, 1)}
    assert done == {61: 0, 60: 1, 59: 0, 30: 1, 8: 0, 7: 1, 1: 0}
    item = KeptItem.objects.get()
    warned = Entry.objects.filter(subject=item.matter.reference, kind="kept_item.warn").order_by("id")
    assert [entry.facts["days"] for entry in warned] == [60, 30, 7]
    assert matters.readings(item.matter, now=before)["ending"].due_on == date(2026, 9, 1)
    assert reviews.warn_of_ends([one], at=before + 40 * DAY) == 0
    assert stage(item.pk) == "kept_to_decide", "time alone decided"
    reviews.keep(item.pk, reason="延期", until=date(2027, 9, 1), actor=cast.office_head, at=before + 41 * DAY)
    assert reviews.warn_of_ends([one], at=before + 42 * DAY) == 0
    assert reviews.warn_of_ends([one], at=datetime(2027, 8, 1, 9, tzinfo=SHANGHAI)) == 1
    assert KeptItem.objects.count() == 2


def test_three_people_who_ask_alike_make_a_task_and_two_do_not() -> None:
    def given(number: int, subject: str, who: str) -> Given:
        return Given(f"S2026-{number:05}", 1, subject, who)

    alike = ["渣土运输车辆准运名单和路线", "渣土运输车辆准运名单、路线", "渣土运输车辆准运名单及路线"]
    asked = [given(number, subject, f"p{number}") for number, subject in enumerate(alike)]
    other = given(9, "公共厕所满意度调查", "p1")
    (found,) = looking_back.clustered([*asked, other])
    assert (found.people, found.references) == (3, ("S2026-00000", "S2026-00001", "S2026-00002"))
    same = [given(number, subject, "p1") for number, subject in enumerate(alike)]
    assert looking_back.clustered(same) == []


def test_a_task_is_made_once_and_ends_in_a_document_or_a_reason(cast: Cast) -> None:
    often = reviews.Often("渣土车路线", cast.department.pk, 3, ("S2026-00001", "S2026-00002"))
    assert reviews.propose_conversions([often], at=MONDAY) == 1
    again = reviews.Often("渣土车路线", cast.department.pk, 4, ("S2026-00002", "S2026-00007"))
    assert reviews.propose_conversions([again], at=MONDAY + DAY) == 0
    task = Conversion.objects.get()
    with pytest.raises(errors.NotAllowed):
        reviews.decline(task.pk, reason="不公开", actor=cast.clerk, at=MONDAY + DAY)
    reviews.begin(task.pk, document="D2026-00009", actor=cast.clerk, at=MONDAY + DAY)
    assert stage(task.pk) == "conversion_begun"


def test_the_report_counts_what_the_rows_say_and_is_signed_off_by_somebody_else(cast: Cast) -> None:
    review = opened(cast, 12, ending=1)
    first, *others = queries.items_of(review)
    with pytest.raises(errors.RuleBroken, match="not been decided"):
        reviews.draft_report(review.pk, actor=cast.clerk, at=MONDAY + DAY)
    reviews.let_open(first.pk, reason="已经决定", actor=cast.office_head, at=MONDAY + DAY)
    for item in others:
        reviews.keep(item.pk, reason="仍属内部管理", actor=cast.confidentiality, at=MONDAY + DAY)
    reviews.draft_report(review.pk, actor=cast.clerk, at=MONDAY + 2 * DAY)
    reviews.sign_report(review.pk, actor=cast.leader, at=MONDAY + 3 * DAY)
    review.refresh_from_db()
    rows = KeptItem.objects.filter(review=review)
    counts = review.report["counts"]
    assert counts["looked_at"] == rows.count() == 3
    assert counts["stay_closed"] == rows.filter(matter__stage="kept_stays").count() == 2
    assert counts["to_be_opened"] == counts["conversions"] == Conversion.objects.count() == 1
    assert review.digest == canonical.digest(review.report)
    told = Entry.objects.get(kind="yearly_review.sign_report")
    assert told.facts["digest"] == review.digest
    made = paper.docx(review.report, bureau="某局", digest=review.digest, signed=["甲", "乙"])
    from sunshine.text import extract

    text = extract.text_of(made, paper.DOCX)
    assert review.digest in text
    assert SEED in text
    assert "仍属内部管理" in text


def test_time_opens_the_review_of_what_is_closed_and_does_it_once(cast: Cast) -> None:
    reference = closed_document(cast)
    at = MONDAY + 7 * DAY
    assert looking_back.kept()[0].classified_by == (cast.drafter.pk,)
    assert timed.look_back(at=at) == 2
    assert timed.look_back(at=at + DAY) == 0
    review = YearlyReview.objects.get(year=2026)
    assert [item.subject for item in queries.items_of(review)] == [reference]
    assert KeptItem.objects.filter(review=None).count() == 1, "sixty days before the end nobody warned"


def test_three_applicants_of_the_house_make_a_task_with_their_requests(cast: Cast) -> None:
    for number, document in enumerate(("11010519491231002X", "E12345678", "K1234567"), 1):
        kind = {1: "resident_id", 2: "passport", 3: "passport"}[number]
        who = story.PERSON | {"document": kind, "document_number": document.ljust(9, "0")[:18]}
        at = MONDAY + number * DAY
        request = story.handled(cast, at=at, identity=who)
        story.answer(cast, request, at=at + timedelta(hours=2))
    assert timed.look_back(at=MONDAY + 9 * DAY) == 1
    task = Conversion.objects.get()
    assert (task.people, task.asked.count()) == (3, 3)
    assert task.matter.department == cast.department


def test_the_report_of_last_year_is_a_duty_until_it_is_public(cast: Cast) -> None:
    asked = story.handled(cast, at=datetime(2025, 6, 2, 9, tzinfo=SHANGHAI))
    story.answer(cast, asked, at=datetime(2025, 6, 9, 9, tzinfo=SHANGHAI))
    january = datetime(2026, 1, 5, 9, tzinfo=SHANGHAI)
    assert timed.look_back(at=january) == 1
    duty = ReportDuty.objects.get(year=2025)
    reading = matters.readings(duty.matter, now=january)["publish"]
    assert reading.due_at == datetime(2026, 2, 1, tzinfo=SHANGHAI)
    waits = worklists.of(cast.clerk, at=january)
    assert duty.matter in waits
    assert timed.look_back(at=january + DAY) == 0
    assert reviews.remind_of_report(2025, record="2026-00001", office=cast.office, at=january + 2 * DAY) == 1
    assert stage(duty.pk) == "report_met"


def partly_given(cast: Cast) -> str:
    """Answer a request in part, two places withheld; return its reference."""
    parts = [
        {"place": "第3页", "ground": "internal_affairs", "why": "内部工作流程"},
        {"place": "附件2", "ground": "process", "why": "讨论记录"},
    ]
    details = {"handover": "电子", "withheld": parts}
    request = story.answer(cast, story.handled(cast), "partial", at=MONDAY + 3 * DAY, details=details)
    return str(request.matter.reference)


def test_each_withheld_part_of_an_answer_is_looked_at_by_nobody_who_withheld_it(cast: Cast) -> None:
    reference = partly_given(cast)
    parts = looking_back.kept()
    assert [(each.reference, each.ground) for each in parts] == [
        (f"{reference}/1", "internal_affairs"),
        (f"{reference}/2", "process"),
    ]
    assert all(each.title.endswith(("（第3页）", "（附件2）")) for each in parts)
    assert all(len(each.classified_by) == 2 for each in parts)
    assert rules.drawn(parts, SEED)[0] in parts


def test_what_is_refused_as_a_whole_is_looked_at_until_it_is_given(cast: Cast) -> None:
    details = {"which": "内部工作流程"}
    request = story.answer(
        cast, story.handled(cast), "internal_affairs", at=MONDAY + 3 * DAY, details=details
    )
    (kept,) = looking_back.kept()
    assert (kept.reference, kept.ground) == (f"{request.matter.reference}/1", "internal_affairs")
    assert kept.title.endswith("（全部）")
    given = {"drafted_by": cast.drafter, "drafted_at": MONDAY, "approved_by": cast.office_head}
    Answer.objects.create(
        request=request,
        number=2,
        outcome="disclosed",
        finding="提供",
        approved_at=MONDAY,
        served_on=MONDAY.date() + 9 * DAY,
        **given,
    )
    assert looking_back.kept() == []


def test_a_part_that_is_to_be_opened_becomes_a_task_and_is_not_looked_at_again(cast: Cast) -> None:
    reference = partly_given(cast)
    timed.look_back(at=MONDAY + 4 * DAY)
    item = KeptItem.objects.get()
    assert rules.holder(item.subject) == reference
    wrote = type(cast.legal).objects.get(pk=item.classified_by[0])
    assert wrote.pk != cast.confidentiality.pk
    reviews.let_open(item.pk, reason="可以公开", actor=cast.confidentiality, at=MONDAY + 5 * DAY)
    task = Conversion.objects.get()
    assert task.opens == item.subject
    assert not task.asked.exists()
    assert item.subject not in [each.reference for each in looking_back.kept()]
    review = YearlyReview.objects.get()
    assert queries.report(review)["counts"]["to_be_opened"] == 1


def test_two_parts_of_an_answer_are_opened_each_and_what_is_often_asked_is_still_proposed(cast: Cast) -> None:
    reference = partly_given(cast)
    review = reviews.open_review(
        2026, candidates=looking_back.kept(), seed=SEED, log_size=7, office=cast.office, at=MONDAY + 4 * DAY
    )
    (drawn,) = queries.items_of(review)
    (other,) = (each for each in looking_back.kept() if each.reference != drawn.subject)
    again = reviews.open_review(
        2027, candidates=[other], seed=SEED, log_size=8, office=cast.office, at=MONDAY + 4 * DAY
    )
    for item in (drawn, *queries.items_of(again)):
        reviews.let_open(item.pk, reason="可以公开", actor=cast.confidentiality, at=MONDAY + 5 * DAY)
    tasks = {task.opens for task in Conversion.objects.all()}
    assert tasks == {drawn.subject, other.reference}
    often = reviews.Often("停车收费测算", cast.department.pk, 3, (reference, "S2026-00007"))
    assert reviews.propose_conversions([often], at=MONDAY + 6 * DAY) == 1


def test_what_was_opened_among_very_many_is_asked_for_in_parts(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    first, last = queries.items_of(opened(cast, 2, ending=2))
    for item in (first, last):
        reviews.let_open(item.pk, reason="可以公开", actor=cast.confidentiality, at=MONDAY + DAY)
    many = [first.subject, *(f"S2025-{number:05}/1" for number in range(1000)), last.subject]
    with django_assert_num_queries(3) as asked:
        assert queries.opened(many) == {first.subject, last.subject}
    assert max(each["sql"].count("S2025-") for each in asked) <= 500
    assert queries.opened([]) == set()


def test_a_part_given_anew_is_no_longer_withheld(cast: Cast) -> None:
    partly_given(cast)
    assert len(looking_back.kept()) == 2
    Answer.objects.create(
        request=Request.objects.get(),
        number=2,
        outcome="disclosed",
        finding="全部提供",
        drafted_by=cast.drafter,
        drafted_at=MONDAY + 9 * DAY,
        approved_by=cast.office_head,
        approved_at=MONDAY + 9 * DAY,
    )
    assert len(looking_back.kept()) == 2, "what has not gone out is not in force"
    Answer.objects.filter(number=2).update(served_on=MONDAY.date() + 9 * DAY)
    assert looking_back.kept() == []


def test_what_a_later_answer_withholds_does_not_take_the_name_of_a_part_that_was_opened(cast: Cast) -> None:
    reference = partly_given(cast)
    first = looking_back.kept()[0]
    review = reviews.open_review(
        2026, candidates=[first], seed=SEED, log_size=7, office=cast.office, at=MONDAY + 4 * DAY
    )
    (item,) = queries.items_of(review)
    reviews.let_open(item.pk, reason="可以公开", actor=cast.confidentiality, at=MONDAY + 5 * DAY)
    assert [each.reference for each in looking_back.kept()] == [f"{reference}/2"]
    answer = Answer.objects.get()
    others = [{"place": "第9页", "ground": "process"}, {"place": "第3页", "ground": "internal_affairs"}]
    answer.pk, answer.number, answer.details = None, 2, {**answer.details, "withheld": others}
    answer.letter_docx = answer.letter_pdf = None
    answer.save(force_insert=True)
    later = looking_back.kept()
    assert [each.reference for each in later] == [f"{reference}/2.1", f"{reference}/2.2"]
    assert [rules.holder(each.reference) for each in later] == [reference, reference]
    assert all(rules.is_part(each.reference) for each in later)
