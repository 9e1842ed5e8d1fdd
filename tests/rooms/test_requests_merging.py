"""Requests that are merged: of two merged into each other at once, one stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from sunshine.core.matters.models import Matter
from sunshine.kernel import errors
from sunshine.work.requests import operations as requests
from tests import cast as plays
from tests.cast import MONDAY, Cast
from tests.rooms import requests_story as story

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    return plays.make_cast()


@contextmanager
def meanwhile(act: Callable[[], None]) -> Iterator[None]:
    """Let somebody else act in the moment before the first transaction within begins."""
    begun: list[str] = []

    def before(execute: Callable[..., Any], sql: str, *given: Any) -> Any:
        if sql.startswith("SAVEPOINT") and not begun:
            begun.append(sql)
            act()
        return execute(sql, *given)

    with connection.execute_wrapper(before):
        yield
    assert begun


def test_two_requests_that_are_merged_into_each_other_at_once_do_not_both_close(cast: Cast) -> None:
    first, second = story.file(cast), story.file(cast)
    given: dict[str, Any] = {"note": "同一事项", "actor": cast.clerk, "at": LATER}

    def the_other_way() -> None:
        requests.merge(second.pk, other=first.matter.reference, **given)

    with meanwhile(the_other_way), pytest.raises(errors.RuleBroken):
        requests.merge(first.pk, other=second.matter.reference, **given)
    assert [row.pk for row in Matter.objects.filter(closed_at=None)] == [first.pk]


@pytest.mark.parametrize("typed", ["S2099-00001", "同一件"])
def test_a_number_that_is_none_is_said_at_its_field(cast: Cast, typed: str) -> None:
    request = story.file(cast)
    with pytest.raises(errors.RuleBroken) as refused:
        requests.merge(request.pk, other=typed, note="同一事项", actor=cast.clerk, at=LATER)
    assert [reason.field for reason in refused.value.reasons] == ["other"]


def test_the_number_may_be_typed_in_small_letters_and_with_blanks(cast: Cast) -> None:
    first, second = story.file(cast), story.file(cast)
    typed = f" {second.matter.reference.lower()} "
    requests.merge(first.pk, other=typed, note="同一事项", actor=cast.clerk, at=LATER)
    first.refresh_from_db()
    assert first.merged_into_id == second.pk
