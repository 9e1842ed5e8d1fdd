"""Codes at the desk: given anew to who lost theirs, for parts that were split off, for corrections."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from sunshine.core.ledger.models import Entry
from sunshine.core.matters.models import Matter
from sunshine.core.people.models import Person
from sunshine.work.requests import operations as requests
from tests import cast as plays
from tests.cast import Cast
from tests.doors.desk.test_requests import at_desk, now, page_of, registered
from tests.rooms import requests_story as story

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return plays.make_cast()


CODE = re.compile(r"[2-9A-HJ-NP-Z]{4}(?:-[2-9A-HJ-NP-Z]{4}){3}")


def given_code(person: Person, matter: Matter) -> str:
    """Give the applicant a new code at the desk; return it as the page shows it."""
    address = f"/desk/m/{matter.reference}/acts/issue_code/"
    assert at_desk(person).get(address).status_code == 200
    refused = at_desk(person).post(address, {"seen": matter.version, "proof": ""})
    assert refused.status_code == 422
    shown = at_desk(person).post(address, {"seen": matter.version, "proof": "document"})
    found = CODE.search(shown.content.decode())
    assert found is not None, shown.content.decode()
    return found[0]


def followed(code: str) -> str:
    answer = Client().post("/en/requests/follow/", {"code": code}, follow=True)
    return str(answer.content.decode())


def test_a_lost_code_is_replaced_at_the_desk_and_opens_nothing_any_more(cast: Cast) -> None:
    request, lost = requests.register(
        story.filing("counter"), office=cast.office, arrived_at=now(), actor=cast.clerk, at=now()
    )
    code = given_code(cast.clerk, Matter.objects.get(pk=request.pk))
    assert request.matter.reference in followed(code)
    assert "No request has this code" in followed(lost)
    entry = Entry.objects.get(kind="information_request.issue_code")
    assert (entry.actor, entry.facts) == (cast.clerk, {"proof": "document"})
    assert code not in page_of(cast.clerk, request.matter.reference)
    answer = at_desk(cast.drafter).get(f"/desk/m/{request.matter.reference}/acts/issue_code/")
    assert answer.status_code == 404, "who does not handle the case does not learn of it"


def test_the_code_of_a_part_that_was_split_off_is_given_at_the_desk(cast: Cast) -> None:
    request = registered(cast)
    [part] = requests.split(request.pk, parts=["公厕数量"], actor=cast.clerk, at=now())
    assert f"/desk/m/{part.matter.reference}/acts/issue_code/" in page_of(
        cast.clerk, request.matter.reference
    )
    code = given_code(cast.clerk, Matter.objects.get(pk=part.pk))
    said = followed(code)
    assert part.matter.reference in said
    assert "公厕数量" in said


def test_a_correction_says_what_is_wrong_and_who_asks(cast: Cast) -> None:
    typed = {**story.PERSON, "received_on": timezone.localdate().isoformat(), "wanted": "车牌登记有误"}
    for name, words in (("name", "Give the name"), ("document_number", "digit by digit")):
        answer = at_desk(cast.clerk).post("/desk/requests/correction/", {**typed, name: ""})
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert not Matter.objects.filter(kind="correction").exists()


def test_the_code_of_a_correction_opens_where_it_stands_and_what_was_decided(cast: Cast) -> None:
    at = now() - timedelta(hours=1)
    correction, code = requests.open_correction(
        wanted="本人车牌登记有误",
        identity=story.PERSON,
        received_on=timezone.localtime(at).date(),
        office=cast.office,
        actor=cast.clerk,
        at=at,
    )
    reason = "登记表与行驶证不符，予以更正"
    requests.propose_decision(correction.pk, decision="corrected", reason=reason, actor=cast.clerk, at=at)
    before = followed(code)
    assert correction.matter.reference in before
    assert "本人车牌登记有误" in before
    assert reason not in before
    requests.settle(correction.pk, actor=cast.office_head, at=now())
    after = followed(code)
    assert reason in after
    assert "The bureau decided on the correction" in after
    client = Client()
    client.post("/en/requests/follow/", {"code": code})
    assert client.post("/en/requests/follow/withdraw/").status_code == 404
    again = given_code(cast.clerk, Matter.objects.get(pk=correction.pk))
    assert correction.matter.reference in followed(again)
