"""Anyone counts a published report again from the log: on an installation, and on a mirror alone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from sunshine.core.publishing.models import Record
from sunshine.lenses.reporting.rules import forms
from sunshine.project import recounting
from sunshine.project.verifying import checking, database
from sunshine.work.documents import operations as documents
from tests import cast
from tests.rooms import reporting_story as story


class Edited:
    """The installation's site with one text of the report's record replaced by another."""

    def __init__(self, old: bytes, new: bytes) -> None:
        self._site, self._old, self._new = database.Database(), old, new

    def get(self, path: str) -> bytes:
        data = self._site.get(path)
        return data.replace(self._old, self._new) if path.startswith("r/") else data


@pytest.mark.django_db
def test_every_counted_figure_of_a_published_report_follows_from_the_log() -> None:
    bureau = cast.make_cast()
    story.two_years(bureau)
    cast.make_record(bureau, kind="normative_document", interpretation="<p>解读全文</p>", at=story.IN_MARCH)
    story.published(bureau)
    found, (made,) = recounting.recount(database.Database())
    assert (found.faults, made.faults) == ([], [])
    assert made.year == 2026
    assert made.agreed == len(forms.counted_names(forms.form_of(2026)))
    assert made.reference == Record.objects.get(kind="annual_report").reference
    assert recounting.recount(database.Database(), year=2025)[1] == []


@pytest.mark.django_db
def test_a_repealed_document_whose_text_is_corrected_stays_repealed_and_counts_as_ended() -> None:
    bureau = cast.make_cast()
    story.two_years(bureau)
    at = story.IN_MARCH + timedelta(days=30)
    record = cast.make_record(
        bureau, kind="normative_document", interpretation="<p>解读全文</p>", at=story.IN_MARCH
    )
    draft = record.drafts.get()
    repealed_on = at.date() + timedelta(days=3)
    documents.repeal(draft.matter_id, on=repealed_on, reason="已有新规", actor=bureau.office_head, at=at)
    documents.correct(draft.matter_id, reason="错字", actor=bureau.drafter, at=at)
    draft.refresh_from_db()
    mended = {"body": "<p>更正后的正文。</p>"}
    documents.write(
        draft.matter_id, part=0, fields=mended, revision=draft.revision, actor=bureau.drafter, at=at
    )
    cast.go_on(bureau, draft.matter_id, at=at)
    record.refresh_from_db()
    assert (record.version, record.repealed_on) == (2, repealed_on)
    story.published(bureau)
    found, (made,) = recounting.recount(database.Database())
    assert (found.faults, made.faults) == ([], [])
    verified = checking.verify(database.Database(), hides_withdrawn=False)
    database.check_rows(verified)
    assert verified.faults == []


@pytest.mark.django_db
def test_a_file_that_was_changed_after_publication_is_not_believed() -> None:
    bureau = cast.make_cast()
    story.two_years(bureau)
    story.published(bureau)
    _found, (made,) = recounting.recount(Edited(b'"requests.new.total":3', b'"requests.new.total":4'))
    assert [fault.what for fault in made.faults] == [
        "annual-report-2026.json: its bytes are not those that were published"
    ]


@pytest.mark.django_db
def test_a_report_that_was_wrong_when_it_was_published_is_named_cell_by_cell(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from sunshine.lenses.reporting import rendering

    honest = rendering.machine_readable

    def flattering(report: object) -> bytes:
        told = json.loads(honest(report))  # type: ignore[arg-type]  # whatever is passed on
        told["figures"]["requests.carried_out.total"] = 0
        return json.dumps(told).encode()

    monkeypatch.setattr(rendering, "machine_readable", flattering)
    bureau = cast.make_cast()
    story.two_years(bureau)
    story.published(bureau)
    _found, (made,) = recounting.recount(database.Database())
    places = {fault.place for fault in made.faults}
    assert places == {"2026 requests.carried_out.total"}
    assert "the report says 0, its list makes 1, the log makes 1" in made.faults[0].what


@pytest.mark.django_db
def test_a_report_published_in_the_first_schema_agrees_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    from sunshine.lenses.reporting import rendering

    honest = rendering.machine_readable

    def older(made: object) -> bytes:
        told = json.loads(honest(made))  # type: ignore[arg-type]  # whatever is passed on
        told["schema"] = "sunshine-annual-report/1"
        del told["facts"]
        for name in set(forms.PROSE) - set(forms.FIRST_PROSE):
            del told["figures"][name]
        for kind in ("proposals", "talks", "tallies"):
            del told["cases"][kind]
        return json.dumps(told).encode()

    monkeypatch.setattr(rendering, "machine_readable", older)
    bureau = cast.make_cast()
    story.two_years(bureau)
    story.published(bureau)
    _found, (made,) = recounting.recount(database.Database())
    assert made.faults == []
    assert made.agreed == len(forms.counted_names(forms.form_of(2026, forms.FIRST_FORMS)))


def sunshine(home: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    return run([str(Path(sys.executable).with_name("sunshine")), *map(str, arguments)], home)


def run(command: list[str], home: Path) -> subprocess.CompletedProcess[str]:
    given = {"SUNSHINE_HOME": str(home), "SUNSHINE_DATABASE_URL": "", "PYTEST_PLUGINS": ""}
    return subprocess.run(
        command, env={**os.environ, **given}, capture_output=True, text=True, timeout=300, check=False
    )


@pytest.fixture(scope="module")
def mirror(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a mirror of an installation that published a report; nothing else of it is left."""
    folder = tmp_path_factory.mktemp("recount")
    home, mirror = folder / "home", folder / "mirror"
    assert sunshine(home, "setup").returncode == 0
    told = run([sys.executable, "-m", "tests.rooms.reporting_story"], home)
    assert told.returncode == 0, told.stderr
    done = sunshine(home, "export", mirror, "--languages", "zh-hans", "--workers", "1")
    assert done.returncode == 0, done.stderr
    shutil.rmtree(home)
    return mirror


def test_a_mirror_alone_is_enough_to_count_every_figure_again(mirror: Path) -> None:
    done = sunshine(mirror.parent / "nobody", "recount", mirror, "--year", "2026")
    assert done.returncode == 0, done.stderr
    assert "every figure follows from the log" in done.stdout
    assert sunshine(mirror.parent / "nobody", "recount", mirror, "--year", "2020").returncode == 2


def test_every_figure_of_the_mirror_opens_a_list_as_long_as_it_says(mirror: Path) -> None:
    page = mirror / "report" / "2026" / "requests.new.natural_person" / "index.html"
    assert page.read_text("utf-8").count("/requests/S2026-") == 3
    assert (mirror / "report" / "2026" / "remedies.reconsideration.upheld" / "index.html").exists()


def test_a_mirror_whose_log_was_changed_is_not_counted(mirror: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(mirror, tmp_path / "mirror"))
    entries = next((copy / "log" / "tile" / "entries").rglob("*.p/*"))
    data = bytearray(entries.read_bytes())
    place = data.index(b'"natural_person"')
    data[place + 1] ^= 1
    entries.write_bytes(data)
    done = sunshine(tmp_path / "nobody", "recount", copy)
    assert done.returncode == 1
    assert "is not the one that was signed" in done.stderr
