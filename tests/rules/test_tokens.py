"""The same analysis for what is kept and for what is asked."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sunshine.text import pinyin, query, spelling, tokens


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("停車場", "停车场"),
        ("ＰＭ２．５", "pm2.5"),
        ("城\u200b管", "城管"),
        ("合城管〔2018〕12号", "合城管〔2018〕12号"),
    ],
)
def test_one_writing_stands_for_all_of_them(written: str, compared: str):
    assert tokens.folded(written) == compared


def test_two_numbers_are_the_same_without_their_brackets_and_spaces():
    assert tokens.bare("合城管〔2018〕12 号") == tokens.bare("合城管[2018]12号")


def test_a_text_becomes_pairs_of_neighbours_and_never_a_pair_across_a_mark():
    runs = tokens.pieces(tokens.folded("停车，收费PM2.5"))
    assert list(tokens.pairs(runs)) == ["停车", "收费", "pm2.5"]
    assert list(tokens.singles(runs)) == ["停", "车", "收", "费", "pm2.5"]


@given(st.text(max_size=300))
def test_any_text_can_be_taken_in_and_whatever_it_holds_can_be_asked_for(text: str):
    kept = set(tokens.pairs(tokens.pieces(tokens.folded(text))))
    asked = tokens.pairs(tokens.pieces(tokens.folded(text[: query.LONGEST])))
    assert len(text) > query.LONGEST or set(asked) == kept


@given(st.text(max_size=200), st.lists(st.text(min_size=1, max_size=3), max_size=4))
def test_places_lie_inside_the_text_and_never_overlap(text: str, wanted: list[str]):
    spans = tokens.places(text, wanted)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(first[1] < second[0] for first, second in pairwise(spans))


def test_a_place_is_counted_in_the_text_that_was_given():
    assert tokens.places("一㎏停\u200b車費", ["停车"]) == [(2, 5)]


@pytest.mark.parametrize(
    ("question", "runs"),
    [
        ("渣土车几点能进城？", ("渣土车", "能进城")),
        ("请问停车泊位怎么收费呢", ("停车泊位", "收费")),
        ("什么", ("什么",)),
    ],
)
def test_a_question_is_asked_without_the_words_that_make_it_one(question: str, runs: tuple[str, ...]):
    assert query.meanings(question)[0].runs == runs


def test_the_same_thing_is_also_asked_for_in_the_words_of_the_papers():
    others = [asked.text for asked in query.meanings("城管职责")]
    assert others[0] == "城管职责"
    assert "城市管理职责" in others


def test_a_query_of_any_length_asks_for_a_bounded_number_of_things():
    meanings = query.meanings("城管停车渣土公厕" * 5000)
    assert len(meanings) <= query.MOST_MEANINGS
    assert all(len(asked.tokens) <= query.LONGEST * 2 for asked in meanings)


@pytest.mark.parametrize(
    ("letters", "syllables"),
    [
        ("tingchewei", ("ting", "che", "wei")),
        ("xi'an", ("xi", "an")),
        ("zhuang", ("zhuang",)),
        ("gong ce", ("gong", "ce")),
        ("search", ()),
        ("pm", ()),
    ],
)
def test_letters_are_pinyin_only_when_all_of_them_are(letters: str, syllables: tuple[str, ...]):
    assert pinyin.syllables(letters) == syllables


def test_a_character_with_two_readings_is_found_by_either():
    assert {"ting'che", "che'chang"} <= set(pinyin.sounds(["停车场"]))
    assert {"yin'hang", "yin'xing"} & set(pinyin.sounds(["银行"]))


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("停车薄位", "停车泊位"),
        ("婷车", "停车"),
        ("停车泊位", ""),
        ("公厕开放", ""),
        ("车", ""),
    ],
)
def test_a_slip_leads_to_the_nearest_words_that_stand_in_a_title(asked: str, meant: str):
    assert spelling.nearest(asked, ["关于规范停车泊位管理的通知"]) == meant


@given(st.text(alphabet="停车泊位收费公厕", max_size=6), st.text(alphabet="停车泊位收费公厕", max_size=6))
def test_a_distance_is_none_for_the_same_and_alike_in_both_directions(one: str, other: str):
    assert spelling.distance(one, one) == 0
    assert spelling.distance(one, other) == pytest.approx(spelling.distance(other, one))


@pytest.mark.parametrize("text", ["", "城", "城市管理局2019年PM2.5公告", "a" * 200 + "停车", "𠀀𠀁 é 甲·乙"])
def test_tokens_are_the_same_one_by_one_and_written_together(text):
    runs = tokens.pieces(tokens.folded(text))
    assert tokens.written_pairs(runs).split() == list(tokens.pairs(runs))
    assert tokens.written_singles(runs).split() == list(tokens.singles(runs))


@settings(max_examples=60)
@given(
    st.text("停车泊位管理通知公示垃圾", min_size=2, max_size=6),
    st.text("停车泊位管里通只公是垃及", max_size=9),
)
def test_a_bound_hides_no_distance_below_it(one: str, other: str) -> None:
    cost = spelling.distance(one, other)
    assert spelling.distance(one, other, below=cost + 0.01) == cost
    assert spelling.distance(one, other, below=cost) >= cost


def test_of_all_pieces_the_nearest_is_found_whatever_the_titles_repeat() -> None:
    titles = [f"关于加强{subject}管理工作的通告" for subject in ("停车泊位", "共享单车", "渣土运输") * 9]
    assert spelling.nearest("亭车泊位", titles) == "停车泊位"
    assert spelling.nearest("渣土运书", titles) == "渣土运输"
    assert spelling.nearest("人事任免", titles) == ""
