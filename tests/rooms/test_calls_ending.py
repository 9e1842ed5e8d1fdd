"""Comment calls on their way to the end: what is saved, called off, answered late, told in the report."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from sunshine.kernel.period import SHANGHAI
from sunshine.work.participation.operations import calls, sending
from tests import cast as plays
from tests.cast import MONDAY
from tests.rooms.test_comment_calls import make_call

pytestmark = pytest.mark.django_db


def test_what_is_saved_is_kept_as_long_as_its_call_is_prolonged():
    cast = plays.make_cast()
    call = make_call(cast)
    code = sending.save(call, {"p0": "很长的意见"}, begun_at=MONDAY, at=MONDAY)
    calls.extend(call.matter_id, until=date(2026, 5, 10), reason="应公众要求", actor=cast.head, at=MONDAY)
    assert calls.throw_away_what_was_saved(at=datetime(2026, 4, 13, 9, 0, tzinfo=SHANGHAI)) == 0
    assert sending.restore(call, code)[0] == {"p0": "很长的意见"}
    assert calls.throw_away_what_was_saved(at=datetime(2026, 5, 12, 9, 0, tzinfo=SHANGHAI)) == 1
