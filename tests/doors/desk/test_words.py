"""What an officer reads of a rule is in the officer's language, from every procedure."""

from __future__ import annotations

import re

import pytest
from django.utils import translation

from sunshine.core.matters import queries as matters
from sunshine.doors.desk import words
from sunshine.work.documents import rules as documents

RULE = re.compile(r"\b[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+\b")
"""The id of a rule, which stays: the law table explains it."""


def bases() -> set[str]:
    """Return on what the acts of all procedures and the reviews of documents rest."""
    of_acts = {act.basis for procedure in matters.procedures() for act in procedure.acts}
    return of_acts | {review.basis for review in documents.REVIEWS}


def test_every_act_and_review_cites_its_basis_without_a_word_of_english():
    with translation.override("zh-hans"):
        said = {basis: RULE.sub("", words.cited(basis)) for basis in bases()}
    assert said, "there are procedures"
    assert {basis: text for basis, text in said.items() if re.search(r"[A-Za-z]{2,}", text)} == {}


@pytest.mark.parametrize(
    ("basis", "said"),
    [
        ("FOI 2019 art. 15; PIPL", "《政府信息公开条例》第15条; 《个人信息保护法》"),
        ("REM-FIRST: 行政复议法 art. 23(1)(4)", "REM-FIRST: 《行政复议法》第23条第1款第4项"),
        ("PART-OPEN: the 2018 report §5.2", "PART-OPEN: 2018年度报告第5.2部分"),
        ("AR-I8: own rule on 国办公开办函〔2021〕30号", "AR-I8: 本系统据国办公开办函〔2021〕30号的规则"),
    ],
)
def test_a_basis_is_cited_as_an_officer_cites_it(basis: str, said: str):
    with translation.override("zh-hans"):
        assert words.cited(basis) == said
