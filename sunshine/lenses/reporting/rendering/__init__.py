"""A report as people and programs read it: page, Word file, PDF, JSON; all from one `Report`."""

from __future__ import annotations

import json

from sunshine.lenses.reporting.rendering import markup, paper, word
from sunshine.lenses.reporting.rules.report import Report, to_json


def body(report: Report) -> str:
    """Return the body of the report's record: headings, prose and tables, each figure a link to its list."""
    return markup.body(report)


def files(report: Report) -> tuple[tuple[str, bytes], ...]:
    """Return the files that go with the record, by their names."""
    return (
        (f"{report.title}.docx", word.document(report)),
        (f"{report.title}.pdf", paper.pdf(report)),
        (f"annual-report-{report.year}.json", machine_readable(report)),
    )


def machine_readable(report: Report) -> bytes:
    """Return everything that a program needs, cases included."""
    return json.dumps(to_json(report), ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
