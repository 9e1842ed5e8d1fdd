"""Days that officers and applicants tell: none that cannot have been, for clocks count from them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from sunshine.kernel import errors
from sunshine.work.requests import operations as requests
from sunshine.work.requests.models import Request
from tests import cast as plays
from tests.cast import MONDAY, Cast
from tests.rooms import requests_story as story

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TOO_EARLY = "cannot have been before"


@pytest.fixture
def cast() -> Cast:
    return plays.make_cast()


def later(days: int) -> datetime:
    return MONDAY + days * DAY


def test_a_notice_dated_before_the_request_came_is_refused_and_nothing_lapses(cast: Cast) -> None:
    request = story.file(cast)
    with pytest.raises(errors.RuleBroken, match=TOO_EARLY) as refusal:
        requests.ask_to_complete(
            request.pk, what="哪一年", notified_on=later(-30).date(), actor=cast.clerk, at=later(1)
        )
    assert [reason.field for reason in refusal.value.reasons] == ["notified_on"]
    assert requests.end_what_is_over(at=later(1)) == 0


def being_handled(cast: Cast) -> Request:
    return story.handled(cast)


def incomplete(cast: Cast) -> Request:
    request = story.handled(cast)
    given: dict[str, Any] = {"what": "哪一年", "notified_on": later(3).date(), "actor": cast.drafter}
    requests.ask_while_handling(request.pk, **given, at=later(3))
    return request


def lapsed(cast: Cast) -> Request:
    request = incomplete(cast)
    requests.lapse(request.pk, actor=None, at=later(40))
    return request


def charged(cast: Cast) -> Request:
    request = story.handled(cast)
    given: dict[str, Any] = {
        "scale": "page",
        "quantity": 100,
        "notified_on": later(3).date(),
        "actor": cast.office_head,
    }
    requests.charge_fee(request.pk, **given, at=later(3))
    return request


def asked_third_party(cast: Cast) -> Request:
    request = story.handled(cast)
    given: dict[str, Any] = {
        "party": "乙公司",
        "about": "合同",
        "sent_on": later(3).date(),
        "actor": cast.drafter,
    }
    requests.consult_third_party(request.pk, **given, at=later(3))
    return request


def got_by_third_party(cast: Cast) -> Request:
    request = asked_third_party(cast)
    given: dict[str, Any] = {"consultation": request.consultations.get().pk, "received_on": later(5).date()}
    requests.third_party_received(request.pk, **given, actor=cast.drafter, at=later(5))
    return request


def asked_body(cast: Cast) -> Request:
    request = story.handled(cast)
    given: dict[str, Any] = {
        "sort": "co_maker",
        "body": "市规划局",
        "about": "合同",
        "sent_on": later(3).date(),
    }
    requests.ask_bodies(request.pk, **given, actor=cast.drafter, at=later(3))
    return request


def answered(cast: Cast) -> Request:
    return story.answer(cast, story.handled(cast), at=later(3))


CASES = [
    pytest.param(
        being_handled, "ask_while_handling", "notified_on", 0, {"what": "x"}, id="asked to complete"
    ),
    pytest.param(incomplete, "complete", "completed_on", 3, {"text": "x"}, id="completed"),
    pytest.param(lapsed, "admit_excuse", "completed_on", 3, {"reason": "x"}, id="excused"),
    pytest.param(
        being_handled, "charge_fee", "notified_on", 0, {"scale": "page", "quantity": 100}, id="fee asked"
    ),
    pytest.param(charged, "fee_notice_received", "received_on", 3, {}, id="notice of the fee got"),
    pytest.param(charged, "record_payment", "paid_on", 3, {}, id="fee paid"),
    pytest.param(
        being_handled, "consult_third_party", "sent_on", 0, {"party": "x", "about": "x"}, id="party asked"
    ),
    pytest.param(
        asked_third_party, "consult_another", "sent_on", 0, {"party": "x", "about": "x"}, id="another asked"
    ),
    pytest.param(asked_third_party, "third_party_received", "received_on", 3, {}, id="letter got"),
    pytest.param(
        got_by_third_party,
        "third_party_answered",
        "answered_on",
        5,
        {"answer": "consents"},
        id="party answered",
    ),
    pytest.param(
        being_handled,
        "ask_bodies",
        "sent_on",
        0,
        {"sort": "co_maker", "body": "x", "about": "x"},
        id="body asked",
    ),
    pytest.param(asked_body, "body_received", "received_on", 3, {}, id="letter got by a co-maker"),
    pytest.param(asked_body, "body_answered", "answered_on", 3, {"answer": "consents"}, id="body answered"),
    pytest.param(answered, "answer_anew", "ordered_on", 3, {"reason": "x"}, id="ordered anew"),
]


@pytest.mark.parametrize(("begun", "act", "name", "first", "facts"), CASES)
def test_what_happened_has_a_day_before_which_it_cannot_have_been(
    cast: Cast, begun: Callable[[Cast], Request], act: str, name: str, first: int, facts: dict[str, Any]
) -> None:
    request = begun(cast)
    asked = request.consultations.first()
    needs_whom = act in ("third_party_received", "third_party_answered", "body_received", "body_answered")
    given: dict[str, Any] = {**facts, **({"consultation": asked.pk} if asked and needs_whom else {})}
    by = {
        "admit_excuse": cast.office_head,
        "answer_anew": cast.office_head,
        "charge_fee": cast.office_head,
    }.get(act, cast.clerk)
    verb: Callable[..., object] = getattr(requests, act)
    with pytest.raises(errors.RuleBroken, match=TOO_EARLY):
        verb(request.pk, **given, **{name: later(first - 1).date()}, actor=by, at=later(42))
    if act not in ("ask_while_handling", "charge_fee"):  # these have a last day too
        verb(request.pk, **given, **{name: later(first).date()}, actor=by, at=later(42))
