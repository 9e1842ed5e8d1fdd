"""Canonical JSON: the quick writer writes what the rule says, and refuses what has no canonical form."""

from __future__ import annotations

from datetime import date
from enum import IntEnum, StrEnum
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from sunshine.kernel import canonical

_TEXT = st.text(st.characters(codec="utf-8"))
_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-canonical.LARGEST_INTEGER, canonical.LARGEST_INTEGER)
    | st.floats(allow_nan=False, allow_infinity=False)
    | _TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(_TEXT, inner),
)


class Word(StrEnum):
    LAW = "law"


class Number(IntEnum):
    TWO = 2


@given(_VALUES)
def test_every_value_has_the_bytes_that_the_rule_gives_it(value: Any):
    assert canonical.encode(value) == rfc8785.dumps(value)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({"b": 1, "a": [True, None]}, '{"a":[true,null],"b":1}'),
        ('\x00\x1f\x7f\b\t\n\f\r"\\/', '"\\u0000\\u001f\x7f\\b\\t\\n\\f\\r\\"\\\\/"'),
        ("\u2028阳光😀", '"\u2028阳光😀"'),
        ({"\ufb01": 1, "😀": 2}, '{"😀":2,"\ufb01":1}'),  # by UTF-16, not by code points
        ([1.0, 1e21, 0.000001, -0.0], "[1,1e+21,0.000001,0]"),
        ({Word.LAW: Word.LAW, "n": Number.TWO}, '{"law":"law","n":2}'),
    ],
)
def test_what_writers_differ_about_is_written_as_the_rule_says(value: Any, written: str):
    assert canonical.encode(value).decode() == written


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), 2**53, "\ud800", {1: "a"}, {"a": [date(2024, 1, 1)]}, b"a", {"a"}]
)
def test_what_json_readers_would_disagree_about_has_no_canonical_form(value: Any):
    with pytest.raises(canonical.NotCanonical):
        canonical.encode(value)
