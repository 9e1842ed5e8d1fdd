"""The interface keeps what its own description promises, whatever is thrown at it."""

from __future__ import annotations

import pytest
from django.test import Client
from schemathesis.specs.openapi.checks import positive_data_acceptance

from sunshine.doors.api import shapes
from tests import cast as plays
from tests.doors import at_random

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.doors.api.urls")]

DESCRIPTION = "/api/v1/openapi.json"
PROBLEM = "application/problem+json"


@pytest.fixture
def interface(db):
    """The description as it is served, with some records to ask for."""
    cast = plays.make_cast()
    plays.make_record(cast, kind="normative_document", interpretation="<p>为什么。</p>")
    plays.make_record(cast, attachments={"费用.txt": b"5"})
    with at_random.interface(DESCRIPTION) as described:
        yield described


def test_every_answer_is_as_the_description_says(interface):
    asked = [found.ok() for found in interface.get_all_operations()]
    assert len(asked) >= 10
    for operation in asked:
        # A day beyond 2199 is refused with 422, which JSON Schema cannot say of a date.
        at_random.ask(operation, but=[positive_data_acceptance])


def test_every_field_of_every_shape_has_a_title():
    told = Client().get(DESCRIPTION).json()["components"]["schemas"]
    silent = [
        f"{name}.{field}"
        for name, shape in told.items()
        for field, about in shape.get("properties", {}).items()
        if not about.get("title")
    ]
    assert "RecordWhole" in told
    assert silent == []


def test_every_address_is_read_only_and_says_what_it_is_for():
    paths = Client().get(DESCRIPTION).json()["paths"]
    assert {method for operations in paths.values() for method in operations} == {"get"}
    assert all(path["get"]["summary"] and path["get"]["description"] for path in paths.values())


def test_the_page_for_people_shows_every_address_and_runs_no_script(settings):
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    page = Client().get("/api/v1/docs")
    for path in Client().get(DESCRIPTION).json()["paths"]:
        assert path in page.text
    assert "RecordWhole" in page.text
    assert "<script" not in page.text
    assert "style=" not in page.text


@pytest.mark.parametrize("path", ["nothing", "records/none/at/all", "v9"])
def test_an_address_that_does_not_exist_is_a_problem_for_programs_too(path):
    answer = Client().get(f"/api/v1/{path}")
    assert (answer.status_code, answer["Content-Type"]) == (404, PROBLEM)


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("records?limit=1000", "limit"),
        ("records?since=yesterday", "since"),
        ("records/nonsense", "reference"),
        ("clock?start=2026-03-02&unit=weeks", "unit"),
    ],
)
def test_a_request_that_makes_no_sense_is_told_which_field(path, field):
    answer = Client().get(f"/api/v1/{path}")
    assert (answer.status_code, answer["Content-Type"]) == (422, PROBLEM)
    assert answer.json()["reasons"][0]["field"] == field


def test_a_problem_has_the_members_of_the_standard():
    told = Client().get("/api/v1/records/1999-00001").json()
    assert set(told) >= {"type", "title", "status", "detail", "instance"}
    assert told["status"] == 404
    assert shapes.Problem(**told).reasons


def test_any_page_of_any_site_may_read():
    assert Client().get("/api/v1/health")["Access-Control-Allow-Origin"] == "*"
