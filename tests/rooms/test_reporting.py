"""Figures from the record, and a report that goes through the gate with its cases."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import docx
import pytest

from sunshine.core.ledger.models import Leaf
from sunshine.core.publishing import storage
from sunshine.core.publishing.models import Draft, Record
from sunshine.core.publishing.operations import files
from sunshine.core.publishing.queries import records
from sunshine.kernel import errors
from sunshine.lenses.reporting import drafting, queries
from sunshine.lenses.reporting.rules import cases, counting, log, prose
from sunshine.lenses.reporting.rules.prose import Words
from sunshine.text import extract
from sunshine.work.documents import operations as documents
from sunshine.work.requests import operations as requests
from tests import cast
from tests.rooms import reporting_story as told
from tests.rooms import requests_story as story
from tests.rooms.reporting_story import JANUARY_2027, begun, published, two_years

pytestmark = pytest.mark.django_db

STATED, WORDS = told.stated(), told.words()


@pytest.fixture
def bureau() -> cast.Cast:
    return cast.make_cast()


def of_the_log() -> list[log.Line]:
    return [(leaf.index, json.loads(bytes(leaf.data))) for leaf in Leaf.objects.order_by("index")]


def test_figures_of_the_record_are_those_of_the_log(bureau: cast.Cast) -> None:
    two_years(bureau)
    cast.make_record(bureau, kind="notice", at=cast.MONDAY + timedelta(days=9))
    of_log = log.read(of_the_log())
    for year in (2025, 2026, 2027):
        from_record, from_log = queries.of_year(year), cases.of_year(year, of_log)
        assert (from_record.requests, from_record.remedies) == (from_log.requests, from_log.remedies)
        assert {each.reference: each.entries for each in from_record.records} == {
            each.reference: each.entries for each in from_log.records
        }


def test_a_request_carried_over_stands_in_both_years(bureau: cast.Cast) -> None:
    two_years(bureau)
    last, this = queries.report(2025), queries.report(2026)
    assert [last.values[f"requests.{row}.total"] for row in ("new", "carried_in", "done", "carried_out")] == [
        2, 0, 1, 1,
    ]  # fmt: skip
    assert [this.values[f"requests.{row}.total"] for row in ("new", "carried_in", "done", "carried_out")] == [
        3, 1, 3, 1,
    ]  # fmt: skip
    assert this.values["requests.6.3.total"] == 1
    assert this.values["remedies.reconsideration.upheld"] == 1
    assert all(counting.agrees(this.figure(name)) for name in this.values)


def test_a_report_passes_the_gate_with_its_files_and_its_cases(bureau: cast.Cast) -> None:
    two_years(bureau)
    published(bureau)
    record = Record.objects.get(kind="annual_report")
    version = records.newest_versions([record])[record.pk]
    assert [file.name for file in version.files] == [
        f"{record.title}.docx",
        f"{record.title}.pdf",
        "annual-report-2026.json",
    ]
    opened = queries.opened(2026)
    assert opened.values["requests.new.total"] == 3
    assert len(opened.figure("requests.new.natural_person").cases) == 3
    assert opened.pin.size < version.index + 1
    assert opened.said("stated.coercion.decisions") == "不适用"
    body = version.fields["body"]
    assert prose.agrees(body, opened.values, 2026).reasons == ()
    assert "[[" not in body


def test_the_word_file_and_the_pdf_say_what_the_page_says(bureau: cast.Cast) -> None:
    two_years(bureau)
    published(bureau)
    record = Record.objects.get(kind="annual_report")
    word, pdf, _data = records.newest_versions([record])[record.pk].files
    made = docx.Document(io.BytesIO(storage.read(word.path)))
    said = [cell.text for cell in made.tables[1].rows[3].cells]
    assert said[0] == "一、本年新收政府信息公开申请数量"
    assert said[3:] == ["3", "0", "0", "0", "0", "0", "3"]
    text = extract.text_of(storage.read(pdf.path), "application/pdf").replace("\n", "")
    assert "四、政府信息公开行政复议、行政诉讼情况" in text
    assert "新收政府信息公开申请3件" in text


def test_what_happens_later_does_not_move_a_published_figure(bureau: cast.Cast) -> None:
    waiting = two_years(bureau)
    published(bureau)
    before = queries.opened(2026)
    requests.withdraw(
        waiting.pk, note="不需要了", actor=bureau.office_head, at=JANUARY_2027 + timedelta(days=2)
    )
    assert queries.opened(2026).figure("requests.carried_out.total") == before.figure(
        "requests.carried_out.total"
    )


def test_a_correction_begun_without_its_day_keeps_the_reports_date_of_forming(bureau: cast.Cast) -> None:
    two_years(bureau)
    matter_id, later = published(bureau), JANUARY_2027 + timedelta(days=5)
    documents.correct(matter_id, reason="漏计一件", actor=bureau.office_head, at=later)
    draft = Draft.objects.get(matter=matter_id, part=0)
    formed_on = draft.fields["formed_on"]
    draft.fields.pop("changed_on")
    draft.save()
    given = {"stated": STATED, "words": WORDS, "seen": draft.revision}
    drafting.renew(matter_id, year=2026, **given, actor=bureau.drafter, at=later)
    draft.refresh_from_db()
    assert (draft.fields["formed_on"], draft.fields["changed_on"]) == (formed_on, later.date().isoformat())


def test_a_correction_is_a_new_version_with_a_table_of_what_differs(bureau: cast.Cast) -> None:
    two_years(bureau)
    matter_id = published(bureau)
    later = JANUARY_2027 + timedelta(days=5)
    entered_late = story.file(bureau, at=cast.MONDAY + timedelta(days=30))
    requests.withdraw(
        entered_late.pk,
        note="不需要了",
        actor=bureau.office_head,
        at=cast.MONDAY + timedelta(days=31),
    )
    documents.correct(matter_id, reason="漏计一件", actor=bureau.office_head, at=later)
    given = {"stated": STATED, "words": WORDS, "seen": Draft.objects.get(matter=matter_id, part=0).revision}
    drafting.renew(matter_id, year=2026, **given, actor=bureau.drafter, at=later + timedelta(hours=1))
    files.scan_waiting(at=later)
    cast.go_on(bureau, matter_id, at=later + timedelta(hours=2))
    record = Record.objects.get(kind="annual_report")
    assert record.version == 2
    changed = {each.name: (each.before, each.now) for each in queries.opened(2026).differences}
    assert changed["requests.new.total"] == ("3", "4")
    assert changed["requests.6.3.natural_person"] == ("1", "2")
    assert "附：更正对照表" in records.newest_versions([record])[record.pk].fields["body"]
    first = records.shown(record.reference, on=later.date(), version=1).version
    assert "附：更正对照表" not in first.fields["body"]


def test_a_report_with_an_empty_cell_is_refused_with_the_cell(bureau: cast.Cast) -> None:
    stated = {**STATED, "stated.permits.decisions": ""}
    with pytest.raises(errors.RuleBroken) as refusal:
        drafting.begin(
            2025,
            stated=stated,
            words=WORDS,
            department=bureau.department,
            officer=bureau.drafter,
            at=JANUARY_2027,
        )
    assert [reason.field for reason in refusal.value.reasons] == ["stated.permits.decisions"]
    assert not Draft.objects.filter(kind="annual_report").exists()


def test_a_year_that_runs_and_words_that_lack_are_refused(bureau: cast.Cast) -> None:
    with pytest.raises(errors.RuleBroken) as refusal:
        begun(bureau, year=2027, words=Words())
    assert {reason.field for reason in refusal.value.reasons} == {"year", "problems", "improvements"}


def test_a_number_typed_into_the_words_is_refused(bureau: cast.Cast) -> None:
    words = Words(problems="有3项未及时公开。", improvements="加强管理。")
    with pytest.raises(errors.RuleBroken) as refusal:
        drafting.begin(
            2026,
            stated=STATED,
            words=words,
            department=bureau.department,
            officer=bureau.drafter,
            at=JANUARY_2027,
        )
    assert refusal.value.reasons[0].params["said"] == "3"
