"""The rules of official documents: the procedure's promises, grounds, numbers, terms and interpretation."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from sunshine.core.people import rules as people
from sunshine.kernel import calendar, clock, flaws, period, verdict
from sunshine.kernel.clock import Clock, Event
from sunshine.kernel.procedure import CLOCK, Done, Judgement, Situation, Stage
from sunshine.work.documents import rules as documents
from sunshine.work.documents.rules import checks

MONDAY = datetime(2026, 3, 2, 9, tzinfo=period.SHANGHAI)
TODAY = date(2026, 3, 2)
DRAFTER, HEAD, CLERK, OFFICE_HEAD, REVIEWER, LEADER = range(1, 7)

EVERYTHING: dict[str, Any] = {
    "attribute": "proactive",
    "title": "关于规范户外广告设置的通知",
    "has_body": True,
    "formed_on": TODAY,
    "department": 1,
    "directory_item": "20-01",
    "kind": "notice",
    "digest": "a" * 64,
    "reviews": (
        ("proofreading", "a" * 64, True, REVIEWER),
        ("privacy", "a" * 64, True, REVIEWER),
        ("confidentiality", "a" * 64, True, REVIEWER),
        ("legality", "a" * 64, True, REVIEWER),
        ("sign_off", "a" * 64, True, LEADER),
    ),
    "gate": verdict.HOLDS,
}


def situation(stage: Stage, *done: Done, at: datetime = MONDAY, **changed: Any) -> Situation:
    facts = changed.pop("facts", {})
    return Situation(stage, at, matter={**EVERYTHING, **changed}, facts=facts, done=done)


def judged(act: str, by: str, actor: int | None, of: Situation) -> Judgement:
    return documents.DOCUMENT_2019.judge(act, of, frozenset({by}), actor)


def fields(judgement: Judgement) -> set[str]:
    return {reason.field for reason in judgement.rules.reasons}


# --- the table as a whole -------------------------------------------------------------------------


@pytest.mark.parametrize("procedure", documents.PROCEDURES, ids=str)
def test_the_procedure_has_no_flaws(procedure):
    assert flaws.flaws(procedure) == ()


@pytest.mark.parametrize(
    ("day", "version"),
    [("2008-05-01", "2008"), ("2019-05-14", "2008"), ("2019-05-15", "2019"), ("2026-11-24", "2019")],
)
def test_a_document_follows_the_text_of_the_day_on_which_it_was_begun(day, version):
    effective = [each for each in documents.PROCEDURES if each.is_effective(date.fromisoformat(day))]
    assert [each.version for each in effective] == [version]


def test_no_document_follows_a_text_that_was_not_yet_in_force():
    assert not any(each.is_effective(date(2008, 4, 30)) for each in documents.PROCEDURES)


@pytest.mark.parametrize("procedure", documents.PROCEDURES, ids=str)
def test_every_act_names_a_rule_or_an_article(procedure):
    assert [act.name for act in procedure.acts if not act.basis.strip()] == []
    own = f"FOI {procedure.version}"
    assert any(own in act.basis for act in procedure.acts)
    other = "FOI 2008" if procedure.version == "2019" else "FOI 2019"
    assert [act.name for act in procedure.acts if other in act.basis] == []


def test_only_what_makes_or_ends_a_record_may_be_seen_by_the_public():
    seen = {act.name for act in documents.DOCUMENT_2019.acts if act.public}
    assert seen == {
        "publish",
        "withdraw",
        "repeal",
        "lower_attribute",
        "lower_attribute_in_draft",
        "erase",
    }


def test_nothing_becomes_public_but_through_the_gate():
    leading = [act for act in documents.DOCUMENT_2019.acts if act.target is documents.PUBLISHED]
    unguarded = {act.name for act in leading if checks.gate_passes not in act.checks}
    # What these return to, or take up, is public already: it came through the gate, or was imported by it.
    assert unguarded == {"drop_correction", "take_up"}


def test_a_document_that_lacks_nothing_goes_from_the_first_word_to_the_public():
    path = [
        ("draft", documents.DRAFTING, people.DRAFTER, DRAFTER),
        ("submit", documents.DRAFTING, people.DRAFTER, DRAFTER),
        ("accept", documents.AT_OFFICE, people.OFFICE_CLERK, CLERK),
        ("pass_on", documents.IN_REVIEW, people.OFFICE_CLERK, CLERK),
        ("sign_off", documents.AT_LEADER, people.LEADER, LEADER),
        ("publish", documents.APPROVED, people.OFFICE_HEAD, OFFICE_HEAD),
    ]
    done: tuple[Done, ...] = ()
    stage = documents.DRAFTING
    for act, source, role, actor in path:
        assert stage == source
        assert judged(act, role.name, actor, situation(stage, *done)).reasons == ()
        done = (*done, Done(act, actor, MONDAY))
        stage = documents.DOCUMENT_2019.act_named(act).leads_to(stage)
    assert stage == documents.PUBLISHED


# --- ATTR-3, PRO-DEFAULT, SEC-LEVEL ---------------------------------------------------------------


def test_no_document_leaves_drafting_without_its_attribute():
    assert "attribute" in fields(
        judged("submit", "drafter", DRAFTER, situation(documents.DRAFTING, attribute=""))
    )


def test_what_is_not_public_names_its_ground():
    closed = situation(documents.DRAFTING, attribute="not_public")
    assert fields(judged("submit", "drafter", DRAFTER, closed)) == {"ground"}


@pytest.mark.parametrize(
    ("code", "on", "applies"),
    [
        ("trade_secret", "2019-05-14", True),
        ("trade_secret", "2019-05-15", False),
        ("third_party", "2019-05-14", False),
        ("third_party", "2019-05-15", True),
        ("internal_affairs", "2018-03-05", False),
        ("state_secret", "2018-03-05", True),
        ("state_secret", "2026-03-02", True),
        ("because_i_say_so", "2026-03-02", False),
    ],
)
def test_a_ground_counts_only_while_its_article_is_in_force(code, on, applies):
    assert (documents.ground_named(code, date.fromisoformat(on)) is not None) is applies


def test_the_grounds_of_2019_bear_the_terms_of_the_annual_reports_table():
    assert [ground.term for ground in documents.grounds_on(TODAY)] == [
        "属于国家秘密",
        "其他法律行政法规禁止公开",
        "危及“三安全一稳定”",
        "保护第三方合法权益",
        "属于三类内部事务信息",
        "属于四类过程性信息",
        "属于行政执法案卷",
    ]


def test_articles_14_and_15_forbid_and_article_16_only_allows():
    musts = {ground.basis: ground.must for ground in documents.grounds_on(TODAY)}
    assert musts == {"FOI 2019 art. 14": True, "FOI 2019 art. 15": True, "FOI 2019 art. 16": False}


@pytest.mark.parametrize(("until", "reasons"), [(None, 1), (TODAY, 1), (TODAY + timedelta(days=1), 0)])
def test_what_is_only_in_process_says_until_when(until, reasons):
    closed = situation(documents.DRAFTING, attribute="not_public", ground="process", ground_until=until)
    assert len(judged("submit", "drafter", DRAFTER, closed).rules.reasons) == reasons


def test_a_state_secret_must_not_lie_in_this_system():
    marked: dict[str, Any] = {
        "attribute": "not_public",
        "ground": "state_secret",
        "ground_until": date(2030, 1, 1),
    }
    with_text = judged("submit", "drafter", DRAFTER, situation(documents.DRAFTING, **marked))
    assert [reason.basis for reason in with_text.rules.reasons] == [checks.SEC_LEVEL]
    empty = situation(documents.DRAFTING, has_body=False, **marked)
    assert judged("submit", "drafter", DRAFTER, empty).rules.holds


def test_the_attribute_of_what_is_public_is_not_lowered_in_passing():
    published = Done("publish", OFFICE_HEAD, MONDAY)
    lowering = situation(documents.DRAFTING, published, facts={"attribute": "on_request"})
    refused = judged("set_attribute", "drafter", DRAFTER, lowering)
    assert [reason.basis for reason in refused.rules.reasons] == [checks.ATTR_CHANGE]
    raising = situation(
        documents.DRAFTING, published, attribute="on_request", facts={"attribute": "proactive"}
    )
    assert judged("set_attribute", "drafter", DRAFTER, raising).is_open


@pytest.mark.parametrize(
    ("attribute", "publish", "file"), [("proactive", True, False), ("on_request", False, True)]
)
def test_what_is_proactive_is_published_and_all_else_is_filed(attribute, publish, file):
    approved = situation(documents.APPROVED, attribute=attribute)
    assert judged("publish", "office_head", OFFICE_HEAD, approved).is_open is publish
    assert judged("file", "office_clerk", CLERK, approved).is_open is file


# --- INT-3SYNC, INT-RETURN, INT-CONTENT -----------------------------------------------------------


@pytest.mark.parametrize(("plan", "material"), [(True, False), (False, True), (False, False)])
def test_a_policy_without_its_whole_interpretation_is_not_accepted_but_returned(plan, material):
    policy = situation(
        documents.AT_OFFICE,
        kind="normative_document",
        needs_interpretation=True,
        interpretation_plan=plan,
        interpretation_material=material,
    )
    assert not judged("accept", "office_clerk", CLERK, policy).is_open
    assert judged("return_without_interpretation", "office_clerk", CLERK, policy).is_open
    assert judged("return_without_interpretation", CLOCK.name, None, policy).is_open


def test_a_document_whose_interpretation_is_complete_is_not_returned_for_it():
    complete = situation(
        documents.AT_OFFICE,
        needs_interpretation=True,
        interpretation_plan=True,
        interpretation_material=True,
    )
    assert judged("accept", "office_clerk", CLERK, complete).is_open
    refused = judged("return_without_interpretation", "office_clerk", CLERK, complete)
    assert [reason.basis for reason in refused.rules.reasons] == [checks.INT_RETURN]


def test_policies_need_an_interpretation_and_internal_notices_do_not():
    assert set(documents.NEEDS_INTERPRETATION) == {"normative_document", "plan", "major_decision"}


def test_an_interpretation_is_asked_for_nine_things():
    terms = [each.term for each in documents.INTERPRETATION_FIELDS]
    assert terms == [
        "背景依据",
        "目标任务",
        "主要内容",
        "涉及范围",
        "执行标准",
        "注意事项",
        "关键词诠释",
        "惠民利民举措",
        "新旧政策差异",
    ]


# --- SEC-REVIEW: reviews, digests, four eyes ------------------------------------------------------


def test_reviews_of_other_content_do_not_count():
    changed = situation(documents.IN_REVIEW, digest="b" * 64)
    refused = judged("pass_on", "office_clerk", CLERK, changed)
    assert len(refused.rules.reasons) == len(documents.required_reviews("notice", "proactive")) == 3


def test_the_newest_review_of_a_kind_counts():
    objected = ("privacy", "a" * 64, False, REVIEWER)
    reviews = (*EVERYTHING["reviews"], objected)
    refused = judged("pass_on", "office_clerk", CLERK, situation(documents.IN_REVIEW, reviews=reviews))
    assert [reason.params["review"] for reason in refused.rules.reasons] == [documents.PRIVACY.label]
    again = (*reviews, ("privacy", "a" * 64, True, REVIEWER))
    assert judged("pass_on", "office_clerk", CLERK, situation(documents.IN_REVIEW, reviews=again)).is_open


def test_a_normative_document_is_reviewed_for_legality_whatever_its_attribute():
    for attribute in documents.Attribute:
        assert documents.LEGALITY in documents.required_reviews("normative_document", attribute)
        assert documents.LEGALITY not in documents.required_reviews("notice", attribute)
        assert documents.CONFIDENTIALITY in documents.required_reviews("notice", attribute)


@pytest.mark.parametrize(
    ("act", "role", "stage", "earlier"),
    [
        ("review", "privacy_reviewer", documents.IN_REVIEW, "draft"),
        ("review", "privacy_reviewer", documents.IN_REVIEW, "submit"),
        ("sign_off", "leader", documents.AT_LEADER, "draft"),
        ("sign_off", "leader", documents.AT_LEADER, "review"),
        ("withdraw", "leader", documents.PUBLISHED, "propose_withdrawal"),
        ("lower_attribute", "leader", documents.PUBLISHED, "lower_attribute_propose"),
        ("lower_attribute_in_draft", "office_head", documents.DRAFTING, "lower_attribute_propose"),
    ],
)
def test_nobody_decides_on_what_they_did_themselves(act, role, stage, earlier):
    same, other = 7, 8
    facts = {"review": "privacy", "passed": True, "reason": "误发", "ground": "inaccurate"}
    done = (Done("publish", None, MONDAY), Done(earlier, same, MONDAY))
    of = situation(stage, *done, facts=facts, proposed_attribute="on_request", proposed_ground="", ground="")
    assert not judged(act, role, same, of).people.holds
    assert judged(act, role, other, of).people.holds


def test_a_withdrawal_must_be_proposed_first_and_names_its_ground():
    published = Done("publish", OFFICE_HEAD, MONDAY)
    facts = {"reason": "附件有误", "ground": "inaccurate"}
    alone = situation(documents.PUBLISHED, published, facts=facts)
    assert not judged("withdraw", "leader", LEADER, alone).rules.holds
    proposed = (published, Done("propose_withdrawal", HEAD, MONDAY))
    assert judged(
        "withdraw", "leader", LEADER, situation(documents.PUBLISHED, *proposed, facts=facts)
    ).is_open
    groundless = situation(documents.PUBLISHED, *proposed, facts={**facts, "ground": "embarrassing"})
    assert fields(judged("withdraw", "leader", LEADER, groundless)) == {"ground"}


def test_a_proposal_made_before_the_present_version_has_lapsed():
    done = (
        Done("publish", OFFICE_HEAD, MONDAY),
        Done("propose_withdrawal", HEAD, MONDAY),
        Done("publish", OFFICE_HEAD, MONDAY),
    )
    facts = {"reason": "附件有误", "ground": "inaccurate"}
    again = situation(documents.PUBLISHED, *done, facts=facts)
    assert not judged("withdraw", "leader", LEADER, again).rules.holds


def test_a_document_is_repealed_from_a_day_on_and_only_once():
    facts = {"reason": "机构改革", "on": date(2026, 4, 1)}
    published = Done("publish", OFFICE_HEAD, MONDAY)
    assert judged("repeal", "leader", LEADER, situation(documents.PUBLISHED, published, facts=facts)).is_open
    twice = situation(documents.PUBLISHED, published, facts=facts, repealed_on=TODAY)
    assert fields(judged("repeal", "leader", LEADER, twice)) == {"on"}


# --- PRO-20WD, DOC-DATE ---------------------------------------------------------------------------


def test_a_document_is_published_within_twenty_working_days_of_being_formed():
    publish = documents.DOCUMENT_2019.clocks["publish"]
    assert (publish.length, publish.unit) == (20, period.WORKING_DAYS)
    formed_on = date(2026, 2, 13)  # the Friday before the nine days off and two swapped Saturdays
    assert period.last_day(publish.length, publish.unit, formed_on, calendar.bundled()) == date(2026, 3, 19)


def test_signing_again_lets_the_time_run_anew():
    (effect,) = documents.DOCUMENT_2019.act_named("sign_off").clocks
    assert (effect.kind, effect.clock, effect.moment_fact) == (clock.RESTART, "publish", "made_on")


def test_a_document_signed_days_ago_is_due_by_the_day_of_the_signature():
    (effect,) = documents.DOCUMENT_2019.act_named("sign_off").clocks
    moment = effect.moment(situation(documents.AT_LEADER, made_on=date(2026, 2, 13)))
    publish = Clock("publish", documents.DOCUMENT_2019.clocks["publish"])
    reading = clock.read(publish, [Event(clock.START, moment)], calendar=calendar.bundled(), now=MONDAY)
    assert reading.due_on == date(2026, 3, 19)


@pytest.mark.parametrize(("formed_on", "reasons"), [(TODAY, 0), (date(2026, 3, 3), 1), (None, 1)])
def test_a_document_is_formed_by_the_day_it_is_signed(formed_on, reasons):
    refused = judged("sign_off", "leader", LEADER, situation(documents.AT_LEADER, formed_on=formed_on))
    assert len(refused.rules.reasons) == reasons


@pytest.mark.parametrize(
    ("formed_on", "changed_on", "field"),
    [
        (date(2026, 2, 27), date(2026, 3, 4), ""),
        (date(2026, 3, 4), date(2026, 3, 4), "formed_on"),
        (date(2026, 2, 27), None, "changed_on"),
        (date(2026, 2, 27), date(2026, 3, 1), "changed_on"),
        (date(2026, 2, 27), date(2026, 3, 6), "changed_on"),
    ],
)
def test_a_correction_keeps_the_date_of_forming_and_has_one_of_its_own(formed_on, changed_on, field):
    published = Done("publish", OFFICE_HEAD, MONDAY)
    asked = situation(
        documents.AT_LEADER,
        published,
        at=MONDAY + timedelta(days=3),
        formed_on=formed_on,
        published_formed_on=date(2026, 2, 27),
        changed_on=changed_on,
    )
    reasons = judged("sign_off", "leader", LEADER, asked).rules.reasons
    assert [each.field for each in reasons] == ([field] if field else [])


def test_a_publication_is_scheduled_for_a_moment_that_lies_ahead():
    for publish_at, is_open in ((MONDAY, False), (MONDAY + timedelta(hours=1), True)):
        approved = situation(documents.APPROVED, facts={"publish_at": publish_at})
        assert judged("schedule", "office_clerk", CLERK, approved).is_open is is_open


def test_a_draft_is_given_up_only_while_nothing_of_it_is_public():
    facts = {"reason": "不再需要"}
    assert judged("abandon", "drafter", DRAFTER, situation(documents.DRAFTING, facts=facts)).is_open
    corrected = (Done("publish", OFFICE_HEAD, MONDAY), Done("correct", DRAFTER, MONDAY))
    public = situation(documents.DRAFTING, *corrected, facts=facts)
    assert not judged("abandon", "drafter", DRAFTER, public).is_open
    assert judged("drop_correction", "drafter", DRAFTER, public).is_open
