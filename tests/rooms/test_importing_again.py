"""An import that is run again leaves what officers keep, and goes on with the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from sunshine.core.matters.models import Matter
from sunshine.core.publishing.models import Draft, Record
from sunshine.core.publishing.operations import importing as publishing_imports
from sunshine.kernel import errors
from sunshine.work.documents import operations as documents
from sunshine.work.documents.operations.importing import Became
from tests import cast as plays
from tests.cast import MONDAY
from tests.rooms.test_importing import GOOD, ON_REQUEST, WITHOUT_DAY, became, take_over

pytestmark = pytest.mark.django_db


@pytest.fixture
def old_site(tmp_path: Path) -> Path:
    """Return a folder with one document that passes and one that has to wait."""
    site = tmp_path / "oldsite"
    (site / "2017").mkdir(parents=True)
    (site / "2017" / "办法.md").write_text(GOOD, "utf-8")
    (site / "说明.txt").write_text(WITHOUT_DAY, "utf-8")
    return site


def test_a_record_that_officers_have_taken_up_is_theirs(old_site: Path):
    cast = plays.make_cast()
    take_over(cast, old_site)
    record = Record.objects.get()
    documents.take_up(record.reference, department=cast.department, actor=cast.clerk, at=MONDAY)
    (old_site / "2017" / "办法.md").write_text(GOOD.replace("规范", "加强"), "utf-8")
    assert became(take_over(cast, old_site))["2017/办法.md"] is Became.LEFT
    assert Record.objects.get().version == 1
    given = publishing_imports.Import(
        "notice", cast.item, {"title": "办法"}, (), record.imported_from, "0" * 64, record.pk
    )
    with pytest.raises(errors.StaleStage):
        publishing_imports.publish_imported([given], actor=None, at=MONDAY)
    assert Record.objects.get().version == 1


@pytest.mark.parametrize("holder", ["clerk", None])
def test_a_draft_that_no_drafter_holds_is_left_and_the_import_goes_on(old_site: Path, holder: str | None):
    cast = plays.make_cast()
    take_over(cast, old_site)
    draft = Draft.objects.get(fields__imported__origin="oldsite/说明.txt")
    Matter.objects.filter(pk=draft.matter_id).update(officer=getattr(cast, holder) if holder else None)
    (old_site / "说明.txt").write_text(WITHOUT_DAY.replace("统一", "重新"), "utf-8")
    (old_site / "新办法.md").write_text(ON_REQUEST, "utf-8")
    report = became(take_over(cast, old_site))
    assert (report["说明.txt"], report["新办法.md"]) == (Became.LEFT, Became.PUBLISHED)
