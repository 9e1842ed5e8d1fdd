"""How a request can end: the closed dated lists, what each class needs, and what can be done against it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from sunshine.kernel import errors
from sunshine.kernel.period import day_of
from sunshine.work.requests import rules
from sunshine.work.requests.rules import forms, outcomes, remedies
from sunshine.work.requests.rules.table import REQUEST_2008, REQUEST_2019
from tests.rules.requests_play import FRIDAY, Play, handled, morning

DETAILS: dict[str, Any] = {
    "handover": "电子",
    "where": "网站",
    "withheld": [{"place": "第3页", "ground": "third_party", "why": "损害大于公益"}],
    "classification": "秘密",
    "law": "税收征收管理法第八条",
    "harm": "管线",
    "balance": "损害大于公益",
    "right_body": "市规划局",
    "channel": "信访窗口",
    "earlier": "S2026-00001",
    "note": "另行处理",
}


def complete_facts(outcome: outcomes.Outcome) -> dict[str, Any]:
    """Return everything that an answer of a class needs."""
    details = {name: DETAILS[name] for name in outcome.needs if name != "which"}
    if "which" in outcome.needs:
        details["which"] = outcome.choices[0]
    return {"outcome": outcome.code, "finding": "x", "public_subject": "x", "details": details}


def ready(version: str) -> Play:
    """Return a request in which everything was done that any class may ask for."""
    procedure = REQUEST_2019 if version == "2019" else REQUEST_2008
    on = FRIDAY if version == "2019" else date(2018, 3, 2)
    play = handled(procedure, on, searches=1, consultations=({"sort": "third_party", "answer": "refuses"},))
    play.do("ask_while_handling", on, what="x", notified_on=on).do("complete", on, text="x", completed_on=on)
    if version == "2019":
        play.do("demand_reasons", on, reason="x", until=on + timedelta(days=9)).do(
            "give_reasons", on, text="x"
        )
    return play


CLASSES = [
    pytest.param(version, outcome, id=f"{version} {outcome.code}")
    for version in ("2008", "2019")
    for outcome in rules.outcomes_open(version)
]


@pytest.mark.parametrize(("version", "outcome"), CLASSES)
def test_every_class_can_be_reached_with_what_it_needs(version: str, outcome: outcomes.Outcome) -> None:
    play = ready(version)
    play.do("draft_reply", day_of(play.done[-1].at), who=1, **complete_facts(outcome))
    assert play.stage.name == "reply_drafted"


@pytest.mark.parametrize(("version", "outcome"), CLASSES)
def test_a_class_without_one_of_its_needs_is_refused(version: str, outcome: outcomes.Outcome) -> None:
    for name in outcome.needs:
        facts = complete_facts(outcome)
        facts["details"] = {key: value for key, value in facts["details"].items() if key != name}
        play = ready(version)
        with pytest.raises(errors.RuleBroken) as refusal:
            play.do("draft_reply", day_of(play.done[-1].at), who=1, **facts)
        assert name in [reason.field for reason in refusal.value.reasons]


@pytest.mark.parametrize("code", ["not_held", "third_party", "still_unclear", "abnormal"])
def test_a_class_without_what_must_have_been_done_before_is_refused(code: str) -> None:
    outcome = outcomes.outcome_named(code)
    assert outcome is not None
    with pytest.raises(errors.RuleBroken):
        handled().do("draft_reply", FRIDAY, who=1, **complete_facts(outcome))


def test_a_withheld_part_names_its_place_and_a_ground_of_the_list() -> None:
    outcome = outcomes.outcome_named("partial")
    assert outcome is not None
    for part in (
        {"place": "", "ground": "third_party"},
        {"place": "第3页", "ground": "petition"},
        {"place": "x"},
    ):
        facts = complete_facts(outcome)
        facts["details"]["withheld"] = [part]
        with pytest.raises(errors.RuleBroken, match="place and its ground"):
            handled().do("draft_reply", FRIDAY, who=1, **facts)


def partly(**part: str) -> dict[str, Any]:
    """Return the facts of an answer that withholds one part, on which ground and why."""
    outcome = outcomes.outcome_named("partial")
    assert outcome is not None
    facts = complete_facts(outcome)
    facts["details"]["withheld"] = [{"place": "第3页", **part}]
    return facts


def test_a_part_is_withheld_for_a_third_party_only_when_it_was_asked() -> None:
    facts = partly(ground="third_party", why="损害大于公益")
    with pytest.raises(errors.RuleBroken, match="third party was not asked"):
        handled().do("draft_reply", FRIDAY, who=1, **facts)


@pytest.mark.parametrize("ground", ["endangers", "state_secret", "process", "forbidden_by_law"])
def test_of_each_part_it_is_said_why_it_is_withheld(ground: str) -> None:
    with pytest.raises(errors.RuleBroken, match="why it is withheld"):
        handled().do("draft_reply", FRIDAY, who=1, **partly(ground=ground, why=" "))


def test_a_part_that_would_endanger_the_public_needs_the_leader() -> None:
    facts = partly(ground="endangers", why="管线位置公开后危及公共安全")
    play = handled(outcome="partial", details=facts["details"], public_subject="管线")
    play.do("draft_reply", FRIDAY, who=7, **facts)
    with pytest.raises(errors.RuleBroken, match="leader"):
        play.do("approve", FRIDAY, who=8)
    play.do("agree_to_refusal", FRIDAY, who=9).do("approve", FRIDAY, who=8)


def test_the_rows_of_the_form_of_2021_are_exact() -> None:
    rows = [(row.code, row.term) for row in rules.form_on(date(2021, 1, 1)).rows]
    assert len(rows) == 21
    assert dict(rows)["2"] == "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"
    assert dict(rows)["3.3"] == "3.危及“三安全一稳定”"
    assert dict(rows)["6.1"] == "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"
    assert dict(rows)["6.2"] == "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"
    assert [code for code, _term in rows if code[0] == "3"] == [f"3.{n}" for n in range(1, 9)]


def test_the_form_of_2019_has_one_undivided_last_row() -> None:
    rows = rules.form_on(date(2020, 12, 31)).rows
    assert rows[-1].term == "（六）其他处理"
    assert len(rows) == 19


def test_every_day_has_one_form_and_every_class_one_row_of_it() -> None:
    for form in forms.FORMS:
        codes = {row.code for row in form.rows}
        assert set(form.row_of.values()) <= codes
        if form.version != "2008":
            assert set(form.row_of.values()) == codes
            assert set(form.row_of) == {outcome.code for outcome in rules.OUTCOMES}
    for before, after in zip(forms.FORMS, forms.FORMS[1:], strict=False):
        assert before.valid_to is not None
        assert after.valid_from == before.valid_to + timedelta(days=1)


def test_what_is_withheld_in_part_counts_as_partial_only() -> None:
    assert rules.row_of("partial", date(2026, 1, 1)) == "2"
    assert rules.row_of("third_party", date(2026, 1, 1)) == "3.4"


@pytest.mark.parametrize(
    ("outcome", "on", "first"),
    [
        ("process", "2023-12-31", False),
        ("process", "2024-01-02", True),
        ("partial", "2024-01-02", True),
        ("disclosed", "2024-01-02", False),
        ("not_held", "2026-01-02", False),
        ("special_inquiry", "2026-01-02", False),
        ("petition", "2026-01-02", False),
    ],
)
def test_refusals_since_2024_go_to_reconsideration_first(outcome: str, on: str, first: bool) -> None:
    told = rules.remedy(outcome, date.fromisoformat(on))
    assert told.is_reconsideration_first is first
    assert ("应当" in told.sentence) is first


def test_before_2015_a_court_had_to_be_asked_within_three_months() -> None:
    assert "三个月" in rules.remedy("process", date(2015, 4, 30)).sentence
    assert "六个月" in rules.remedy("process", date(2015, 5, 1)).sentence


def test_the_bureau_answers_within_the_term_of_the_track() -> None:
    procedure = next(each for each in rules.PROCEDURES if each.kind == "remedy")
    dues = {"ordinary": "2026-02-13", "simple": "2026-02-06", "court": "2026-02-14"}
    for track, due in dues.items():
        play = Play(procedure).do(f"take_in_{track}", FRIDAY, received_on=FRIDAY)
        assert str(play.reading(track, morning(FRIDAY)).due_on) == due


def test_a_decision_is_one_of_three_results() -> None:
    procedure = next(each for each in rules.PROCEDURES if each.kind == "remedy")
    play = Play(procedure).do("take_in_court", FRIDAY, received_on=FRIDAY)
    with pytest.raises(errors.RuleBroken, match="how it ended"):
        play.do("decide_remedy", FRIDAY, result="won", decided_on=FRIDAY)
    play.do("decide_remedy", FRIDAY, result="upheld", decided_on=FRIDAY)
    assert [each.term for each in remedies.RESULTS] == ["结果维持", "结果纠正", "其他结果"]
