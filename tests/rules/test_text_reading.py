"""A text is read once for all rules, and the short ways through it lead where the long ones do."""

from __future__ import annotations

import re

import pytest

from benchmarks.text import made, readers
from sunshine.text import candidates, normal, people, privacy, proofread, reading, sights, wordlists


def test_two_that_ask_for_one_text_get_one_reading():
    text = "申请人：王小明，电话13812345678。"
    assert reading.of(text) is reading.of("".join(text))
    assert reading.of(text) is not reading.of(text + "。")


def test_what_is_remembered_changes_no_finding():
    text = "当事人：李秀兰，停車場管理管理辦法，共9件，其中1件，2件。"
    first = privacy.find(text), proofread.check(text)
    assert (privacy.find(text), proofread.check(text)) == first


def test_every_candidate_left_as_hopeless_would_have_stayed_one():
    """The short way and the sum of all features agree wherever the short way goes to the end."""
    model = people.model()
    texts = [each.text for each in readers.written(made.DATA / "news.txt")]
    weighed = 0
    for text in (normal.plain(each) for each in texts):
        cut = candidates.tokens(text)
        for start in candidates.starts(text, cut, model.known):
            for (end, kind), score in zip(start.ends, model.scores(text, cut, start, 0), strict=True):
                whole = model.sum(sights.features(text, cut, start, end, kind, 0, model.known))
                if score >= people.HOPELESS / people.SCALE:
                    assert score == pytest.approx(whole)
                    weighed += 1
                else:
                    assert whole < people.HOPELESS / people.SCALE + 3
    assert weighed > 100


def test_a_word_list_finds_what_an_alternation_finds():
    words = ["账户", "帐户", "帐户名", "户名", "名"]
    text = "帐户名与户名，帐户；名账户账"
    plain = [(match.start(), match[0]) for match in re.finditer("帐户名|账户|帐户|户名|名", text)]
    assert list(wordlists.Wordlist(words).find(text)) == plain
    assert [(match.start(), match[0]) for match in wordlists.any_of(words).finditer(text)] == plain


@pytest.mark.parametrize("words", [[], [""], ["没有的词"]])
def test_a_word_list_without_a_hit_finds_nothing(words):
    assert list(wordlists.Wordlist([each for each in words if each]).find("城市管理局")) == []
    assert wordlists.any_of(words).search("城市管理局") is None


def test_words_just_met_are_found_few_or_many():
    text = "王小明来信，李小红和王小明。"
    few = list(wordlists.places_of(["王小明", "李小红"], text))
    many = list(wordlists.places_of(["王小明", "李小红", *(f"名{n}" for n in range(wordlists.FEW))], text))
    assert few == many == [(0, 3), (6, 9), (10, 13)]
