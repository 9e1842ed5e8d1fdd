"""What stands on a document: its number, its term of publication, its validity, its note."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sunshine.kernel import period, verdict
from sunshine.work.documents import rules as documents
from sunshine.work.documents.rules import grounds, numbers, periods, table

TODAY = date(2026, 3, 2)

# --- PRO-20WD -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "on", "length", "unit", "basis"),
    [
        ("notice", "2019-05-14", 20, period.WORKING_DAYS, "FOI 2008 art. 18"),
        ("notice", "2019-05-15", 20, period.WORKING_DAYS, "FOI 2019 art. 26"),
        ("budget", "2014-12-31", 20, period.WORKING_DAYS, "FOI 2008 art. 18"),
        ("budget", "2026-03-02", 20, period.CALENDAR_DAYS, "预算法 art. 14"),
    ],
)
def test_a_shorter_special_term_wins(kind, on, length, unit, basis):
    found = documents.publish_period(kind, date.fromisoformat(on))
    assert (found.length, found.unit, found.basis) == (length, unit, basis)


# --- DOC-NO ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "number",
    ["合城管〔2018〕12号", "皖政办秘〔2020〕55号", "国办发〔2016〕80号", "第12号", "合肥市人民政府令第150号"],
)
def test_a_number_that_is_written_right_stays_as_it_is(number):
    assert documents.document_number(number) == (number, verdict.HOLDS)


@pytest.mark.parametrize(
    ("written", "meant", "slips"),
    [
        ("合城管[2018]12号", "合城管〔2018〕12号", 1),
        ("合城管(2018)12号", "合城管〔2018〕12号", 1),
        ("合城管（2018）12号", "合城管〔2018〕12号", 1),
        ("合城管【2018】12号", "合城管〔2018〕12号", 1),
        ("合城管［2018］12号", "合城管〔2018〕12号", 1),
        ("合城管〔2018〕012号", "合城管〔2018〕12号", 1),
        ("合城管〔2018〕第12号", "合城管〔2018〕12号", 1),
        ("合城管 〔2018〕 12 号", "合城管〔2018〕12号", 1),
        ("合城管〔２０１８〕12号", "合城管〔2018〕12号", 1),
        ("合城管 [2018] 第012 号", "合城管〔2018〕12号", 4),
    ],
)
def test_a_number_that_can_be_read_is_normalised_and_every_slip_reported(written, meant, slips):
    normalised, found = documents.document_number(written)
    assert normalised == meant
    assert len(found.reasons) == slips
    assert {reason.basis for reason in found.reasons} == {numbers.BASIS}


@pytest.mark.parametrize(
    "text", ["", "合城管", "合城管〔18〕12号", "合城管〔2018〕号", "合城管〔2018〕0号", "2018年12号"]
)
def test_what_is_no_number_is_not_guessed_at(text):
    normalised, found = documents.document_number(text)
    assert normalised == ""
    assert not found.holds


@given(st.text("合城管0129〔〕[]（） 第号", max_size=20))
def test_a_normalised_number_is_written_right(text):
    normalised, _ = documents.document_number(text)
    assert not normalised or documents.document_number(normalised) == (normalised, verdict.HOLDS)


# --- DOC-STATE, NORM-5Y ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "term"),
    [
        ("2026-03-31", "尚未施行"),
        ("2026-04-01", "有效"),
        ("2027-01-01", "已修改"),
        ("2031-03-31", "已修改"),
        ("2031-04-01", "失效"),
    ],
)
def test_validity_is_computed_by_date_and_a_normative_document_lapses_after_five_years(on, term):
    found = documents.validity_term(
        date.fromisoformat(on),
        kind="normative_document",
        effective_from=date(2026, 4, 1),
        amended_on=date(2026, 12, 1),
    )
    assert found == term


def test_a_repealed_document_says_so_from_its_day_on_whatever_else_is_true():
    begin, end, repealed_on = date(2026, 1, 1), date(2026, 6, 30), date(2026, 3, 1)
    found = [
        documents.validity_term(
            day, kind="notice", effective_from=begin, valid_until=end, repealed_on=repealed_on
        )
        for day in (date(2026, 2, 28), repealed_on, date(2026, 12, 31))
    ]
    assert found == ["有效", "废止", "废止"]


def test_only_normative_documents_lapse_by_themselves():
    assert documents.last_valid_day("notice", date(2026, 4, 1), None) is None
    assert documents.last_valid_day("normative_document", date(2026, 4, 1), None) == date(2031, 3, 31)
    assert documents.last_valid_day("normative_document", None, None) is None


@pytest.mark.parametrize(
    ("kind", "until", "reason", "holds"),
    [
        ("normative_document", "2031-03-31", "", True),
        ("normative_document", "2031-04-01", "", False),
        ("normative_document", "2031-04-01", "上位法规定", True),
        ("notice", "2036-04-01", "", True),
        ("notice", "2026-03-31", "", False),
    ],
)
def test_more_than_five_years_needs_a_reason(kind, until, reason, holds):
    sound = documents.validity_is_sound(
        kind, date(2026, 4, 1), date.fromisoformat(until), reason_for_longer=reason
    )
    assert sound.holds is holds


def test_five_years_end_the_day_before_they_are_over():
    assert periods.five_years_end(date(2026, 4, 1)) == date(2031, 3, 31)


def test_the_note_under_a_document_bears_its_attribute():
    assert documents.OPEN_NOTES[documents.PROACTIVE] == "（此件公开发布）"
    assert documents.OPEN_NOTES[documents.ON_REQUEST] == "（此件依申请公开）"
    assert set(documents.OPEN_NOTES) == set(documents.Attribute) == set(documents.ATTRIBUTE_TERMS)


def test_every_ground_and_stage_has_its_own_name():
    on = {day: [ground.code for ground in grounds.grounds_on(day)] for day in (date(2018, 1, 1), TODAY)}
    assert all(len(codes) == len(set(codes)) for codes in on.values())
    labels = [stage.label for stage in table.DOCUMENT_2019.stages]
    assert len(labels) == len(set(labels)) == 10
