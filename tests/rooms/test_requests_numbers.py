"""Two hundred people file at once: two hundred numbers, none missing, none twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from sunshine.core.people.models import Department
from sunshine.work.requests import operations as requests
from sunshine.work.requests.models import Request
from tests import cast as plays
from tests.cast import MONDAY
from tests.rooms import requests_story as story

FILINGS, AT_ONCE = 200, 8


def file_one(office: Department) -> str:
    try:
        request, _code = requests.file_online(story.filing(), office=office, at=MONDAY)
        return request.matter.reference
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_two_hundred_filings_at_once_give_two_hundred_gapless_numbers() -> None:
    office = plays.make_cast().office
    with ThreadPoolExecutor(AT_ONCE) as pool:
        given = list(pool.map(lambda _: file_one(office), range(FILINGS)))
    assert sorted(given) == [f"S2026-{number:05d}" for number in range(1, FILINGS + 1)]
    assert Request.objects.count() == FILINGS
