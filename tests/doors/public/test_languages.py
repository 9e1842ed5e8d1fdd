"""Links in the bureau's texts lead on in the reader's language, as far as their pages have languages."""

from __future__ import annotations

import pytest
from django.utils import translation

from sunshine.doors.public import languages


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("/report/2025/fees.received/", "/en/report/2025/fees.received/"),
        ("/r/2026-00001/", "/en/r/2026-00001/"),
        ("/search/?q=a&amp;page=2#top", "/en/search/?q=a&amp;page=2#top"),
        ("/log/checkpoint", "/log/checkpoint"),
        ("/api/v1/records", "/api/v1/records"),
        ("//elsewhere.example/r/2026-00001/", "//elsewhere.example/r/2026-00001/"),
        ("https://elsewhere.example/r/", "https://elsewhere.example/r/"),
        ("#part", "#part"),
    ],
)
def test_a_link_to_a_page_keeps_the_language_and_any_other_link_stays(address: str, wanted: str):
    text = f'<p>见<a href="{address}">此处</a>。</p>'
    with translation.override("en"):
        assert languages.with_links_kept(text) == text.replace(address, wanted)
    with translation.override("zh-hans"):
        assert languages.with_links_kept(text) == text
