"""Files that strangers send are read before a transaction begins: reading them stops nobody else's work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from sunshine.core.publishing import incoming
from tests import cast as plays
from tests.doors.public import test_calls as calls
from tests.doors.public.test_requests import TYPED
from tests.rooms import letters_story

pytestmark = pytest.mark.django_db


def a_request() -> tuple[str, dict[str, Any]]:
    plays.make_cast()
    return "/requests/new/", TYPED


def a_letter() -> tuple[str, dict[str, Any]]:
    letters_story.bureau()
    typed = {"channel": "message_board", "sort": "complaint", "text": letters_story.TEXT}
    return "/letters/new/", {**typed, "once": "1"}


def an_opinion() -> tuple[str, dict[str, Any]]:
    call = calls.open_call()
    return f"/calls/{call.matter.reference}/", {"p0": "太贵了", "once": "page-1", "do": "send"}


@pytest.mark.parametrize("page", [a_request, a_letter, an_opinion])
def test_a_file_is_read_once_and_while_nothing_is_locked(
    page: Callable[[], tuple[str, dict[str, Any]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.clear()
    address, typed = page()
    outside, checked, begun = len(connection.savepoint_ids), incoming.checked, []

    def looked_at(name: str, data: bytes) -> incoming.Checked:
        begun.append(len(connection.savepoint_ids) - outside)
        return checked(name, data)

    monkeypatch.setattr(incoming, "checked", looked_at)
    file = SimpleUploadedFile("说明.txt", "说明".encode())
    assert Client().post(address, {**typed, "attachments": file}).status_code == 200
    assert begun == [0]
