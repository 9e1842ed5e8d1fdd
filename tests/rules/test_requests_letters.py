"""Letters: bound to class and text of the regulation, whole or refused, with the remedy of their day."""

from __future__ import annotations

from datetime import date

import pytest

from sunshine.work.requests import rules
from sunshine.work.requests.rules import letters

ON = date(2026, 3, 5)
VALUES = {name: f"〈{name}〉" for name in letters.PLACES}
DRAFTED = [
    pytest.param(version, outcome.code, id=f"{version} {outcome.code}")
    for version in ("2008", "2019")
    for outcome in rules.outcomes_open(version)
]


@pytest.mark.parametrize(("version", "outcome"), DRAFTED)
def test_every_class_has_a_letter_that_names_its_ground_and_its_remedy(version: str, outcome: str) -> None:
    letter = letters.write_reply(outcome, version, ON, VALUES)
    text = "".join(letter.paragraphs)
    assert letter.is_whole
    assert letter.title.endswith("书")
    assert "政府信息公开条例》" in text
    assert "人民法院" in text
    assert "{" not in text


@pytest.mark.parametrize(
    ("outcome", "title"),
    [
        ("still_unclear", "政府信息无法提供告知书"),
        ("to_be_made", "政府信息无法提供告知书"),
        ("petition", "政府信息公开申请不予处理告知书"),
        ("abnormal", "政府信息公开申请不予处理告知书"),
    ],
)
def test_the_title_of_a_letter_says_the_class_in_which_it_counts(outcome: str, title: str) -> None:
    row = rules.row_of(outcome, ON)
    assert letters.write_reply(outcome, "2019", ON, VALUES).title == title
    assert ("无法提供" in title) is row.startswith("4.")


def test_of_what_would_have_to_be_made_it_is_said_what_was_asked_for() -> None:
    text = "".join(letters.write_reply("to_be_made", "2019", ON, VALUES).paragraphs)
    assert "您（单位）申请公开的信息没有现成信息" in text
    assert "该信息没有现成信息" not in text


def test_a_class_without_a_ground_in_the_text_of_the_request_gives_no_whole_letter() -> None:
    assert not letters.write_reply("process", "2008", ON, VALUES).is_whole
    assert not letters.write_reply("withdrawn", "2019", ON, VALUES).is_whole


@pytest.mark.parametrize("missing", ["number", "addressee", "finding", "handover", "government", "dated"])
def test_a_place_that_is_not_filled_is_named(missing: str) -> None:
    values = {**VALUES, missing: " "}
    assert letters.write_reply("disclosed", "2019", ON, values).gaps == (letters.PLACES[missing],)


def test_a_brace_in_what_an_applicant_wrote_stays_as_it_is() -> None:
    letter = letters.write_reply("disclosed", "2019", ON, {**VALUES, "wanted": "{finding} 与 {x}"})
    assert "{finding} 与 {x}" in letter.paragraphs[0]


@pytest.mark.parametrize(
    ("basis", "chinese"),
    [
        ("FOI 2019 art. 36(2)", "《中华人民共和国政府信息公开条例》第三十六条第（二）项"),
        ("FOI 2019 art. 16 ¶1", "《中华人民共和国政府信息公开条例》第十六条第一款"),
        ("FOI 2019 arts. 15, 32", "《中华人民共和国政府信息公开条例》第十五条、第三十二条"),
        ("FOI 2008 art. 21(3)", "《中华人民共和国政府信息公开条例》（2007年公布）第二十一条第（三）项"),
    ],
)
def test_an_article_is_cited_as_letters_do(basis: str, chinese: str) -> None:
    assert letters.law_in_chinese(basis) == chinese


def test_the_remedy_of_a_refusal_changes_with_the_year() -> None:
    before = letters.write_reply("process", "2019", date(2023, 12, 31), VALUES).paragraphs[-1]
    after = letters.write_reply("process", "2019", date(2024, 1, 2), VALUES).paragraphs[-1]
    assert "可以自收到" in before
    assert "应当" in after
    assert "先向" in after
