"""Questions asked again and again find their rows through an index, however many there are."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sunshine.core.ledger import queries as ledger
from sunshine.core.ledger.models import Delivery
from sunshine.core.publishing.queries import digests, directory, listing, records
from sunshine.doors.public import record
from sunshine.project import wiring
from sunshine.work.documents import queries as documents
from sunshine.work.documents.operations import importing, releasing
from tests import cast as plays

ON = plays.MONDAY.date()

GROWING: dict[str, tuple[Callable[[], object], str]] = {
    "a digest": (lambda: digests.versions_with("0" * 64), "INDEX version_by_digest (digest=?)"),
    "what changed": (lambda: records.changed(since=plays.MONDAY), "INDEX public_by_change (changed_at>?)"),
    "what was withdrawn": (lambda: records.withdrawn(limit=10), "INDEX withdrawn_by_time"),
    "what was late": (lambda: directory.late_records(limit=10), "INDEX public_and_late"),
    "how items are kept": (lambda: directory.columns(on=ON), "COVERING INDEX public_by_promise"),
    "parts of the site map": (lambda: listing.parts(50_000), "COVERING INDEX public_by_"),
    "what lapses soon": (lambda: documents.ending(on=ON, department_ids=None), "INDEX public_until"),
    "what lapses after five years": (
        lambda: documents.ending(on=ON, department_ids=None),
        "INDEX public_without_end",
    ),
    "what is scheduled": (
        lambda: releasing.publish_due(at=plays.MONDAY),
        "INDEX matter_by_stage (kind=? AND stage=?)",
    ),
}
"""Question -> how it is asked, and the index that its answer is found through."""


def plans_of(ask: Callable[[], object]) -> list[str]:
    """Return how SQLite answers each question that a function asks."""
    with CaptureQueriesContext(connection) as asked:
        ask()
    plans = []
    with connection.cursor() as cursor:
        for query in asked.captured_queries:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            plans.append("\n".join(str(row[-1]) for row in cursor.fetchall()))
    return plans


@pytest.mark.django_db
def test_what_a_former_run_made_of_files_is_found_through_indexes():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL chooses by its statistics, which a test's empty tables do not have")
    plans = plans_of(lambda: importing.known(["site/1.md", "site/2.md"]))
    assert plans
    for plan in plans:
        assert "record_by_origin" in plan or "document_by_origin" in plan, plan
        assert "SCAN" not in plan, plan


@pytest.mark.django_db
@pytest.mark.parametrize("name", GROWING)
def test_what_grows_with_the_records_is_found_through_an_index(name: str):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL chooses by its statistics, which a test's empty tables do not have")
    ask, index = GROWING[name]
    plans = plans_of(ask)
    assert any(index in plan for plan in plans), plans
    for plan in plans:
        for line in plan.split("\n"):
            is_whole_table = line.startswith("SCAN publishing_record") and "INDEX" not in line
            assert not is_whole_table, plan


@pytest.mark.django_db
def test_only_what_the_index_has_not_heard_keeps_record_pages_from_being_kept():
    plays.make_record(plays.make_cast())
    assert not ledger.has_heard_all(record.INDEX)
    Delivery.objects.filter(handler=record.INDEX).update(attempts=ledger.GIVES_UP_AFTER)
    assert Delivery.objects.exists()
    assert ledger.has_heard_all(record.INDEX)
    assert record.INDEX == wiring.INDEX
