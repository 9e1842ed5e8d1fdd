"""The worklist's page: it says when it lists less than there is, and what comes due besides matters."""

from __future__ import annotations

import pytest
from django.test import Client
from time_machine import travel

from sunshine.core.matters import worklists
from tests import cast as plays

pytestmark = pytest.mark.django_db


def test_a_list_that_is_cut_says_so_and_how_to_find_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = plays.make_cast()
    for place in range(3):
        plays.make_document(cast, title=f"第{place}号通知")
    desk = Client()
    desk.force_login(cast.drafter, backend="django.contrib.auth.backends.ModelBackend")
    whole = desk.get("/desk/?whose=mine").content.decode()
    assert "事项较多" not in whole
    monkeypatch.setattr(worklists, "MOST", 2)
    cut = desk.get("/desk/?whose=mine").content.decode()
    assert ">2+<" in cut
    assert "事项较多" in cut
    assert cut.count("号通知") < whole.count("号通知")


def test_a_document_that_lapses_soon_stands_under_the_worklist_of_its_department() -> None:
    cast = plays.make_cast()
    until = {"effective_from": "2026-03-03", "valid_until": "2026-12-31"}
    plays.make_document(cast, upto="published", title="临时停车办法", fields=until)
    desk = Client()
    desk.force_login(cast.drafter, backend="django.contrib.auth.backends.ModelBackend")
    with travel("2026-06-30T12:00:00+08:00"):
        assert "即将失效的文件" not in desk.get("/desk/").content.decode()
    with travel("2026-10-08T12:00:00+08:00"):
        page = desk.get("/desk/").content.decode()
    assert "即将失效的文件" in page
    assert "临时停车办法" in page
    assert "2026-12-31" in page
    assert "三个月内" in page
