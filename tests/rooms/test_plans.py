"""Questions asked again and again find their rows through an index, however many there are."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sunshine.work.documents.operations import importing


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
