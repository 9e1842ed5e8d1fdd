"""What a search engine is told to look at: every public page, nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from lxml import etree

from sunshine.core.publishing.models import Record
from sunshine.core.publishing.operations import mending
from tests import cast as plays
from tests.cast import MONDAY

pytestmark = [pytest.mark.django_db, pytest.mark.urls("sunshine.doors.feeds.urls")]

SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture
def public() -> Client:
    return Client()


def addresses(response) -> list[str]:
    return [found.text for found in etree.fromstring(response.getvalue()).findall(".//s:loc", SITEMAP)]


def test_every_visible_record_stands_in_a_part_with_its_last_change(public):
    record = plays.make_record(plays.make_cast())
    part = public.get("/sitemap-1.xml")
    tree = etree.fromstring(part.getvalue())
    assert tree.find("s:url/s:loc", SITEMAP).text.endswith(f"/r/{record.reference}/")
    assert tree.find("s:url/s:lastmod", SITEMAP).text.startswith("2026-03-02T09:")
    assert part.streaming


def test_a_withdrawn_record_and_a_draft_are_in_no_part(public):
    cast = plays.make_cast()
    record = plays.make_record(cast)
    plays.make_document(cast, upto="approved", title="草案")
    mending.withdraw(
        record.pk, ground="inaccurate", reason="误", decided_by="", actor=None, at=MONDAY + timedelta(days=1)
    )
    assert addresses(public.get("/sitemap-1.xml")) == []


def test_the_index_names_the_parts_and_no_part_is_too_large(public, monkeypatch):
    monkeypatch.setattr("sunshine.doors.feeds.sitemap.LARGEST_PART", 2)
    cast = plays.make_cast()
    references = [plays.make_record(cast, title=f"通知{number}").reference for number in range(3)]
    parts = [address for address in addresses(public.get("/sitemap.xml")) if "pages" not in address]
    paths = [address[address.rindex("/") :] for address in parts]
    told = [addresses(public.get(path)) for path in paths]
    assert max(map(len, told)) <= 2
    assert sorted(address.split("/")[-2] for part in told for address in part) == sorted(references)


def test_the_standing_pages_and_the_directory_are_listed(public):
    plays.make_cast()
    told = addresses(public.get("/sitemap-pages.xml"))
    assert any(address.endswith("/columns/guide/") for address in told)
    assert any(address.endswith("/directory/norms/") for address in told)


def test_a_part_beyond_the_last_is_not_there(public):
    assert public.get("/sitemap-9.xml").status_code == 404


def test_a_part_of_many_records_asks_no_more_than_one_of_few(public, django_assert_num_queries):
    cast = plays.make_cast()
    record = plays.make_record(cast)
    for number in range(30):
        record.pk, record.reference = None, f"2026-9{number:04}"
        record.save()
    assert Record.objects.count() == 31
    with django_assert_num_queries(4):
        assert len(addresses(public.get("/sitemap-1.xml"))) == 31
