"""Nobody can make the site read more than it takes."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from sunshine.doors.public.bounds import LARGEST_REQUEST

pytestmark = pytest.mark.django_db


class NeverRead:
    """A body that nobody may touch."""

    def read(self, *_size: int) -> bytes:
        raise AssertionError("it was read")

    readline = read


TOO_MUCH: dict[str, Any] = {"CONTENT_LENGTH": str(LARGEST_REQUEST + 1), "wsgi.input": NeverRead()}


@pytest.mark.parametrize("path", ["/verify/", "/requests/new/", "/", "/en/verify/"])
def test_what_is_larger_than_anything_taken_is_refused_unread(path: str):
    answer = Client().post(path, **TOO_MUCH)
    assert answer.status_code == 413
    assert "MB" in answer.content.decode()


def test_the_desk_refuses_the_entrance_too():
    client = Client()
    assert client.post("/desk/account/login/", **TOO_MUCH).status_code == 413
