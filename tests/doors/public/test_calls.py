"""Comment calls as everybody meets them: what is sent once arrives once, and what broke is sent again."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from sunshine.core.publishing import incoming
from sunshine.work.participation.models import CommentCall, Opinion
from sunshine.work.participation.operations import calls
from tests import cast as plays
from tests.rooms.test_comment_calls import make_call

pytestmark = pytest.mark.django_db
CODE = re.compile(r"[2-9A-Z]{4}(?:-[2-9A-Z]{4}){3}")


def open_call() -> CommentCall:
    """Open a call that is open today."""
    now = timezone.now()
    return make_call(plays.make_cast(), at=now, until=timezone.localdate() + timedelta(days=40))


def test_what_a_fault_of_the_server_stopped_can_be_sent_again(monkeypatch: pytest.MonkeyPatch):
    call = open_call()
    address = f"/calls/{call.matter.reference}/"
    client = Client(raise_request_exception=False)

    def send() -> Any:
        file = SimpleUploadedFile("说明.txt", "说明".encode())
        return client.post(address, {"p0": "太贵了", "once": "page-1", "do": "send", "attachments": file})

    with monkeypatch.context() as broken:
        broken.setattr(incoming, "keep", _full)
        assert send().status_code == 500
    assert not call.submissions.exists()
    first = send()
    assert first.status_code == 200
    again = send()
    assert call.submissions.count() == 1
    assert CODE.findall(again.content.decode()) == CODE.findall(first.content.decode()) != []


def _full(_data: bytes) -> str:
    raise OSError("no space left on device")


@pytest.mark.parametrize("typed", ["²", "٣", "1e3", "-1", "9" * 40])
def test_a_paragraph_that_is_no_number_shows_what_was_said_of_all(client: Client, typed: str):
    call = open_call()
    assert client.get(f"/calls/{call.matter.reference}/opinions/", {"paragraph": typed}).status_code == 200


def test_a_character_that_no_database_keeps_is_left_out_and_the_opinion_arrives(client: Client):
    call = open_call()
    given = {"p0": "太\0贵了", "once": "page\0-2", "do": "send"}
    assert client.post(f"/calls/{call.matter.reference}/", given).status_code == 200
    assert Opinion.objects.get(submission__call=call).text == "太贵了"
    client.post(f"/calls/{call.matter.reference}/", given)
    assert call.submissions.count() == 1


def test_the_page_of_a_call_says_why_it_was_prolonged_or_called_off(client: Client):
    now, today = timezone.now(), timezone.localdate()
    cast = plays.make_cast()
    call = make_call(cast, at=now, until=today + timedelta(days=40))
    address = f"/calls/{call.matter.reference}/"
    assert "原因：" not in client.get(address).content.decode()
    until = today + timedelta(days=50)
    calls.extend(call.matter_id, until=until, reason="应公众要求", actor=cast.head, at=now)
    prolonged = client.get(address).content.decode()
    assert "延长原因：" in prolonged
    assert "应公众要求" in prolonged
    calls.call_off(call.matter_id, reason="上位法已经修改", actor=cast.office_head, at=now)
    called_off = client.get(address).content.decode()
    assert "取消原因：" in called_off
    assert "上位法已经修改" in called_off
