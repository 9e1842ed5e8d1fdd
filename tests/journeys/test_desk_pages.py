"""Every kind of page of the desk, on a phone and on a desk, for whoever works there."""

from __future__ import annotations

import re

import pytest

from tests.journeys.officers import Officers
from tests.journeys.walker import DESKTOP, PHONE, one_of_each_kind

pytestmark = pytest.mark.browser

NO_PAGE = r"^/(?!desk/)|\.(json|pdf)$|/files/|/sealed/|/language/|/logout/|/papers/|\?restore"
WALKERS = ("jingzhe", "xiaoshu", "guyu", "chunfen", "yushui")
"""Clerk, drafter, administrator, keeper of the directory, head of the office: they open all forms."""
MATTERS_OF = ("jingzhe", "xiaoshu", "lichun", "yushui", "xiazhi", "heming")
WANTED = (
    "new",
    "m/DREF",
    "m/XREF",
    "people/delegate",
    "directory",
    "log",
    "upkeep",
    "take-up",
    "report",
    "requests/new",
    "people/persons/new",
    "people/posts/N",
    "account/password",
    "account/2fa",
)
"""Kinds of pages that the walk must have met."""
ON_A_WORKLIST = """rows => rows.map(row =>
    [[...row.cells].map(cell => cell.innerText.trim()), row.querySelector("a")?.getAttribute("href")])"""


def test_no_kind_of_desk_page_shuts_anybody_out(officers: Officers) -> None:
    found: dict[str, list[str]] = {}
    seen: set[str] = set()
    for name in WALKERS:
        officer = officers(name)
        for path in one_of_each_kind(officer, "/desk/people/", avoid=NO_PAGE, most=200, seen=seen):
            if flaws := officer.flaws_at(PHONE, DESKTOP):
                found[f"{name} {path}"] = flaws
        seen -= {"/desk/people/"}
    assert not found, "\n".join(f"{path}: {flaws}" for path, flaws in found.items())
    assert [kind for kind in WANTED if f"/desk/{kind}/" not in seen] == []


def matters_by_stage(officers: Officers) -> dict[str, tuple[str, str]]:
    """Return for each stage that somebody's worklist shows who meets a matter there, and its path."""
    met: dict[str, tuple[str, str]] = {}
    for name in MATTERS_OF:
        for whose in ("waiting", "mine", "resting"):
            officers(name).open(f"/desk/?whose={whose}")
            for cells, path in officers(name).page.locator("main tbody tr").evaluate_all(ON_A_WORKLIST):
                if re.match(r"D\d{4}-", cells[1]):
                    met.setdefault(cells[3], (name, path))
    return met


def test_the_worklists_and_a_matter_in_each_stage_shut_nobody_out(officers: Officers) -> None:
    met = matters_by_stage(officers)
    assert len(met) >= 7, f"the demo shows too few stages: {met}"
    pages = {f"worklist {whose}": ("jingzhe", f"/desk/?whose={whose}") for whose in ("waiting", "resting")}
    found = {}
    for label, (name, path) in {**pages, **met}.items():
        officers(name).open(path)
        if flaws := officers(name).flaws_at(PHONE, DESKTOP):
            found[label] = flaws
    assert not found, "\n".join(f"{path}: {flaws}" for path, flaws in found.items())


@pytest.mark.parametrize(("name", "page"), [("dahan", "review"), ("lichun", "sign")])
def test_reading_before_one_speaks_shuts_nobody_out(officers: Officers, name: str, page: str) -> None:
    reader = officers(name)
    reader.open("/desk/")
    for path in [each for each in reader.links() if re.search(r"^/desk/m/D\d{4}-\d+/$", each)]:
        reader.open(path)
        if reader.page.locator(f"#acts a[href$='/{page}/']").count():
            for width in (PHONE, DESKTOP):  # opened on each screen, not turned from one to the other
                reader.page.set_viewport_size({"width": width, "height": 800})
                reader.open(f"{path}{page}/")
                assert reader.flaws_at(width) == []
            return
    pytest.fail(f"nothing waits for {name} to {page}")


@pytest.mark.parametrize("page", ["write/0/", "attribute/", "write/0/compare/"])
def test_writing_a_document_shuts_nobody_out(officers: Officers, page: str) -> None:
    author = officers("xiaoshu")
    author.open(f"/desk/m/{author.begin('normative_document', '停车收费管理办法')}/{page}")
    assert author.flaws_at(PHONE, DESKTOP) == []
