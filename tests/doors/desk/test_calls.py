"""Comment calls at the desk: what may not be pressed any more is not offered, and the page says why."""

from __future__ import annotations

import pytest
from django.test import Client

from sunshine.core.people.models import Person
from tests import cast as plays
from tests.rooms.test_calls_ending import reported_on

pytestmark = pytest.mark.django_db


def desk_of(person: Person) -> Client:
    """Return the desk as a person sees it."""
    desk = Client()
    desk.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return desk


def test_a_call_whose_report_is_begun_offers_no_answer_and_says_what_to_do_first():
    cast = plays.make_cast()
    call = reported_on(cast)
    desk = desk_of(cast.drafter)
    told = desk.get(f"/desk/m/{call.matter.reference}/opinions/?answer=all").content.decode()
    assert "反对收费" in told
    assert "notice--warning" in told
    assert 'name="answer"' not in told
    desk = desk_of(cast.clerk)
    for state, wish in (("unconfirmed", "confirm"), ("hidden", "restore")):
        told = desk.get(f"/desk/m/{call.matter.reference}/messages/?state={state}").content.decode()
        assert 'name="number"' in told
        assert "notice--warning" in told
        assert f'value="{wish}"' not in told
