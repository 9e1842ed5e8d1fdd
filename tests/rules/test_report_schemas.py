"""Reports of an older schema are read and counted again as they were published."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sunshine.lenses.reporting.rules import forms, report
from sunshine.project import recounting

OLD = Path(__file__).with_name("report_2018_of_schema_1.json")
"""A report of 2018 as the first schema wrote it."""


@pytest.fixture
def told() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(OLD.read_text("utf-8"))
    return found


def compared(told: dict[str, Any]) -> recounting.Recounted:
    made, said = recounting.Recounted(2018, "2019-00001", 1), report.from_json(told)
    recounting._compare(made, told, said, said.of_year)
    return made


def test_an_older_report_is_compared_with_the_names_and_tables_that_it_promised(
    told: dict[str, Any],
) -> None:
    said = report.from_json(told)
    assert set(forms.counted_names(said.form)) == set(told["figures"])
    again = report.to_json(said)
    for name in ("schema", "form", "figures", "tables", "log"):
        assert again[name] == told[name]
    made = compared(told)
    assert made.faults == []
    assert made.agreed == len(told["figures"]) == 43


def test_a_wrong_figure_or_cell_of_an_older_report_is_still_named(told: dict[str, Any]) -> None:
    told["figures"]["requests.new.total"] = 3
    told["tables"][0]["rows"][1][1]["value"] = "3"
    assert [fault.place for fault in compared(told).faults] == ["2018 requests.new.total", "2018 tables"]


def test_a_report_written_now_says_the_newer_schema_and_promises_more(told: dict[str, Any]) -> None:
    older = report.from_json(told)
    newer = replace(older, schema=report.SCHEMA)
    assert report.to_json(newer)["schema"] == "sunshine-annual-report/2"
    assert report.from_json(report.to_json(newer)).form == forms.form_of(2018)
    assert set(newer.values) - set(older.values) == set(forms.PROSE) - set(forms.FIRST_PROSE)
    assert report.differences(newer, older) == ()


def test_a_file_of_the_newer_form_that_says_the_older_schema_is_read_as_what_it_is(
    told: dict[str, Any],
) -> None:
    newer = report.to_json(replace(report.from_json(told), schema=report.SCHEMA))
    assert report.from_json(newer | {"schema": report.FIRST_SCHEMA}).form.is_narrative
    with pytest.raises(report.NotAReport, match="does not say"):
        report.from_json(told | {"schema": "sunshine-annual-report/3"})
