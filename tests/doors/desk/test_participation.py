"""What officers see of participation: what is under way, each of what it may read."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sunshine.core.people.models import Department, Person
from sunshine.work.participation.operations import deciding
from tests import cast as plays
from tests.cast import MONDAY
from tests.rooms import gathering_story as story

pytestmark = pytest.mark.django_db


def page_for(person: Person, path: str = "/desk/participation/") -> str:
    desk = Client()
    desk.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return desk.get(path).content.decode()


def test_the_office_sees_what_is_under_way_everywhere_and_a_drafter_what_is_their_own() -> None:
    cast = plays.make_cast()
    own = story.make_announced(cast)
    elsewhere = story.make_planned(cast, title="公厕开放日")
    elsewhere.matter.department = Department.objects.create(name="环境卫生管理处", code="elsewhere")
    elsewhere.matter.save()
    told = page_for(cast.clerk)
    assert own.matter.reference in told
    assert elsewhere.matter.reference in told
    told = page_for(cast.drafter)
    assert own.matter.reference in told
    assert elsewhere.matter.reference not in told


def test_the_page_asks_the_database_as_often_for_many_as_for_few() -> None:
    cast = plays.make_cast()
    story.make_planned(cast)
    page_for(cast.clerk)
    with CaptureQueriesContext(connection) as few:
        page_for(cast.clerk)
    for _ in range(8):
        story.make_planned(cast)
    with CaptureQueriesContext(connection) as many:
        page_for(cast.clerk)
    assert len(many) == len(few)


def test_the_page_of_a_hearing_leads_to_its_announcement() -> None:
    cast = plays.make_cast()
    row = story.make_announced(cast)
    assert row.notice is not None
    told = page_for(cast.clerk, f"/desk/m/{row.matter.reference}/")
    assert f'<a href="/r/{row.notice.reference}/">{row.notice.reference}</a>' in told


def test_a_running_clock_stands_above_the_story_too_and_one_that_ended_does_not() -> None:
    cast = plays.make_cast()
    given: dict[str, Any] = {"officer": cast.drafter, "at": MONDAY}
    row = deciding.open_decision(title="停车收费", department=cast.department, **given)
    deciding.ask_legality(row.pk, actor=cast.drafter, at=MONDAY)
    path = f"/desk/m/{row.matter.reference}/"
    assert '<a href="#clock-1">' in page_for(cast.drafter, path)
    deciding.review_legality(row.pk, passed=True, note="合法", actor=cast.legal, at=MONDAY)
    told = page_for(cast.drafter, path)
    assert 'id="clock-1"' in told
    assert 'href="#clock-1"' not in told
