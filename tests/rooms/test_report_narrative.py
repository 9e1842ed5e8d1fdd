"""The narrative report of the years before 2019: figures, recorded facts, and every number a reference."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

import docx
import pytest
from django.db.models import QuerySet

from sunshine.core.ledger.models import Entry
from sunshine.core.publishing import storage
from sunshine.core.publishing.models import Attachment, Draft
from sunshine.kernel import errors
from sunshine.lenses.reporting import drafting, queries, rendering
from sunshine.lenses.reporting.rules import forms, narrative, report
from sunshine.project import recounting
from sunshine.project.verifying import database
from sunshine.work.documents import operations as documents
from sunshine.work.facts import operations as facts
from sunshine.work.facts.models import Fact
from tests import cast as plays
from tests.cast import Cast
from tests.rooms import narrative_story as story
from tests.rooms import proposals_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau() -> Cast:
    made = plays.make_cast(at=story.IN_MARCH_2018)
    story.proposals_of_2018(made)
    story.recorded(made)
    return made


def test_the_year_2018_counts_its_proposals_by_role_and_what_became_public(bureau: Cast) -> None:
    counted = {name: value for name, value in queries.report(2018).values.items() if value}
    assert counted == {
        "proposals.all": 2,
        "proposals.lead": 1,
        "proposals.joint": 1,
        "proposals.replied": 1,
        "proposals.opinions": 1,
        "proposals.published": 1,
        "records.published": 1,
    }


def test_a_year_before_2019_is_reported_in_sections_without_a_table(bureau: Cast) -> None:
    story.begun(bureau)
    body = Draft.objects.get(kind="annual_report").fields["body"]
    assert [heading for heading in forms.NARRATIVE.values() if heading not in body] == []
    assert "<table" not in body
    assert 'href="/report/2018/proposals.all/"' in body
    assert 'href="/report/2018/facts.followers/"' in body
    assert forms.form_of(2018).is_narrative
    assert not forms.form_of(2019).is_narrative


def test_the_sections_begin_as_figures_and_facts_draft_them(bureau: Cast) -> None:
    made = queries.report(2018)
    told = narrative.drafted(2018, made.values, made.facts)
    assert list(told) == list(forms.form_of(2018).words)
    assert "[[proposals.all]]件，其中主办件[[proposals.lead]]件" in told["explaining"]
    assert told["services"] == "官方微博累计粉丝[[facts.followers]]万人。"
    assert "[[requests.new.total]]" in told["regulation"]
    assert told["participation"] == ""


@pytest.mark.parametrize(
    ("words", "field", "said"),
    [
        ({"organisation": "召开会议12次。"}, "body", "12"),
        ({"organisation": "评选[[facts.best]]名。"}, "organisation", "facts.best"),
        ({"organisation": "办理[[proposals.many]]件。"}, "organisation", "proposals.many"),
        ({"participation": " "}, "participation", "Say something"),
    ],
)
def test_a_number_that_is_no_reference_is_refused(
    bureau: Cast, words: dict[str, str], field: str, said: str
) -> None:
    with pytest.raises(errors.RuleBroken) as refused:
        story.begun(bureau, words=story.words(**words))
    (reason,) = refused.value.reasons
    assert reason.field == field
    assert said in f"{reason.text} {reason.params}"
    assert not Draft.objects.filter(kind="annual_report").exists()


def test_page_word_file_and_json_tell_the_same_numbers(bureau: Cast) -> None:
    story.published(bureau)
    files = {each.name.rpartition(".")[2]: each for each in Attachment.objects.all()}
    assert set(files) == {"docx", "pdf", "json"}
    told = json.loads(storage.read(files["json"].blob.path))
    assert told["figures"]["proposals.all"] == 2
    assert told["form"]["version"] == "2008"
    assert told["facts"][0]["source"] == "微博平台后台统计"
    assert len(told["cases"]["proposals"]) == 2
    paper = docx.Document(io.BytesIO(storage.read(files["docx"].blob.path)))
    text = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert "办理建议提案2件，主办件1件，会办件1件，公开答复1件。" in text
    assert "官方微博粉丝32万人以上" in text
    assert paper.paragraphs[0].text == told["bureau"] + "2018年政务公开年度报告"
    assert storage.read(files["pdf"].blob.path).startswith(b"%PDF")


def test_the_published_report_is_recounted_and_its_facts_are_named_as_stated(bureau: Cast) -> None:
    story.published(bureau)
    found, (made,) = recounting.recount(database.Database(), year=2018)
    assert (found.faults, made.faults) == ([], [])
    assert made.agreed == len(forms.counted_names(forms.form_of(2018)))
    assert [(fact.name, fact.value, fact.source) for fact in made.facts] == [
        ("官方微博累计粉丝", "32", "微博平台后台统计")
    ]


def test_a_fact_edited_in_the_page_no_longer_agrees_with_what_was_recorded(
    bureau: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = rendering.machine_readable

    def flattering(made: report.Report) -> bytes:
        return honest(made).replace(b'"value":"32"', b'"value":"33"')

    monkeypatch.setattr(rendering, "machine_readable", flattering)
    story.published(bureau)
    _found, (made,) = recounting.recount(database.Database(), year=2018)
    assert [fault.what for fault in made.faults] == ["the page says 32, the figure 33"]


def test_a_fact_that_no_sentence_names_stays_inside(bureau: Cast) -> None:
    story.recorded(bureau, code="meetings", name="召开领导小组会议", value="4", unit="次")
    story.published(bureau)
    made = queries.published_report(2018)
    assert made is not None
    assert [fact.code for fact in made.facts] == ["followers"]


def test_a_fact_corrected_later_leaves_the_report_as_it_was_and_a_new_version_says_what_differs(
    bureau: Cast,
) -> None:
    matter_id = story.published(bureau)
    later = story.MARCH_2019.replace(month=6)
    fact = Fact.objects.get(is_standing=True)
    facts.correct(fact.pk, story.stated(value="33"), reason="后台重新统计", actor=bureau.drafter, at=later)
    told = queries.published_report(2018)
    assert told is not None
    assert told.said("facts.followers") == "32"
    documents.correct(matter_id, reason="更正粉丝数", actor=bureau.drafter, at=later)
    seen = Draft.objects.get(kind="annual_report").revision
    drafting.renew(
        matter_id, year=2018, stated={}, words=story.words(), seen=seen, actor=bureau.drafter, at=later
    )
    body = Draft.objects.get(kind="annual_report").fields["body"]
    assert "<tr><th>官方微博累计粉丝</th><td>32</td><td>33</td></tr>" in body.replace(
        '<th scope="row">', "<th>"
    )


def test_a_proposal_answered_after_the_year_counts_as_open_in_it(bureau: Cast) -> None:
    made = proposals_story.handled(
        bureau,
        proposals_story.session(bureau, at=story.IN_MARCH_2018, code="late-2018", name="又一次会议"),
        at=story.IN_MAY,
        number="77",
    )
    before = queries.report(2018).values
    proposals_story.replied(bureau, made, at=story.MARCH_2019)
    assert queries.report(2018).values == before
    assert before["proposals.lead"] == 2
    assert before["proposals.replied"] == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"code": "Followers"}, "code"),
        ({"value": "32万"}, "value"),
        ({"value": ""}, "value"),
        ({"source": " "}, "source"),
        ({"name": ""}, "name"),
        ({"as_of": date(2019, 1, 1)}, "as_of"),
        ({"topic": "weather"}, "topic"),
        ({"value": "2", "listed": ("甲",)}, "listed"),
        ({"value": "1", "listed": ("身份证110101199003072017",)}, "listed"),
    ],
)
def test_a_fact_that_lacks_something_is_refused_at_its_field(
    bureau: Cast, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(errors.RuleBroken) as refused:
        story.recorded(bureau, **{"code": "other", **given})
    assert {reason.field for reason in refused.value.reasons} == {field}


def test_facts_are_entered_in_the_ledger_and_stay_out_of_the_public_log(bureau: Cast) -> None:
    fact = Fact.objects.get()
    with pytest.raises(errors.RuleBroken, match="stands under this short name"):
        story.recorded(bureau)
    newer = facts.correct(
        fact.pk, story.stated(value="33"), reason="重新统计", actor=bureau.clerk, at=story.MARCH_2019
    )
    with pytest.raises(errors.StaleStage):
        facts.strike(fact.pk, reason="重复", actor=bureau.clerk, at=story.MARCH_2019)
    with pytest.raises(errors.RuleBroken, match="Say why"):
        facts.strike(newer.pk, reason=" ", actor=bureau.clerk, at=story.MARCH_2019)
    facts.strike(newer.pk, reason="重复", actor=bureau.clerk, at=story.MARCH_2019)
    told = Entry.objects.filter(subject="fact-2018-followers").order_by("id")
    assert [(entry.kind, entry.public) for entry in told] == [
        ("fact.recorded", False),
        ("fact.corrected", False),
        ("fact.struck", False),
    ]
    assert queries.report(2018).facts == ()
    assert Fact.objects.count() == 2


def test_who_neither_drafts_nor_works_in_the_office_enters_corrects_and_strikes_nothing(bureau: Cast) -> None:
    fact = Fact.objects.get()
    who: dict[str, Any] = {"actor": bureau.leader, "at": story.MARCH_2019}
    with pytest.raises(errors.NotAllowed) as refused:
        facts.record(story.stated(code="other"), **who)
    assert refused.value.reasons[0].mended_by.split() == ["drafter", "office_clerk", "office_head"]
    with pytest.raises(errors.NotAllowed):
        facts.correct(fact.pk, story.stated(value="33"), reason="重新统计", **who)
    with pytest.raises(errors.NotAllowed):
        facts.strike(fact.pk, reason="重复", **who)
    assert Fact.objects.get().is_standing


def test_of_two_who_enter_one_short_name_at_once_the_second_is_told_so(
    bureau: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.recorded(bureau, code="hours", value="9")
    monkeypatch.setattr(QuerySet, "exists", lambda _rows: False)
    with pytest.raises(errors.RuleBroken, match="stands under this short name") as refused:
        story.recorded(bureau, code="hours")
    assert refused.value.reasons[0].field == "code"
    assert Fact.objects.get(code="hours").value == "9"


def test_a_corrected_fact_keeps_its_place_among_the_facts_of_its_year(bureau: Cast) -> None:
    story.recorded(bureau, code="meetings", name="召开领导小组会议", value="4", unit="次")
    story.recorded(bureau, code="hours", name="培训", value="9", unit="学时")
    for value in ("33", "34"):
        first = Fact.objects.get(code="followers", is_standing=True)
        newer = story.stated(value=value)
        facts.correct(first.pk, newer, reason="重新统计", actor=bureau.clerk, at=story.MARCH_2019)
    told = [(fact.code, fact.value) for fact in queries.report(2018).facts]
    assert told == [("followers", "34"), ("meetings", "4"), ("hours", "9")]


def test_a_year_with_nothing_but_facts_or_proposals_is_listed(db: None) -> None:
    made = plays.make_cast(at=story.IN_MARCH_2018)
    today = story.MARCH_2019.date()
    assert queries.years(until=today) == [2019]
    story.recorded(made)
    assert queries.years(until=today) == [2019, 2018]
    session = proposals_story.session(made, at=story.IN_MARCH_2018, code="2017", year=2017)
    assert queries.years(until=today) == [2019, 2018]
    proposals_story.entered(made, session, at=story.IN_MARCH_2018)
    assert queries.years(until=today) == [2019, 2018, 2017]
