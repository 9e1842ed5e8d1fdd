"""A client that others wrote works unchanged against the served door: it finds what was reported."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from django.core.cache import cache
from django.utils import timezone
from georeport import GeoReport

from sunshine.doors.feeds import open311_asking as asking
from sunshine.work.correspondence import operations as letters
from tests.cast import MONDAY
from tests.rooms import letters_story as story

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("sunshine.doors.feeds.urls")]

ASKS: list[dict[str, Any]] = [
    {"code": "WHISPAWN", "datatype": "number", "required": True, "description": "桶数"},
    {"code": "WHISDORN", "datatype": "singlevaluelist", "description": "满溢程度",
     "values": [{"key": "COISL001", "name": "满溢"}, {"key": "COISL002", "name": "未满"}]},
]  # fmt: skip


@pytest.fixture
def key() -> str:
    """A trusted program's key, beside a service that asks something."""
    cache.clear()
    house = story.bureau()
    letters.list_service(
        code="001", name="垃圾桶", sort="complaint", asks=ASKS, department=house.other, actor=None, at=MONDAY
    )
    given: dict[str, Any] = {"is_trusted": True, "per_minute": 600, "actor": None, "at": MONDAY}
    return letters.issue_key(name="市民通", source="citizen-app", **given)[1]


@pytest.fixture(scope="session")
def site(django_db_setup, live_server) -> str:
    """The address of the served door; what `sunshine setup` makes is there before it is served."""
    return str(live_server.url)


@pytest.mark.parametrize("form", ["json", "xml"])
def test_a_client_of_others_follows_a_report_made_as_the_specification_shows(site, settings, key, form):
    settings.SITE_URL = site
    with urlopen(f"{site}/open311/discovery.json") as found:
        [endpoint] = json.load(found)["endpoints"]
    client = GeoReport(endpoint["url"], jurisdiction=asking.jurisdiction(), output_format=form)

    assert [each["service_code"] for each in client.get_service_list()] == ["001", "bin"]
    asked = client.get_service_definition("001")
    assert asked["service_code"] == "001"

    number = reported(endpoint["url"], key)
    [row] = in_a_list(client.get_service_requests(service_request_id=number))
    assert (row["service_request_id"], row["status"], row["service_code"]) == (number, "open", "001")
    assert client.get_service_request(number) == row

    month = timezone.now() - timedelta(days=30)
    given = {"service_code": "001,bin", "status": "open", "start_date": month.strftime("%Y-%m-%dT%H:%M:%SZ")}
    assert in_a_list(client.get_service_requests(**given)) == [row]


def reported(endpoint: str, key: str) -> str:
    """Report a case with every field that the specification's example has; return its number."""
    sent = {
        "api_key": key,
        "jurisdiction_id": asking.jurisdiction(),
        "service_code": "001",
        "lat": "31.82064078",
        "long": "117.2273043",
        "address_string": "12 Changjiang Road",
        "email": "wang@example.com",
        "device_id": "tt000111",
        "account_id": "000123",
        "first_name": "Xiaoming",
        "last_name": "Wang",
        "phone": "111111111",
        "description": "The can at the corner has been overflowing for three days",
        "media_url": "http://example.com/can.jpg",
        "attribute[WHISPAWN]": "3",
        "attribute[WHISDORN]": "COISL001",
    }
    with urlopen(f"{endpoint}/requests.json", urlencode(sent).encode()) as answer:
        [told] = json.load(answer)
    assert told["account_id"] == "000123"
    return str(told["service_request_id"])


def in_a_list(found: Any) -> list[Any]:
    """Return what was found as a list; the client gives a single thing of an XML answer as itself."""
    return found if isinstance(found, list) else [found]
