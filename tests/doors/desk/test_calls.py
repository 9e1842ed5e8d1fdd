"""Comment calls at the desk: what may not be pressed any more is not offered, and the page says why."""

from __future__ import annotations

import pytest
from django.test import Client

from sunshine.core.people.models import Person
from tests import cast as plays
from tests.rooms import gathering_story as story
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


@pytest.mark.parametrize("typed", ["²", "9" * 40])
def test_what_is_no_number_is_no_choice_and_breaks_no_page(typed: str):
    cast = plays.make_cast()
    reference = reported_on(cast).matter.reference
    event = story.make_announced(cast).matter.reference
    plan = {"title": "会", "groups": f"市民 {typed}"}
    for person, address, given, status in (
        (cast.clerk, f"m/{reference}/messages/", {"number": typed, "do": "release"}, 302),
        (cast.drafter, f"m/{reference}/opinions/", {"take_out": typed}, 422),
        (cast.drafter, f"m/{reference}/opinions/", {"group": typed, "answer": "noted"}, 422),
        (cast.clerk, f"m/{event}/people/", {"number": typed, "do": "signed"}, 409),
        (cast.clerk, "participation/list/2026/", {"line": typed, "do": "strike", "typed": "无"}, 302),
        (cast.drafter, "participation/gathering/", plan, 422),
    ):
        assert desk_of(person).post(f"/desk/{address}", given).status_code == status, address
    assert desk_of(cast.administrator).get("/desk/log/", {"before": typed}).status_code == 200
