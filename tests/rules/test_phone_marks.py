"""A telephone is one, however its number is written."""

from __future__ import annotations

import pytest

from sunshine.core.matters import sealing


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        ("13855512345", "13855512345"),
        ("138-5551-2345", "13855512345"),
        ("138 5551 2345", "13855512345"),
        ("１３８５５５１２３４５", "13855512345"),
        ("+8613855512345", "13855512345"),
        ("+86-138 5551 2345", "13855512345"),
        ("（+86）13855512345", "13855512345"),
        ("8613855512345", "13855512345"),
        ("008613855512345", "13855512345"),
        ("0551-62345678", "055162345678"),
        ("+86 551 6234 5678", "055162345678"),
        ("+86 (0)551 62345678", "055162345678"),
        ("0551-62345678-12", "05516234567812"),
        ("62345678", "62345678"),
        ("86234567", "86234567"),
        ("+1 (555) 010-9999", "+15550109999"),
        ("001 555 010 9999", "+15550109999"),
        ("15550109999", "15550109999"),
        ("无", "无"),
    ],
)
def test_a_number_is_marked_by_its_figures_and_its_country(written, bare):
    assert sealing.bare_phone(written) == bare


def test_the_mark_of_bare_figures_is_the_one_that_was_always_given():
    assert sealing.phone_mark("+86 138-5551-2345", purpose="speaker") == sealing.mark(
        "13855512345", purpose="speaker"
    )
