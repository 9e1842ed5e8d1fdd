"""What the matter page asks of the database does not grow with the matters of the bureau."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import cast
from tests.doors.desk.conftest import WalkIn


def asked(client: Client, reference: str) -> list[str]:
    """Return what the matter page asks the database when it is not the first to be shown."""
    address = reverse("desk:matter", args=[reference])
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return [each["sql"] for each in queries.captured_queries]


@pytest.mark.parametrize("stage", ["drafting", "in_review", "approved", "published"])
def test_a_matter_costs_the_same_alone_and_among_many_whatever_it_holds(
    bureau: cast.Cast, walk_in: WalkIn, stage: str
) -> None:
    client = walk_in(bureau.drafter)
    small = cast.make_document(
        bureau, upto=stage, kind="plan", interpretation="<p>解读</p>", attachments={"一.txt": b"1"}
    ).matter
    few = asked(client, small.reference)
    for number in range(6):
        cast.make_document(bureau, upto=stage, title=f"第{number}件通知")
    files = {f"{number}.txt": f"file {number}".encode() for number in range(8)}
    large = cast.make_document(
        bureau, upto=stage, kind="plan", interpretation="<p>解读</p>", attachments=files
    ).matter
    many = asked(client, large.reference)
    assert len(asked(client, small.reference)) == len(few)
    assert len(many) == len(few), "\n".join(many)
    assert len(few) <= 40
