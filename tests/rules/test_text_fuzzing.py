"""Whatever comes in: no crash, places that fit, and time that grows with the text and not faster."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sunshine.text import keywords, privacy, proofread, script, similarity

PIECES = st.sampled_from(
    [
        "王小明",
        "当事人：",
        "１３８",
        "110105",
        "\u200b",
        "\n",
        "（",
        "”",
        "停車",
        "𠀀",
        "é",
        "·",
        "路100号",
        "室",
        "X",
        "其中5件，",
        "共9件",
    ]
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=60).map("".join))

HOSTILE: dict[str, Callable[[int], str]] = {
    "digits": lambda size: "1" * size,
    "digits apart": lambda size: "1 " * (size // 2),
    "letters": lambda size: "E1" * (size // 2),
    "mail": lambda size: "a." * (size // 2) + "@",
    "doors": lambda size: "路1号" * (size // 3),
    "surnames": lambda size: "王" * size,
    "names with dots": lambda size: "阿·" * (size // 2),
    "characters with dots": lambda size: "王某·" * (size // 3),
    "foreign letters": lambda size: "阿尔巴克斯" * (size // 5),
    "lists of names": lambda size: "张三、李四和" * (size // 6),
    "forms of address": lambda size: "王先生李女士" * (size // 6),
    "slips by sound": lambda size: "监都措失决订" * (size // 6),
    "addresses of the web": lambda size: "http://a.b/c?d=1&" * (size // 17),
    "open quotes": lambda size: "“《（" * (size // 3),
    "dates": lambda size: "2019年2月30日" * (size // 10),
    "labels": lambda size: "当事人：" * (size // 4),
    "brackets": lambda size: "（" * size,
    "titles": lambda size: "《" * size,
    "parts": lambda size: "共9件，其中1件，" * (size // 9),
    "lines": lambda size: (
        ("同样的一行文字反复出现很多次，长度超过三十个字符，用来检查时间。\n") * (size // 32)
    ),
    "numerals": lambda size: "一" * size,
    "traditional": lambda size: "車" * size,
    "spaces": lambda size: " " * size,
}


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_any_text_can_be_examined_and_every_place_fits(text):
    findings: list[privacy.Finding | proofread.Finding] = [*privacy.find(text), *proofread.check(text)]
    for finding in findings:
        assert 0 <= finding.start < finding.end <= len(text)
        assert text[finding.start : finding.end] == finding.text
    for phrase in keywords.phrases(text):
        assert 0 <= phrase.start < phrase.end <= len(text)


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_findings_of_personal_data_never_overlap(text):
    found = privacy.find(text)
    assert all(one.end <= other.start for one, other in pairwise(found))


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_scripts_and_streams_take_any_text(text):
    assert len(script.simplified_characters(text)) == len(text)
    script.lost_on_return(text)
    assert similarity.Clusters().add([text, text]) == [0, 0]


@pytest.mark.parametrize("kind", HOSTILE)
def test_time_grows_with_the_text_and_not_faster(kind):
    small, large = HOSTILE[kind](2_000), HOSTILE[kind](16_000)
    _examined(small)
    # Eight times the text: a square would take sixty-four times as long, on a busy machine too.
    # A sign more each time, for what was read last is remembered.
    assert any(
        _examined(large + "。" * more) < 24 * _examined(small + "。" * more) + 0.2 for more in range(1, 5)
    )


def _examined(text: str) -> float:
    begun = time.process_time()
    privacy.find(text)
    proofread.check(text)
    return time.process_time() - begun
