"""A NUL, which PostgreSQL keeps in no text, is refused for the whole site in one way: never a fault."""

from __future__ import annotations

import pytest
from django.test import Client

from sunshine.work.correspondence.models import Case
from tests import cast as plays
from tests.doors.desk.test_letters import at_desk, typed
from tests.rooms import letters_story as story

pytestmark = pytest.mark.django_db
SAID = "holds a character that no text has"


@pytest.mark.parametrize(
    "path",
    [
        *("/en/search/?q=%00", "/en/r/%00/", "/en/requests/register/?%00=1", "/en/%00", "/static/%00"),
        *("/en/?a=1&a=%00", "/en/calls/%00/", "/feeds/all.atom?after=%00", "/log/tile/%00"),
    ],
)
def test_an_address_with_a_nul_is_not_read(path: str):
    answer = Client().get(path)
    assert answer.status_code == 400
    assert "We could not read that" in answer.content.decode() or not path.startswith("/en/")


def test_the_page_says_why_in_the_readers_language():
    assert SAID in Client().get("/en/search/?q=%00").content.decode()
    assert "空字符" in Client().get("/search/?q=%00").content.decode()
    assert "無法識別" in Client().get("/zh-hant/search/?q=%00").content.decode()


def test_a_cookie_with_a_nul_is_not_read():
    answer = Client(headers={"cookie": r'sessionid="\000\000\000\000\000\000\000\000"'}).get("/desk/")
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "path", ["/desk/log/?subject=%00", "/desk/log/?kind=a%00", "/desk/m/XF%00/", "/desk/documents/?q=%00"]
)
def test_a_query_of_the_desk_with_a_nul_is_not_read(path: str):
    assert at_desk(plays.make_cast().office_head).get(path).status_code == 400


@pytest.mark.parametrize("field", ["joins", "text", "number", "once", "name\0"])
def test_a_form_of_the_desk_with_a_nul_is_not_read(field: str):
    house = story.bureau()
    answer = at_desk(house.cast.clerk).post("/desk/letters/", typed(looked="yes", **{field: "a\0b"}))
    assert answer.status_code == 400
    assert not Case.objects.exists()


def test_programs_are_told_in_their_form():
    answer = Client(headers={"accept-language": "en"}).get("/api/v1/records?q=%00")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert SAID in answer.json()["detail"]
    told = Client().get("/open311/v2/services/%00.json")
    assert told.status_code in {400, 404}
    assert told["Content-Type"].startswith("application/json")
