"""The page of a report: the small HTML of an official document, figures as links to their lists."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator

from sunshine.lenses.reporting.rules.forms import Cell, Line, Table
from sunshine.lenses.reporting.rules.prose import filled
from sunshine.lenses.reporting.rules.report import Report

Link = Callable[[str], str]
"""The address of a figure's list; empty where it leads nowhere."""


def address(report: Report, name: str) -> str:
    """Return where the public finds the list of a figure."""
    return f"/report/{report.year}/{name}/"


def body(report: Report) -> str:
    """Return the whole body as HTML."""

    def link(name: str) -> str:
        return address(report, name)

    return "\n".join(_parts(report, link))


def _parts(report: Report, link: Link) -> Iterator[str]:
    for section in report.sections:
        if section.heading:
            yield f"<h2>{html.escape(section.heading)}</h2>"
        for is_subhead, text in section.paragraphs:
            tag = "h3" if is_subhead else "p"
            yield f"<{tag}>{_filled(report, text, link)}</{tag}>"
        yield from (table(report, each, link) for each in report.tables if each.section == section.heading)
    if report.differences:
        yield _differences(report)


def _filled(report: Report, text: str, link: Link) -> str:
    return filled(html.escape(text), lambda name: _figure(report, name, link))


def _figure(report: Report, name: str, link: Link) -> str:
    said, there = html.escape(report.said(name)), link(name)
    return f'<a href="{html.escape(there)}">{said}</a>' if there else said


def table(report: Report, drawn: Table, link: Link) -> str:
    """Return one table; a zero has no list to open and is plain text."""

    def number(name: str) -> str:
        is_counted = not name.startswith("stated.") and report.said(name) != "0"
        return _figure(report, name, link if is_counted else lambda _name: "")

    heads = "".join(_row(line, number) for line in drawn.heads)
    rows = "".join(_row(line, number) for line in drawn.body)
    return f"<table>{f'<thead>{heads}</thead>' if heads else ''}<tbody>{rows}</tbody></table>"


def _row(line: Line, number: Callable[[str], str]) -> str:
    return f"<tr>{''.join(_cell(each, number) for each in line)}</tr>"


def _cell(cell: Cell, number: Callable[[str], str]) -> str:
    tag = "th" if cell.is_head else "td"
    spans = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    spans += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    return f"<{tag}{spans}>{html.escape(cell.text) if cell.text else number(cell.figure)}</{tag}>"


def _differences(report: Report) -> str:
    """Return what this version gives otherwise than the one before (AR-KEEP)."""
    rows = "".join(
        f"<tr><th>{html.escape(report.label(each.name))}</th>"
        f"<td>{html.escape(each.before)}</td><td>{html.escape(each.now)}</td></tr>"
        for each in report.differences
    )
    heads = "".join(f"<th>{text}</th>" for text in ("指标", "更正前", "更正后"))
    return f"<h2>附：更正对照表</h2>\n<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
