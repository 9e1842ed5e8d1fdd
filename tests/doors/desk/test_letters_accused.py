"""Letters at the desk: nobody is shown what they may not read, and a petition stays apart from a letter."""

from __future__ import annotations

import pytest
from django.utils import timezone

from sunshine.work.correspondence import operations as letters
from sunshine.work.correspondence.queries import cases
from tests.doors.desk.test_letters import at_desk, typed
from tests.rooms import letters_story as story
from tests.rooms.letters_story import Bureau

pytestmark = pytest.mark.django_db
SAYS = "举报环卫处科员收受好处费，地点长江路与金寨路交口东北角的垃圾桶三天没有清运。"


@pytest.fixture
def house() -> Bureau:
    return story.bureau()


def test_neither_what_is_alike_nor_the_same_persons_shows_a_case_that_one_may_not_read(house):
    accusing = story.petition(house, SAYS, accused=house.other, at=timezone.now(), who={"phone": story.PHONE})
    elsewhere, _code = story.entered(house, at=timezone.now(), text=story.TEXT)
    case, _code = story.entered(house, at=timezone.now(), text=story.TEXT)
    letters.offer(case.pk, department=house.other, actor=house.cast.clerk, at=timezone.now())
    letters.accept_case(case.pk, actor=house.other_drafter, at=timezone.now())
    page = at_desk(house.other_drafter).get(f"/desk/m/{case.matter.reference}/").content.decode()
    assert "收受好处费" not in page
    assert accusing.matter.reference not in page
    assert elsewhere.matter.reference not in page
    page = at_desk(house.cast.clerk).get(f"/desk/m/{case.matter.reference}/").content.decode()
    assert elsewhere.matter.reference in page, "the office gives every case out"
    assert page.count(accusing.matter.reference) == 2, "as one of the same person, and not as the same case"


def test_a_second_petitioner_is_added_by_the_operators_form_to_the_petition_it_shows(house):
    client, text = at_desk(house.cast.clerk), story.TEXT
    letter, _code = story.entered(house, at=timezone.now(), text=text)
    case = story.petition(house, text, at=timezone.now())
    shown = client.post("/desk/letters/", typed(text=text, track="petition")).content.decode()
    assert f'value="{case.matter.reference}"' in shown
    assert letter.matter.reference not in shown
    refused = client.post("/desk/letters/", typed(text=text, joins=case.matter.reference))
    assert refused.status_code == 422
    added = client.post("/desk/letters/", typed(text=text, track="petition", joins=case.matter.reference))
    assert added.status_code == 200
    assert len(cases.reporters(case)) == 2
