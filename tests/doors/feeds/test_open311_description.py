"""Open311 keeps what its description promises, whatever is thrown at it, and nothing is left undescribed."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils.regex_helper import normalize
from lxml import etree
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from sunshine.doors.feeds import open311_asking as asking
from sunshine.doors.feeds import open311_writing as writing
from sunshine.doors.feeds import urls
from sunshine.work.correspondence import operations as letters
from tests.cast import MONDAY
from tests.doors import at_random
from tests.rooms import letters_story as story

pytestmark = [pytest.mark.django_db, pytest.mark.urls("sunshine.doors.feeds.urls")]

DESCRIPTION = "/open311/v2/openapi.json"
NOT_SAYABLE = (
    # A service asks for a place or an answer, a day lies too far away: JSON Schema cannot say it of a form …
    positive_data_acceptance,
    # … nor that an empty parameter counts as none, whatever it should be.
    negative_data_rejection,
)
MOMENTS = ("start_date", "end_date", "updated_datetime")
REPORT = {"service_code": "bin", "lat": "31.8206", "long": "117.2273", "description": story.TEXT}


@pytest.fixture
def there(db) -> dict[str, str]:
    """What there is to ask for: a program's key, a service with questions, a case, a report that waits."""
    cache.clear()
    house = story.bureau()
    asks: list[dict[str, Any]] = [
        {"code": "HOW_FULL", "datatype": "singlevaluelist", "values": [{"key": "0", "name": "未满"}]},
        {"code": "COUNT", "datatype": "number", "description": "桶数"},
    ]
    letters.list_service(
        code="033", name="垃圾桶", sort="complaint", asks=asks, department=house.other, actor=None, at=MONDAY
    )
    given: dict[str, Any] = {"per_minute": 600, "actor": None, "at": MONDAY}
    _made, key = letters.issue_key(name="市民通", source="citizen-app", is_trusted=True, **given)
    _made, new = letters.issue_key(name="新应用", source="new-app", is_trusted=False, **given)
    case, waiting = (
        Client().post("/open311/v2/requests.json", {**REPORT, "api_key": each}).json()[0]
        for each in (key, new)
    )
    return {"key": key, "code": "033", "number": case["service_request_id"], "token": waiting["token"]}


@pytest.fixture
def interface(there):
    with at_random.interface(DESCRIPTION) as described:
        yield described


@pytest.fixture
def read(monkeypatch) -> set[str]:
    """The names of the parameters that the door has read."""
    names: set[str] = set()
    plain = asking.one

    def one(given, name, **more):
        names.add(name)
        return plain(given, name, **more)

    monkeypatch.setattr(asking, "one", one)
    return names


def test_what_the_description_allows_is_answered_as_it_says_and_it_names_all_that_is_read(
    interface, there, read
):
    def of_what_is_there(case):
        case.path_parameters |= {name: there[name] for name in case.path_parameters}
        body = case.body if isinstance(case.body, dict) else {}
        if body:
            body["api_key"] = there["key"]
        for given in (case.query, body):  # days of any year are mostly too far away
            given |= {name: f"2026{given[name][4:]}" for name in MOMENTS if given.get(name)}

    operations = [found.ok() for found in interface.get_all_operations()]
    assert len(operations) == 18
    for operation in operations:
        cache.clear()
        read.clear()
        answers = at_random.ask(operation, but=NOT_SAYABLE, prepare=of_what_is_there)
        assert any(answer.status_code == 200 and has_content(answer) for answer in answers), operation.label
        assert read == named(operation), operation.label


def has_content(answer) -> bool:
    """Return whether a well-formed answer holds anything."""
    is_json = answer.headers["content-type"][0].startswith("application/json")
    return bool(answer.json()) if is_json else len(etree.fromstring(answer.content)) > 0


def named(operation) -> set[str]:
    """Return the parameters that an operation of the description names, but for pictures and attributes."""
    told = operation.schema.raw_schema["paths"][operation.path][operation.method]
    names = {each["name"] for each in told["parameters"] if each["in"] == "query"}
    for form in told.get("requestBody", {}).get("content", {}).values():
        names |= set(form["schema"]["properties"])
    return names - {"media"}


def test_what_the_description_forbids_is_refused_as_it_says_and_never_a_fault(interface, there):
    for operation in (found.ok() for found in interface.get_all_operations()):
        cache.clear()
        for answer in at_random.ask(operation, but=NOT_SAYABLE, mode=GenerationMode.NEGATIVE):
            assert has_content(answer) or answer.status_code == 200


def test_the_description_has_every_address_of_the_door_and_no_other():
    routes = set()
    for each in urls.urlpatterns:
        [(form, names)] = normalize(each.pattern.regex.pattern)
        if form.startswith("open311/") and each.name not in (None, "open311-description"):
            for format_ in writing.FORMATS:
                filled = {name: f"{{{name}}}" for name in names} | {"format_": format_}
                routes.add("/" + form % filled)
    assert set(Client().get(DESCRIPTION).json()["paths"]) == routes


def test_the_description_names_the_services_that_can_be_reported(there):
    told = Client().get(DESCRIPTION).json()["paths"]["/open311/v2/requests.json"]["post"]
    for form in told["requestBody"]["content"].values():
        assert form["schema"]["properties"]["service_code"]["enum"] == ["033", "bin"]


def test_before_there_is_a_service_the_description_still_can_be_read():
    told = Client().get(DESCRIPTION)
    assert told.headers["Access-Control-Allow-Origin"] == "*"
    told = told.json()["paths"]["/open311/v2/requests.json"]["post"]["requestBody"]["content"]
    assert all("enum" not in form["schema"]["properties"]["service_code"] for form in told.values())


@pytest.mark.parametrize("path", ["v2/nothing.json", "v2/requests/a.b.json", "v2/tokens/%0A.json", "x.json"])
def test_an_address_that_does_not_exist_is_an_error_for_programs_too(path):
    answer = Client().get(f"/open311/{path}")
    assert (answer.status_code, answer.json()[0]["code"]) == (404, 404)
