"""The report as a PDF, made from the same markup as its page; figures lead to the site."""

from __future__ import annotations

import html

from django.conf import settings
from weasyprint import CSS, HTML

from sunshine.lenses.reporting.rendering import markup
from sunshine.lenses.reporting.rules.report import Report

STYLE = """
@page { size: A4; margin: 25mm 20mm; @bottom-center { content: "— " counter(page) " —"; font-size: 10pt } }
@page wide { size: A4 landscape; margin: 18mm 15mm }
body { font-family: "Noto Serif CJK SC", "Songti SC", SimSun, serif; font-size: 12pt; line-height: 1.7 }
h1 { font-size: 20pt; text-align: center; margin: 0 0 12mm }
h2 { font-size: 14pt; break-after: avoid } h3 { font-size: 12pt; break-after: avoid }
p { text-indent: 2em; text-align: justify; margin: 0 0 2mm }
table { page: wide; width: 100%; border-collapse: collapse; font-size: 9pt; line-height: 1.35 }
th, td { border: .5pt solid #565b61; padding: 1mm 1.5mm; text-align: center; font-weight: normal }
td { font-variant-numeric: tabular-nums } tr { break-inside: avoid }
a { color: inherit; text-decoration: underline dotted .5pt }
"""


def pdf(report: Report) -> bytes:
    """Return the report as the bytes of a PDF."""
    title = html.escape(report.title)
    page = (
        f'<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><h1>{title}</h1>\n{markup.body(report)}</body></html>"
    )
    made = HTML(string=page, base_url=settings.SITE_URL, url_fetcher=_nothing)
    written: bytes = made.write_pdf(stylesheets=[CSS(string=STYLE)], pdf_variant="pdf/ua-1")
    return written


def _nothing(url: str) -> dict[str, object]:
    """Fetch nothing: the report brings all that it shows."""
    raise ValueError(url)
