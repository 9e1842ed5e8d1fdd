"""What a public page asks of the database does not grow with what has been published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sunshine.core.ledger import operations as ledger
from sunshine.core.publishing.models import Record
from sunshine.core.publishing.operations import files
from sunshine.lenses.search import store
from sunshine.work.documents import operations as documents
from tests import cast as plays
from tests.cast import MONDAY

pytestmark = pytest.mark.django_db

MANY = 6
LATER = MONDAY + timedelta(days=1)
LIMITS = {"/": 7, "/columns/statutory/": 4, "/directory/": 3, "/directory/norms/": 5}
"""The most questions that a page may ask."""


@pytest.fixture(autouse=True)
def own_index(settings: LazySettings, tmp_path: Path) -> Iterator[None]:
    """Let each test have an index of its own."""
    settings.SEARCH_INDEX = tmp_path / "search"
    yield
    store._readers.pop(settings.SEARCH_INDEX, None)


def asked(client: Client, address: str) -> list[str]:
    """Return what a page asks the database when it is not the first to be shown."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return [each["sql"] for each in queries.captured_queries]


def publish(cast: plays.Cast, number: int) -> Record:
    """Publish a regulation with its interpretation and two files, and let the search hear of it."""
    record = plays.make_record(
        cast,
        kind="normative_document",
        title=f"停车管理办法之{number}",
        interpretation="<p>解读</p>",
        attachments={"表一.txt": f"一 {number}".encode(), "表二.txt": f"二 {number}".encode()},
    )
    ledger.deliver(at=LATER)
    return record


@pytest.mark.parametrize("address", LIMITS)
def test_a_page_that_lists_costs_the_same_with_one_record_and_with_many(client: Client, address: str) -> None:
    cast = plays.make_cast()
    publish(cast, 0)
    few = asked(client, address)
    for number in range(1, MANY):
        publish(cast, number)
        plays.make_item(f"item{number}")
    many = asked(client, address)
    assert len(many) == len(few), "\n".join(many)
    assert len(few) <= LIMITS[address]


def test_a_record_costs_the_same_alone_and_among_many_with_versions_files_and_readings(
    client: Client,
) -> None:
    cast = plays.make_cast()
    record = publish(cast, 0)
    address = f"/r/{record.reference}/"
    few = asked(client, address)
    for number in range(1, MANY):
        publish(cast, number)
    matter_id = record.drafts.get().matter_id
    for day in (1, 2, 3):
        at = LATER + timedelta(days=day)
        documents.correct(matter_id, reason="更正", actor=cast.drafter, at=at)
        for number in range(3):
            name, data = f"补{day}{number}.txt", f"{day} {number}".encode()
            documents.attach(matter_id, part=0, name=name, data=data, actor=cast.drafter, at=at)
        files.scan_waiting(at=at)
        plays.go_on(cast, matter_id, at=at + timedelta(hours=1))
    many = asked(client, address)
    page = client.get(address).content.decode()
    assert re.search("停车管理办法之[1-9]", page), "related records are shown"
    assert "补32.txt" in page
    assert len(many) == len(few), "\n".join(many)
    assert len(few) <= 12
