"""Events as everybody meets them: a form where there are seats, decisions once minutes are public."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from sunshine.work.participation.models import Gathering
from sunshine.work.participation.operations import gathering
from tests import cast as plays
from tests.rooms import gathering_story as story

pytestmark = pytest.mark.django_db


def meeting(cast: plays.Cast, openness: str) -> Gathering:
    """Announce a meeting of the coming weeks that was decided to be so open."""
    now = timezone.now()
    times = {"signup_closes_at": now + timedelta(days=8), "starts_at": now + timedelta(days=9)}
    row = story.make_planned(cast, sort="meeting", seats=5, ends_at=now + timedelta(days=10), **times)
    gathering.propose_openness(row.pk, openness=openness, actor=cast.drafter, at=now)
    gathering.decide_openness(row.pk, openness=openness, actor=cast.leader, at=now)
    notice = plays.make_record(cast, kind="announcement", title="公告", at=now).reference
    gathering.announce(row.pk, notice=notice, actor=cast.clerk, at=now)
    return row


@pytest.mark.parametrize(("openness", "is_offered"), [("seats", True), ("minutes", False)])
def test_signing_up_is_offered_only_where_there_are_seats(client: Client, openness: str, is_offered: bool):
    row = meeting(plays.make_cast(), openness)
    told = client.get(f"/events/{row.matter.reference}/").content.decode()
    assert ('name="phone"' in told) is is_offered
