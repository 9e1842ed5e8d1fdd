"""Days and due dates over the interface."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.doors.api.urls")]


def read(path: str, **asked):
    return Client().get(f"/api/v1/{path}", asked).json()


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        ("2026-03-02", "working"),
        ("2026-02-28", "swapped"),
        ("2026-10-01", "holiday"),
        ("2026-03-07", "weekend"),
    ],
)
def test_a_day_says_what_it_is_and_which_notice_says_so(day, kind):
    told = read(f"calendar/{day}")
    assert told["kind"] == kind
    assert told["is_working_day"] == (kind in {"working", "swapped"})
    assert told["source"]


def test_a_due_date_explains_itself_day_by_day():
    told = read("clock", start="2026-03-02", length=20, unit="working_days")
    counted = [day for day in told["reading"]["days"] if day["counted"]]
    assert told["due_on"] == "2026-03-30"
    assert len(counted) == 20
    assert counted[-1]["date"] == "2026-03-30"
    assert not told["provisional"]


def test_a_due_date_in_a_year_that_is_not_announced_is_provisional():
    assert read("clock", start="2190-01-05", length=20, unit="working_days")["provisional"]


def test_months_end_on_the_same_day_number():
    assert read("clock", start="2026-03-31", length=1, unit="months")["due_on"] == "2026-04-30"
