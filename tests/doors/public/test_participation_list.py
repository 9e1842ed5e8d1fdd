"""The yearly list of matters open to participation leads only to what everybody may see."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from sunshine.core.ledger.models import Leaf
from sunshine.kernel import errors
from sunshine.work.participation.operations import listing
from tests import cast as plays
from tests.cast import MONDAY
from tests.rooms import gathering_story as story

pytestmark = pytest.mark.django_db


def test_the_yearly_list_is_public_with_its_record_and_links_only_to_what_is(client: Client):
    cast = story.make_cast()
    event = story.make_announced(cast)
    hidden = story.make_planned(cast)
    given: dict[str, Any] = {"actor": cast.clerk, "at": MONDAY}
    lines = [
        listing.enter(
            2026, title=title, department=cast.department, ways=["call", "hearing"], month=3, **given
        )
        for title in ("停车收费", "单车总量", "岗亭改造")
    ]
    listing.link(lines[0].pk, reference=event.matter.reference, **given)
    listing.link(lines[1].pk, reference=hidden.matter.reference, **given)
    with pytest.raises(errors.RuleBroken, match="passes the gate first"):
        listing.publish(2026, record="2026-00999", **given)
    assert "停车收费" not in client.get("/participation/").content.decode()
    record = plays.make_record(cast, kind="announcement", title="2026年公众参与事项目录")
    listing.publish(2026, record=record.reference, **given)
    with pytest.raises(errors.RuleBroken, match="why it is struck"):
        listing.strike(lines[2].pk, reason=" ", **given)
    listing.strike(lines[2].pk, reason="机构改革，职责划出", **given)
    page = client.get("/participation/").content.decode()
    assert f"/events/{event.matter.reference}/" in page
    assert hidden.matter.reference not in page
    assert "<s>岗亭改造</s> 机构改革，职责划出" in page
    kinds = list(Leaf.objects.filter(entry__kind__startswith="participation_list").values_list("entry__kind"))
    assert kinds == [("participation_list.published",), ("participation_list.struck",)]
