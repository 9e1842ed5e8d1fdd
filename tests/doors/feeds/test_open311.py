"""Open311 GeoReport v2 as its published examples have it: a client reports, follows, and meets no fault."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from lxml import etree
from PIL import Image

from sunshine.core.publishing import incoming
from sunshine.doors.feeds import open311_asking as asking
from sunshine.work.correspondence import operations as letters
from sunshine.work.correspondence.models import Alias, ApiKey, Case, Post, Reporter, SentFile
from tests.cast import MONDAY
from tests.rooms import letters_story as story
from tests.rooms.letters_story import Bureau
from tests.rules.test_pictures import photograph

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
V2 = "/open311/v2"
ASKS: list[dict[str, Any]] = [
    {"code": "WHISPAWN", "datatype": "singlevaluelist", "required": True, "description": "满溢程度",
     "values": [{"key": "0", "name": "未满"}, {"key": "124", "name": "满溢"}]},
    {"code": "COUNT", "datatype": "number", "required": False, "description": "桶数"},
]  # fmt: skip


@pytest.fixture
def house() -> Bureau:
    cache.clear()
    house = story.bureau()
    letters.list_service(
        code="033", name="Cans left out 24x7", sort="complaint", group="sanitation", asks=ASKS,
        department=house.other, keywords="lorem, ipsum", actor=None, at=MONDAY,
    )  # fmt: skip
    return house


@pytest.fixture
def key(house: Bureau) -> str:
    given: dict[str, Any] = {"is_trusted": True, "per_minute": 600, "actor": None, "at": MONDAY}
    return letters.issue_key(name="市民通", source="citizen-app", **given)[1]


def send(key: str, *, client: Client | None = None, format_: str = "json", **given: Any) -> Any:
    values = {"api_key": key, "service_code": "bin", "lat": "31.8206", "long": "117.2273", **given}
    return (client or Client()).post(f"{V2}/requests.{format_}", values)


def told(path: str, **given: Any) -> Any:
    response = Client().get(f"{V2}/{path}", given)
    assert response.status_code == 200, response.content
    return json.loads(response.content)


@pytest.mark.parametrize("format_", ["xml", "json"])
def test_discovery_says_where_the_service_is_and_services_what_it_takes(house, format_):
    found = Client().get(f"/open311/discovery.{format_}")
    assert found.status_code == 200
    assert b"open311/v2" in found.content
    listed = Client().get(f"{V2}/services.{format_}", {"jurisdiction_id": ""})
    assert b"Cans left out 24x7" in listed.content
    if format_ == "xml":
        assert listed.headers["Content-Type"] == "text/xml; charset=utf-8"
        [service] = [
            each for each in etree.fromstring(listed.content) if each.findtext("service_code") == "033"
        ]
        assert [each.tag for each in service] == [
            "service_code", "service_name", "description", "metadata", "type", "keywords", "group",
        ]  # fmt: skip
        assert (service.findtext("metadata"), service.findtext("type")) == ("true", "realtime")


def test_a_service_says_what_it_asks(house):
    found = etree.fromstring(Client().get(f"{V2}/services/033.xml").content)
    assert (found.tag, found.findtext("service_code")) == ("service_definition", "033")
    first = found.find("attributes/attribute")
    assert first is not None
    assert (first.findtext("code"), first.findtext("required")) == ("WHISPAWN", "true")
    assert [each.findtext("key") for each in first.findall("values/value")] == ["0", "124"]
    assert Client().get(f"{V2}/services/nothing.json").status_code == 404


def test_a_report_becomes_a_case_with_number_and_nothing_personal_is_asked_back(house, key):
    answer = send(
        key,
        description=story.TEXT,
        first_name="小明",
        last_name="王",
        phone=story.PHONE,
        email="a@example.com",
    )
    [made] = json.loads(answer.content)
    assert (answer.status_code, made["service_request_id"], "token" in made) == (200, "X2026-00001", False)
    seen = Client().get(f"{V2}/requests/{made['service_request_id']}.json").content.decode()
    for secret in ("小明", story.PHONE, "example.com", "清运", made["follow_code"]):
        assert secret not in seen
    [row] = json.loads(seen)
    assert (row["status"], row["service_code"], row["lat"]) == ("open", "bin", 31.821)
    assert row["expected_datetime"].endswith("+08:00")
    [own] = json.loads(
        Client().get(f"{V2}/requests/{row['service_request_id']}.json", {"api_key": key}).content
    )
    assert own["description"] == story.TEXT


def test_an_attribute_answered_with_nought_is_answered_and_a_missing_one_is_said(house, key):
    sent: dict[str, Any] = {"service_code": "033", "attribute[COUNT]": "0"}
    missing = send(key, **sent)
    assert missing.status_code == 400
    assert json.loads(missing.content)[0]["code"] == 400
    assert "attribute[WHISPAWN]" in json.loads(missing.content)[0]["description"]
    sent["attribute[WHISPAWN]"] = "7"
    assert send(key, **sent).status_code == 400
    sent["attribute[WHISPAWN]"] = "0"
    assert send(key, **sent).status_code == 200
    assert Case.objects.get().asked == {"满溢程度": "未满", "桶数": "0"}


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"api_key": "wrong"}, 403),
        ({"api_key": ""}, 403),
        ({"service_code": ""}, 400),
        ({"service_code": "none"}, 404),
        ({"lat": "", "long": ""}, 400),
        ({"lat": "x"}, 400),
        ({"lat": "nan"}, 400),
        ({"lat": "91"}, 400),
        ({"description": "长" * 4001}, 400),
        ({"phone": "call me"}, 400),
        ({"description": "a\x00b"}, 400),
    ],
)
def test_what_cannot_be_is_said_as_a_list_of_errors(house, key, given, status):
    answer = send(key, format_="xml", **given)
    assert answer.status_code == status
    assert etree.fromstring(answer.content).findtext("error/code") == str(status)
    assert Case.objects.count() == 0


def test_an_address_in_words_is_place_enough(house, key):
    assert send(key, lat="", long="", address_string="长江路1号").status_code == 200


def test_a_program_that_is_not_trusted_gets_a_token_and_later_the_number(house):
    given: dict[str, Any] = {"is_trusted": False, "per_minute": 60, "actor": None, "at": MONDAY}
    _made, key = letters.issue_key(name="新应用", source="new-app", **given)
    [told_once] = json.loads(send(key, description=story.TEXT, device_id="d1").content)
    assert "service_request_id" not in told_once
    path = f"tokens/{told_once['token']}.json"
    assert told(path) == [{"service_request_id": "", "token": told_once["token"]}]
    waiting = Post.objects.get()
    letters.release([waiting.pk], office=house.cast.office, actor=house.cast.clerk, at=waiting.came_at)
    assert told(path)[0]["service_request_id"] == "X2026-00001"
    assert Case.objects.get().program == ApiKey.objects.get()
    assert Client().get(f"{V2}/tokens/none.xml").status_code == 404


def test_more_than_was_agreed_waits_and_is_not_refused(house, key):
    ApiKey.objects.update(per_minute=2)
    answers = [json.loads(send(key, description=f"第{n}件").content)[0] for n in range(4)]
    assert ["token" in each for each in answers] == [False, False, True, True]


def test_sending_again_under_the_same_name_reports_nothing_twice(house, key):
    client = Client(headers={"Idempotency-Key": "abc-1"})
    first = json.loads(send(key, client=client, description=story.TEXT).content)[0]
    again = json.loads(send(key, client=client, description=story.TEXT).content)[0]
    assert first["service_request_id"] == again["service_request_id"]
    assert "follow_code" not in again
    assert (Case.objects.count(), Reporter.objects.count()) == (1, 1)


def test_a_photo_loses_its_place_on_the_way_in(house, key):
    photo = io.BytesIO(photograph())
    photo.name = "IMG_0001.jpg"
    assert send(key, description=story.TEXT, media=photo).status_code == 200
    kept = incoming.read(SentFile.objects.get().path)
    assert b"SecretCamera" not in kept
    with Image.open(io.BytesIO(kept)) as opened:
        assert dict(opened.getexif()) == {}
    bad = io.BytesIO(b"MZ")
    bad.name = "x.exe"
    assert send(key, description=story.TEXT, media=bad).status_code == 400


def test_cases_are_listed_by_number_service_time_and_standing(house, key):
    for number in range(3):
        send(key, description=f"第{number}件")
    given: dict[str, Any] = {"service_code": "033", "attribute[WHISPAWN]": "0"}
    send(key, **given)
    assert len(told("requests.json")) == 4
    assert len(told("requests.json", service_code="033")) == 1
    assert len(told("requests.json", service_request_id="X2026-00001,X2026-00003")) == 2
    assert len(told("requests.json", status="closed")) == 0
    assert len(told("requests.json", status="open,closed")) == 4
    assert len(told("requests.json", page="2", page_size="3")) == 1
    assert told("requests.json", start_date="2018-01-01", end_date="2018-02-01") == []
    for wrong in ({"status": "half"}, {"start_date": "yesterday"}, {"page": "0"}, {"page_size": "9999"}):
        assert Client().get(f"{V2}/requests.json", wrong).status_code == 400


def test_a_list_costs_the_same_whatever_its_length(house, key, django_assert_num_queries):
    for number in range(6):
        send(key, description=f"第{number}件")
    with django_assert_num_queries(4):
        told("requests.json", page_size="2")
    with django_assert_num_queries(4):
        told("requests.json")


def test_updates_of_another_system_are_heard_once_in_any_order(house, key):
    send(key, description=story.TEXT)
    case = Case.objects.get()
    letters.name_elsewhere(case.matter.reference, source="citizen-app", number="HF-9", actor=None, at=MONDAY)
    sent = {"api_key": key, "service_request_id": "HF-9"}
    path = f"{V2}/servicerequestupdates.json"
    late = {**sent, "update_id": "2", "status": "closed", "updated_datetime": "2026-03-03T10:00:00+08:00"}
    soon = {**sent, "update_id": "1", "status": "open", "updated_datetime": "2026-03-02T10:00:00Z"}
    news = [json.loads(Client().post(path, each).content)[0]["is_new"] for each in (late, soon, late)]
    assert news == [True, True, False]
    assert (Alias.objects.get().status, Alias.objects.get().updates) == ("closed", 2)
    far = {**soon, "update_id": "3", "updated_datetime": "2026-03-02T10:00:00-21:58"}
    assert Client().post(path, far).status_code == 200, "an offset that no database knows"
    assert Client().post(path, {**soon, "api_key": ""}).status_code == 403
    assert Client().post(path, {**soon, "updated_datetime": "soon"}).status_code == 400
    assert told("servicerequestupdates.json")[0]["service_request_id"] == case.matter.reference


def test_a_method_that_is_not_answered_and_another_place_are_said_as_errors(house):
    refused = Client().delete(f"{V2}/requests.xml")
    assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, POST, HEAD")
    assert Client().get(f"{V2}/services.json", {"jurisdiction_id": "sfgov.org"}).status_code == 404


def test_a_report_to_another_place_is_not_taken_for_one_to_us(house, key):
    assert send(key, jurisdiction_id="sfgov.org").status_code == 404
    assert Case.objects.count() == 0
    assert send(key, jurisdiction_id=asking.jurisdiction()).status_code == 200


def test_whether_something_is_there_can_be_asked_without_reading_it(house):
    answer = Client().head(f"{V2}/services.json")
    assert (answer.status_code, answer.content) == (200, b"")


NAMES = (
    *("api_key", "service_code", "lat", "long", "description", "phone", "email", "address_string", "status"),
    *("start_date", "end_date", "page", "page_size", "service_request_id", "jurisdiction_id", "extensions"),
    *("updated_datetime", "update_id", "account_id", "device_id", "media_url", "attribute[WHISPAWN]"),
    *("attribute[COUNT][]", "attribute[", "format_"),
)
ENDS = (
    *("services.xml", "services/033.json", "services/无.xml", "requests.json", "requests.xml"),
    *("requests/X2026-00001.xml", "requests/0.json", "tokens/x.json", "servicerequestupdates.xml"),
)
PATHS = ("/open311/discovery.xml", *(f"{V2}/{end}" for end in ENDS))
ODD = (
    *("", "0", "-1", "1e999", "nan", "033", "bin", "open", "2026-02-30", "9999-12-31T23:59:59Z", "\x00"),
    *("0001-01-01T00:00:00-18:00", "2026-03-02T09:00:00+99:99", "X2026-00001", "\ud800"),
)
VALUES = some.one_of(some.text(max_size=30), some.sampled_from(ODD))


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=some.sampled_from(PATHS),
    method=some.sampled_from(["get", "post", "put", "head", "options"]),
    sent=some.dictionaries(some.sampled_from(NAMES), VALUES, max_size=8),
    has_key=some.booleans(),
)
def test_whatever_is_sent_no_answer_is_a_fault(house, key, path, method, sent, has_key):
    cache.clear()
    sent = {name: value.encode("utf-8", "replace").decode() for name, value in sent.items()}
    if has_key:
        sent["api_key"] = key
    client = Client(raise_request_exception=True)
    response = getattr(client, method)(path, sent if method in ("get", "post", "head") else json.dumps(sent))
    assert response.status_code < 500
    if response.content and path.endswith("xml"):
        etree.fromstring(response.content)
    elif response.content:
        json.loads(response.content)


@pytest.mark.parametrize(
    "kind", ["multipart/form-data", "multipart/form-data; boundary=x", "application/json", "x"]
)
@pytest.mark.parametrize("body", [b"", b"{", b"--x\r\n", b"api_key=%ff%00&lat", b"\xff\xfe" * 50])
def test_a_body_that_is_no_form_is_refused_and_never_a_fault(house, kind, body):
    answer = Client().post(f"{V2}/requests.json", body, content_type=kind)
    assert answer.status_code in (400, 403)
    assert json.loads(answer.content)[0]["code"] == answer.status_code
