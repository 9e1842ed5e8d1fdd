"""What officers see of participation: what is under way, each of what it may read."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sunshine.core.people.models import Department, Person
from tests import cast as plays
from tests.rooms import gathering_story as story

pytestmark = pytest.mark.django_db


def page_for(person: Person) -> str:
    desk = Client()
    desk.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return desk.get("/desk/participation/").content.decode()


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
