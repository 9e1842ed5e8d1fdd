"""What the papers promise about the tree is true of the tree."""

from __future__ import annotations

import re

import pytest

from tests.house import tree
from tools import law

LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)")


def test_every_link_between_documents_leads_somewhere() -> None:
    papers = [*tree.ROOT.glob("*.md"), *(tree.ROOT / "docs").rglob("*.md")]
    broken = [
        f"{tree.place(paper)} -> {target}"
        for paper in papers
        for target in LINK.findall(paper.read_text("utf-8"))
        if not (paper.parent / target).exists()
    ]
    assert papers
    assert broken == []


def test_every_direct_dependency_says_why_it_is_there() -> None:
    table = (tree.ROOT / "docs" / "dependencies.md").read_text("utf-8")
    explained = set(re.findall(r"^\| `([a-z0-9-]+)`", table, re.MULTILINE))
    project = tree.project()["project"]
    extras = [each for extra in project["optional-dependencies"].values() for each in extra]
    wanted = [*project["dependencies"], *extras, *tree.project()["dependency-groups"]["dev"]]
    names = {re.split(r"[\[<>=~!; ]", requirement)[0] for requirement in wanted}
    assert explained == names


def test_every_rule_that_the_code_cites_stands_in_the_law_table_and_the_other_way_round() -> None:
    listed = {row.id for row in law.listed()}
    cited = set(law.cited())
    assert cited - listed == set(), "cited in the code, missing in docs/law.md"
    assert listed - cited == set(), "in docs/law.md, cited nowhere"


def test_the_law_table_says_of_every_rule_what_it_asks_its_basis_and_how_sure_we_are() -> None:
    vague = [
        row.id for row in law.listed() if not (row.what and row.basis and law.MARK.search(row.confidence))
    ]
    assert law.listed()
    assert vague == []


def test_the_law_table_points_to_the_code_that_cites_each_rule() -> None:
    places = law.cited()
    assert [row.id for row in law.listed() if row.where != law.where(places[row.id])] == []


@pytest.mark.parametrize("text", ["FOI-20WD, art. 33", "# CAL-ROLL:", '"PRO-20WD"'])
def test_a_cited_rule_is_seen(text: str) -> None:
    assert law.ids_in(text)


@pytest.mark.parametrize("text", ["SHA-256", "UTF-8", "RFC-6962", "ISO-8859-1", "a FOI request"])
def test_other_capitals_are_not_taken_for_a_rule(text: str) -> None:
    assert law.ids_in(text) == []
